"""What independent readers find in the feed: podcastparser (strict), feedparser, lxml."""

from __future__ import annotations

import io
import uuid
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import quote

import feedparser
import podcastparser
import pytest
from lxml import etree

from feedrecords import NOW, a_record, a_show, cover, stored, transcript
from sendeturm.feed import render_feed
from sendeturm.model.common import Credit

FEED_URL = "https://cdn.example.org/show/feed.xml"
NAMESPACES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
}
RICH = a_record(
    7,
    title='Größe: 3 < 5 & "mehr" 🎙️',
    season=2,
    type="bonus",
    explicit=True,
    cover=cover("covers/turm-7-0123.png"),
    chapters=stored("chapters/turm-7-0123.json", "application/json+chapters"),
    transcripts=(
        transcript("transcripts/turm-7-1.vtt", "text/vtt; charset=utf-8"),
        transcript("transcripts/turm-7-2.srt", "application/x-subrip", "en"),
    ),
    people=(
        Credit(name="Bo Gast", role="guest", image="https://example.org/bo.jpg"),
        Credit(name="Cy Schnitt", role="Editor", group="Audio Post-Production"),
    ),
)


def rendered(show=None, *records):
    return render_feed(show or a_show(), records or (a_record(1), RICH), NOW)


def answer(spoken, title):
    subject = quote(f"Über Türme & <Tore>: {title}", safe="")
    return (
        "<p>Deine Antwort: "
        f'<a href="mailto:turm@example.org?subject={subject}">turm@example.org</a>'
        f' · <a href="https://cdn.example.org/show/{spoken}">cdn.example.org/show/{spoken}</a></p>'
    )


def podcast(body):
    return podcastparser.parse(FEED_URL, io.BytesIO(body))


def xpath(body, path):
    return etree.fromstring(body).xpath(path, namespaces=NAMESPACES)


def texts(body, path):
    return [element.text for element in xpath(body, path)]


def test_a_strict_reader_finds_the_show():
    found = podcast(rendered())
    assert {key: found[key] for key in found if key != "episodes"} == {
        "title": "Über Türme & <Tore>",
        "description": "Gespräche vom Turm.",
        "link": "https://cdn.example.org/show/index.html",
        "cover_url": "https://cdn.example.org/show/covers/show-abc.jpg",
        "language": "de",
        "generator": "sendeturm",
        "explicit": False,
        "type": "episodic",
        "itunes_author": "Änne Öhler",
        "itunes_categories": [
            ["Society & Culture", "Personal Journals"],
            ["Arts", "Books", "Design"],
        ],
    }


def test_a_strict_reader_finds_an_episode_whole():
    newest, oldest = podcast(rendered())["episodes"]
    assert oldest["title"] == "Der Turm, Teil 1"
    assert newest == {
        "title": 'Größe: 3 < 5 & "mehr" 🎙️',
        "description": "Kurz gesagt: hoch.",
        "description_html": answer("7", RICH.facts.title) + RICH.facts.notes_html,
        "published": int(RICH.facts.published_at.timestamp()),
        "link": "https://cdn.example.org/show/turm-7/index.html",
        "guid": "00000000-0000-5000-8000-000000000007",
        "total_time": 1830,
        "payment_url": None,
        "explicit": True,
        "season": 2,
        "number": 7,
        "type": "bonus",
        "itunes_author": "Änne Öhler",
        "episode_art_url": "https://cdn.example.org/show/covers/turm-7-0123.png",
        "enclosures": [
            {
                "url": "https://cdn.example.org/show/media/turm-7-abcdef.mp3",
                "file_size": 4_321_987,
                "mime_type": "audio/mpeg",
            }
        ],
    }


def test_a_lenient_reader_agrees():
    found = feedparser.parse(rendered())
    assert not found.bozo
    assert found.version == "rss20"
    assert found.encoding == "utf-8"
    assert [entry.id for entry in found.entries] == [RICH.guid, a_record(1).guid]
    assert not any(entry.guidislink for entry in found.entries)
    assert [entry.enclosures[0].length for entry in found.entries] == ["4321987", "4321987"]
    assert found.feed.rights == "© 2026 Änne Öhler"


def test_the_feed_names_itself():
    (link,) = xpath(rendered(), "/rss/channel/atom:link")
    assert dict(link.attrib) == {
        "href": FEED_URL,
        "rel": "self",
        "type": "application/rss+xml",
    }


def test_podcasting_tags_of_the_show():
    body = rendered()
    assert texts(body, "/rss/channel/podcast:guid") == ["917393e3-1b1e-5cef-ace4-edaa54e1f810"]
    (locked,) = xpath(body, "/rss/channel/podcast:locked")
    assert (locked.text, dict(locked.attrib)) == ("yes", {"owner": "turm@example.org"})
    (host,) = xpath(body, "/rss/channel/podcast:person")
    assert host.text == "Änne Öhler"
    assert dict(host.attrib) == {
        "role": "host",
        "group": "cast",
        "href": "https://example.org/%C3%A4nne",
    }


def test_a_show_without_address_mail_or_lock_says_so():
    body = rendered(a_show(podcast_guid=None, email=None, locked=False))
    assert xpath(body, "//podcast:guid") == []
    (locked,) = xpath(body, "/rss/channel/podcast:locked")
    assert (locked.text, dict(locked.attrib)) == ("no", {})


def test_podcasting_tags_of_an_episode():
    body = rendered()
    assert [dict(element.attrib) for element in xpath(body, "//item[1]/podcast:transcript")] == [
        {
            "url": "https://cdn.example.org/show/transcripts/turm-7-1.vtt",
            "type": "text/vtt",
            "language": "de",
        },
        {
            "url": "https://cdn.example.org/show/transcripts/turm-7-2.srt",
            "type": "application/x-subrip",
            "language": "en",
        },
    ]
    assert [dict(element.attrib) for element in xpath(body, "//item[1]/podcast:chapters")] == [
        {
            "url": "https://cdn.example.org/show/chapters/turm-7-0123.json",
            "type": "application/json+chapters",
        }
    ]
    assert texts(body, "//item[2]/podcast:*") == ["1"]  # its number alone


def test_people_of_an_episode_come_with_the_shows_because_apps_replace_them():
    people = xpath(rendered(), "//item[1]/podcast:person")
    assert [(p.text, p.get("role"), p.get("group"), p.get("img")) for p in people] == [
        ("Änne Öhler", "host", "cast", None),
        ("Bo Gast", "guest", "cast", "https://example.org/bo.jpg"),
        ("Cy Schnitt", "Editor", "Audio Post-Production", None),
    ]


def test_who_is_named_twice_appears_as_the_episode_says():
    record = a_record(1, people=(Credit(name="änne öhler", role="guest"),))
    people = xpath(rendered(None, record), "//item/podcast:person")
    assert [(p.text, p.get("role")) for p in people] == [("änne öhler", "guest")]


def test_explicit_is_true_or_false_and_the_shows_where_the_episode_is_silent():
    records = (a_record(1), a_record(2, explicit=False), a_record(3, explicit=True))
    body = rendered(a_show(explicit=True), *records)
    assert texts(body, "/rss/channel/itunes:explicit") == ["true"]
    assert texts(body, "//item/itunes:explicit") == ["true", "false", "true"]


def test_a_serial_show_says_so():
    assert texts(rendered(a_show(type="serial")), "/rss/channel/itunes:type") == ["serial"]


def test_dates_are_english_with_the_episodes_own_zone_and_the_right_weekday():
    body = rendered()
    assert texts(body, "//item/pubDate") == [
        "Sun, 08 Mar 2026 06:30:00 +0100",
        "Mon, 02 Mar 2026 06:30:00 +0100",
    ]
    for text in texts(body, "//item/pubDate"):
        assert parsedate_to_datetime(text).strftime("%a") == text[:3]


@pytest.mark.parametrize(
    ("show_changed", "record_changed", "expected"),
    [
        (datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC), "Mon, 02 Mar 2026"),
        (datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 4, 4, tzinfo=UTC), "Sat, 04 Apr 2026"),
        (datetime(2026, 5, 5, tzinfo=UTC), datetime(2026, 4, 4, tzinfo=UTC), "Tue, 05 May 2026"),
    ],
)
def test_the_build_date_is_the_newest_change(show_changed, record_changed, expected):
    record = a_record(1, changed_at=record_changed)
    body = rendered(a_show(changed_at=show_changed), record)
    (built,) = texts(body, "/rss/channel/lastBuildDate")
    assert built.startswith(expected)
    assert texts(body, "/rss/channel/pubDate") == ["Mon, 02 Mar 2026 06:30:00 +0100"]


def test_a_scheduled_episode_leaves_no_trace():
    soon = a_record(2, published_at=NOW + timedelta(seconds=1), changed_at=NOW)
    assert rendered(None, a_record(1), soon) == rendered(None, a_record(1))


def test_an_empty_show_is_a_feed():
    found = podcast(render_feed(a_show(), [], NOW))
    assert found["title"] == "Über Türme & <Tore>"
    assert found["episodes"] == []


def test_the_shows_own_page_is_its_link():
    body = rendered(a_show(link="https://turm.example.org/über uns"))
    assert texts(body, "/rss/channel/link") == ["https://turm.example.org/%C3%BCber%20uns"]


def test_every_address_in_the_feed_is_ascii():
    show = a_show(address="https://türme.example.org/füße/", link="https://türme.example.org")
    body = rendered(show)
    urls = xpath(body, "//@url | //@href | //link/text()")
    assert len(urls) > 5
    assert all(url.isascii() for url in urls)
    assert "https://xn--trme-0ra.example.org/f%C3%BC%C3%9Fe/feed.xml" in urls


def test_long_notes_are_cut_in_the_description_and_whole_in_the_content():
    words = "Übermäßig lang " * 600
    record = a_record(1, summary="", notes_text=words, notes_html=f"<p>{words}</p>")
    body = rendered(a_show(email=None), record)
    (description,) = texts(body, "//item/description")
    assert 3900 < len(description.encode()) <= 4000
    assert description.endswith(("Übermäßig…", "lang…"))
    assert texts(body, "//item/content:encoded") == [f"<p>{words}</p>"]


def test_an_episode_without_words_is_described_by_its_title():
    record = a_record(1, summary="", notes_text="", notes_html="")
    body = rendered(a_show(email=None), record)
    assert texts(body, "//item/description") == ["Der Turm, Teil 1"]
    assert xpath(body, "//content:encoded") == []


def test_an_imported_identity_stays_as_it_is():
    guid = "https://old.example.org/?p=12&amp;Ä=A\u0308 x"
    (entry,) = podcast(rendered(None, a_record(1, guid=guid)))["episodes"]
    assert entry["guid"] == guid


def test_nothing_stands_in_the_feed_that_was_not_asked_for():
    silent = a_record(1, number=None, author="", audio=None, summary="", people=(), notes_html="x")
    names = [
        etree.QName(element).localname for element in xpath(rendered(None, silent), "//item/*")
    ]
    assert names == [
        "title",
        "link",
        "description",
        "encoded",
        "guid",
        "enclosure",
        "pubDate",
        "explicit",
        "episodeType",
    ]


def test_a_thousand_episodes_are_all_there():
    records = [a_record(1, guid=str(uuid.UUID(int=n)), slug=f"s-{n}") for n in range(1000)]
    guids = texts(render_feed(a_show(), records, NOW), "//item/guid")
    assert guids == [str(uuid.UUID(int=n)) for n in range(1000)]
