"""A good feed of ours, and the ways in which it is spoiled: each is caught by a rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from feedrecords import NOW, a_record, a_show, cover, stored, transcript, with_chapters
from sendeturm.feed import render_feed
from sendeturm.model.common import Credit

NAMESPACES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
}
DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
ADDRESS = "https://cdn.example.org/show/feed.xml"
CHANNEL, ITEM, OLDER = "channel", "channel/item[1]", "channel/item[2]"
UUID5 = "917393e3-1b1e-5cef-ace4-edaa54e1f810"
# What stands in a channel and in an item, each tag as its documentation has it.
OF_CHANNEL = f"""
<podcast:funding url="https://example.org/pay">Unterstützen</podcast:funding>
<podcast:location geo="geo:53.55,10.0" osm="R62782" rel="subject"
 country="de">Hamburg</podcast:location>
<podcast:trailer url="https://example.org/t.mp3" pubdate="Fri, 20 Nov 2026 06:00:00 +0100"
 length="123" type="audio/mpeg" season="1">Worum es geht</podcast:trailer>
<podcast:license>cc-by-4.0</podcast:license>
<podcast:medium>podcast</podcast:medium>
<podcast:updateFrequency rrule="FREQ=WEEKLY;BYDAY=MO">Jeden Montag</podcast:updateFrequency>
<podcast:podroll><podcast:remoteItem feedGuid="{UUID5}" feedUrl="https://e.org/f"/></podcast:podroll>
<podcast:publisher><podcast:remoteItem feedGuid="{UUID5}" medium="publisher"/></podcast:publisher>
<podcast:chat server="irc.example.org" protocol="irc"/>
<podcast:txt purpose="applepodcastsverify">05124</podcast:txt>
<podcast:block id="amazon">no</podcast:block>
<podcast:image href="https://example.org/wide.jpg" width="1600" height="900"/>
<podcast:podping usesPodping="false"/>
<podcast:value type="lightning" method="keysend" suggested="0.00000005000">
<podcast:valueRecipient name="a" type="node" address="03ae9f91" split="100"/></podcast:value>
<podcast:liveItem status="pending" start="2026-12-01T20:00:00+01:00"><podcast:contentLink
 href="https://example.org/live">Live</podcast:contentLink></podcast:liveItem>
"""
OF_ITEM = """
<podcast:soundbite startTime="73.0" duration="60.0">Eine Stelle</podcast:soundbite>
<podcast:season name="Der Anfang">2</podcast:season>
<podcast:episode display="Sieben">7</podcast:episode>
<podcast:alternateEnclosure type="audio/opus" length="432" bitrate="32000.5" default="true">
<podcast:source uri="https://example.org/e.opus"/>
<podcast:integrity type="sri" value="sha384-abc"/></podcast:alternateEnclosure>
<podcast:socialInteract uri="https://social.example/@a/1" protocol="activitypub" priority="1"/>
"""


def good() -> etree._Element:
    """Return our feed with every podcast: tag that there is."""
    people = (
        Credit(name="Bo Gast", role="guest", image="https://example.org/bo.jpg"),
        Credit(name="Cy Schnitt", role="Audio Editor", group="Audio Post-Production"),
    )
    rich = a_record(
        7,
        season=2,
        cover=cover("covers/turm-7-0123.png"),
        chapters=stored("chapters/turm-7-0123.json", "application/json+chapters"),
        transcripts=(transcript("transcripts/turm-7.vtt", "text/vtt; charset=utf-8"),),
        people=people,
    )
    body = render_feed(a_show(), [a_record(1), with_chapters(rich, 0, 60_000, 120_000)], NOW)
    rss = etree.fromstring(body)
    _add(rss, CHANNEL, OF_CHANNEL)
    _add(rss, ITEM, OF_ITEM)
    return rss


def _add(rss: etree._Element, path: str, xml: str) -> None:
    wrapped = etree.fromstring(f"<w {DECLARED}>{xml}</w>")
    parent = found(rss, path)
    for child in list(wrapped):
        if not any(one.tag == child.tag for one in parent) or xml not in (OF_CHANNEL, OF_ITEM):
            parent.append(child)


def found(rss: etree._Element, path: str) -> etree._Element:
    return rss.xpath(path, namespaces=NAMESPACES)[0]


Spoil = Callable[[etree._Element], None]


@dataclass(frozen=True)
class Spoiled:
    """A way to spoil the good feed; `others` are codes that cannot but come along."""

    code: str
    spoil: Spoil | None = None
    raw: tuple[bytes, bytes] | None = None
    others: tuple[str, ...] = ()

    def body(self) -> bytes:
        rss = good()
        if self.spoil:
            self.spoil(rss)
        body = etree.tostring(rss, xml_declaration=True, encoding="UTF-8")
        if self.raw:
            assert self.raw[0] in body
            body = body.replace(*self.raw)
        return body


def drop(path: str) -> Spoil:
    def spoil(rss: etree._Element) -> None:
        for element in rss.xpath(path, namespaces=NAMESPACES):
            element.getparent().remove(element)

    return spoil


def text(path: str, words: str) -> Spoil:
    return lambda rss: setattr(found(rss, path), "text", words)


def attribute(path: str, name: str, value: str | None) -> Spoil:
    def spoil(rss: etree._Element) -> None:
        if value is None:
            del found(rss, path).attrib[name]
        else:
            found(rss, path).set(name, value)

    return spoil


def more(path: str, xml: str) -> Spoil:
    return lambda rss: _add(rss, path, xml)


def value_of(path: str, name: str, source: str) -> Spoil:
    """Give one element an attribute that another has already."""
    return lambda rss: found(rss, path).set(name, found(rss, source).get(name))


def words_of(path: str, source: str) -> Spoil:
    return lambda rss: setattr(found(rss, path), "text", found(rss, source).text)


def enclosed(**values: str) -> Spoil:
    def spoil(rss: etree._Element) -> None:
        for name, value in values.items():
            found(rss, f"{ITEM}/enclosure").set(name, value)

    return spoil


def in_channel(name: str) -> str:
    return f"{CHANNEL}/{name}"


def in_item(name: str) -> str:
    return f"{ITEM}/{name}"


def both(*spoils: Spoil) -> Spoil:
    def spoil(rss: etree._Element) -> None:
        for one in spoils:
            one(rss)

    return spoil


BAD_DATES = {
    "SND513": (
        "Fr, 20 Nov 2026 06:00:00 +0100",  # German
        "Fri, 20 Dez 2026 06:00:00 +0100",
        "vendredi 20 novembre 2026",
        "2026-11-20T06:00:00+01:00",
        "Thu, 31 Sep 2026 06:00:00 +0100",
        "heute",
    ),
    "SND514": (
        "Thu, 19 Nov 2026 06:00:00",  # naive
        "Thu, 19 Nov 2026 06:00:00 MEZ",
        "Thu, 19 Nov 2026 06:00:00 +1",
    ),
    "SND515": ("Mon, 19 Nov 2026 06:00:00 +0100",),
    "SND516": ("Sat, 19 Dec 2026 06:00:00 +0100",),
}

SPOILED = [
    Spoiled("SND401", raw=(b"Kurz gesagt", b"Kurz & gut")),
    Spoiled("SND401", raw=(b"</channel>", b"")),
    Spoiled("SND402", raw=(b"encoding='UTF-8'", b"encoding='ISO-8859-1'"), others=("SND524",)),
    Spoiled("SND403", lambda rss: rss.set("version", "0.91")),
    Spoiled("SND404", more(CHANNEL, "<itunes:Keywords>a</itunes:Keywords>")),
    Spoiled(
        "SND405",
        raw=(
            b"http://www.itunes.com/dtds/podcast-1.0.dtd",
            b"http://www.itunes.com/DTDs/Podcast-1.0.dtd",
        ),
    ),
    Spoiled("SND406", raw=(b"<rss ", b'<!DOCTYPE rss [<!ENTITY a "b">]>\n<rss ')),
    Spoiled("SND407", more(ITEM, "<itunes:duration>5:00</itunes:duration>")),
    Spoiled("SND411", drop(in_channel("title"))),
    Spoiled("SND412", drop(in_channel("description"))),
    Spoiled("SND413", text(in_channel("description"), "ä" * 2001)),
    Spoiled("SND413", text(in_item("description"), "x" * 4001)),
    Spoiled("SND414", drop(in_channel("itunes:image"))),
    Spoiled("SND415", attribute(in_channel("itunes:image"), "href", "cover.jpg")),
    Spoiled("SND415", attribute(in_item("itunes:image"), "href", "ftp://e.org/a.jpg")),
    Spoiled("SND416", attribute(in_channel("itunes:image"), "href", "https://e.org/c.webp")),
    Spoiled("SND417", drop(in_channel("language"))),
    Spoiled("SND418", text(in_channel("language"), "jp")),
    Spoiled("SND419", drop(in_channel("itunes:category"))),
    Spoiled("SND420", attribute(in_channel("itunes:category[1]"), "text", "Kunst")),
    Spoiled("SND421", drop(in_channel("itunes:explicit"))),
    Spoiled("SND422", text(in_channel("itunes:explicit"), "no")),
    Spoiled("SND422", text(in_item("itunes:explicit"), "clean")),
    Spoiled("SND423", drop(in_channel("link"))),
    Spoiled("SND424", drop(in_channel("atom:link[@rel='self']"))),
    Spoiled("SND425", attribute(in_channel("atom:link[@rel='self']"), "href", "https://e.org/f")),
    Spoiled("SND426", drop(in_channel("itunes:author"))),
    Spoiled("SND427", text(in_channel("itunes:type"), "weekly")),
    Spoiled(
        "SND428", more(CHANNEL, "<itunes:owner><itunes:email>a@e.org</itunes:email></itunes:owner>")
    ),
    Spoiled("SND429", more(CHANNEL, "<itunes:new-feed-url>feed.xml</itunes:new-feed-url>")),
    Spoiled("SND430", more(CHANNEL, "<itunes:block>Yes</itunes:block>")),
    Spoiled("SND431", text(in_item("title"), "x" * 256)),
    Spoiled("SND432", text(in_item("title"), " Winter ")),
    Spoiled("SND433", drop(in_channel("item"))),
    Spoiled("SND435", enclosed(url="https://e.org/Über uns.mp3")),
    Spoiled("SND436", enclosed(url="http://e.org/a.mp3")),
    Spoiled("SND501", drop(in_item("title"))),
    Spoiled("SND502", drop(in_item("enclosure"))),
    Spoiled("SND503", enclosed(url="/media/a.mp3")),
    Spoiled("SND504", attribute(in_item("enclosure"), "length", None)),
    Spoiled("SND504", enclosed(length="41,3 MB")),
    Spoiled("SND505", enclosed(length="0")),
    Spoiled("SND506", enclosed(type="application/octet-stream")),
    Spoiled("SND507", enclosed(url="https://e.org/a.m4a", type="audio/mp4")),
    Spoiled("SND508", drop(in_item("guid"))),
    Spoiled("SND509", words_of(in_item("guid"), f"{OLDER}/guid")),
    Spoiled("SND510", value_of(in_item("enclosure"), "url", f"{OLDER}/enclosure")),
    Spoiled(
        "SND511", more(ITEM, '<enclosure url="https://e.org/b.mp3" length="99" type="audio/mpeg"/>')
    ),
    Spoiled("SND512", drop(in_item("pubDate"))),
    *(
        Spoiled(code, text(in_item("pubDate"), date))
        for code, dates in BAD_DATES.items()
        for date in dates
    ),
    Spoiled("SND514", text(in_channel("lastBuildDate"), "Thu, 19 Nov 2026 06:00:00")),
    Spoiled("SND517", drop(in_item("itunes:duration"))),
    Spoiled("SND518", text(in_item("itunes:duration"), "30 Minuten")),
    Spoiled("SND518", text(in_item("itunes:duration"), "1:90:00")),
    Spoiled("SND521", text(in_item("itunes:episodeType"), "special")),
    Spoiled("SND522", text(in_item("itunes:season"), "zwei")),
    Spoiled("SND522", text(in_item("itunes:episode"), "0")),
    Spoiled(
        "SND523",
        both(text(in_channel("itunes:type"), "serial"), drop(in_item("itunes:episode"))),
    ),
    Spoiled("SND524", text(in_item("title"), "Folge 7: Winter")),
    Spoiled("SND525", text(in_item("title"), "Ein <i>Turm</i>")),
    Spoiled("SND526", enclosed(length="1830")),
    Spoiled(
        "SND527",
        both(text(in_item("description"), ""), more(in_item("description"), "<p>Wörter</p>")),
        others=("SND538",),
    ),
    Spoiled("SND528", text(in_item("content:encoded"), "<p>Ein <b>Turm</p>")),
    Spoiled("SND528", text(in_channel("description"), "Ein Turm</a>")),
    Spoiled("SND529", text(in_item("content:encoded"), "<p>Hier<script>a()</script></p>")),
    Spoiled("SND529", text(in_item("content:encoded"), '<p onclick="a()">Hier</p>')),
    Spoiled("SND529", text(in_item("content:encoded"), '<a href="javascript:a()">Hier</a>')),
    Spoiled("SND530", text(in_item("content:encoded"), "<marquee>Hier</marquee>")),
    Spoiled("SND531", text(in_item("content:encoded"), '<a href="/mehr">Mehr</a>')),
    Spoiled("SND532", enclosed(type="audio/x-m4a")),
    Spoiled("SND533", attribute(in_item("guid"), "isPermaLink", None)),
    Spoiled(
        "SND534",
        both(
            drop(in_item("itunes:season")),
            words_of(in_item("itunes:episode"), f"{OLDER}/itunes:episode"),
        ),
    ),
    Spoiled("SND538", both(drop(in_item("description")), drop(in_item("content:encoded")))),
    Spoiled("SND601", text(in_channel("podcast:guid"), "turm")),
    Spoiled("SND602", text(in_channel("podcast:guid"), "917393e3-1b1e-4cef-ace4-edaa54e1f810")),
    Spoiled("SND603", text(in_channel("podcast:locked"), "true")),
    Spoiled("SND603", attribute(in_channel("podcast:locked"), "owner", "Änne")),
    Spoiled("SND604", attribute(in_channel("podcast:funding"), "url", "paypal")),
    Spoiled("SND604", text(in_channel("podcast:funding"), "x" * 129)),
    Spoiled("SND605", attribute(in_item("podcast:transcript"), "type", "vtt")),
    Spoiled("SND605", attribute(in_item("podcast:transcript"), "url", None)),
    Spoiled("SND606", attribute(in_item("podcast:chapters"), "type", "text/xml")),
    Spoiled("SND607", attribute(in_item("podcast:soundbite"), "startTime", "1:13")),
    Spoiled("SND607", attribute(in_item("podcast:soundbite"), "startTime", "1800")),
    Spoiled("SND608", text(in_item("podcast:person"), "")),
    Spoiled("SND608", attribute(in_item("podcast:person[2]"), "img", "bo.jpg")),
    Spoiled("SND609", attribute(in_item("podcast:person"), "role", "Gastgeberin")),
    Spoiled("SND610", attribute(in_channel("podcast:location"), "geo", "53.55, 10")),
    Spoiled("SND611", text(in_item("podcast:season"), "eins")),
    Spoiled("SND612", text(in_item("podcast:episode"), "sieben")),
    Spoiled("SND612", attribute(in_item("podcast:episode"), "display", "x" * 33)),
    Spoiled("SND613", attribute(in_channel("podcast:trailer"), "pubdate", "2026-11-20")),
    Spoiled("SND614", text(in_channel("podcast:license"), "")),
    Spoiled("SND615", drop(in_item("podcast:alternateEnclosure/podcast:source"))),
    Spoiled("SND615", attribute(in_item("podcast:alternateEnclosure"), "default", "1")),
    Spoiled("SND616", attribute(in_item("podcast:alternateEnclosure/podcast:source"), "uri", None)),
    Spoiled(
        "SND617", attribute(in_item("podcast:alternateEnclosure/podcast:integrity"), "type", "md5")
    ),
    Spoiled("SND618", attribute(in_channel("podcast:value"), "method", None)),
    Spoiled("SND618", drop(in_channel("podcast:value/podcast:valueRecipient"))),
    Spoiled(
        "SND619", attribute(in_channel("podcast:value/podcast:valueRecipient"), "split", "50 %")
    ),
    Spoiled("SND620", text(in_channel("podcast:medium"), "Podcast")),
    Spoiled("SND621", attribute(in_channel("podcast:updateFrequency"), "rrule", "weekly")),
    Spoiled("SND622", drop(in_channel("podcast:podroll/podcast:remoteItem"))),
    Spoiled(
        "SND623", attribute(in_channel("podcast:podroll/podcast:remoteItem"), "feedGuid", "turm")
    ),
    Spoiled("SND624", attribute(in_item("podcast:socialInteract"), "protocol", "mastodon")),
    Spoiled("SND624", attribute(in_item("podcast:socialInteract"), "uri", None)),
    Spoiled("SND625", attribute(in_channel("podcast:chat"), "protocol", None)),
    Spoiled("SND626", more(CHANNEL, "<podcast:txt purpose='a'/>")),
    Spoiled("SND627", text(in_channel("podcast:block"), "ja")),
    Spoiled("SND628", attribute(in_channel("podcast:image"), "href", None)),
    Spoiled("SND629", attribute(in_channel("podcast:liveItem"), "status", "soon")),
    Spoiled("SND630", attribute(in_channel("podcast:podping"), "usesPodping", "maybe")),
    Spoiled("SND631", drop(in_channel("podcast:publisher/podcast:remoteItem"))),
    Spoiled(
        "SND632", attribute(in_channel("podcast:liveItem/podcast:contentLink"), "href", "live")
    ),
    Spoiled("SND633", more(CHANNEL, "<podcast:fundng url='https://e.org'>a</podcast:fundng>")),
    Spoiled("SND634", more(CHANNEL, "<podcast:medium>music</podcast:medium>")),
    Spoiled("SND635", text(in_channel("podcast:txt"), "Mein Code ist 05124!")),
]
