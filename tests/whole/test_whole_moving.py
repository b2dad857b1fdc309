"""A show of 120 episodes moves in from another host, and no subscriber downloads anything again."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from html import escape
from io import BytesIO
from pathlib import Path

import feedparser
import lameenc
import numpy as np
import pytest
from PIL import Image

import downloads
import servers
import signals
from sendeturm.sources import write_settings

COUNT = 120
NOW = "2026-11-20T12:00:00+00:00"
NEW = 'title = "Endlich zu Hause"\npublished_at = 2026-11-20T12:00:00+01:00'
BEGAN = datetime(2019, 1, 4, 5, 0, tzinfo=UTC)
CHANNEL = """\
<?xml version="1.0" encoding="utf-8"?>
<rss xmlns:ITunes="http://www.itunes.com/DTDs/PodCast-1.0.dtd" version="2.0">
<channel>
<title><![CDATA[Türme & Töne]]></title>
<link>{host}/</link>
<description><![CDATA[Über das Senden.<br>Seit 2019.]]></description>
<language>de-DE</language>
<generator>Alter Hoster 3.1</generator>
<ITunes:author>Ada Beispiel</ITunes:author>
<ITunes:explicit>no</ITunes:explicit>
<ITunes:image href="{host}/cover.jpg?v=3"/>
<ITunes:category text="Society &amp; Culture">
<ITunes:category text="Documentary"/></ITunes:category>
{items}</channel>
</rss>
"""
ITEM = """\
<item>
<title>{number:03}: Nächte &amp; Türme #{number}</title>
<guid isPermaLink="false">{guid}</guid>
<pubDate>{date}</pubDate>
<description><![CDATA[<p>Notizen zu <b>{number}</b></p>]]></description>
<enclosure url="{url}" length="{length}" type="audio/mp3"/>
<ITunes:duration>00:00:01</ITunes:duration>
<ITunes:episode>{number}</ITunes:episode>
</item>
"""


def guid_of(number: int) -> str:
    """Return an identity as one of several former programs minted it."""
    forms = ("http://alt.example/?p={}", "{}", "tag:alt.example,2019:/{}", "ÄÖ {}-x==")
    return forms[number % len(forms)].format(1000 + number)


@cache
def mp3_frames(seed: int) -> tuple[bytes, ...]:
    """Return the frames of a second of sound, without the one that only describes them."""
    encoder = lameenc.Encoder()
    encoder.set_bit_rate(32)
    encoder.set_in_sample_rate(16000)
    encoder.set_channels(1)
    encoder.silence()
    noise = np.random.default_rng(seed).normal(0, 3000, 24_000).astype(np.int16)
    mp3 = bytes(encoder.encode(noise.tobytes())) + bytes(encoder.flush())
    size = 72 * 32_000 // 16_000
    return tuple(mp3[at : at + size] for at in range(size, len(mp3), size))


def tiny_mp3(number: int) -> bytes:
    """Return about a second of sound that no other episode has."""
    return b"".join(mp3_frames(number % 6)[: 16 + number // 6])


def frames_of(mp3: bytes) -> bytes:
    """Return what is left of an MP3 without its tags."""
    if mp3.startswith(b"ID3"):
        a, b, c, d = mp3[6:10]
        mp3 = mp3[10 + (a << 21 | b << 14 | c << 7 | d) :]
    return mp3[:-128] if mp3[-128:-125] == b"TAG" else mp3


def serve_show(host: downloads.Host) -> dict[str, bytes]:
    """Let the old host serve feed, cover and sound, and return the sound by identity."""
    sounds, items = {}, []
    for number in range(COUNT, 0, -1):
        sound = sounds[guid_of(number)] = tiny_mp3(number)
        path = f"/sound/{number}/Nächte.mp3?from=feed&n={number}".replace("ä", "%C3%A4")
        host.files[path] = downloads.HostedFile(sound)
        values = {
            "guid": escape(guid_of(number)),
            "date": format_datetime(BEGAN + timedelta(days=7 * number)),
            "url": escape(host.url + path),
            "length": len(sound),
        }
        items.append(ITEM.format(number=number, **values))
    cover = BytesIO()
    Image.new("RGB", (1400, 1400), (20, 80, 120)).save(cover, "JPEG")
    host.files["/cover.jpg?v=3"] = downloads.HostedFile(cover.getvalue(), type="image/jpeg")
    feed = CHANNEL.format(host=host.url, items="".join(items)).encode()
    host.files["/podcast.rss"] = downloads.HostedFile(feed, type="text/xml")
    return sounds


def run(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "sendeturm", "--lang", "en", *arguments],
        cwd=folder,
        env=os.environ | {"SENDETURM_NOW": NOW},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def new_files(feed: str, home: Path) -> list[Path]:
    """Let a real podcast client fetch what is new to it, and return what it fetched.

    What it fetched before is taken away: it knows episodes by their identity alone.
    """
    client = shutil.which("podcast-archiver", path=str(Path(sys.executable).parent))
    assert client is not None
    heard = home / "heard"
    shutil.rmtree(heard, ignore_errors=True)
    heard.mkdir(parents=True)
    done = subprocess.run(
        [client, "-q", "-C", "4", "-f", feed, "-d", heard, "--database", home / "seen.db"],
        env=os.environ | {"HOME": str(home), "XDG_CONFIG_HOME": str(home / "config")},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return sorted(heard.rglob("*.mp3"))


@pytest.mark.slow
def test_120_episodes_move_in_and_nobody_downloads_again(tmp_path, seaweed, s3_keys):
    show, client = tmp_path / "show", tmp_path / "client"
    show.mkdir()
    bucket = servers.make_bucket(seaweed.http, public=True)
    address = f"{seaweed.http.url}/{bucket}"
    with downloads.host() as old:
        sounds = serve_show(old)
        subscribed = f"{old.url}/podcast.rss"
        assert len(new_files(subscribed, client)) == COUNT

        run(show, "import", "--allow-private", subscribed)
        storage = {"place": f"s3://{bucket}", "endpoint": seaweed.http.url, "address": address}
        write_settings(show, "storage", storage)
        said = run(show, "publish")
        assert "120 episodes went out as they are" in said
        assert "published as it is" not in said
        old.files.clear()
        old.moved["/podcast.rss"], old.moved_as["/podcast.rss"] = f"{address}/feed.xml", 301

        assert new_files(subscribed, client) == []
        entries = feedparser.parse(servers.fetch(f"{address}/feed.xml").body).entries
        urls = {entry.guid: entry.enclosures[0].href for entry in entries}
        assert list(urls) == list(sounds)
        assert all(url.startswith(address) for url in urls.values())
        for guid, sound in sounds.items():
            assert frames_of(servers.fetch(urls[guid]).body) == frames_of(sound)

        sidecar = show / "episodes/121-zuhause.md"
        sidecar.write_text(f"+++\n{NEW}\n+++\n", encoding="utf-8")
        signals.write_wav(show / "episodes/121-zuhause.wav", signals.speech(1.0))
        run(show, "publish")
        assert [path.name for path in new_files(subscribed, client)] == [
            "2026-11-20 - Endlich zu Hause.mp3"
        ]
