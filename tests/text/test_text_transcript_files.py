"""Transcripts in JSON and plain text, who speaks in them, and the forms they leave in."""

from __future__ import annotations

import io
import json
import unicodedata

import pytest
import webvtt
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from sendeturm.i18n import word
from sendeturm.model import Cue
from sendeturm.text import parse_transcript, srt, tied_cues, transcript_html

SEGMENTS = [
    {"speaker": "Anna", "startTime": 0.5, "endTime": 2.25, "body": "Hallo und willkommen."},
    {"speaker": "Jörg", "startTime": 2.25, "endTime": 4, "body": " Grüß  dich,\nAnna! "},
    {"speaker": "", "startTime": 5, "endTime": 6, "body": "Musik und mehr"},
]


def said(cues):
    return [(c.start_ms, c.end_ms, c.speaker, c.text) for c in cues]


def read(text, kind):
    cues, problems = parse_transcript(text, kind, "x")
    assert problems == []
    return said(cues)


def test_json_of_the_podcast_namespace():
    text = json.dumps({"version": "1.0.0", "segments": SEGMENTS})
    assert read(text, "json") == [
        (500, 2250, "Anna", "Hallo und willkommen."),
        (2250, 4000, "Jörg", "Grüß dich, Anna!"),
        (5000, 6000, None, "Musik und mehr"),
    ]


def test_json_of_whisper():
    segments = [
        {"id": 0, "start": 0.0, "end": 3.2, "text": " Guten Morgen, ihr Lieben."},
        {"id": 1, "start": 3.2, "text": " Heute reden wir über Türme."},
        {"id": 2, "start": 7, "text": " Und über das Meer."},
        {"id": 3, "start": 8, "end": 9, "text": "  "},
    ]
    assert read(json.dumps({"text": "…", "segments": segments}), "json") == [
        (0, 3200, None, "Guten Morgen, ihr Lieben."),
        (3200, 7000, None, "Heute reden wir über Türme."),
        (7000, 9000, None, "Und über das Meer."),
    ]


def test_single_words_are_joined_to_lines():
    words = "Wir reden . Über Türme und das Meer".replace(" .", ".").split()
    segments = [
        {"speaker": "A", "startTime": n, "endTime": n + 0.8, "body": w} for n, w in enumerate(words)
    ]
    segments += [{"speaker": "B", "startTime": 7.5, "endTime": 8, "body": "Ja"}]
    segments += [{"speaker": "B", "startTime": 20, "endTime": 21, "body": "Nein"}]
    assert read(json.dumps({"segments": segments}), "json") == [
        (0, 1800, "A", "Wir reden."),
        (2000, 6800, "A", "Über Türme und das Meer"),
        (7500, 8000, "B", "Ja"),
        (20_000, 21_000, "B", "Nein"),
    ]


def test_plain_text_has_no_times():
    assert read("Anna: Hallo\nzusammen.\n\n\nJörg: Ja.\r\n", "text") == [
        (0, 0, None, "Anna: Hallo zusammen."),
        (0, 0, None, "Jörg: Ja."),
    ]


@pytest.mark.parametrize("form", ["[{}] {}", "{} {}", "({}) {}", "{}\n{}", "{} – {}"])
def test_plain_text_with_times(form):
    pairs = [("00:00:01", "Anna: Hallo."), ("0:05.5", "Jörg: Ja."), ("1:02:03", "Schluss jetzt")]
    assert read("\n\n".join(form.format(*pair) for pair in pairs), "text") == [
        (1000, 5500, None, "Anna: Hallo."),
        (5500, 3_723_000, None, "Jörg: Ja."),
        (3_723_000, 3_724_000, None, "Schluss jetzt"),
    ]


def test_a_paragraph_without_a_time_goes_on():
    text = "[0:01] a\n\n[0:05] b\n\nund weiter\n\n[0:09] c"
    assert [words for *_, words in read(text, "text")] == ["a", "b und weiter", "c"]


@pytest.mark.parametrize(
    ("text", "kind", "code", "place"),
    [
        ("{", "json", "text.broken-json", 1),
        ("[" * 100_000, "json", "text.broken-json", None),
        ("{}", "json", "text.no-json-transcript", None),
        ('{"segments": []}', "json", "text.empty-transcript", 1),
        ('{"segments": [{"body": "x"}]}', "json", "text.segment-without-times", "segments[1]"),
        ('{"segments": [3]}', "json", "text.segment-without-times", "segments[1]"),
        (
            '{"segments": [{"start": 1e99, "end": 2, "text": "x"}]}',
            "json",
            "text.segment-without-times",
            "segments[1]",
        ),
        (
            '{"segments": [{"start": 2, "end": 1, "text": "x y"}]}',
            "json",
            "text.cue-ends-early",
            "segments[1]",
        ),
        ("[0:01] a\n\n[0:99] b\n\n[0:10] c", "text", "text.paragraph-without-time", 3),
        ("[0:10] a\n\n[0:05] b\n\n[0:20] c", "text", "text.cue-ends-early", 1),
        (" \n\x00\n", "text", "text.empty-transcript", 1),
    ],
)
def test_what_is_broken_is_told_with_its_place(text, kind, code, place):
    _, problems = parse_transcript(text, kind, "x")
    found = problems[0]
    assert (found.code, found.place.line or found.place.key) == (code, place)
    assert word(found.code, found.params).mend


def test_overlaps_in_json_are_one_warning():
    segments = [{"start": n, "end": n + 1.5, "text": "a b c"} for n in range(5)]
    cues, (found,) = parse_transcript(json.dumps({"segments": segments}), "json", "x")
    assert len(cues) == 5
    assert (found.code, found.params["count"]) == ("text.cues-overlap", 4)


VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(st.sampled_from(["startTime", "end", "body", "speaker", "x"]), inner)
    ),
)


@given(VALUES)
def test_any_json_is_read_without_raising(document):
    for text in (json.dumps({"segments": document}), json.dumps({"segments": [document]})):
        cues, _ = parse_transcript(text, "json", "x")
        tied_cues(cues, ["Anna"])


@given(st.text())
def test_any_plain_text_is_read_without_raising(text):
    tied_cues(parse_transcript(text, "text", "x")[0], ["Anna"])


def cue(text, speaker=None, start_ms=0):
    return Cue(start_ms=start_ms, end_ms=start_ms + 1000, text=text, speaker=speaker)


def test_names_are_tied_to_people():
    cues = [cue("a", "anna"), cue("b", "Süß"), cue("c", "SPEAKER_01"), cue("d", "Fremd"), cue("e")]
    tied = tied_cues(cues, ["Anna Müller", "Jörg Süß", "Jörg Maier"], {"speaker_01": "Jörg Maier"})
    assert [c.speaker for c in tied] == ["Anna Müller", "Jörg Süß", "Jörg Maier", "Fremd", None]
    assert [c.speaker for c in tied_cues([cue("x", "Jörg")], ["Jörg Süß", "Jörg Maier"])] == [
        "Jörg"
    ]


def test_names_at_the_beginning_of_lines():
    cues = [
        cue("Anna: Hallo. Merke: es ist spät."),
        cue("Und noch etwas."),
        cue("Gast: Ja."),
        cue("Zum Beispiel: Türme."),
        cue("Gast: Nein."),
    ]
    assert [(c.speaker, c.text) for c in tied_cues(cues, ["Anna Müller"])] == [
        ("Anna Müller", "Hallo. Merke: es ist spät."),
        ("Anna Müller", "Und noch etwas."),
        ("Gast", "Ja."),
        (None, "Zum Beispiel: Türme."),
        ("Gast", "Nein."),
    ]
    assert tied_cues([cue("Merke: es ist spät.")], []) == (cue("Merke: es ist spät."),)
    named = [cue("Anna: Hallo", "Ben")]
    assert tied_cues(named, ["Anna"]) == tuple(named)


SPOKEN = (
    Cue(start_ms=0, end_ms=1500, text="Hallo & <willkommen>,\nihr --> da", speaker="Anna Müller"),
    Cue(start_ms=1500, end_ms=2000, text="oder?", speaker="Anna Müller"),
    Cue(start_ms=2000, end_ms=3_723_004, text="Ja.", speaker="Jörg"),
)


def test_subrip_is_read_by_another_reader():
    found = webvtt.from_buffer(io.BytesIO(srt(SPOKEN)), format="srt")
    assert [(c.start, c.end, c.text) for c in found] == [
        ("00:00:00.000", "00:00:01.500", "Anna Müller: Hallo & ‹willkommen›,\nihr → da"),
        ("00:00:01.500", "00:00:02.000", "oder?"),
        ("00:00:02.000", "01:02:03.004", "Jörg: Ja."),
    ]


LETTERS = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=30)


@given(st.lists(st.tuples(st.integers(1, 9000), LETTERS), min_size=1, max_size=15))
def test_subrip_comes_back_as_it_was(drawn):
    cues, at_ms = [], 0
    for length_ms, words in drawn:
        text = unicodedata.normalize("NFC", words)
        cues.append(Cue(start_ms=at_ms, end_ms=at_ms + length_ms, text=text))
        at_ms += length_ms
    assert read(srt(cues).decode(), "srt") == said(cues)


def test_html_is_read_by_another_reader():
    page = html.fromstring(transcript_html(SPOKEN, "Türme & <Töne>", "de"))
    assert page.get("lang") == "de"
    assert page.findtext(".//title") == "Türme & <Töne>"
    assert [e.text for e in page.iter("cite")] == ["Anna Müller:", "Jörg:"]
    assert [e.text for e in page.iter("time")] == ["0:00", "0:02"]
    assert [e.text for e in page.iter("p")] == ["Hallo & <willkommen>, ihr --> da oder?", "Ja."]


def test_html_without_times_tells_none():
    page = transcript_html((Cue(start_ms=0, end_ms=0, text="a"),), "x", "de").decode()
    assert "<time>" not in page
    assert "<p>a</p>" in page
