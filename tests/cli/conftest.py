"""A podcaster's folder with short recordings, and the program called in and out of process."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import shows
import signals
from sendeturm.cli.ending import run
from sendeturm.i18n import use_language

NOW = "2026-11-20T12:00:00+00:00"
PATIENCE_S = 60


@pytest.fixture(autouse=True)
def _english_in_november(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE", "NO_COLOR", "TZ"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("SENDETURM_NOW", NOW)
    yield
    use_language("en")


@dataclass
class Show(shows.Folder):
    """A podcaster's folder with recordings that can be mastered."""

    def record(self, stem: str, *, seed: int = 1) -> Path:
        """Write a second of something like a voice."""
        path = self.root / "episodes" / f"{stem}.wav"
        return signals.write_wav(path, signals.speech(1.0, seed=seed))

    def episode(self, stem: str, front: str, *, seed: int = 1) -> Path:
        """Write a recording and its page, and return the page."""
        page = self.write_episode(stem, front)
        self.record(stem, seed=seed)
        return page


@pytest.fixture
def show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Show:
    """Give a show without episodes, and stand in its folder."""
    folder = shows.new_folder(tmp_path / "turm")
    (folder.root / "episodes").mkdir()
    monkeypatch.chdir(folder.root)
    return Show(folder.root)


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str


class Program:
    """The program in this process."""

    def __init__(self, capture: pytest.CaptureFixture[str]) -> None:
        self._capture = capture

    def __call__(self, *words: str) -> Said:
        self._capture.readouterr()
        code = run(words)
        said = self._capture.readouterr()
        return Said(int(code), said.out, said.err)


@pytest.fixture
def sendeturm(capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(capsys)


class Terminal:
    """The program at a terminal of its own."""

    def __init__(self, folder: Path, *words: str, **environment: str) -> None:
        self._ours, theirs = os.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "sendeturm", *words],
            cwd=folder,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=os.environ | {"TERM": "xterm", "COLUMNS": "120"} | environment,
            start_new_session=True,
        )
        os.close(theirs)
        self.seen = ""

    def until(self, words: str) -> str:
        """Read until `words` appear after what was read before; return what came."""
        came = ""
        deadline = time.monotonic() + PATIENCE_S
        while words not in came:
            assert time.monotonic() < deadline, f"no {words!r} in {self.seen!r}"
            piece = self._read()
            assert piece is not None, f"ended without {words!r}: {self.seen!r}"
            came += piece
        return came

    def type(self, text: str) -> None:
        os.write(self._ours, text.encode())

    def interrupt(self) -> None:
        time.sleep(0.5)  # no person is faster, and between prompt and reading a signal is kept
        os.killpg(self.process.pid, signal.SIGINT)

    def end(self) -> int:
        """Read to the end and return the exit code."""
        while self._read() is not None:
            pass
        return self.process.wait(PATIENCE_S)

    def _read(self) -> str | None:
        ready, _, _ = select.select([self._ours], [], [], PATIENCE_S)
        assert ready, f"silence after {self.seen!r}"
        try:
            piece = os.read(self._ours, 65536).decode(errors="replace")
        except OSError:  # the other side has gone
            return None
        self.seen += piece
        return piece or None

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self._ours)


@pytest.fixture
def at_terminal() -> Iterator[type]:
    opened: list[Terminal] = []

    def start(folder: Path, *words: str, **environment: str) -> Terminal:
        opened.append(Terminal(folder, *words, **environment))
        return opened[-1]

    yield start
    for terminal in opened:
        terminal.close()
