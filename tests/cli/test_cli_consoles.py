"""Consoles that are narrow, simple, colourless, or that lack signs."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from sendeturm.cli import signs
from sendeturm.cli.addressing import storage_of

NARROW = 40
ENCODINGS = ["cp1252", "cp437", "cp850", "iso-8859-15", "ascii"]


def said(folder, *words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "sendeturm", *words],
        cwd=folder,
        env=os.environ | environment,
        capture_output=True,
        check=False,
    )


@pytest.mark.parametrize("encoding", ENCODINGS[:2])
def test_a_console_without_the_signs_gets_plain_ones(show, encoding):
    show.write_episode("001-wind", 'titel = "Wind – „Größe“ → 日本"')
    done = said(show.root, "--lang", "de", "check", PYTHONIOENCODING=encoding)
    assert done.returncode == 1
    text = done.stdout.decode(encoding)
    assert "  -> " in text
    assert "Traceback" not in text + done.stderr.decode(encoding)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_sign_has_a_plain_form_where_it_is_lacking(encoding):
    text = "".join(signs.PLAIN) + "日é\N{COMBINING ACUTE ACCENT}"
    plain = text.encode(encoding, errors=signs.NAME).decode(encoding)
    assert plain.count("?") <= 2
    with pytest.raises(UnicodeDecodeError):
        b"\xff".decode("ascii", errors=signs.NAME)


def test_colours_go_into_a_pipe_only_if_forced(show, sendeturm, monkeypatch):
    show.episode("001-wind", 'title = "Wind"')
    assert "\x1b" not in sendeturm("plan").out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[32mnew" in sendeturm("plan").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[3" not in sendeturm("plan").out


@pytest.mark.slow
def test_a_narrow_screen_breaks_no_figure(show, at_terminal, monkeypatch):
    show.episode("001-wind", 'title = "Wind und Wetter an der Küste von gestern bis übermorgen"')
    monkeypatch.setenv("NO_COLOR", "1")
    terminal = at_terminal(show.root, "publish", "--yes", COLUMNS=str(NARROW))
    assert terminal.end() == 0
    lines = [re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", line) for line in terminal.seen.split("\r\n")]
    report = "\n".join(lines)
    assert re.search(r"−\d+\.\d → −16\.0 LUFS", report)
    assert re.search(r"^(  True peak +)?.*−\d\.\d dB", report, re.MULTILINE)
    drawn = [line.split("\r")[-1] for line in lines if "http" not in line]
    assert max(map(len, drawn)) <= NARROW
    assert "…" not in report.partition("True peak")[2]


@pytest.mark.slow
def test_a_simple_terminal_gets_lines(show, at_terminal):
    show.episode("001-wind", 'title = "Wind"')
    terminal = at_terminal(show.root, "publish", "--yes", TERM="dumb")
    assert terminal.end() == 0
    assert "\x1b" not in terminal.seen
    assert "Wind: encoding\r\n" in terminal.seen


@pytest.mark.parametrize("way", [r"C:\inetpub\wwwroot", "D:/web", r"\\server\share"])
def test_a_windows_folder_is_no_target_for_rsync(tmp_path, way):
    assert storage_of({"webspace": way}, tmp_path) == {"place": way}
