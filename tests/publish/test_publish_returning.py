"""Single files on their way back from the bucket."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import shows
from sendeturm.model.site import PageFacts
from sendeturm.publish import pull
from sendeturm.publish.returning import Returned, digest_of_page, returned_page
from sendeturm.sources import read_pages
from sendeturm.text import render_notes
from shows import place_of, planned, published

PIECES = [
    "# A",
    "text *b*",
    "```",
    "  two",
    "",
    "",
    "- x",
    "> q",
    "<b>bold",
    "<pre>",
    "</pre>",
    "&amp;#10;",
]


def page_of(html, title="Über uns"):
    return PageFacts(slug="seite", title=title, html=html, source_sha256="0" * 64)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text("ab<>&*_`#\n\t -", max_size=9), max_size=12))
def test_any_page_comes_out_as_it_is_published(tmp_path_factory, lines):
    html = render_notes("\n".join(["word", *lines])).html
    page = returned_page(page_of(html))
    assert isinstance(page, Returned)
    folder = tmp_path_factory.mktemp("show")
    (folder / "pages").mkdir()
    (folder / page.name).write_bytes(page.body)
    (written,), problems = read_pages(folder)
    assert problems == []
    assert (written.slug, written.title) == ("seite", "Über uns")
    assert render_notes(written.markdown).html == html
    assert hashlib.sha256(written.markdown.encode()).hexdigest() == digest_of_page(page)


@pytest.fixture
def laptop(tmp_path, monkeypatch):
    monkeypatch.setenv("SENDETURM_NOW", shows.NOW.isoformat())
    storage = f'{shows.PUBLIC}\nplace = "{tmp_path / "bucket"}"'
    made = shows.new_folder(tmp_path / "laptop", storage=storage)
    made.write_episode("001-eins", 'title = "Eins"')
    (made.root / "episodes/001-eins.srt").write_text("1\n00:00:01,000 --> 00:00:02,000\nAch\n")
    (made.root / "episodes/001-eins.chapters.txt").write_text("0:00 A\n0:20 B\n")
    published(made)
    return made


def test_a_page_in_broken_html_comes_too(laptop, tmp_path):
    (laptop.root / "pages").mkdir()
    words = (
        "# Link\n\n<h2><a href='https://example.org'>\n<h2><a href='https://example.org'>\n\nWort"
    )
    (laptop.root / "pages/link.md").write_text(words)
    published(laptop)
    assert planned(laptop).is_empty
    other = shows.Folder(tmp_path / "other")
    done = pull(place_of(laptop), other.root, {"place": str(tmp_path / "bucket")})
    assert "pages/link.md" in done.made
    assert planned(other).is_empty


def test_what_lost_its_object_is_told_and_stays_on_the_air(laptop, tmp_path):
    for path in (tmp_path / "bucket/transcripts").iterdir():
        path.unlink()
    other = shows.Folder(tmp_path / "other")
    done = pull(place_of(laptop), other.root, {"place": str(tmp_path / "bucket")})
    assert [(p.code, p.place.file) for p in done.problems] == [
        ("publish.lost-object", "episodes/eins.vtt")
    ]
    assert "episodes/eins.chapters.json" in done.made
    assert planned(other).is_empty


def test_without_its_memory_a_pulled_transcript_counts_as_somebodys_own(laptop, tmp_path):
    other = shows.Folder(tmp_path / "other")
    pull(place_of(laptop), other.root, {"place": str(tmp_path / "bucket")})
    assert planned(other).is_empty
    (other.root / ".pulled.json").write_text("[1, 2")
    (step,) = planned(other).episodes
    assert step.wanted.changes == ("transcript",)


def test_a_chapter_that_was_moved_here_is_moved_on_the_air(laptop, tmp_path):
    other = shows.Folder(tmp_path / "other")
    pull(place_of(laptop), other.root, {"place": str(tmp_path / "bucket")})
    listed = other.root / "episodes/eins.chapters.json"
    listed.write_text(listed.read_text().replace("20", "21"))
    (step,) = planned(other).episodes
    assert [chapter.start_ms for chapter in step.wanted.facts.chapters] == [0, 21_000]
