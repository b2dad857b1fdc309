"""A feed in a file, with its sound beside it, as `sendeturm export` leaves it."""

import json
import shutil
from pathlib import Path

import feedparser
import pytest

import oldhosts
from sendeturm.importing.nearby import Nearby
from sendeturm.sources import read_config


@pytest.fixture
def exported(old, folder, sendeturm, tmp_path):
    """Give the export of a show that is nowhere else any more."""
    assert sendeturm("import", oldhosts.buzzsprout(old), "--allow-private").code == 0
    text = (folder / "sendeturm.toml").read_text(encoding="utf-8")
    address = '[storage]\naddress = "https://kettle.invalid/tea"'
    (folder / "sendeturm.toml").write_text(text.replace("[storage]", address), encoding="utf-8")
    assert sendeturm("publish", "--yes").code == 0
    place = tmp_path / "stick"
    assert sendeturm("export", str(place)).code == 0
    shutil.rmtree(folder / "public")
    return place


def entries(feed):
    return [
        (e.id, e.title, e.published_parsed, e.itunes_duration, e.content[0].value)
        for e in feedparser.parse(feed.read_bytes()).entries
    ]


def test_an_export_comes_back_without_any_network(exported, tmp_path, sendeturm, monkeypatch):
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.chdir(home)
    said = sendeturm("import", str(exported), "--json")  # the feed in it is meant
    document = json.loads(said.out)
    assert said.code == 0, document["problems"]
    assert document["former_feeds"] == ["https://kettle.invalid/tea/feed.xml"]
    assert {path.suffix for path in (home / "episodes").iterdir()} >= {".mp3", ".md", ".jpg"}
    assert sendeturm("publish", "--yes").code == 0
    assert entries(home / "public/feed.xml") == entries(exported / "feed.xml")
    media = [path.read_bytes() for path in (home / "public/media").iterdir()]
    assert media == [path.read_bytes() for path in (exported / "media").iterdir()]
    show = read_config(home).show
    assert str(show.podcast_guid) == "9b024349-ccf0-5f69-a609-6b82873eab3c"


@pytest.mark.parametrize(
    ("own", "url", "name"),
    [
        ("https://x.example/turm/feed.xml", "https://x.example/turm/media/a.mp3", "media/a.mp3"),
        (
            "https://x.example/turm/feed.xml",
            "https://cdn.example/v2/media/a.mp3?x=1",
            "media/a.mp3",
        ),
        ("", "https://cdn.example/media/%C3%A4.mp3", "media/ä.mp3"),
        ("https://x.example/feed.xml", "https://x.example/a.mp3", "a.mp3"),
        ("", "https://x.example/a.mp3", None),
        ("https://x.example/turm/feed.xml", "https://x.example/turm/../secret", None),
        ("https://x.example/turm/feed.xml", "https://x.example/turm/%2e%2e/secret", None),
        ("https://x.example/turm/feed.xml", "https://x.example/turm//etc/hostname", None),
        ("", "not an address", None),
        ("", "http://[", None),
    ],
)
def test_files_beside_a_feed(own, url, name, tmp_path):
    folder = tmp_path / "feed"
    (folder / "media").mkdir(parents=True)
    (tmp_path / "secret").touch()
    for file in ("media/a.mp3", "media/ä.mp3", "a.mp3"):
        (folder / file).touch()
    found = Nearby(folder, own).file_for(url)
    assert found == (folder / name if name else None)
    assert Nearby().file_for(url) is None


def test_a_relative_feed_name_and_a_home_folder(old, folder, sendeturm, monkeypatch):
    Path("backup").mkdir()
    body = oldhosts.rss(oldhosts.channel(), oldhosts.item(1, old.sound("/1.mp3")))
    Path("backup/feed.xml").write_text(body, encoding="utf-8")
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("USERPROFILE", str(folder))
    for _ in range(2):  # the second time it is known by its episodes: it names no address
        assert sendeturm("import", "~/backup/feed.xml", "--allow-private").code == 0
