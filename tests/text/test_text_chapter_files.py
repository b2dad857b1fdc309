"""Chapters as editors export them: JSON, PSC, REAPER projects, Vorbis comments, lists."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendeturm.errors import Severity
from sendeturm.i18n import word
from sendeturm.model import Chapter
from sendeturm.text import chapters_json, is_chapter_list, parse_chapters
from sendeturm.units import timecode_from_ms

PSC = """<?xml version="1.0" encoding="iso-8859-1"?>
<psc:chapters version="1.2" xmlns:psc="http://podlove.org/simple-chapters">
  <psc:chapter start="00:00:00.000" title="Begrüßung &amp; Dank"/>
  <psc:chapter start="75.5" title="Ölkrise" href="https://example.org/öl" image="https://example.org/karte.png"/>
</psc:chapters>
"""
RPP = """<REAPER_PROJECT 0.1 "7.0/win64" 1700000000
  RIPPLE 0
  MARKER 1 0 "Begrüßung" 0 0 1 R {1A} 0
  MARKER 2 61.23456789012345 'Das "große" Thema' 0
  MARKER 3 5 _Edit 0
  MARKER 4 90 Schluss 8 0 1 R {1B} 0
  MARKER 5 10 "ein Bereich" 1
  MARKER 5 20 "" 1
  <TRACK {2C}
    NAME "MARKER 9 1 \\"x\\" 0"
  >
>
"""


def read(text, kind):
    chapters, problems = parse_chapters(text, "x", kind)
    assert problems == []
    return [(c.start_ms, c.title) for c in chapters]


@pytest.mark.parametrize(
    ("line", "start_ms", "title"),
    [
        ("(00:00) Anfang", 0, "Anfang"),
        ("[1:02:03] – Mitte", 3_723_000, "Mitte"),
        ("- 00:12 Liste", 12_000, "Liste"),
        ("• 00:12 | Strich", 12_000, "Strich"),
    ],
)
def test_time_stamps_as_people_write_them(line, start_ms, title):
    assert read(line, "text") == [(start_ms, title)]


def test_vorbis_comments_in_any_order():
    text = (
        "CHAPTER002=00:01:00.500\nchapter002name=Zwei = 2\nCHAPTER002URL=https://example.org\n"
        "CHAPTER001=00:00:00.000\nCHAPTER001NAME=Eins\n"
    )
    chapters, problems = parse_chapters(text, "x")
    assert problems == []
    assert chapters == (
        Chapter(start_ms=0, title="Eins"),
        Chapter(start_ms=60_500, title="Zwei = 2", url="https://example.org"),
    )


def test_podlove_simple_chapters_with_links_and_pictures():
    chapters, problems = parse_chapters(PSC, "x.psc", "psc")
    assert problems == []
    assert chapters == (
        Chapter(start_ms=0, title="Begrüßung & Dank"),
        Chapter(
            start_ms=75_500,
            title="Ölkrise",
            url="https://example.org/öl",
            image="https://example.org/karte.png",
        ),
    )


def test_json_chapters_of_apps_and_of_podlove():
    entries = [
        {"startTime": 0, "title": "a"},
        {"startTime": 1.5, "img": "https://example.org/b.jpg"},
        {"startTime": 2, "title": "c", "toc": False},
    ]
    chapters, problems = parse_chapters(json.dumps({"chapters": entries}), "x", "json")
    assert problems == []
    assert chapters == (
        Chapter(start_ms=0, title="a"),
        Chapter(start_ms=1500, title="", image="https://example.org/b.jpg", is_hidden=True),
        Chapter(start_ms=2000, title="c", is_hidden=True),
    )
    podlove = [{"start": "00:01:00.250", "title": "d", "href": "https://d", "image": ""}]
    chapters, problems = parse_chapters(json.dumps(podlove), "x", "json")
    assert (chapters, problems) == ((Chapter(start_ms=60_250, title="d", url="https://d"),), [])


def test_markers_of_reaper_without_regions_and_private_marks():
    assert read(RPP, "reaper") == [
        (0, "Begrüßung"),
        (61_235, 'Das "große" Thema'),
        (90_000, "Schluss"),
    ]


@pytest.mark.parametrize(
    ("text", "kind", "code", "place"),
    [
        ("{", "json", "text.broken-json", 1),
        ('{"chapters": 3}', "json", "text.no-json-chapters", None),
        ("[" * 100_000, "json", "text.broken-json", None),
        ('{"chapters": [{"title": "x"}]}', "json", "text.entry-without-time", "chapters[1]"),
        ('[{"start": -1, "title": "x"}]', "json", "text.entry-without-time", "chapters[1]"),
        ('[{"start": NaN, "title": "x"}]', "json", "text.entry-without-time", "chapters[1]"),
        ('[{"start": 1e99, "title": "x"}]', "json", "text.entry-without-time", "chapters[1]"),
        ('[{"start": true, "title": "x"}]', "json", "text.entry-without-time", "chapters[1]"),
        ('[{"start": 1}]', "json", "text.chapter-without-title", "chapters[1]"),
        ("<chapters>\n<chapter", "psc", "text.broken-psc", 2),
        ("<rss/>", "psc", "text.no-psc", 1),
        ("", "psc", "text.broken-psc", 1),
        ('<!DOCTYPE c [<!ENTITY a "b">]><chapters/>', "psc", "text.psc-doctype", 1),
        ("<chapters>\n<chapter start='x' title='y'/></chapters>", "psc", None, 2),
        ("<PROJECT", "reaper", "text.no-reaper", 1),
        ("CHAPTER001NAME=x", "text", "text.comment-without-time", 1),
        ("00:00 " + "x" * 256, "text", "text.long-chapter", 1),
        ("\n".join(f"{n}\t{n}\tx" for n in range(1001)), "text", "text.many-chapters", None),
    ],
)
def test_what_is_broken_is_told_with_its_place(text, kind, code, place):
    _, (found,) = parse_chapters(text, "x", kind)
    assert found.code == (code or "text.entry-without-time")
    assert (found.place.line or found.place.key) == place
    assert found.severity is Severity.ERROR
    assert word(found.code, found.params).what
    assert word(found.code, found.params).mend


def test_all_that_is_wrong_is_told_at_once():
    entries = [{"startTime": "x"}, {"startTime": 1}, {"startTime": 2, "title": "y"}] * 2
    _, problems = parse_chapters(json.dumps(entries), "x", "json")
    assert [p.place.key for p in problems] == [
        "chapters[1]",
        "chapters[2]",
        "chapters[4]",
        "chapters[5]",
        "chapters[6]",
    ]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("url", "javascript:alert(1)"),
        ("url", "https://example.org/a b"),
        ("url", "https://example.org/" + "x" * 2000),
        ("img", "../secret.jpg"),
        ("img", "/etc/passwd"),
        ("img", "notes.md"),
    ],
)
def test_links_and_pictures_that_lead_nowhere_are_left_out_with_a_warning(key, value):
    text = json.dumps([{"startTime": 0, "title": "a", key: value}])
    chapters, (found,) = parse_chapters(text, "x", "json")
    assert chapters == (Chapter(start_ms=0, title="a"),)
    assert found.severity is Severity.WARNING
    assert word(found.code, found.params).what


def test_titles_are_cleaned():
    text = json.dumps([{"startTime": 0, "title": " a\x00\ud800\n\u0007 b\ufffe "}])
    assert parse_chapters(text, "x", "json")[0][0].title == "a b"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0.000\t0.000\tAnfang\n\\\t1.0\t2.0\n12.5\t12.5\tMitte\n", True),
        ("00:00 a\n00:10 b\nein Fehler\n", True),
        ("Sprechzettel\n\n00:10 nicht vergessen\n", False),
        ("0:00 Anna\nHallo.\n0:05 Ben\nHallo zurück.\n", False),
        ("".join(f"[00:0{n}] Anna: {'und dann redet sie weiter ' * 4}\n" for n in range(9)), False),
        ("", False),
    ],
)
def test_lists_of_chapters_are_told_from_other_texts(text, expected):
    assert is_chapter_list(text) is expected


@given(st.text(), st.sampled_from(["text", "json", "psc", "reaper"]))
def test_any_text_is_read_without_raising(text, kind):
    for found in parse_chapters(text, "x", kind)[1]:
        assert word(found.code, found.params).what


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(st.sampled_from(["startTime", "title", "img", "toc", "x"]), inner)
    ),
)


@given(JSON)
def test_any_json_is_read_without_raising(document):
    parse_chapters(json.dumps({"chapters": document}), "x", "json")
    parse_chapters(json.dumps([document]), "x", "json")


TITLES = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=80)
STARTS = st.dictionaries(st.integers(0, 99 * 3_600_000), TITLES, min_size=1, max_size=20)


@given(STARTS)
def test_times_and_titles_survive_json(titles):
    chapters = tuple(Chapter(start_ms=ms, title=t) for ms, t in sorted(titles.items()))
    again, problems = parse_chapters(chapters_json(chapters).decode(), "x", "json")
    assert problems == []
    assert [c.start_ms for c in again] == [c.start_ms for c in chapters]


@given(STARTS)
def test_times_and_titles_survive_psc_written_by_another_library(titles):
    root = ET.Element("{http://podlove.org/simple-chapters}chapters", version="1.2")
    for ms, title in titles.items():
        tag = "{http://podlove.org/simple-chapters}chapter"
        ET.SubElement(root, tag, start=timecode_from_ms(ms), title=f"T {title}")
    text = ET.tostring(root, encoding="unicode")
    chapters, problems = parse_chapters(text, "x", "psc")
    assert problems == []
    assert [c.start_ms for c in chapters] == sorted(titles)
