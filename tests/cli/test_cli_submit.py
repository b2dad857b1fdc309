"""`sendeturm submit`: each directory, the links for this very feed, and what is still missing."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

from lxml import etree

import shows
from sendeturm.checks import DIRECTORIES

FEED = "https://example.org/turm/feed.xml"


def missing(document: dict) -> dict[str, list[str]]:
    return {one["name"]: one["missing"] for one in document["directories"]}


def test_links_are_for_this_very_feed(sendeturm, show):
    show.write_config(storage=shows.PUBLIC, show='owner_email = "turm@example.org"')
    show.episode("001-a", 'title = "Anfang"\npublished_at = 2026-11-01T06:00:00Z')
    sendeturm("publish")
    document = json.loads(sendeturm("submit", "--json").out)
    links = {one["name"]: one["link"] for one in document["directories"]}
    assert document["feed"] == FEED
    assert {"Apple Podcasts", "Spotify", "Podcast Index", "fyyd", "Podcast Addict"} <= set(links)
    for name, key in (("Apple Podcasts", "submitfeed"), ("Podcast Index", "feed")):
        assert parse_qs(urlsplit(links[name]).query) == {key: [FEED]}
    assert missing(document) == {directory.name: [] for directory in DIRECTORIES}
    assert document["apps"]["Apple Podcasts"] == "podcast://example.org/turm/feed.xml"
    said = sendeturm("submit")
    assert said.code == 0
    assert said.out.count("nothing is missing") == len(DIRECTORIES)
    assert "needs: an account with Apple" in said.out
    owner = etree.parse(show.root / "public/feed.xml").findtext(".//{*}owner/{*}email")
    assert owner == "turm@example.org"


def test_what_is_missing_is_said(sendeturm, show):
    found = missing(json.loads(sendeturm("submit", "--json").out))
    assert all(
        lacks == ["the show is not published yet: sendeturm publish"] for lacks in found.values()
    )
    show.episode("001-a", 'title = "Später"\npublished_at = 2026-12-01T06:00:00Z')
    sendeturm("publish")
    said = sendeturm("submit")
    assert said.out.count("a public address under [storage] · an episode on the air") == len(
        DIRECTORIES
    )
    assert "127.0.0.1" not in said.out


def test_what_a_directory_asks_is_missing_there_alone(sendeturm, show):
    show.write_config(storage=shows.PUBLIC)
    page = 'title = "Folge 1: Anfang"\npublished_at = 2026-11-01T06:00:00Z'
    show.episode("001-a", page)
    sendeturm("publish")
    found = missing(json.loads(sendeturm("submit", "--json").out))
    assert any("begins with the episode's number" in lack for lack in found["Apple Podcasts"])
    assert found["fyyd"] == []
    assert found["Spotify"] == ["owner_email under [show]; you may take it out again afterwards"]


def test_a_show_that_asks_not_to_be_listed(sendeturm, show):
    show.write_config(storage=shows.PUBLIC, show='block = ["all"]')
    show.episode("001-a", 'title = "Anfang"\npublished_at = 2026-11-01T06:00:00Z')
    sendeturm("publish")
    assert sendeturm("submit").out.count("asks not to be listed") == len(DIRECTORIES)
    assert "bittet, sie nicht aufzunehmen" in sendeturm("--lang", "de", "submit").out
