"""What is private stands behind its address and nowhere else."""

from __future__ import annotations

import logging

import pytest
from lxml import etree

import shows
from sendeturm.errors import SendeturmError, fail
from sendeturm.events import silence
from sendeturm.publish import private_address, replace_private_address, run_feed
from shows import new_folder, place_of, planned, published

pytestmark = pytest.mark.slow
ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"


@pytest.fixture
def show(tmp_path, monkeypatch):
    monkeypatch.setenv("SENDETURM_NOW", shows.NOW.isoformat())
    made = new_folder(
        tmp_path / "show", show='hub = "https://hub.example.org/"', storage=shows.PUBLIC
    )
    made.write_episode("001-offen", 'title = "Für alle"\npublished_at = 2026-11-01')
    front = 'title = "Geheimtipp"\npublished_at = 2026-11-02\nprivate = true'
    made.write_episode("002-freunde", front, notes="Nur für Freunde.\n")
    return made


def feeds_of(folder):
    return sorted((folder.root / "public/private").rglob("feed.xml"))


def titles(path):
    return [item.findtext("title") for item in etree.parse(path).iter("item")]


def everything_guessable(folder):
    """All that lies under a name one could guess: not records, nor what has random names."""
    public = folder.root / "public"
    known = [public / name for name in ("feed.xml", "sitemap.xml", "robots.txt")]
    known += [
        *public.rglob("*.html"),
        *(public / "assets").rglob("*"),
        public / ".sendeturm/show.json",
    ]
    return [path for path in known if path.is_file()]


def test_friends_hear_everything_and_the_public_what_is_public(show):
    published(show)
    (feed,) = feeds_of(show)
    assert titles(feed) == ["Geheimtipp", "Für alle"]
    assert titles(show.root / "public/feed.xml") == ["Für alle"]
    channel = etree.parse(feed).getroot()[0]
    assert channel.findtext(f"{ITUNES}block") == "Yes"
    assert [e.text for e in channel.findall(f"{PODCAST}block")] == ["yes"]
    assert channel.find(f"{PODCAST}guid") is None
    assert b"hub.example.org" not in feed.read_bytes()
    secret, public = channel.findall("item")
    assert secret.find("link") is None
    assert public.findtext("link").endswith("/fuer-alle/index.html")
    assert planned(show).is_empty


def test_nothing_under_a_name_one_could_guess_knows_of_it(show):
    published(show)
    secret = feeds_of(show)[0].parent.name
    for path in everything_guessable(show):
        body = path.read_bytes()
        for word in (b"Geheimtipp", b"geheimtipp", b"Nur f", secret.encode()):
            assert word not in body, path
    names = [p.name for p in (show.root / "public").rglob("*") if "history" not in str(p)]
    assert not [name for name in names if "geheimtipp" in name]


def test_its_media_lie_under_names_nobody_can_guess(show):
    published(show)
    (feed,) = feeds_of(show)
    url = next(etree.parse(feed).iter("enclosure")).get("url")
    name = url.rpartition("/")[2]
    assert len(name.partition("-")[0]) == 40
    assert (show.root / "public/media" / name).is_file()


def test_the_address_is_known_to_who_asks_and_can_be_replaced(show):
    published(show)
    store = place_of(show)
    first = private_address(store)
    assert first.startswith("https://example.org/turm/private/000001-")
    assert len(first.split("-")[1].partition("/")[0]) == 40
    second = replace_private_address(store, None, silence)
    assert second != first
    (feed,) = feeds_of(show)
    assert second.endswith(f"private/{feed.parent.name}/feed.xml")
    assert titles(feed) == ["Geheimtipp", "Für alle"]
    assert planned(show).is_empty


def test_without_anything_private_there_is_no_address(show):
    (show.root / "episodes/002-freunde.md").unlink()
    (show.root / "episodes/002-freunde.wav").unlink()
    published(show)
    assert private_address(place_of(show)) is None
    assert replace_private_address(place_of(show), None, silence) is None
    assert not (show.root / "public/private").exists()


def test_a_private_show_has_neither_pages_nor_a_telling_feed(show):
    show.write_config(show="private = true", storage=shows.PUBLIC)
    published(show)
    (feed,) = feeds_of(show)
    assert titles(feed) == ["Geheimtipp", "Für alle"]
    assert list((show.root / "public").rglob("*.html")) == []
    public = (show.root / "public/feed.xml").read_text("utf-8")
    assert "<item>" not in public
    assert "Türme" not in public
    assert planned(show).is_empty


def test_a_scheduled_private_episode_comes_at_its_time_by_cron(show, monkeypatch):
    front = 'title = "Später"\npublished_at = 2026-12-24T18:00:00+01:00\nprivate = true'
    show.write_episode("003-spaeter", front)
    published(show)
    (feed,) = feeds_of(show)
    assert "Später" not in titles(feed)
    before = (show.root / "public/feed.xml").read_bytes()
    monkeypatch.setenv("SENDETURM_NOW", "2026-12-24T17:00:00+00:00")
    assert run_feed(place_of(show), None, silence).reason == "due"
    assert "Später" in titles(feed)
    assert (show.root / "public/feed.xml").read_bytes() == before


def test_a_storage_that_fails_does_not_tell_the_address(show, monkeypatch):
    store = place_of(show)
    true_put = store.put

    def put(key, *rest, **more):
        if key.startswith("private/"):
            raise fail("store.unreachable", file=key, place=store.label, reason=f"no {key}")
        return true_put(key, *rest, **more)

    monkeypatch.setattr(store, "put", put)
    with pytest.raises(SendeturmError) as caught:
        published(show, store)
    (found,) = caught.value.problems
    assert found.place.file == "private/…"
    assert "000001" not in str(found.params)


def test_no_log_names_the_address(show, caplog):
    caplog.set_level(logging.DEBUG)
    published(show)
    secret = feeds_of(show)[0].parent.name
    assert secret not in caplog.text
