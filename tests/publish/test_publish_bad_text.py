"""Text that has broken feeds elsewhere goes the whole way: cleaned, or refused with words."""

from __future__ import annotations

import io

import feedparser
import podcastparser
import pytest

import shows
from shows import new_folder, planned, published

TITLES = {
    "html": ("<b>Fett</b> & <script>x</script>", "<b>Fett</b> & <script>x</script>"),
    "cdata": ("a ]]> b <![CDATA[ c", "a ]]> b <![CDATA[ c"),
    "entities": ("Tom &amp; Jerry &#0; &nbsp;", "Tom &amp; Jerry &#0; &nbsp;"),
    "emoji": ("Turm 🗼👩‍👩‍👧 und 🎙️", "Turm 🗼👩‍👩‍👧 und 🎙️"),
    "right-to-left": ("مرحبا בעולם", "مرحبا בעולם"),
    "controls": ("a\\u0000b\\u000Bc\\u0085d", "abc d"),
    "decomposed": ("Gru\u0308\u00dfe", "Gr\u00fc\u00dfe"),
}
NOTES = """Text mit <script>alert(1)</script> und <img src=x onerror=alert(2)> und
[Knopf](javascript:alert(3)) und <a href="https://example.org" onclick="alert(4)">Verweis</a>.

&lt;ruhig&gt; ]]> &copy;
"""


@pytest.fixture
def show(tmp_path, monkeypatch):
    monkeypatch.setenv("SENDETURM_NOW", shows.NOW.isoformat())
    return new_folder(tmp_path / "show", storage=shows.PUBLIC)


def feed(show):
    return (show.root / "public/feed.xml").read_bytes()


@pytest.mark.parametrize("case", TITLES)
def test_a_title_comes_through_as_it_is_meant(show, case):
    written, meant = TITLES[case]
    show.write_episode("001-x", f'title = "{written}"\npublished_at = 2026-11-01')
    assert published(show).failed == []
    (episode,) = podcastparser.parse("https://example.org/f", io.BytesIO(feed(show)))["episodes"]
    assert episode["title"] == meant
    page = next((show.root / "public").glob("*/index.html")).read_text("utf-8")
    assert "<script>x" not in page


def test_scripts_and_handlers_in_notes_are_left_out_and_told(show):
    front = 'title = "Notizen"\npublished_at = 2026-11-01'
    show.write_episode("001-notizen", front, notes=NOTES)
    told = [found for found in planned(show).problems if found.place.file]
    assert any("001-notizen" in str(found.place.file) for found in told)
    assert published(show).failed == []
    (entry,) = feedparser.parse(io.BytesIO(feed(show)), sanitize_html=False).entries
    notes = entry.content[-1].value
    for evil in ("<script", "onerror", "onclick", '="javascript:'):  # as plain text it is harmless
        assert evil not in notes
    assert "https://example.org" in notes
    assert "&lt;ruhig&gt;" in notes


def test_a_description_of_5000_bytes_is_cut_at_a_word(show):
    words = "Übermäßig " * 420
    front = f'title = "Lang"\npublished_at = 2026-11-01\nsummary = "{words[:3900].strip()}"'
    show.write_episode("001-lang", front)
    assert published(show).failed == []
    (episode,) = podcastparser.parse("https://example.org/f", io.BytesIO(feed(show)))["episodes"]
    assert 3900 < len(episode["description"].encode()) <= 4000
    assert episode["description"].endswith("Übermäßig…")


def test_a_longer_one_is_refused_with_its_line(show):
    show.write_episode("001-lang", f'title = "Lang"\nsummary = "{"ä" * 5000}"')
    (found,) = [f for f in planned(show).problems if f.code == "sources.long"]
    assert (found.place.line, found.params["bound"]) == (3, 4000)


def test_a_raw_control_character_in_settings_is_refused_with_its_line(show):
    show.write_episode("001-x", 'title = "a\x07b"')
    (found,) = [f for f in planned(show).problems if f.code == "sources.broken-toml"]
    assert found.place.line == 2
