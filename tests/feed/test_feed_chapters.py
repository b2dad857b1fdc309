"""Chapters in the feed, as Podlove Simple Chapters and as time stamps, read by strangers."""

from __future__ import annotations

import io

import feedparser
import podcastparser
import pytest
from lxml import etree

from feedrecords import NOW, a_record, a_show
from sendeturm.feed import render_feed
from sendeturm.model import Chapter

PSC = "{http://podlove.org/simple-chapters}"
CHAPTERS = (
    Chapter(start_ms=0, title="Begrüßung & Dank"),
    Chapter(start_ms=60_500, title="Ölkrise", url="https://example.org/öl"),
    Chapter(start_ms=70_000, title="", image="https://example.org/b.jpg", is_hidden=True),
    Chapter(start_ms=3_600_000, title="Schluß <3", image="https://example.org/ü.jpg"),
)


def rendered(chapters, **changes):
    record = a_record(1, **changes)
    facts = record.facts.model_copy(update={"chapters": chapters})
    return render_feed(a_show(email=None), [record.model_copy(update={"facts": facts})], NOW)


def test_a_strict_reader_finds_the_chapters():
    found = podcastparser.parse("https://example.org/feed.xml", io.BytesIO(rendered(CHAPTERS)))
    assert found["episodes"][0]["chapters"] == [
        {"start": 0, "title": "Begrüßung & Dank"},
        {"start": 60, "title": "Ölkrise", "href": "https://example.org/%C3%B6l"},
        {"start": 3600, "title": "Schluß <3", "image": "https://example.org/%C3%BC.jpg"},
    ]


def test_simple_chapters_keep_milliseconds_and_have_their_version():
    (chapters,) = etree.fromstring(rendered(CHAPTERS)).iter(f"{PSC}chapters")
    assert chapters.get("version") == "1.2"
    assert [c.get("start") for c in chapters] == ["00:00:00.000", "00:01:00.500", "01:00:00.000"]


def test_nothing_is_said_of_chapters_where_there_are_none():
    assert list(etree.fromstring(rendered(())).iter(f"{PSC}*")) == []
    hidden = tuple(c for c in CHAPTERS if c.is_hidden)
    assert list(etree.fromstring(rendered(hidden)).iter(f"{PSC}*")) == []


def notes(body):
    return feedparser.parse(body).entries[0].content[0].value


def test_apps_that_look_into_the_notes_find_time_stamps():
    assert notes(rendered(CHAPTERS, notes_html="<p>Worum es geht</p>")) == (
        "<p>Worum es geht</p>\n<p>00:00:00 Begrüßung &amp; Dank<br />\n"
        '00:01:00 <a href="https://example.org/öl" rel="noopener">Ölkrise</a><br />\n'
        "01:00:00 Schluß &lt;3</p>"
    )
    assert notes(rendered(CHAPTERS, notes_html="", notes_text="")).startswith("<p>00:00:00")


@pytest.mark.parametrize("chapters", [CHAPTERS[:2], CHAPTERS[1:]])
def test_lists_that_apps_refuse_are_not_added(chapters):
    assert notes(rendered(chapters, notes_html="<p>Worum</p>")) == "<p>Worum</p>"


def test_an_authors_own_list_is_not_doubled():
    html, text = "<p>0:00 a<br>\n0:10 b<br>\n0:20 c</p>", "0:00 a\n0:10 b\n0:20 c"
    assert notes(rendered(CHAPTERS, notes_html=html, notes_text=text)).count("0:00") == 1
