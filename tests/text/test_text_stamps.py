"""Time stamps in show notes: found, moved with the sound, kept on their lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendeturm.errors import Severity
from sendeturm.i18n import word
from sendeturm.model import Chapter, Cut
from sendeturm.text import has_stamps, note_chapters, render_notes, retimed, stamps_html
from sendeturm.text.plain import plain_text

NOTES = """Worum es geht.

00:00 Anfang
03:05 Die *Reise* nach [Übersee](https://example.org/ü)
1:02:03 Schluss

Danke.
"""


def found(notes):
    chapters, problems = note_chapters(notes, "x.md", 4)
    assert problems == []
    return [(c.start_ms, c.title) for c in chapters]


def test_chapters_in_notes():
    chapters, problems = note_chapters(NOTES, "x.md")
    assert problems == []
    assert chapters == (
        Chapter(start_ms=0, title="Anfang"),
        Chapter(start_ms=185_000, title="Die Reise nach Übersee", url="https://example.org/%C3%BC"),
        Chapter(start_ms=3_723_000, title="Schluss"),
    )


@pytest.mark.parametrize(
    "form",
    [
        "- {} {}",
        "* [{}] {}",
        "1. {} {}",
        "({}) {}",
        "{} - {}",
        "{} – {}",
        "**{}** {}",
        "{}: {}",
        "- **({})** | {}",
    ],
)
def test_forms_people_write(form):
    notes = "\n".join(form.format(*pair) for pair in (("0:00", "a"), ("0:10", "b"), ("1:00", "c")))
    assert found(notes) == [(0, "a"), (10_000, "b"), (60_000, "c")]


@pytest.mark.parametrize(
    "notes",
    [
        "",
        "00:00 a\n00:10 b",
        "Wir treffen uns um 12:30 Uhr.\n12:30 Uhr, dann\n14:00 Uhr",
        "0:00:00:00 a\n0:00:00:01 b\n0:00:00:02 c",
        "2026-11-20 a\n2026-11-21 b\n2026-11-22 c",
    ],
)
def test_what_is_no_list_of_chapters(notes):
    assert note_chapters(notes, "x") == ((), [])
    assert not has_stamps(notes)


@pytest.mark.parametrize(
    "notes",
    ["\n00:10 a\n00:20 b\n00:30 c", "\n00:00 a\n00:20 b\n00:10 c", "\n0:00 a\n0:00 b\n0:01 c"],
)
def test_a_list_that_nobody_takes_for_chapters_gets_a_note(notes):
    chapters, (told,) = note_chapters(notes, "x.md", 4)
    assert chapters == ()
    assert (told.code, told.severity) == ("text.stamps", Severity.NOTE)
    assert (told.place.file, told.place.line) == ("x.md", 5)
    assert word(told.code, told.params).mend


def test_stamps_move_with_the_sound_and_keep_their_form():
    timeline = (
        Cut(start_ms=0, end_ms=100_000, at_ms=9000),
        Cut(start_ms=110_000, end_ms=5_000_000, at_ms=109_000),
    )
    assert retimed(NOTES, timeline) == NOTES.replace("03:05", "03:04").replace("1:02:03", "1:02:02")
    assert retimed("0:00 a\n0:05 b\n59:59 c", timeline[:1]) == "0:00 a\n0:14 b\n01:48 c"
    assert retimed("um 12:30 Uhr", timeline) == "um 12:30 Uhr"
    assert retimed(NOTES, ()) == NOTES


def test_stamps_keep_lines_of_their_own_in_html_and_in_plain_text():
    notes = render_notes("Hallo\nzusammen\n\n00:00 a\n00:10 **b**\n**[00:20]** c\nund\nEnde")
    assert notes.html == (
        "<p>Hallo\nzusammen</p>\n<p>00:00 a<br>\n00:10 <strong>b</strong><br>\n"
        "<strong>[00:20]</strong> c\nund\nEnde</p>"
    )
    assert notes.text == "Hallo zusammen\n\n00:00 a\n00:10 b\n[00:20] c und Ende"
    assert has_stamps(notes.text)


def test_lines_for_apps():
    chapters = [
        Chapter(start_ms=0, title="a <b> & c"),
        Chapter(start_ms=900, title="b"),
        Chapter(start_ms=1000, title="", image="x.jpg", is_hidden=True),
        Chapter(start_ms=61_999, title="c", url='https://example.org/?a=1&b="'),
        Chapter(start_ms=62_000, title="d"),
    ]
    link = '<a href="https://example.org/?a=1&amp;b=&quot;" rel="noopener">c</a>'
    assert stamps_html(chapters) == (
        f"<p>00:00 a &lt;b&gt; &amp; c<br>\n01:01 {link}<br>\n01:02 d</p>"
    )
    late = [*chapters, Chapter(start_ms=3_600_000, title="e")]
    assert stamps_html(late).startswith("<p>00:00:00 a")
    assert stamps_html(late).endswith("01:00:00 e</p>")


@pytest.mark.parametrize(
    "starts_ms", [(), (0,), (0, 5000), (1000, 2000, 3000), (0, 100, 999, 1000)]
)
def test_lists_that_apps_would_refuse_are_not_written(starts_ms):
    assert stamps_html([Chapter(start_ms=ms, title="x") for ms in starts_ms]) == ""


TITLES = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=40)


@given(st.dictionaries(st.integers(1, 359_999), TITLES, min_size=2, max_size=20), TITLES)
def test_what_is_written_for_apps_is_found_again(titles, first):
    chapters = [Chapter(start_ms=0, title=f"K {first}")]
    chapters += [Chapter(start_ms=s * 1000, title=f"K {t}") for s, t in sorted(titles.items())]
    plain = plain_text(stamps_html(chapters))
    assert has_stamps(plain)
    again, problems = note_chapters(plain, "x")
    assert problems == []
    assert [c.start_ms for c in again] == [c.start_ms for c in chapters]


@given(st.text())
def test_any_notes_are_read_without_raising(text):
    note_chapters(text, "x")
    retimed(text, (Cut(start_ms=5, end_ms=50_000, at_ms=7),))
