"""One rich show through four independent readers: what was said is what they find.

podcastparser (strict) and feedparser (lenient) are Python's; podcast-partytime is the Podcast
Index's own, feedsmith the newest of the vocabulary. The two latter run in Node.
"""

from __future__ import annotations

import base64
import io
import json
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from uuid import UUID

import feedparser
import podcastparser
import pytest

from feedrecords import (
    NOW,
    a_record,
    a_show,
    alternates,
    cover,
    stored,
    transcript,
    with_chapters,
)
from sendeturm.feed import render_feed
from sendeturm.model.common import Credit
from sendeturm.model.vocabulary import (
    Chat,
    Funding,
    License,
    Location,
    RemoteShow,
    SocialPost,
    Soundbite,
    Txt,
    UpdateFrequency,
)

READERS = Path(__file__).parents[1] / "readers"
ADDRESS = "https://cdn.example.org/show"
OTHER = UUID("29cdca4a-32d8-56ba-b48b-09a011c5daa9")
SHOW = a_show(
    hub="https://hub.example.org/",
    funding=(Funding(url="https://example.org/?a=1&b=ü", text="Gib & nimm"),),
    locations=(Location(name="Über Berlin", geo="52.5,13.4", osm="R62422", country="DE"),),
    license=License(name="cc-by-4.0"),
    update_frequency=UpdateFrequency(
        text="freitags", rrule="FREQ=WEEKLY;BYDAY=FR", start=date(2026, 1, 2)
    ),
    podroll=(
        RemoteShow(feed_guid=OTHER, feed_url="https://example.org/b.xml", title="Neben <an>"),
    ),
    chat=Chat(server="irc.example.org", protocol="irc", account="@turm", space="#turm"),
    txt=(Txt(purpose="applepodcastsverify", text="05124"),),
    ai_content=False,
    seasons={2: "Unter Tage"},
    block=("google",),
    cover_alt='Ein "Turm"',
)
TRAILER = a_record(1, title="Bald!", type="trailer", season=2)
EPISODE = with_chapters(
    a_record(
        7,
        season=2,
        number_shown="Tag 7",
        cover=cover("covers/turm-7-0123.jpg"),
        chapters=stored("chapters/turm-7-0123.json", "application/json+chapters"),
        transcripts=(transcript("transcripts/turm-7-1.vtt", "text/vtt; charset=utf-8"),),
        people=(Credit(name="Bo Gast", role="guest", image="https://example.org/bo.jpg"),),
        soundbites=(Soundbite(start_s=73, duration_s=60.5, title="Warum?"),),
        locations=(Location(name="Watt", rel="creator"),),
        license=License(name="Eigene 1", url="https://example.org/l"),
        social=(SocialPost(url="https://example.social/@turm/1", account="@turm", priority=1),),
        ai_content=True,
        alternates=alternates(),
    ),
    0,
    20_500,
)
FEED = render_feed(SHOW, [TRAILER, EPISODE], NOW)
COVER = f"{ADDRESS}/covers/show-abc.jpg"


@pytest.fixture(scope="module")
def found():
    """What both readers in Node find, by reader."""
    node = shutil.which("node")
    assert node, "the readers need Node; make .venv/.ready-dev sets them up"
    modules = Path(sys.prefix) / "readers"
    command = [node, str(READERS / "read.cjs"), str(modules)]
    told = subprocess.run(command, input=FEED, capture_output=True, check=True).stdout
    return json.loads(told)


def test_feedsmith_finds_the_shows_vocabulary(found):
    channel = found["feedsmith"]["feed"]
    assert {"rel": "hub", "href": "https://hub.example.org/"} in channel["atom"]["links"]
    trailer_url = f"{ADDRESS}/media/turm-1-abcdef.mp3"
    assert channel["podcast"] == {
        "guid": "917393e3-1b1e-5cef-ace4-edaa54e1f810",
        "locked": {"value": True, "owner": "turm@example.org"},
        "medium": "podcast",
        "images": [
            {
                "href": COVER,
                "alt": 'Ein "Turm"',
                "aspectRatio": "1/1",
                "width": 3000,
                "type": "image/jpeg",
                "purpose": "artwork",
            }
        ],
        "updateFrequency": {
            "display": "freitags",
            "rrule": "FREQ=WEEKLY;BYDAY=FR",
            "dtstart": "2026-01-02",
        },
        "fundings": [{"url": "https://example.org/?a=1&b=%C3%BC", "display": "Gib & nimm"}],
        "blocks": [{"id": "google", "value": True}],
        "locations": [
            {
                "display": "Über Berlin",
                "geo": "geo:52.5,13.4",
                "osm": "R62422",
                "country": "de",
                "rel": "subject",
            }
        ],
        "license": {"display": "cc-by-4.0"},
        "chat": {
            "server": "irc.example.org",
            "protocol": "irc",
            "accountId": "@turm",
            "space": "#turm",
        },
        "txts": [
            {"purpose": "applepodcastsverify", "display": "05124"},
            {"purpose": "ai-content", "display": "false"},
        ],
        "persons": [
            {
                "display": "Änne Öhler",
                "role": "host",
                "group": "cast",
                "href": "https://example.org/%C3%A4nne",
            }
        ],
        "podroll": {
            "remoteItems": [
                {
                    "feedGuid": str(OTHER),
                    "feedUrl": "https://example.org/b.xml",
                    "title": "Neben <an>",
                }
            ]
        },
        "trailers": [
            {
                "display": "Bald!",
                "url": trailer_url,
                "length": 4_321_987,
                "type": "audio/mpeg",
                "season": 2,
                "pubDate": "Mon, 02 Mar 2026 06:30:00 +0100",
            }
        ],
    }


KEYS = {"MP3": "turm-7-abcdef.mp3", "Opus": "turm-7-1.opus", "M4A": "turm-7-2.m4a"}
DIGESTS = {
    "MP3": EPISODE.enclosure.sha256,
    "Opus": EPISODE.alternates[0].sha256,
    "M4A": EPISODE.alternates[1].sha256,
}


def an_alternate(title, kind, length, bitrate, **others):
    digest = base64.b64encode(bytes.fromhex(DIGESTS[title])).decode()
    return {
        "type": kind,
        "length": length,
        "bitrate": bitrate,
        "title": title,
        "sources": [{"uri": f"{ADDRESS}/media/{KEYS[title]}"}],
        "integrity": {"type": "sri", "value": f"sha256-{digest}"},
        **others,
    }


def test_feedsmith_finds_the_episodes_vocabulary(found):
    episode, trailer = found["feedsmith"]["feed"]["items"]
    assert trailer["podcast"]["season"] == {"number": 2, "name": "Unter Tage"}
    told = episode["podcast"]
    assert told.pop("alternateEnclosures") == [
        an_alternate("MP3", "audio/mpeg", 4_321_987, 128_000, default=True),
        an_alternate("Opus", "audio/ogg", 1_000_001, 64_000, codecs="opus"),
        an_alternate("M4A", "audio/mp4", 1_000_002, 80_000, codecs="mp4a.40.2"),
    ]
    host, guest = told.pop("persons")
    assert (host["display"], host["role"]) == ("Änne Öhler", "host")
    assert guest == {
        "display": "Bo Gast",
        "role": "guest",
        "group": "cast",
        "img": "https://example.org/bo.jpg",
    }
    assert told == {
        "transcripts": [
            {
                "url": f"{ADDRESS}/transcripts/turm-7-1.vtt",
                "type": "text/vtt",
                "language": "de",
            }
        ],
        "chapters": {
            "url": f"{ADDRESS}/chapters/turm-7-0123.json",
            "type": "application/json+chapters",
        },
        "images": [
            {
                "href": f"{ADDRESS}/covers/turm-7-0123.jpg",
                "aspectRatio": "1/1",
                "width": 3000,
                "type": "image/jpeg",
                "purpose": "artwork",
            }
        ],
        "season": {"number": 2, "name": "Unter Tage"},
        "episode": {"number": 7, "display": "Tag 7"},
        "soundbites": [{"startTime": 73, "duration": 60.5, "display": "Warum?"}],
        "locations": [{"display": "Watt", "rel": "creator"}],
        "license": {"display": "Eigene 1", "url": "https://example.org/l"},
        "socialInteracts": [
            {
                "protocol": "activitypub",
                "uri": "https://example.social/@turm/1",
                "accountId": "@turm",
                "priority": 1,
            }
        ],
        "txts": [{"purpose": "ai-content", "display": "true"}],
    }
    chapters = episode["psc"]["chapters"]
    assert [c["start"] for c in chapters] == ["00:00:00.000", "00:00:20.500"]


def test_the_podcast_index_finds_the_show(found):
    feed = found["partytime"]
    assert feed["guid"] == "917393e3-1b1e-5cef-ace4-edaa54e1f810"
    assert feed["locked"] is True
    assert feed["podcastOwner"] == "turm@example.org"
    assert feed["pubsub"] == {"self": f"{ADDRESS}/feed.xml", "hub": "https://hub.example.org/"}
    assert feed["podcastFunding"] == [
        {"message": "Gib & nimm", "url": "https://example.org/?a=1&b=%C3%BC"}
    ]
    assert feed["podcastLocation"] == {
        "name": "Über Berlin",
        "geo": "geo:52.5,13.4",
        "osm": "R62422",
    }
    assert feed["license"]["identifier"] == "cc-by-4.0"
    assert feed["podcastBlockedPlatforms"] == {"google": True}
    assert feed["podcastBlocked"] == "no"
    assert [(one["title"], one["season"]) for one in feed["trailers"]] == [("Bald!", 2)]
    assert feed["podroll"][0]["feedGuid"] == str(OTHER)
    assert feed["chat"]["server"] == "irc.example.org"
    assert feed["podcastSeasons"] == {"2": {"number": 2, "name": "Unter Tage"}}


def test_the_podcast_index_finds_the_episode(found):
    episode, trailer = found["partytime"]["items"]
    assert trailer["itunesEpisodeType"] == "trailer"
    assert episode["podcastSeason"] == {"number": 2, "name": "Unter Tage"}
    assert episode["podcastEpisode"] == {"number": 7, "display": "Tag 7"}
    assert episode["podcastSoundbites"] == [{"startTime": 73, "duration": 60.5, "title": "Warum?"}]
    assert [(p["name"], p["role"]) for p in episode["podcastPeople"]] == [
        ("Änne Öhler", "Host"),
        ("Bo Gast", "Guest"),
    ]
    assert episode["podcastChapters"]["url"] == f"{ADDRESS}/chapters/turm-7-0123.json"
    assert episode["podcastTranscripts"][0]["url"] == f"{ADDRESS}/transcripts/turm-7-1.vtt"
    assert episode["podcastSocialInteraction"][0]["url"] == "https://example.social/@turm/1"
    first, *others = episode["alternativeEnclosures"]
    assert first["default"] is True
    assert [(one["type"], one["bitrate"], one["codecs"]) for one in others] == [
        ("audio/ogg", 64_000, "opus"),
        ("audio/mp4", 80_000, "mp4a.40.2"),
    ]
    assert [one["source"][0]["uri"].rpartition("/")[2] for one in others] == [
        KEYS["Opus"],
        KEYS["M4A"],
    ]
    assert all(one["integrity"]["type"] == "sri" for one in (first, *others))
    assert episode["license"] == {"identifier": "Eigene 1", "url": "https://example.org/l"}


def test_the_strict_reader_finds_what_it_knows():
    feed = podcastparser.parse(f"{ADDRESS}/feed.xml", io.BytesIO(FEED))
    episode, trailer = feed["episodes"]
    assert [chapter["start"] for chapter in episode["chapters"]] == [0, 20]  # it drops fractions
    assert (episode["season"], episode["number"]) == (2, 7)  # podcast: it knows by an old name
    assert trailer["type"] == "trailer"


def test_the_lenient_reader_finds_what_it_knows():
    feed = feedparser.parse(io.BytesIO(FEED))
    assert not feed.bozo
    assert feed.feed.podcast_medium == "podcast"
    assert {"rel": "hub", "href": "https://hub.example.org/"} in [
        {"rel": link["rel"], "href": link["href"]} for link in feed.feed.links
    ]
    assert [entry.title for entry in feed.entries] == ["Der Turm, Teil 7", "Bald!"]
    assert [entry.podcast_season["name"] for entry in feed.entries] == ["Unter Tage"] * 2
