from __future__ import annotations

import html
import io
from itertools import accumulate

import pytest
import webvtt
from hypothesis import given
from hypothesis import strategies as st

from sendeturm.errors import Severity
from sendeturm.i18n import word
from sendeturm.model import Cue
from sendeturm.text import parse_transcript, transcript_text, vtt

VTT = """\ufeffWEBVTT - von Hand
X-TIMESTAMP-MAP=LOCAL:00:00:00.000

STYLE
::cue { color: red }

NOTE eine Notiz
über zwei Zeilen

eins
00:01.000 --> 00:04.500 align:start
<v.laut Anna Müller>Hallo &amp; <i>willkommen</i>,
liebe <c.gelb>Leute</c> &lt;3</v>

00:00:04.500 --> 00:00:06.000
<v Anna>Ja.</v> <v Ben>Nein<00:00:05.000>!</v>

01:00:00.000 --> 01:00:01.000
Ohne Namen
"""


def test_webvtt_with_voices_entities_and_asides():
    cues, problems = parse_transcript(VTT, "vtt", "x.vtt")
    assert problems == []
    assert cues == (
        Cue(
            start_ms=1000,
            end_ms=4500,
            text="Hallo & willkommen,\nliebe Leute <3",
            speaker="Anna Müller",
        ),
        Cue(start_ms=4500, end_ms=6000, text="Ja.", speaker="Anna"),
        Cue(start_ms=4500, end_ms=6000, text="Nein!", speaker="Ben"),
        Cue(start_ms=3_600_000, end_ms=3_601_000, text="Ohne Namen"),
    )


def test_subrip():
    text = (
        "1\r\n00:00:01,000 --> 00:00:02,500\r\n<i>Hallo</i> & {\\an8}tschüs\r\n"
        "zweite Zeile\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\n3 < 5\r\n"
    )
    cues, problems = parse_transcript(text, "srt", "x.srt")
    assert problems == []
    assert [(c.start_ms, c.end_ms, c.text) for c in cues] == [
        (1000, 2500, "Hallo & tschüs\nzweite Zeile"),
        (3000, 4000, "3 < 5"),
    ]


@pytest.mark.parametrize(
    ("body", "code", "line"),
    [
        ("WEBVTT\n\n00:01.000 -> 00:02.000\nx", "text.cue-without-times", 3),
        ("WEBVTT\n\nnur Worte\nund mehr", "text.cue-without-times", 3),
        ("WEBVTT\n\n00:61.000 --> 01:02.000\nx", "text.cue-without-times", 3),
        ("WEBVTT\n\n00:02.000 --> 00:01.000\nx", "text.cue-ends-early", 3),
        (
            "WEBVTT\n\n00:05.000 --> 00:06.000\nx\n\n00:01.000 --> 00:02.000\ny",
            "text.cue-goes-back",
            6,
        ),
        (
            "WEBVTT\n\n00:01.000 --> 00:02.000\nx\n00:03.000 --> 00:04.000\ny",
            "text.cues-without-gap",
            3,
        ),
        ("00:01.000 --> 00:02.000\nx", "text.no-webvtt", 1),
        ("WEBVTT\n", "text.empty-transcript", 1),
    ],
)
def test_problems_carry_file_and_line(body, code, line):
    _, (found,) = parse_transcript(body, "vtt", "001.vtt")
    assert (found.code, found.place.file, found.place.line) == (code, "001.vtt", line)
    assert word(found.code, found.params).what


def test_overlaps_are_one_warning():
    text = "WEBVTT\n\n" + "\n\n".join(f"00:0{n}.000 --> 00:0{n + 2}.000\nx" for n in range(5))
    cues, (found,) = parse_transcript(text, "vtt", "x")
    assert len(cues) == 5
    assert (found.code, found.severity, found.place.line) == (
        "text.cues-overlap",
        Severity.WARNING,
        6,
    )
    assert found.params["count"] == 4


@given(st.text(), st.sampled_from(["vtt", "srt"]))
def test_any_text_is_read_without_raising(text, kind):
    for found in parse_transcript(text, kind, "x")[1]:
        assert word(found.code, found.params).what


LINES = st.text(alphabet="ab ä&<>-\"'ß{}1:.,/", min_size=1, max_size=30)
SPEAKERS = st.none() | LINES.map(lambda name: name.strip().rstrip("-").strip()).filter(bool)


@given(
    st.lists(
        st.tuples(st.integers(0, 5000), st.integers(1, 5000), st.lists(LINES, max_size=3), SPEAKERS)
    )
)
def test_webvtt_is_read_back_by_another_reader_and_by_ours(drawn):
    ends = list(accumulate(gap + length for gap, length, _, _ in drawn))
    cues = [
        Cue(
            start_ms=end - length,
            end_ms=end,
            text="\n".join(["x", *(line.strip() for line in lines if line.strip())]),
            speaker=speaker and " ".join(speaker.split()),
        )
        for end, (_, length, lines, speaker) in zip(ends, drawn, strict=True)
    ]
    written = vtt(cues)
    captions = webvtt.from_buffer(io.BytesIO(written)).captions
    assert [html.unescape(c.text) for c in captions] == [c.text for c in cues]
    assert [html.unescape(c.voice) if c.voice else None for c in captions] == [
        c.speaker for c in cues
    ]
    for caption, cue in zip(captions, cues, strict=True):
        start = caption.start_time
        assert start.in_seconds() * 1000 + start.milliseconds == cue.start_ms
    if cues:
        assert parse_transcript(written.decode(), "vtt", "x") == (tuple(cues), [])


def test_a_speaker_named_like_an_arrow_makes_no_times():
    cue = Cue(start_ms=0, end_ms=1000, text="x", speaker="Bo--")
    captions = webvtt.from_buffer(io.BytesIO(vtt([cue]))).captions
    assert [(c.text, c.voice) for c in captions] == [("x", "Bo")]


def test_plain_text_by_turns_and_pauses():
    cues = [
        Cue(start_ms=0, end_ms=1000, text="Hallo\nzusammen.", speaker="Anna"),
        Cue(start_ms=1000, end_ms=2000, text="Schön hier.", speaker="Anna"),
        Cue(start_ms=2000, end_ms=3000, text="Ja.", speaker="Ben"),
        Cue(start_ms=3000, end_ms=4000, text="Musik"),
        Cue(start_ms=7000, end_ms=8000, text="Stille"),
    ]
    assert transcript_text(cues) == (
        "Anna: Hallo zusammen. Schön hier.\n\nBen: Ja.\n\nMusik\n\nStille"
    )
