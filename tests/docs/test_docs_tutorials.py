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


def in_both(german: str, english: str, here: str) -> dict[str, str]:
    """Return what stands here for a value of the German and of the English page."""
    return {german: here, english: here}


@pytest.mark.slow
@pytest.mark.parametrize(("page", "locale"), [("erste-folge", "de_DE"), ("first-episode", "en_GB")])
def test_the_tutorial_leads_to_an_episode_in_a_client(page, locale, tmp_path, seaweed):
    bucket, port = servers.make_bucket(seaweed.http, public=True), servers.free_port()
    for name in ("aufnahme.wav", "recording.wav"):
        (tmp_path / "Downloads").mkdir(exist_ok=True)
        signals.write_wav(tmp_path / "Downloads" / name, signals.two_speakers(8))
    address = f"{seaweed.http.url}/{bucket}"
    instead = {
        "sendeturm preview": f"sendeturm preview --port {port}",
        "127.0.0.1:4242": f"127.0.0.1:{port}",
        "/home/ada": str(tmp_path),
        **in_both("https://turm.example.org", "https://tower.example.org", address),
        "https://s3.example.com": seaweed.http.url,
        **in_both("s3://turmgespraeche", "s3://tower-talks", f"s3://{bucket}"),
        **in_both("DEIN-SCHLÜSSEL", "YOUR-KEY", servers.ACCESS_KEY),
        **in_both("DEIN-GEHEIMNIS", "YOUR-SECRET", servers.SECRET_KEY),
    }
    environment = tutorials.environment(tmp_path, locale) | {"SENDETURM_NOW": NOW}
    reader = tutorials.Reader(tmp_path, environment, instead)

    reader.follow((PAGES / f"{page}.md").read_text(encoding="utf-8"))

    feed = feedparser.parse(servers.fetch(f"{address}/feed.xml").body)
    published = servers.fetch(feed.entries[0].enclosures[0].href).body
    at_home = [path.read_bytes() for path in tmp_path.rglob("public/media/*.mp3")]
    heard = {path.read_bytes() for path in tmp_path.glob(f"**/{feed.feed.title}/*.mp3")}
    assert heard == {published, *at_home}
    assert len(feed.entries) == len(at_home) == 1


@pytest.mark.parametrize(
    ("shown", "is_true"),
    [("one\ntwo", True), ("…\ntwo", True), ("one\n…", True), ("one", False), ("two", False)],
)
def test_a_page_that_shows_something_else_is_found_out(shown, is_true, tmp_path):
    page = f"```console\n$ printf 'one\\ntwo\\n'\n{shown}\n```\n"
    reader = tutorials.Reader(tmp_path, tutorials.environment(tmp_path, "en_GB"))
    if is_true:
        reader.follow(page)
    else:
        with pytest.raises(AssertionError):
            reader.follow(page)
