"""Transcripts as paragraphs, figures as words, and what importing the room costs."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendeturm.model import Cue
from sendeturm.site.figures import iso_duration, written_date, written_duration, written_size
from sendeturm.site.reading import moment, paragraphs
from sendeturm.site.words import MONTHS, WORDS, month_names, page_words

GERMAN = ("Januar", "Februar", "März", *("",) * 7, "November", "Dezember")
CUES = st.builds(
    Cue,
    start_ms=st.integers(0, 10_000_000),
    end_ms=st.integers(0, 10_000_000),
    text=st.text(max_size=300),
    speaker=st.sampled_from([None, "", "Anna", "Jürgen"]),
)


def cue(start_ms: int, text: str, speaker: str | None = None) -> Cue:
    return Cue(start_ms=start_ms, end_ms=start_ms + 1000, text=text, speaker=speaker)


@given(st.lists(CUES, max_size=30))
def test_no_word_is_lost_or_moved(cues: list[Cue]) -> None:
    read = " ".join(paragraph.text for paragraph in paragraphs(cues))
    assert read.split() == [word for cue in cues for word in cue.text.split()]


def test_a_new_speaker_begins_a_paragraph_and_is_named_once() -> None:
    long = "Ein Satz von einiger Länge. " * 10
    cues = [cue(0, long, "Anna"), cue(1, long, "Anna"), cue(2, long, "Anna"), cue(3, "Ja.", "Bo")]
    assert [(p.speaker, p.clock) for p in paragraphs(cues)] == [
        ("Anna", "0:00"),
        ("", "0:00"),
        ("Bo", "0:00"),
    ]


def test_a_long_talk_without_full_stops_is_broken_all_the_same() -> None:
    cues = [cue(n * 1000, "und dann und dann und dann") for n in range(200)]
    assert max(len(p.text) for p in paragraphs(cues)) < 900


@pytest.mark.parametrize(
    ("time_ms", "seconds", "clock"),
    [
        (0, "0", "0:00"),
        (62_500, "62.5", "1:02"),
        (600_000, "600", "10:00"),
        (3_601_234, "3601.234", "1:00:01"),
    ],
)
def test_moments(time_ms: int, seconds: str, clock: str) -> None:
    assert (moment(time_ms).seconds, moment(time_ms).clock) == (seconds, clock)


def test_dates_are_written_out() -> None:
    day = date(2026, 11, 1)
    assert written_date(day, WORDS, MONTHS) == "1 November 2026"
    assert written_date(day, {"date": "{day}. {month} {year}"}, GERMAN) == "1. November 2026"


@pytest.mark.parametrize(
    ("duration_ms", "written", "iso"),
    [
        (400, "1 s", "PT1S"),
        (59_400, "59 s", "PT59S"),
        (61_000, "1 min", "PT61S"),
        (3_599_000, "1 h", "PT3599S"),
        (4_320_000, "1 h 12 min", "PT4320S"),
    ],
)
def test_durations(duration_ms: int, written: str, iso: str) -> None:
    assert written_duration(duration_ms, WORDS) == written
    assert iso_duration(duration_ms) == iso


@pytest.mark.parametrize(
    ("size_bytes", "written"), [(1, "1 kB"), (850_400, "850 kB"), (41_300_000, "41 MB")]
)
def test_sizes(size_bytes: int, written: str) -> None:
    assert written_size(size_bytes) == written


def test_a_language_without_catalogue_is_spoken_to_in_english() -> None:
    assert page_words("tlh") == WORDS
    assert month_names("tlh") == MONTHS


def test_importing_the_room_costs_no_jinja() -> None:
    code = "import sys, sendeturm.site; sys.exit('jinja2' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
