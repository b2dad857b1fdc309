"""Feeds of all kinds become values; anything else becomes one error."""

from __future__ import annotations

import socket
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedrecords import NOW, a_record, a_show
from sendeturm.errors import SendeturmError
from sendeturm.feed import render_feed
from sendeturm.i18n import word
from sendeturm.rss import Feed, Item, read_feed

STRANGER = """

<?xml version="1.0" encoding="UTF-8"?>
<rss xmlns:i="http://www.itunes.com/DTDs/Podcast-1.0.dtd" version="2.0"
     xmlns:p="https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md"
     xmlns:c="http://purl.org/rss/1.0/modules/content/" xmlns:a="http://www.w3.org/2005/Atom">
  <channel>
    <title>Kaffee &amp; Küche</title>
    <a:link rel="hub" href="https://hub.example.org/"/>
    <a:link rel="self" href=" https://example.org/feed "/>
    <link>https://example.org/</link>
    <language>de</language>
    <i:summary>Nur eine Kurzfassung</i:summary>
    <i:explicit>no</i:explicit>
    <i:category text="Arts"><i:category text="Food"/><i:category text="Design"/></i:category>
    <i:category text="Comedy"/>
    <image><url>https://example.org/old.gif</url></image>
    <p:guid>917393e3-1b1e-5cef-ace4-edaa54e1f810</p:guid>
    <p:locked>no</p:locked>
    <item>
      <title></title><i:title>Espresso</i:title>
      <guid isPermaLink="false"> abc </guid>
      <enclosure url="https://example.org/1.mp3" length="12 MB" type="audio/mpeg"/>
      <pubDate>Mo, 02 Mär 2026 06:30:00 +0100</pubDate>
      <c:encoded><![CDATA[<p>Bohnen</p>]]></c:encoded>
      <i:image href="https://example.org/1.jpg"/>
    </item>
  </channel>
</rss>
"""


def test_our_own_feed_comes_back():
    show, records = a_show(email=None), [a_record(1), a_record(2)]
    feed = read_feed(render_feed(show, records, NOW))
    assert feed.well_formed
    assert (feed.title, feed.self_url) == (
        show.facts.title,
        "https://cdn.example.org/show/feed.xml",
    )
    assert feed.categories == show.facts.categories
    assert feed.podcast_guid == str(show.podcast_guid)
    newest, oldest = feed.items
    assert oldest.guid == records[0].guid
    assert newest == Item(
        guid=records[1].guid,
        title="Der Turm, Teil 2",
        link="https://cdn.example.org/show/turm-2/index.html",
        description="Kurz gesagt: hoch.",
        content_html=records[1].facts.notes_html,
        enclosure_url="https://cdn.example.org/show/media/turm-2-abcdef.mp3",
        length="4321987",
        size_bytes=4_321_987,
        type="audio/mpeg",
        published="Tue, 03 Mar 2026 06:30:00 +0100",
        published_at=datetime(2026, 3, 3, 6, 30, tzinfo=timezone(timedelta(hours=1))),
        duration="1830",
        number="2",
        episode_type="full",
        explicit="false",
    )


def test_a_strangers_feed_is_read_by_meaning_not_by_prefix():
    feed = read_feed(STRANGER.encode())
    assert feed == Feed(
        title="Kaffee & Küche",
        description="Nur eine Kurzfassung",
        link="https://example.org/",
        self_url="https://example.org/feed",
        language="de",
        explicit="no",
        image_url="https://example.org/old.gif",
        categories=("Arts > Food", "Arts > Design", "Comedy"),
        podcast_guid="917393e3-1b1e-5cef-ace4-edaa54e1f810",
        locked="no",
        items=(
            Item(
                guid="abc",
                title="Espresso",
                enclosure_url="https://example.org/1.mp3",
                length="12 MB",
                type="audio/mpeg",
                published="Mo, 02 Mär 2026 06:30:00 +0100",
                content_html="<p>Bohnen</p>",
                image_url="https://example.org/1.jpg",
            ),
        ),
    )


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        (("&amp;", "&"), "Kaffee & Küche"),
        (("&amp;", "&uuml;"), "Kaffee ü Küche"),
        (('xmlns:i="http://www.itunes.com/DTDs/Podcast-1.0.dtd"', ""), "Kaffee & Küche"),
        (("</item>", ""), "Kaffee & Küche"),
        (("</channel>\n</rss>", ""), "Kaffee & Küche"),
    ],
)
def test_a_feed_that_is_not_well_formed_is_mended_and_says_so(damage, expected):
    before, after = damage
    assert before in STRANGER
    feed = read_feed(STRANGER.replace(before, after).encode())
    assert feed.title == expected
    assert not feed.well_formed
    assert [item.guid for item in feed.items] == ["abc"]


def test_tags_of_an_undeclared_prefix_are_known_by_it():
    body = b"<rss><channel><title>x</title><itunes:author>A. Utor</itunes:author></channel></rss>"
    assert read_feed(body).author == "A. Utor"


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "utf-8-sig"])
def test_encodings_are_followed(encoding):
    declared = encoding.removesuffix("-sig")
    channel = "<channel><title>Küche</title></channel>"
    text = f'<?xml version="1.0" encoding="{declared}"?><rss>{channel}</rss>'
    assert read_feed(text.encode(encoding)).title == "Küche"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Mon, 02 Mar 2026 05:30:00 GMT", datetime(2026, 3, 2, 5, 30, tzinfo=UTC)),
        ("Mon, 02 Mar 2026 06:30:00 +0100", datetime(2026, 3, 2, 5, 30, tzinfo=UTC)),
        ("Sun, 01 Mar 2026 21:30:00 PST", datetime(2026, 3, 2, 5, 30, tzinfo=UTC)),
        ("Mon, 02 Mar 2026 05:30:00", None),
        ("2026-03-02T05:30:00Z", None),
        ("Mon, 99 Mar 2026 05:30:00 GMT", None),
        ("Mon, 02 Mar 99999999999 05:30:00 GMT", None),
        ("", None),
    ],
)
def test_a_date_is_a_moment_only_with_its_zone(written, expected):
    body = f"<rss><channel><item><pubDate>{written}</pubDate></item></channel></rss>"
    (item,) = read_feed(body.encode()).items
    assert item.published == written
    assert item.published_at == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("0", 0),
        ("12", 12),
        ("-1", None),
        ("1.5", None),
        ("9" * 5000, None),
        ("", None),
        ("²", None),
    ],
)
def test_a_length_is_a_size_only_if_it_is_a_number(written, expected):
    body = f'<rss><channel><item><enclosure length="{written}"/></item></channel></rss>'
    (item,) = read_feed(body.encode()).items
    assert (item.length, item.size_bytes) == (written, expected)


def test_an_entity_brings_no_file_in():
    body = (
        '<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/passwd"><!ENTITY g "boo">]>'
        "<rss><channel><title>a &f; b &g; c</title></channel></rss>"
    )
    assert read_feed(body.encode()).title == "a &f; b &g; c"


def test_entities_do_not_multiply():
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 30))
    body = (
        f'<!DOCTYPE rss [<!ENTITY e0 "ha">{levels}]>'
        "<rss><channel><title>a &e29; b</title></channel></rss>"
    )
    feed = read_feed(body.encode())
    assert not feed.well_formed
    assert len(feed.title) < 20


def test_nothing_is_fetched():
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/rss.dtd"
        body = (
            f'<!DOCTYPE rss SYSTEM "{address}" [<!ENTITY f SYSTEM "{address}">]>'
            "<rss><channel><title>x &f;</title></channel></rss>"
        )
        assert read_feed(body.encode()).title == "x &f;"
        with pytest.raises(BlockingIOError):
            server.accept()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" \n ",
        b"\x00" * 64,
        b"\xff\xfe",
        b"ID3\x04\x00",
        b"<!-- nothing -->",
        b"<!doctype html><html><head><title>404</title></head></html>",
        b'{"title": "x"}',
        b"<rss/>",
        b"<feed xmlns='http://www.w3.org/2005/Atom'><title>x</title></feed>",
        b"<opml><channel/></opml>",
    ],
)
def test_what_is_no_feed_is_one_error(body):
    with pytest.raises(SendeturmError) as caught:
        read_feed(body)
    (problem,) = caught.value.problems
    assert problem.code == "rss.not-a-feed"
    assert word(problem.code, problem.params, "en").what == "this is no podcast feed"


def test_depth_has_a_limit():
    body = b"<rss><channel><title>x</title>" + b"<a>" * 200_000
    assert read_feed(body).title == "x"


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_no_bytes_whatever_raise_anything_else(data):
    body = STRANGER.encode()
    start = data.draw(st.integers(0, len(body)))
    stop = data.draw(st.integers(start, min(len(body), start + 200)))
    rubbish = data.draw(st.binary(max_size=60))
    for attempt in (rubbish, body[:start] + rubbish + body[stop:]):
        codes = codes_of(attempt)
        assert codes in ([], ["rss.not-a-feed"])


def codes_of(body):
    try:
        read_feed(body)
    except SendeturmError as error:
        return [problem.code for problem in error.problems]
    return []
