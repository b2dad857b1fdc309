"""The program as a process of its own that can be killed, born of one that has read the libraries.

Each is a real process with its own folder, environment, output and signals; what it saves is
reading numpy, boto3 and all the others again. Tests of how the program starts use the real start.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import tempfile
from functools import cache
from multiprocessing import forkserver
from pathlib import Path

import pytest

PLAIN = "from sendeturm.cli import main; main()"
PATIENCE_S = 240
_NURSERY = multiprocessing.get_context("forkserver")
_NURSERY.set_forkserver_preload(["nursery"])


@cache
def _wake_nursery() -> None:
    """Start the process that all others are forked from; it finds its modules where these are."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PYTHONPATH", str(Path(__file__).parent))
        forkserver.ensure_running()


class Running:
    """One process; what it says on both streams is kept in a file until it has ended."""

    def __init__(self, folder: Path, code: str, words: tuple[str, ...], env: dict[str, str]):
        _wake_nursery()
        handle, name = tempfile.mkstemp(dir=folder.parent, prefix="said-")
        os.close(handle)
        self._said = Path(name)
        fate = (str(folder), code, words, env, name)
        self._process = _NURSERY.Process(target=_live, args=fate)
        self._process.start()

    def kill(self) -> None:
        self._process.kill()

    def end(self) -> tuple[int, str]:
        """Wait for the end; return the exit code and all that was said."""
        self._process.join(PATIENCE_S)
        code = self._process.exitcode
        assert code is not None, f"no end, and said so far: {self._said.read_text('utf-8')}"
        self._process.close()
        return code, self._said.read_text("utf-8")


def start(folder: Path, *words: str, code: str = PLAIN, **environment: str) -> Running:
    """Start the program, or `code` that ends in it, with this process's environment and more."""
    return Running(folder, code, words, dict(os.environ) | environment)


def run(folder: Path, *words: str, code: str = PLAIN, **environment: str) -> tuple[int, str]:
    """Do as `start` and wait for the end; return the exit code and all that was said."""
    return start(folder, *words, code=code, **environment).end()


def _live(folder: str, code: str, words: tuple[str, ...], env: dict[str, str], said: str) -> None:
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(env)
    output = os.open(said, os.O_WRONLY | os.O_APPEND)
    os.dup2(output, 1)
    os.dup2(output, 2)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")
    sys.argv = ["sendeturm", *words]
    exec(code, {"__name__": "__main__"})  # the tests' own
