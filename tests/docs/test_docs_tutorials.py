"""The tutorials, followed to the letter in both languages: from an empty folder to a client."""

from __future__ import annotations

from pathlib import Path

import pytest

import servers
import signals
import tutorials

PAGES = Path(__file__).resolve().parents[2] / "docs" / "tutorial"
NOW = "2026-11-22T10:00:00+01:00"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("page", "language", "downloads"),
    [("erste-folge", "de_DE", "aufnahme.wav"), ("first-episode", "en_GB", "recording.wav")],
)
def test_the_tutorial_leads_to_an_episode_in_a_client(page, language, downloads, tmp_path, seaweed):
    (tmp_path / "Downloads").mkdir()
    signals.write_wav(tmp_path / "Downloads" / downloads, signals.two_speakers(20))
    bucket, port = servers.make_bucket(seaweed.http, public=True), servers.free_port()
    reader = tutorials.Reader(
        tmp_path,
        tutorials.environment(tmp_path, language) | {"SENDETURM_NOW": NOW},
        {
            "sendeturm preview": f"sendeturm preview --port {port}",
            "127.0.0.1:4242": f"127.0.0.1:{port}",
            "/home/ada": str(tmp_path),
            "s3://turmgespraeche": f"s3://{bucket}",
            "https://turm.example.org": f"{seaweed.http.url}/{bucket}",
            "https://s3.example.com": seaweed.http.url,
            "DEIN-SCHLÜSSEL": servers.ACCESS_KEY,
            "DEIN-GEHEIMNIS": servers.SECRET_KEY,
        },
    )
    reader.follow((PAGES / f"{page}.md").read_text(encoding="utf-8"))
    feeds = list(tmp_path.rglob("*.mp3"))
    heard = [path.read_bytes() for path in feeds if ".sendeturm" not in path.parts]
    assert len(heard) == 3  # in public/, and twice with the client
    assert len(set(heard)) == 1
