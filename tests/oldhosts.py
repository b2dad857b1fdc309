"""Old hosts of made-up shows on loopback: feeds in the style of five publishers, and their files."""

# ruff: noqa: E501  # feeds have long lines

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

import downloads
from meters import ffmpeg
from signals import speech, write_wav

SOUND_S = 2
TYPES = {".mp3": "audio/mpeg", ".m4a": "audio/x-m4a", ".opus": "audio/ogg"}
CODECS = {
    ".mp3": ("libmp3lame", "-b:a", "64k"),
    ".m4a": ("aac", "-b:a", "64k"),
    ".opus": ("libopus", "-b:a", "32k"),
    ".ogg": ("libvorbis", "-q:a", "1"),
}
NAMESPACES = """
 xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
 xmlns:podcast="https://podcastindex.org/namespace/1.0"
 xmlns:atom="http://www.w3.org/2005/Atom"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:psc="http://podlove.org/simple-chapters"
 xmlns:googleplay="http://www.google.com/schemas/play-podcasts/1.0"
 xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"
 xmlns:media="http://search.yahoo.com/mrss/"
"""


def sounds(folder: Path) -> dict[str, bytes]:
    """Make two seconds of a voice in each kind of file, by its ending."""
    recorded = write_wav(folder / "voice.wav", speech(SOUND_S))
    made = {}
    for ending, codec in CODECS.items():
        path = folder / f"voice{ending}"
        ffmpeg("-i", recorded, "-c:a", *codec, "-ar", "48000", path)
        made[ending] = path.read_bytes()
    return made


def picture(side_px: int = 1400, colour: str = "teal", form: str = "JPEG") -> bytes:
    """Draw a plain square."""
    from io import BytesIO  # noqa: PLC0415  # few tests need it

    from PIL import Image  # noqa: PLC0415  # the same

    written = BytesIO()
    Image.new("RGB", (side_px, side_px), colour).save(written, form)
    return written.getvalue()


@dataclass
class OldHost:
    """A host of one show: `host` serves what was `put`."""

    host: downloads.Host
    sounds: dict[str, bytes]

    @property
    def url(self) -> str:
        return self.host.url

    def put(self, path: str, body: bytes | str, kind: str = "") -> str:
        """Serve a file and return its address."""
        content = body.encode() if isinstance(body, str) else body
        self.host.files[path] = downloads.HostedFile(content, type=kind or "application/rss+xml")
        return f"{self.url}{path}"

    def sound(self, path: str, ending: str = ".mp3") -> str:
        """Serve sound and return its address."""
        kind = TYPES.get(ending, "audio/ogg")
        # A byte behind the sound makes each file another one.
        return self.put(path, self.sounds[ending] + path.encode(), kind)

    def asked(self, path: str) -> int:
        """Return how often a file was asked for."""
        return sum(asked == path for asked, _ in self.host.asked)


@contextmanager
def old_host(made: dict[str, bytes]) -> Iterator[OldHost]:
    """Run a host without a feed."""
    with downloads.host() as host:
        yield OldHost(host, made)


def rss(channel: str, *items: str) -> str:
    """Return a feed."""
    body = "\n".join(items)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"{NAMESPACES}>'
        f"<channel>{channel}\n{body}</channel></rss>"
    )


def channel(title: str = "Nebelhorn", more: str = "") -> str:
    """Return what a plain channel says."""
    return (
        f"<title>{title}</title><description>Vom Wasser.</description><language>de</language>"
        f'<itunes:author>Mia Brandung</itunes:author><itunes:category text="Leisure"/>{more}'
    )


def item(number: int, url: str, more: str = "", *, guid: str | None = None) -> str:
    """Return what a plain item says; its date follows from its number."""
    date = format_datetime(datetime(2020, 1, 1, 6, tzinfo=UTC).replace(year=2000 + number % 24))
    identity = f"mia-{number}" if guid is None else guid
    name = f'<guid isPermaLink="false">{identity}</guid>' if identity else ""
    return (
        f"<item><title>Folge {number}</title>{name}<pubDate>{date}</pubDate>"
        f'<enclosure url="{url}" length="1" type="audio/mpeg"/>'
        f"<itunes:episode>{number}</itunes:episode>{more}</item>"
    )


def podlove(old: OldHost) -> str:
    """Serve a show as WordPress with Podlove does: two pages, chapters in the feed, contributors."""
    first = old.sound("/podlove/file/9/s/feed/c/m4a/nh002-moewen.m4a", ".m4a")
    second = old.sound("/podlove/file/7/s/feed/c/mp3/nh001-anfang.mp3")
    cover = old.put("/cover.png", picture(1500, "navy", "PNG"), "image/png")
    vtt = old.put("/nh002.vtt", "WEBVTT\n\n00:00.000 --> 00:01.500\n<v Mia>Möwen!\n", "text/vtt")
    head = f"""<title>Nebelhorn</title><link>https://nebelhorn.example/</link>
      <description>Was das Meer &amp; der Nebel erzählen.</description>
      <lastBuildDate>Mon, 08 Mar 2021 10:00:00 +0000</lastBuildDate>
      <generator>Podlove Podcast Publisher v3.5.2</generator><copyright>© 2021 Mia</copyright>
      <language>de-DE</language><image><url>{cover}</url></image>
      <atom:link rel="self" type="application/rss+xml" title="Nebelhorn" href="{old.url}/feed/m4a/"/>
      <atom:link rel="alternate" title="(MP3)" href="{old.url}/feed/mp3/"/>
      <atom:link rel="first" href="{old.url}/feed/m4a/"/>
      <podcast:locked>no</podcast:locked><podcast:funding url="https://nebelhorn.example/hilf">Hilf
      mit</podcast:funding><podcast:license url="https://creativecommons.org/licenses/by/4.0/">CC BY
      4.0</podcast:license><itunes:author>Mia Brandung</itunes:author><itunes:type>episodic</itunes:type>
      <itunes:category text="Science"><itunes:category text="Nature"/></itunes:category>
      <itunes:owner><itunes:name>Mia</itunes:name><itunes:email>mia@nebelhorn.example</itunes:email>
      </itunes:owner><itunes:image href="{cover}"/><itunes:explicit>false</itunes:explicit>"""
    newer = f"""<item><title>NH002 Möwen &amp; Meer</title>
      <link>https://nebelhorn.example/podcast/nh002/</link>
      <pubDate>Mon, 08 Mar 2021 06:00:00 +0100</pubDate>
      <guid isPermaLink="false">podlove-2021-03-08t05:00:00+00:00-0a1b2c3d4e5f</guid>
      <description>Warum sie schreien.</description>
      <enclosure url="{first}" length="{len(old.sounds[".m4a"])}" type="audio/mp4"/>
      <itunes:duration>00:00:02</itunes:duration><itunes:episode>2</itunes:episode>
      <itunes:episodeType>full</itunes:episodeType><itunes:summary>Warum sie schreien.</itunes:summary>
      <content:encoded><![CDATA[<p>Mit <strong>Jörg</strong> am <a href="https://nebelhorn.example/hafen">Hafen</a>.</p>
<ul>
<li>Rufe</li>
<li>Brut &amp; Zug</li>
</ul>]]></content:encoded>
      <podcast:person role="guest" href="https://joerg.example/">Jörg Süß</podcast:person>
      <podcast:transcript url="{vtt}" type="text/vtt" language="de"/>
      <psc:chapters version="1.2"><psc:chapter start="00:00:00.000" title="Begrüßung"/>
      <psc:chapter start="00:00:00.800" title="Rufe" href="https://nebelhorn.example/rufe"/>
      <psc:chapter start="00:00:01.500" title="Schluss"/></psc:chapters></item>"""
    older = f"""<item><title>NH001 Anfang</title>
      <pubDate>Mon, 01 Feb 2021 06:00:00 +0100</pubDate>
      <guid isPermaLink="false">podlove-2021-02-01t05:00:00+00:00-f0e1d2c3b4a5</guid>
      <enclosure url="{second}" length="{len(old.sounds[".mp3"])}" type="audio/mpeg"/>
      <itunes:duration>00:00:02</itunes:duration><itunes:episode>1</itunes:episode>
      <content:encoded><![CDATA[<h1>Wie alles begann</h1><p>Erste Zeile<br/>zweite Zeile</p>]]>
      </content:encoded></item>"""
    following = f'<atom:link rel="next" href="{old.url}/feed/m4a/?paged=2"/>'
    old.put("/feed/m4a/?paged=2", rss(head, older))
    return old.put("/feed/m4a/", rss(head + following, newer))


def anchor(old: OldHost) -> str:
    """Serve a show as Anchor, now Spotify for Creators, does: CDATA, random identities, seasons."""
    sound = old.sound(
        "/s/1a2b/podcast/play/111/https%3A%2F%2Fcdn.example%2F2021-2-1%2Fx.m4a", ".m4a"
    )
    other = old.sound("/s/1a2b/podcast/play/112/y.m4a", ".m4a")
    cover = old.put("/staging/cover-1400.jpg", picture(), "image/jpeg")
    head = f"""<title><![CDATA[Küchentisch]]></title>
      <description><![CDATA[<p>Zwei Leute, <em>ein</em> Tisch.</p>]]></description>
      <link>https://podcasters.spotify.example/pod/show/kuechentisch</link>
      <generator>Anchor Podcasts</generator><lastBuildDate>Tue, 02 Mar 2021 10:11:12 GMT</lastBuildDate>
      <atom:link href="{old.url}/s/1a2b/podcast/rss" rel="self" type="application/rss+xml"/>
      <author><![CDATA[Ada & Bo]]></author><copyright><![CDATA[Ada & Bo]]></copyright>
      <language><![CDATA[de]]></language><atom:link rel="hub" href="https://pubsubhubbub.appspot.com/"/>
      <itunes:author>Ada &amp; Bo</itunes:author><itunes:summary>Zwei Leute, ein Tisch.</itunes:summary>
      <itunes:type>serial</itunes:type><itunes:owner><itunes:name>Ada &amp; Bo</itunes:name>
      <itunes:email>podcasts+1a2b@anchor.example</itunes:email></itunes:owner>
      <itunes:explicit>No</itunes:explicit>
      <itunes:category text="Society &amp;amp; Culture"><itunes:category text="Relationships"/>
      </itunes:category><itunes:image href="{cover}"/>"""
    newer = f"""<item><title><![CDATA[Salz & Pfeffer]]></title>
      <description><![CDATA[<p>Über &quot;Salz&quot;:</p><p><br></p><p>00:00 Anfang<br>00:01 Mitte<br>00:02 Ende</p>
<p>--- </p><p>Send in a voice message: https://podcasters.example/message</p>]]></description>
      <guid isPermaLink="false">5d1b2c3e-0f4a-4b5c-9d6e-7f8091a2b3c4</guid>
      <dc:creator><![CDATA[Ada & Bo]]></dc:creator><pubDate>Mon, 01 Mar 2021 05:00:00 GMT</pubDate>
      <enclosure url="{sound}" length="{len(old.sounds[".m4a"])}" type="audio/x-m4a"/>
      <itunes:summary>&lt;p&gt;Über Salz&lt;/p&gt;</itunes:summary><itunes:explicit>Yes</itunes:explicit>
      <itunes:duration>2</itunes:duration><itunes:image href="{cover}"/>
      <itunes:season>2</itunes:season><itunes:episode>1</itunes:episode>
      <itunes:episodeType>full</itunes:episodeType></item>"""
    older = f"""<item><title><![CDATA[Trailer]]></title><description><![CDATA[Bald.]]></description>
      <guid isPermaLink="false">91c8a7b6-2222-4333-8444-5e6f7a8b9c0d</guid>
      <pubDate>Fri, 01 Jan 2021 05:00:00 GMT</pubDate>
      <enclosure url="{other}" length="{len(old.sounds[".m4a"])}" type="audio/x-m4a"/>
      <itunes:explicit>No</itunes:explicit><itunes:duration>2</itunes:duration>
      <itunes:season>1</itunes:season><itunes:episodeType>trailer</itunes:episodeType></item>"""
    return old.put("/s/1a2b/podcast/rss", rss(head, newer, older))


def buzzsprout(old: OldHost) -> str:
    """Serve a show as Buzzsprout does: JSON chapters, transcripts in four forms, soundbites."""
    sound = old.sound("/123/episodes/456-the-kettle.mp3")
    cover = old.put("/storage/cover", picture(1600), "image/jpeg")
    own = old.put("/storage/kettle", picture(1400, "maroon"), "image/jpeg")
    chapters = old.put(
        "/123/456/chapters.json",
        '{"version":"1.2.0","chapters":[{"startTime":0,"title":"Hello"},'
        '{"startTime":1,"title":"The kettle","url":"https://kettle.example/"},'
        '{"startTime":1.5,"title":"Bye"}]}',
        "application/json+chapters",
    )
    srt = old.put(
        "/123/456/transcript.srt",
        "1\n00:00:00,000 --> 00:00:01,000\nKettle on.\n\n2\n00:00:01,000 --> 00:00:02,000\nTea.\n",
        "application/srt",
    )
    page = old.put("/123/456/transcript", "<html><p>Kettle on.</p></html>", "text/html")
    head = f"""<atom:link href="{old.url}/123.rss" rel="self" type="application/rss+xml"/>
      <atom:link href="https://pubsubhubbub.appspot.com/" rel="hub"/><title>Kettle &amp; Co</title>
      <lastBuildDate>Sat, 06 Mar 2021 11:00:00 -0500</lastBuildDate><language>en-us</language>
      <podcast:locked owner="kit@kettle.example">no</podcast:locked>
      <podcast:guid>9b024349-ccf0-5f69-a609-6b82873eab3c</podcast:guid>
      <podcast:funding url="https://kettle.example/support">Support us</podcast:funding>
      <podcast:person role="host" img="https://kettle.example/kit.jpg">Kit</podcast:person>
      <itunes:author>Kit</itunes:author><itunes:type>episodic</itunes:type>
      <itunes:explicit>false</itunes:explicit><description><![CDATA[<p>Tea, mostly.</p>]]></description>
      <itunes:keywords>tea, kettle</itunes:keywords><itunes:owner><itunes:name>Kit</itunes:name>
      </itunes:owner><itunes:image href="{cover}"/><itunes:category text="Arts">
      <itunes:category text="Food"/></itunes:category>
      <podcast:value type="lightning" method="keysend"><podcast:valueRecipient name="Kit" type="node"
      address="02d5c1bf8b940dc9cadca86d1b0a3c37fbe39cee4c7e839e33bef9174531d27f52" split="100"/>
      </podcast:value>"""
    entry = f"""<item><itunes:title>The Kettle</itunes:title><title>The Kettle</title>
      <description><![CDATA[<p>How to boil water.</p><p><a rel="payment" href="https://kettle.example/support">Support the show</a></p>]]></description>
      <content:encoded><![CDATA[<p>How to boil water.</p><p><a rel="payment" href="https://kettle.example/support">Support the show</a></p>]]></content:encoded>
      <itunes:author>Kit</itunes:author><enclosure url="{sound}" length="1" type="audio/mpeg"/>
      <guid isPermaLink="false">Buzzsprout-456</guid><pubDate>Sat, 06 Mar 2021 06:00:00 -0500</pubDate>
      <podcast:soundbite startTime="0.5" duration="1.0">Boiling</podcast:soundbite>
      <podcast:transcript url="{page}" type="text/html"/>
      <podcast:transcript url="{srt}" type="application/srt"/>
      <podcast:chapters url="{chapters}" type="application/json"/>
      <itunes:image href="{own}"/><itunes:duration>2</itunes:duration><itunes:keywords>water</itunes:keywords>
      <itunes:season>1</itunes:season><itunes:episode>1</itunes:episode>
      <itunes:episodeType>full</itunes:episodeType><itunes:explicit>false</itunes:explicit>
      <podcast:location geo="geo:51.5,-0.12">London</podcast:location></item>"""
    return old.put("/123.rss", rss(head, entry))


def seriously_simple(old: OldHost) -> str:
    """Serve a show as WordPress with Seriously Simple Podcasting does, and blog posts between."""
    sound = old.sound("/podcast-download/31/der-wald.mp3?ref=feed")
    cover = old.put("/wp-content/uploads/cover.jpg", picture(900, "olive"), "image/jpeg")
    head = f"""<title>Waldstück</title><atom:link href="{old.url}/feed/podcast" rel="self"/>
      <link>{old.url}/series/wald/</link><description>Unter Bäumen</description>
      <lastBuildDate>Sun, 07 Mar 2021 08:00:00 +0000</lastBuildDate><language>de_DE</language>
      <copyright>&#xA9; 2021 Waldstück</copyright><itunes:subtitle>Unter B&#xE4;umen</itunes:subtitle>
      <itunes:author>Flora Grün</itunes:author><itunes:summary>Unter B&#xE4;umen</itunes:summary>
      <itunes:image href="{cover}"/><itunes:category text="Science &amp; Medicine">
      <itunes:category text="Natural Sciences"/></itunes:category>
      <sy:updatePeriod>hourly</sy:updatePeriod><googleplay:author>Flora Grün</googleplay:author>
      <googleplay:image href="{cover}"/><googleplay:explicit>No</googleplay:explicit>
      <podcast:guid>kein-guid</podcast:guid><itunes:explicit>clean</itunes:explicit>"""
    entry = f"""<item><title>Der Wald &#8211; Let&amp;#8217;s go</title><link>{old.url}/podcast/der-wald/</link>
      <pubDate>Sun, 07 Mar 2021 07:00:00 +0000</pubDate><dc:creator>Flora</dc:creator>
      <guid isPermaLink="false">{old.url}/?post_type=podcast&#038;p=31</guid>
      <description><![CDATA[Ein Gang durch den Wald. [&#8230;]]]></description>
      <itunes:subtitle><![CDATA[Ein Gang]]></itunes:subtitle>
      <content:encoded><![CDATA[<div class="wp-block"><p>Ein Gang durch den <em>Wald</em>.</p>
<figure><img src="https://wald.example/b.jpg" alt="Buche"/></figure></div>
<table><tr><td>Buche</td><td>alt</td></tr></table>]]></content:encoded>
      <enclosure url="{sound}" length="0" type="audio/mpeg"/><itunes:duration>0:02</itunes:duration>
      <itunes:explicit>clean</itunes:explicit><googleplay:block>no</googleplay:block></item>"""
    post = f"""<item><title>Nur ein Beitrag</title><link>{old.url}/beitrag/</link>
      <guid isPermaLink="false">{old.url}/?p=30</guid><description>Lesen</description></item>"""
    return old.put("/feed/podcast", rss(head, entry, post))


def libsyn(old: OldHost) -> str:
    """Serve a show as Libsyn does, behind a redirect, with its pages in an archive."""
    first = old.sound("/p/secure/dance-2.mp3?dest-id=77")
    second = old.sound("/p/secure/dance-1.opus", ".opus")
    cover = old.put("/p/assets/cover.jpg", picture(3000, "gray"), "image/jpeg")
    head = f"""<title>Dance Notes</title><link><![CDATA[https://dance.example]]></link>
      <description><![CDATA[Steps, said aloud.]]></description><language>en</language>
      <managingEditor>dee@dance.example (Dee Dance)</managingEditor><copyright><![CDATA[]]></copyright>
      <itunes:summary><![CDATA[Steps, said aloud.]]></itunes:summary>
      <image><url>{cover}</url><title>Dance Notes</title></image><itunes:author>Dee Dance</itunes:author>
      <itunes:keywords>dance</itunes:keywords><itunes:category text="Arts">
      <itunes:category text="Performing Arts"/></itunes:category><itunes:image href="{cover}"/>
      <itunes:explicit>true</itunes:explicit><podcast:locked owner="dee@dance.example">no</podcast:locked>
      <itunes:new-feed-url>https://feeds.dance.example/rss</itunes:new-feed-url>"""
    newer = f"""<item><title>Waltz</title><itunes:title>Waltz</itunes:title>
      <pubDate>Fri, 05 Mar 2021 12:00:00 +0000</pubDate>
      <guid isPermaLink="false"><![CDATA[a1b2c3d4e5f60718293a4b5c6d7e8f90]]></guid>
      <description><![CDATA[<p>One two three.</p>]]></description>
      <content:encoded><![CDATA[<p>One two three.</p>]]></content:encoded>
      <enclosure length="1" type="audio/mpeg" url="{first}"/><itunes:duration>00:02</itunes:duration>
      <itunes:explicit>true</itunes:explicit><itunes:keywords/>
      <itunes:subtitle><![CDATA[One two three.]]></itunes:subtitle></item>"""
    older = f"""<item><title>Tango</title><pubDate>Fri, 05 Feb 2021 12:00:00 +0000</pubDate>
      <guid isPermaLink="false"><![CDATA[00112233445566778899aabbccddeeff]]></guid>
      <enclosure length="1" type="audio/ogg" url="{second}"/><itunes:duration>2</itunes:duration>
      <description>Slow, slow.</description></item>"""
    archive = f'<atom:link rel="prev-archive" href="{old.url}/rss/archive-1.xml"/>'
    old.put("/rss/archive-1.xml", rss(head, newer, older))
    old.put("/rss", rss(head + archive, newer))
    old.host.moved["/feeds/dance"] = "/old/rss"
    old.host.moved["/old/rss"] = "/rss"
    return f"{old.url}/feeds/dance"


STYLES = {
    "podlove": podlove,
    "anchor": anchor,
    "buzzsprout": buzzsprout,
    "seriously_simple": seriously_simple,
    "libsyn": libsyn,
}
