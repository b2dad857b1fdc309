"""Shows from five publishers move in, go out again, and two readers find what they found before."""

import calendar
import io
import re
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import feedparser
import podcastparser
import pytest
from lxml import etree

import oldhosts

PERSON = "{https://podcastindex.org/namespace/1.0}person"
TRANSCRIPT = "{https://podcastindex.org/namespace/1.0}transcript"


def imported(sendeturm, url):
    said = sendeturm("import", url, "--allow-private")
    assert said.code == 0, said.err
    return said


def whole_feed(old, paths):
    """Return the old host's items on all pages, as feedparser has them, once each."""
    entries = {}
    for path in paths:
        for entry in feedparser.parse(old.host.files[path].body).entries:
            if entry.enclosures:
                entries.setdefault(entry.id, entry)
    return entries


def words(html):
    """Return what can be read, without tags, marks of lists and space."""
    plain = unescape(unescape(re.sub(r"<[^>]+>", " ", html)))
    return re.sub(r"[\s•]+", " ", plain).strip()


def notes_of(entry):
    said = [content.value for content in entry.get("content", ())] + [entry.get("summary", "")]
    return words(max(said, key=len))


def seconds(written):
    total = 0
    for part in str(written).split(":"):
        total = total * 60 + int(part)
    return total


PAGES = {
    "podlove": ("/feed/m4a/", "/feed/m4a/?paged=2"),
    "anchor": ("/s/1a2b/podcast/rss",),
    "buzzsprout": ("/123.rss",),
    "seriously_simple": ("/feed/podcast",),
    "libsyn": ("/rss", "/rss/archive-1.xml"),
}


@pytest.mark.parametrize("style", oldhosts.STYLES)
def test_readers_find_the_same_show_at_its_new_home(style, old, folder, sendeturm):
    url = oldhosts.STYLES[style](old)
    imported(sendeturm, url)
    assert sendeturm("check").code == 0
    published = sendeturm("publish", "--yes")
    assert published.code == 0, published.err
    body = Path("public/feed.xml").read_bytes()
    before, after = whole_feed(old, PAGES[style]), feedparser.parse(body)
    now = {entry.id: entry for entry in after.entries}
    assert not after.bozo
    assert set(now) == set(before)
    for guid, entry in now.items():
        former = before[guid]
        assert words(entry.title) == words(former.title)
        assert entry.published_parsed == former.published_parsed
        assert seconds(entry.itunes_duration) == seconds(former.itunes_duration)
        assert notes_of(former) in notes_of(entry)
        sound = Path("public") / entry.enclosures[0].href.partition(":4242/")[2]
        assert int(entry.enclosures[0].length) == sound.stat().st_size
        path = urlsplit(former.enclosures[0].href)
        asked = path.path + (f"?{path.query}" if path.query else "")
        assert sound.read_bytes() == old.host.files[asked].body
    strict = podcastparser.parse("https://example.org/feed.xml", io.BytesIO(body))
    assert {(e["guid"], e["published"]) for e in strict["episodes"]} == {
        (e.id, calendar.timegm(e.published_parsed)) for e in after.entries
    }
    assert sendeturm("plan", "--exit-code").code == 0


def test_chapters_and_transcripts_come_along(old, folder, sendeturm):
    imported(sendeturm, oldhosts.podlove(old))
    assert sendeturm("publish", "--yes").code == 0
    body = Path("public/feed.xml").read_bytes()
    found = podcastparser.parse("https://example.org/feed.xml", io.BytesIO(body))["episodes"][0]
    marks = [(c["start"], c["title"], c.get("href")) for c in found["chapters"]]
    assert marks == [
        (0, "Begrüßung", None),
        (0, "Rufe", "https://nebelhorn.example/rufe"),  # this reader counts whole seconds
        (1, "Schluss", None),
    ]
    spoken = {tag.get("type"): tag.get("url") for tag in etree.fromstring(body).iter(TRANSCRIPT)}
    transcript = Path("public") / spoken["text/vtt"].partition(":4242/")[2]
    assert "<v Mia>Möwen!" in transcript.read_text(encoding="utf-8")
    assert [person.text for person in etree.fromstring(body).iter(PERSON)] == ["Jörg Süß"]
