"""Chapters in files of many names: found, weighed against each other, told."""

from __future__ import annotations

import pytest

from sendeturm.errors import Severity
from sendeturm.sources import read_sources

FRONT = '+++\ntitle = "Einfach tun"\n+++\n\n'
STAMPS = "00:00 Anfang\n00:10 Mitte\n00:20 Ende\n"
LABELS = "0.5\t0.5\tMarke\n20.0\t20.0\tEnde\n"
PSC = '<chapters><chapter start="0" title="Eins"/></chapters>'
JSON = '{"version": "1.2.0", "chapters": [{"startTime": 0, "title": "Eins", "img": "https://example.org/x.jpg"}]}'
RPP = '<REAPER_PROJECT 0.1 "7.0" 1\n  MARKER 1 0 "Eins" 0\n>\n'


def episode(folder):
    sources = read_sources(folder.path, folder.config())
    return next(iter(sources.episodes), None), sources.problems


@pytest.mark.parametrize(
    ("suffix", "content"),
    [
        (".chapters.txt", "00:00 Eins\n"),
        (".txt", "0\t0\tEins\n"),
        (".psc", PSC),
        (".psc.xml", PSC),
        (".chapters.psc", PSC),
        (".chapters.xml", PSC),
        (".chapters.json", JSON),
        (".json", JSON),
        (".RPP", RPP),
        (".Chapters.TXT", "CHAPTER01=00:00:00.000\nCHAPTER01NAME=Eins\n"),
    ],
)
def test_names_that_just_work(folder, suffix, content):
    folder.episode("001-größe.md", FRONT)
    folder.episode(f"001-größe{suffix}", content)
    found, problems = episode(folder)
    assert problems == ()
    assert [(c.start_ms, c.title) for c in found.chapters] == [(0, "Eins")]
    assert found.chapters_from == f"episodes/001-größe{suffix}"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("001.txt", "Sprechzettel:\nerst grüßen, dann reden\n"),
        ("001.txt", b"Gr\xfc\xdfe"),
        ("001.txt", "x" * 1_000_001),
        ("001.json", '{"streams": []}'),
        ("001.rpp", '<REAPER_PROJECT 0.1 "7.0" 1\n>\n'),
        ("002.txt", LABELS),
        ("002.rpp", RPP),
    ],
)
def test_files_of_other_purposes_are_left_alone(folder, name, content):
    folder.episode("001.md", FRONT)
    folder.episode(name, content)
    found, problems = episode(folder)
    assert (found.chapters, found.chapters_from, problems) == ((), "", ())


def test_time_stamps_in_notes_with_their_lines(folder):
    folder.episode("001.md", f"{FRONT}Worum es geht\r\n\r\n{STAMPS}")
    found, problems = episode(folder)
    assert problems == ()
    assert [c.title for c in found.chapters] == ["Anfang", "Mitte", "Ende"]
    assert found.chapters_from == "episodes/001.md"
    folder.episode("001.md", f"{FRONT}\n\nText\n00:05 Anfang\n00:10 b\n00:11 c\n")
    found, (note,) = episode(folder)
    assert (found.chapters, note.severity, note.place.line) == ((), Severity.NOTE, 8)


def test_the_form_that_says_most_counts_and_others_that_differ_are_told(folder, told):
    folder.episode("001.md", FRONT + STAMPS)
    folder.episode("001.chapters.txt", "00:00.250 anfang\n00:10 Mitte\n00:20.9 Ende\n")
    assert episode(folder)[1] == ()
    folder.episode("001.txt", LABELS)
    folder.episode("001.chapters.json", JSON)
    found, problems = episode(folder)
    assert found.chapters_from == "episodes/001.chapters.json"
    assert {p.severity for p in problems} == {Severity.WARNING}
    assert [p.place.file for p in problems] == [
        "episodes/001.chapters.txt",
        "episodes/001.txt",
        "episodes/001.md",
    ]
    assert "episodes/001.chapters.json" in told(problems[0])


def test_a_broken_file_of_chapters_keeps_the_episode_back(folder):
    folder.episode("001.md", FRONT + STAMPS)
    folder.episode("001.chapters.json", "{")
    found, (broken,) = episode(folder)
    assert (found, broken.code, broken.place.line) == (None, "text.broken-json", 1)


def test_what_is_broken_and_does_not_count_is_told_as_different(folder):
    folder.episode("001.md", FRONT)
    folder.episode("001.psc", PSC)
    folder.episode("001.chapters.txt", "Anfang\n")
    found, (warning,) = episode(folder)
    assert found.chapters_from == "episodes/001.psc"
    assert warning.code == "sources.chapters-differ"


def test_a_huge_sidecar_is_refused(folder):
    folder.episode("001.md", FRONT)
    folder.episode("001.chapters.txt", "00:00 x\n" * 200_000)
    found, (problem,) = episode(folder)
    assert (found, problem.code) == (None, "sources.file-too-long")
