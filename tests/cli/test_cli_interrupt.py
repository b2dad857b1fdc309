"""Ctrl-C in the middle: nothing half-written, what was finished is kept, the next run converges."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

import signals
from shows import items

PATIENCE_S = 60
SLOW_UPLOAD = """
import sys, time
from pathlib import Path
from sendeturm.store import folder
fsync_new = folder.fsync_new
def slowly(path, content):
    def dripping():
        for chunk in content:
            yield chunk
            if len(chunk) > 20_000 and any(Path(".sendeturm/renditions").glob("*.mp3")):
                print("UPLOADING", file=sys.stderr, flush=True)
                time.sleep(60)
    fsync_new(path, dripping())
folder.fsync_new = slowly
from sendeturm.cli.ending import run
sys.exit(run(sys.argv[1:]))
"""


def interrupted(
    folder: Path, words: list[str], at, number: int = signal.SIGINT
) -> subprocess.CompletedProcess[str]:
    """Start the program, press Ctrl-C when a line of stderr is what `at` waits for.

    `number` is another signal than Ctrl-C's.
    """
    with subprocess.Popen(
        [sys.executable, *words],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stderr is not None
        heard = []
        deadline = time.monotonic() + PATIENCE_S
        for line in process.stderr:
            heard.append(line)
            assert time.monotonic() < deadline, heard
            if at(line):
                os.killpg(process.pid, number)
                break
        else:
            pytest.fail(f"ended too early: {heard}")
        out, err = process.communicate(timeout=PATIENCE_S)
        return subprocess.CompletedProcess(words, process.returncode, out, "".join(heard) + err)


def amidst(stem: str, stage: str):
    """Wait for a stage of an episode to be under way."""

    def is_there(line: str) -> bool:
        event = json.loads(line) if line.startswith("{") else {}
        if (event.get("subject"), event.get("stage")) != (stem, stage):
            return False
        return event["done"] < event["total"]

    return is_there


def left_behind(folder: Path) -> list[str]:
    """Return files and folders that only a run in progress may have."""
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*")]
    passing = (".part", "/tagging-", "/fetched-", "/drafts/")
    return [name for name in names if any(sign in name for sign in passing)]


def converges(show, sendeturm, count: int) -> None:
    said = sendeturm("publish")
    assert said.code == 0, said.err
    assert len(items(show)) == count
    again = sendeturm("publish")
    assert "Nothing has changed" in again.out


@pytest.mark.slow
@pytest.mark.parametrize(
    ("stage", "times", "number"),
    [
        ("measure", 2, signal.SIGINT),
        ("encode", 2, signal.SIGINT),
        ("encode", 2, signal.SIGTERM),
        ("verify", 4, signal.SIGINT),
    ],
)
def test_what_was_finished_is_kept_and_nothing_by_halves(show, sendeturm, stage, times, number):
    show.episode("001-wind", 'title = "Wind"\npublished_at = 2026-11-01')
    show.write_episode("002-regen", 'title = "Regen"\npublished_at = 2026-11-02')
    recording = show.root / "episodes/002-regen.wav"
    signals.write_wav(recording, np.tile(signals.two_speakers(12), (1, times)))
    words = ["-m", "sendeturm", "--json", "publish"]
    ended = interrupted(show.root, words, amidst("002-regen", stage), number)
    assert ended.returncode == 130
    assert "Traceback" not in ended.stderr
    assert "Interrupted." in ended.stderr
    assert left_behind(show.root) == []
    kept = {path: path.stat().st_mtime_ns for path in show.root.glob(".sendeturm/renditions/*")}
    assert len(kept) == 2  # the first episode's sound and what is known of it
    converges(show, sendeturm, 2)
    assert all(path.stat().st_mtime_ns == mtime_ns for path, mtime_ns in kept.items())


def test_a_closed_terminal_ends_it_and_nohup_does_not(show):
    script = (
        "import os, signal, sys\n"
        "from sendeturm.cli.stopping import stoppable\n"
        "if 'nohup' in sys.argv: signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
        "try:\n"
        "    with stoppable(): os.kill(os.getpid(), signal.SIGHUP)\n"
        "except KeyboardInterrupt: print('interrupted')\n"
        "else: print('went on')\n"
    )
    said = [
        subprocess.run([sys.executable, "-c", script, how], capture_output=True, check=True).stdout
        for how in ("", "nohup")
    ]
    assert said == [b"interrupted\n", b"went on\n"]


@pytest.mark.slow
def test_ctrl_c_while_uploading_puts_nothing_half(show, sendeturm):
    show.episode("001-wind", 'title = "Wind"')
    signals.write_wav(show.root / "episodes/001-wind.wav", signals.speech(20))
    script = show.root.parent / "slow.py"
    script.write_text(SLOW_UPLOAD, encoding="utf-8")
    words = [str(script), "publish"]
    ended = interrupted(show.root, words, lambda line: line.startswith("UPLOADING"))
    assert ended.returncode == 130
    assert "Traceback" not in ended.stderr
    assert left_behind(show.root) == []
    assert list(show.root.glob("public/media/*")) == []
    assert not (show.root / "public/feed.xml").exists()
    (rendition,) = show.root.glob(".sendeturm/renditions/*.mp3")
    before = rendition.stat().st_mtime_ns
    converges(show, sendeturm, 1)
    assert rendition.stat().st_mtime_ns == before


def test_what_a_killed_run_left_is_swept_after_a_day(show, sendeturm):
    cache = show.root / ".sendeturm"
    old, new = cache / "tagging-old", cache / "tagging-new"
    part = cache / "renditions/0123456789abcdef.part"
    for folder in (old, new, part.parent):
        folder.mkdir(parents=True)
    (old / "episode.mp3").write_bytes(b"x")
    part.write_bytes(b"x")
    yesterday_s = time.time() - 25 * 60 * 60
    for path in (old, part):
        os.utime(path, (yesterday_s, yesterday_s))
    show.episode("001-wind", 'title = "Wind"')
    assert sendeturm("publish").code == 0
    assert not old.exists()
    assert not part.exists()
    assert new.exists()
