from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendeturm.i18n import word
from sendeturm.model import Chapter
from sendeturm.text import chapters_json, parse_chapters
from sendeturm.units import timecode_from_ms


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("00:00:00.000 Intro", Chapter(start_ms=0, title="Intro")),
        (
            "01:02:03.004 Über uns <https://example.org/ü?a=b>",
            Chapter(start_ms=3_723_004, title="Über uns", url="https://example.org/ü?a=b"),
        ),
        ("1:02:03,5 Komma", Chapter(start_ms=3_723_500, title="Komma")),
        ("75:30 Lang", Chapter(start_ms=4_530_000, title="Lang")),
        ("  0:07\tTab", Chapter(start_ms=7000, title="Tab")),
        ("00:12 - Intro", Chapter(start_ms=12_000, title="Intro")),
        ("00:12 3 < 5 <b>", Chapter(start_ms=12_000, title="3 < 5 <b>")),
        ("12,345678\t12,345678\tMarke", Chapter(start_ms=12_345, title="Marke")),
        ("12.3\t15.0\tBereich", Chapter(start_ms=12_300, title="Bereich")),
    ],
)
def test_lines_of_every_kind(line, expected):
    assert parse_chapters(line, "x.chapters.txt") == ((expected,), [])


def test_order_of_time_bom_and_blank_lines():
    text = "\ufeff00:10 zwei\r\n\r\n\\\t100.0\t200.0\r\n00:00 eins\r\n"
    chapters, problems = parse_chapters(text, "x")
    assert [c.title for c in chapters] == ["eins", "zwei"]
    assert problems == []


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("00:00 a\nEinleitung", "text.no-chapter", 2),
        ("00:00 a\n\n00:61 b", "text.no-chapter", 3),
        ("01:75:00 b", "text.no-chapter", 1),
        ("00:00 a\n00:10", "text.chapter-without-title", 2),
        ("00:10 <https://example.org>", "text.chapter-without-title", 1),
        ("00:10 a\n00:00 b\n00:10.000 c", "text.chapters-at-once", 3),
    ],
)
def test_problems_carry_file_and_line(text, code, line):
    _, problems = parse_chapters(text, "001.chapters.txt")
    (found,) = problems
    assert (found.code, found.place.file, found.place.line) == (code, "001.chapters.txt", line)
    assert word(found.code, found.params).what


def test_a_file_of_another_kind_gets_few_problems():
    _, problems = parse_chapters("x\n" * 5000, "x")
    assert len(problems) == 11
    assert "4990" in word(problems[-1].code, problems[-1].params).what


@given(st.text())
def test_any_text_is_read_without_raising(text):
    for found in parse_chapters(text, "x")[1]:
        assert word(found.code, found.params).what


TITLES = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1)


@given(st.dictionaries(st.integers(0, 99 * 3_600_000), TITLES, min_size=1))
def test_what_is_written_is_read_back(titles):
    text = "\n".join(f"{timecode_from_ms(ms)} Kapitel {title}" for ms, title in titles.items())
    chapters, problems = parse_chapters(text, "x")
    assert not problems
    assert [c.start_ms for c in chapters] == sorted(titles)
    read = json.loads(chapters_json(chapters))
    assert read["version"] == "1.2.0"
    assert [round(entry["startTime"] * 1000) for entry in read["chapters"]] == sorted(titles)
    assert [entry["title"] for entry in read["chapters"]] == [c.title for c in chapters]


def test_json_chapters():
    chapters = (Chapter(start_ms=0, title="ä"), Chapter(start_ms=1500, title="b", url="https://b"))
    assert json.loads(chapters_json(chapters).decode()) == {
        "version": "1.2.0",
        "chapters": [
            {"startTime": 0, "title": "ä"},
            {"startTime": 1.5, "title": "b", "url": "https://b"},
        ],
    }
