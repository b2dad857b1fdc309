"""The feed names the new address once it was looked at, and says what remains to be done."""

from __future__ import annotations

import json
import shutil

import feedparser
import pytest
from lxml import etree

import downloads
import shows
from sendeturm.sources import read_config

ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"
DATE = "published_at = 2026-11-0{}T06:00:00+01:00"
SHOW = """\
# my own words
locked = true  # for now

[[show.people]]
name = "Ada"  # me
"""


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    made = shows.new_folder(tmp_path_factory.mktemp("turm"), show=SHOW, storage=shows.PUBLIC)
    made.write_episode("001-eins", 'title = "Eins"\n' + DATE.format(1))
    made.write_episode("002-zwei", 'title = "Zwei"\n' + DATE.format(2))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SENDETURM_NOW", shows.NOW.isoformat())
        shows.published(made)
    return made


@pytest.fixture
def show(published, tmp_path, monkeypatch):
    made = shows.Folder(shutil.copytree(published.root, tmp_path / "turm"))
    monkeypatch.chdir(made.root)
    return made


@pytest.fixture
def there():
    with downloads.host() as one:
        yield one


def serve(there, body):
    there.files["/rss"] = downloads.HostedFile(body, type="application/rss+xml")
    return f"{there.url}/rss"


def feed_of(show):
    return (show.root / "public/feed.xml").read_bytes()


def channel_of(show):
    return etree.fromstring(feed_of(show))[0]


def new_feed_url(show):
    return channel_of(show).findtext(f"{ITUNES}new-feed-url")


def locked(show):
    return channel_of(show).findtext(f"{PODCAST}locked")


def test_without_an_address_the_feed_is_opened(show, sendeturm):
    said = sendeturm("move")
    assert (said.code, said.err) == (0, "")
    assert "https://example.org/turm/feed.xml" in said.out
    assert (locked(show), new_feed_url(show)) == ("no", None)


def test_the_feed_names_an_address_that_has_everything(show, sendeturm, there):
    url = serve(there, feed_of(show))
    settings = (show.root / "sendeturm.toml").read_text(encoding="utf-8")
    said = sendeturm("move", url)
    assert (said.code, said.err) == (0, "")
    assert "All 2 episodes are there" in said.out
    assert f"Redirect 301 /turm/feed.xml {url}" in said.out
    assert "until 18 December 2026" in said.out
    assert (locked(show), new_feed_url(show)) == ("no", url)
    assert feedparser.parse(feed_of(show)).feed["itunes_new-feed-url"] == url
    changed = (show.root / "sendeturm.toml").read_text(encoding="utf-8")
    assert {"# my own words", 'name = "Ada"  # me'} <= set(changed.splitlines())
    assert "locked = false  # for now" in changed
    assert read_config(show.root).show.people[0].name == "Ada"
    assert shows.planned(show).is_empty

    assert sendeturm("move", "--back").code == 0
    assert (locked(show), new_feed_url(show)) == ("yes", None)
    assert (show.root / "sendeturm.toml").read_text(encoding="utf-8") == settings
    assert shows.planned(show).is_empty
    assert sendeturm("move", url).code == 0
    assert new_feed_url(show) == url


def test_the_feed_goes_on_being_built_for_the_weeks_of_a_move(show, sendeturm, there, monkeypatch):
    show.write_episode("003-drei", 'title = "Drei"\npublished_at = 2026-12-01T06:00:00+01:00')
    shows.published(show)
    url = serve(there, feed_of(show))
    assert sendeturm("move", url).code == 0
    monkeypatch.setenv("SENDETURM_NOW", "2026-12-01T12:00:00+00:00")
    assert sendeturm("feed").code == 0
    assert [item["title"] for item in shows.items(show)] == ["Drei", "Zwei", "Eins"]
    assert new_feed_url(show) == url


def test_only_the_move_goes_out_with_it(show, sendeturm, there):
    url = serve(there, feed_of(show))
    show.write_episode("003-drei", 'title = "Drei"\n' + DATE.format(3))
    assert sendeturm("move", url).code == 0
    assert [item["title"] for item in shows.items(show)] == ["Zwei", "Eins"]
    assert len(shows.planned(show).episodes) == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ((b"</guid>", b"x</guid>"), "publish.none-there"),
        ((b"<title>Eins</title>", b"<title>Eins</title><guid>x</guid>"), "publish.not-all-there"),
        ((b"<podcast:guid>", b"<podcast:guid>0"), "publish.other-podcast-guid"),
        ((b"podcast:guid>", b"podcast:other>"), "publish.no-podcast-guid"),
    ],
    ids=["other identities", "one lacks", "another show", "no identity of the show"],
)
def test_what_the_new_feed_lacks_is_told(show, sendeturm, there, change, code):
    url = serve(there, feed_of(show).replace(*change))
    before = (feed_of(show), (show.root / "sendeturm.toml").read_bytes())
    said = sendeturm("--json", "move", url)
    told = [found["code"] for found in json.loads(said.out)["problems"]]
    assert told == [code]
    is_refused = code in ("publish.none-there", "publish.not-all-there")
    assert (said.code == 1) is is_refused
    assert (before == (feed_of(show), (show.root / "sendeturm.toml").read_bytes())) is is_refused
    if is_refused:
        assert sendeturm("move", "--anyway", url).code == 0
        assert new_feed_url(show) == url


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("https://example.org/turm/feed.xml", "publish.moves-to-itself"),
        ("{host}/page", "rss.not-a-feed"),
        ("{host}/nothing", "web.refused"),
        ("{host}/round", "web.leads-round"),
        ("{host}/leads-back", "publish.leads-back"),
        ("ftp://example.org/feed", "web.no-address"),
        ("feed.xml", "web.no-address"),
    ],
)
def test_an_address_that_would_lose_listeners_changes_nothing(show, sendeturm, there, url, code):
    there.files["/page"] = downloads.HostedFile(b"<html><p>Hallo</p></html>", type="text/html")
    there.moved["/round"] = "/round"
    onward = b"</language><itunes:new-feed-url>https://elsewhere.example/f</itunes:new-feed-url>"
    there.files["/leads-back"] = downloads.HostedFile(feed_of(show).replace(b"</language>", onward))
    before = (feed_of(show), (show.root / "sendeturm.toml").read_bytes())
    said = sendeturm("--json", "move", url.format(host=there.url))
    assert said.code == 1
    assert [found["code"] for found in json.loads(said.out)["problems"]] == [code]
    assert before == (feed_of(show), (show.root / "sendeturm.toml").read_bytes())


def test_a_show_that_cannot_be_published_is_not_moved(show, sendeturm, there):
    url = serve(there, feed_of(show))
    path = show.root / "sendeturm.toml"
    path.write_text(path.read_text().replace("example.org/turm", "example.net/x"))
    before = path.read_bytes()
    said = sendeturm("move", url)
    assert said.code == 1
    assert "moved-address" in said.err
    assert path.read_bytes() == before


def test_a_show_without_a_public_address_has_nowhere_to_move_from(tmp_path, sendeturm, monkeypatch):
    folder = shows.new_folder(tmp_path / "leise")
    monkeypatch.chdir(folder.root)
    assert sendeturm("move").code == 1
    folder.write_episode("001-eins", 'title = "Eins"\n' + DATE.format(1))
    shows.published(folder)
    said = sendeturm("--json", "move", "https://new.example/rss")
    codes = [found["code"] for found in json.loads(said.out)["problems"]]
    assert codes == ["publish.moves-from-nowhere"]
