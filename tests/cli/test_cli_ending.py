from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

import signals
from sendeturm.cli import standing
from sendeturm.cli.ending import without_secrets

SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCY"


@pytest.fixture
def broken(monkeypatch):
    """Let the status command run into a mistake whose words hold a secret."""
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    monkeypatch.setenv("AWS_SESSION_TOKEN", f"token-{SECRET}")

    def fall(show):
        message = f"no answer from https://me:{SECRET}@example.org with token-{SECRET}"
        raise RuntimeError(message)

    monkeypatch.setattr(standing, "look", fall)


def test_a_bug_gives_3_one_line_and_a_log_without_secrets(show, sendeturm, broken):
    said = sendeturm()
    assert said.code == 3
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    assert "Traceback" not in said.err
    log = Path(said.err.split()[-1])
    assert log.parent == show.root / ".sendeturm/log"
    text = log.read_text("utf-8")
    assert "RuntimeError" in text
    assert "in look" in text or "fall" in text
    assert SECRET not in said.err + text
    assert log.stat().st_mode & 0o077 == 0


def test_without_a_folder_to_write_to_the_log_goes_to_the_temporary_one(
    show, sendeturm, broken, tmp_path, monkeypatch
):
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    (show.root / ".sendeturm").write_text("in the way", "utf-8")
    said = sendeturm()
    assert said.code == 3
    assert Path(said.err.split()[-1]).parent == tmp_path


def test_users_in_addresses_are_left_out(monkeypatch):
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY", raising=False)
    assert without_secrets("at s3://a:b@host/x") == "at s3://***@host/x"


def test_a_reader_that_goes_away_is_no_error(show):
    done = subprocess.run(
        f"{sys.executable} -m sendeturm check --json | head -c 1",
        shell=True,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stderr == ""
    assert done.stdout == "{"


def test_a_character_set_without_arrows_stops_nothing(show):
    done = subprocess.run(
        [sys.executable, "-m", "sendeturm", "check"],
        env=os.environ | {"PYTHONIOENCODING": "latin-1"},
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0
    assert "  -> " in done.stdout.decode("latin-1")  # no arrow there
    assert done.stderr == b""


@pytest.mark.slow
def test_an_interrupt_while_it_encodes_gives_130_and_leaves_nothing_half_done(show, at_terminal):
    show.write_episode("001-lang", 'title = "Lang"')
    signals.write_wav(show.root / "episodes/001-lang.wav", np.tile(signals.speech(10), 30))
    terminal = at_terminal(show.root, "publish", "--yes")
    terminal.until("encoding")
    time.sleep(0.2)
    terminal.interrupt()
    assert terminal.end() == 130
    assert "Traceback" not in terminal.seen
    assert not list((show.root / "public").rglob("*.mp3"))
    assert not list((show.root / "public/.sendeturm/episodes").glob("*.json"))
