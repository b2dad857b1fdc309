"""Every command as programs call it: one JSON document on stdout, or with --quiet not a word."""

from __future__ import annotations

import json

import pytest

from sendeturm.cli.program import ENTRIES

WORKS = {
    "init": ("--folder", "../new", "--title", "T", "--author", "A"),
    "new": ("Drei",),
    "plan": (),
    "publish": (),
    "feed": (),
    "check": ("--explain", "SND101"),
    "submit": (),
    "doctor": (),
    "private": (),
    "measure": ("001-wind",),
    "export": ("../all",),
    "move": ("https://elsewhere.example.org/feed.xml", "--yes"),
    "undo": ("--yes",),
    "unpublish": ("002-eis", "--yes"),
    "forget": ("002-eis", "--yes"),
    "prune": ("--yes",),
    "pull": ("../all", "--folder", "../pulled"),
}
"""A call of every command, in an order that lets each do something."""
ELSEWHERE = {"preview", "transcribe", "import"}
"""Those that serve until they are stopped, or need what a small test has not."""
UNHEARD = "doctor"
"""It finds that nobody serves the show's address, and says so as its answer."""


@pytest.fixture
def turm(show, tmp_path, monkeypatch):
    for name in ("new", "pulled"):
        (tmp_path / name).mkdir()
    show.write_config(storage='address = "http://127.0.0.1:9/turm"', show='owner_email = "a@b.de"')
    show.episode("001-wind", 'title = "Wind"\npublished_at = 2026-11-01T06:00:00+01:00')
    show.episode("002-eis", 'title = "Eis"\nprivate = true', seed=2)
    return show


def test_every_command_is_called_here_or_elsewhere():
    assert set(WORKS) | ELSEWHERE >= set(ENTRIES)


@pytest.mark.slow
def test_each_answers_programs_with_one_document(turm, sendeturm):
    for name, words in WORKS.items():
        said = sendeturm(name, *words, "--json")
        document = json.loads(said.out)
        assert isinstance(document, dict), name
        for line in said.err.splitlines():
            assert "event" in json.loads(line), (name, line)
        assert said.code == 0 or document.get("problems") or name == UNHEARD, (name, said)
    assert isinstance(json.loads(sendeturm("--json").out), dict)


@pytest.mark.slow
def test_each_is_quiet_when_all_is_well(turm, sendeturm):
    for name, words in WORKS.items():
        said = sendeturm(name, *words, "--quiet")
        assert said.out == "" or name == UNHEARD, name
        assert said.code == 1 or said.err == "", (name, said)
        if said.code and name != UNHEARD:
            assert "→" in said.err, (name, said)
    assert sendeturm("--quiet").out == ""


@pytest.mark.parametrize("name", sorted(set(ENTRIES) - {"init"}))
def test_each_says_so_in_a_document_when_there_is_no_show(name, tmp_path, sendeturm, monkeypatch):
    monkeypatch.chdir(tmp_path)
    words = {"measure": ("no.wav",), "check": (), "pull": ("no",)}.get(name, WORKS.get(name, ()))
    words = {"transcribe": ("1",), "import": ("no.xml",)}.get(name, words)
    said = sendeturm(name, *words, "--json")
    assert said.code in (0, 1), said
    assert json.loads(said.out)
