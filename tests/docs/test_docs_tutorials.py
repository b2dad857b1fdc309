"""The tutorials, followed to the letter in both languages: from an empty folder to a client."""

from __future__ import annotations

from pathlib import Path

import feedparser
import pytest

import servers
import signals
import tutorials

PAGES = Path(__file__).resolve().parents[2] / "docs" / "tutorial"
NOW = "2026-11-22T10:00:00+01:00"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("page", "language", "downloads", "site"),
    [
        ("erste-folge", "de_DE", "aufnahme.wav", "turm"),
        ("first-episode", "en_GB", "recording.wav", "tower"),
    ],
)
def test_the_tutorial_leads_to_an_episode_in_a_client(
    page, language, downloads, site, tmp_path, seaweed
):
    (tmp_path / "Downloads").mkdir()
    signals.write_wav(tmp_path / "Downloads" / downloads, signals.two_speakers(8))
    bucket, port = servers.make_bucket(seaweed.http, public=True), servers.free_port()
    reader = tutorials.Reader(
        tmp_path,
        tutorials.environment(tmp_path, language) | {"SENDETURM_NOW": NOW},
        {
            "sendeturm preview": f"sendeturm preview --port {port}",
            "127.0.0.1:4242": f"127.0.0.1:{port}",
            "/home/ada": str(tmp_path),
            **dict.fromkeys(("s3://turmgespraeche", "s3://tower-talks"), f"s3://{bucket}"),
            f"https://{site}.example.org": f"{seaweed.http.url}/{bucket}",
            "https://s3.example.com": seaweed.http.url,
            **dict.fromkeys(("DEIN-SCHLÜSSEL", "YOUR-KEY"), servers.ACCESS_KEY),
            **dict.fromkeys(("DEIN-GEHEIMNIS", "YOUR-SECRET"), servers.SECRET_KEY),
        },
    )
    reader.follow((PAGES / f"{page}.md").read_text(encoding="utf-8"))
    feed = feedparser.parse(servers.fetch(f"{seaweed.http.url}/{bucket}/feed.xml").body)
    published = servers.fetch(feed.entries[0].enclosures[0].href).body
    at_home = [path.read_bytes() for path in tmp_path.rglob("public/media/*.mp3")]
    heard = {path.read_bytes() for path in tmp_path.glob(f"**/{feed.feed.title}/*.mp3")}
    assert heard == {published, *at_home}
    assert len(feed.entries) == len(at_home) == 1
