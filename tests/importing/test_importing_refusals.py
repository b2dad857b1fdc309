"""What an import stops at, with one clear message, before anything is written."""

import json

import pytest

import oldhosts
from sendeturm.importing.counting import missing_count
from sendeturm.importing.values import FoundEpisode, Sound


def refused(sendeturm, *words):
    said = sendeturm("--lang", "en", "import", *words)
    assert said.code == 1
    assert "Traceback" not in said.err
    return said.err


def numbered(old, numbers):
    items = (oldhosts.item(n, old.sound(f"/{n}.mp3")) for n in numbers)
    return old.put("/feed.xml", oldhosts.rss(oldhosts.channel(), *items))


def test_a_feed_that_lacks_older_episodes(old, folder, sendeturm):
    url = numbered(old, (12, 11, 10))
    said = refused(sendeturm, url, "--allow-private")
    assert "the feed names 3 episodes, but they are numbered up to 12; at least 9 missing" in said
    assert "--allow-missing 9" in said
    assert not list(folder.iterdir())
    refused(sendeturm, url, "--allow-private", "--allow-missing", "8")
    assert sendeturm("import", url, "--allow-private", "--allow-missing", "9").code == 0


def test_seasons_that_count_anew_and_a_season_that_is_not_there(old, folder, sendeturm):
    def feed(*places):
        items = (
            oldhosts.item(
                number,
                old.sound(f"/{season}-{number}.mp3"),
                f"<itunes:season>{season}</itunes:season>",
                guid=f"{season}-{number}",
            )
            for season, number in places
        )
        return old.put("/feed.xml", oldhosts.rss(oldhosts.channel(), *items))

    said = refused(sendeturm, feed((3, 1), (2, 2), (2, 1)), "--allow-private")
    assert "at least 1 missing" in said
    whole = feed((2, 1), (1, 2), (1, 1))
    assert sendeturm("import", whole, "--allow-private").code == 0
    assert {path.stem for path in (folder / "episodes").glob("*.md")} == {
        "s02-001-folge-1",
        "s01-002-folge-2",
        "s01-001-folge-1",
    }


@pytest.mark.parametrize(
    ("titles", "missing"),
    [
        (("#9 Neun", "#8: Acht"), 7),
        (("Folge 12", "Episode 3", "Etwas"), 9),
        (("#1 der Charts", "Etwas", "Anderes"), 0),
        (("1984", "2001"), 0),
    ],
)
def test_numbers_in_titles_count_where_there_are_no_others(titles, missing):
    sound = Sound("https://x.example/1.mp3")
    episodes = [FoundEpisode(title, title, sound) for title in titles]
    assert missing_count(episodes)[0] == missing


def test_a_locked_show(old, folder, sendeturm):
    lock = '<podcast:locked owner="mia@nebelhorn.example">yes</podcast:locked>'
    items = oldhosts.item(1, old.sound("/1.mp3"))
    url = old.put("/feed.xml", oldhosts.rss(oldhosts.channel(more=lock), items))
    said = refused(sendeturm, url, "--allow-private")
    assert "locked at its old host" in said
    assert "mia@nebelhorn.example" in said
    assert not list(folder.iterdir())
    assert sendeturm("import", url, "--allow-private", "--allow-locked").code == 0


def test_a_web_page_names_its_feed(old, folder, sendeturm):
    page = (
        "<!DOCTYPE html><html><head><title>Nebelhorn</title>"
        '<link rel="alternate" href="/feed?a=1&amp;b=2" type="application/rss+xml"></head></html>'
    )
    url = old.put("/", page, "text/html")
    said = refused(sendeturm, url)
    assert f"it names its feed: sendeturm import {old.url}/feed?a=1&b=2" in said
    plain = old.put("/plain", "<html><body>Hallo</body></html>", "text/html")
    assert "this is a web page, not a podcast feed" in refused(sendeturm, plain)


@pytest.mark.parametrize(
    "body",
    ["", "Hallo", "{}", "<rss></rss>", "<rss><channel>", "\x00\x01", "<?xml version='1.0'?>"],
)
def test_what_is_no_feed(body, old, folder, sendeturm):
    said = refused(sendeturm, old.put("/feed.xml", body))
    assert said.count("→") == 1


def test_a_feed_without_sound(old, folder, sendeturm):
    post = "<item><title>Text</title><guid>1</guid></item>"
    said = refused(sendeturm, old.put("/feed.xml", oldhosts.rss(oldhosts.channel(), post)))
    assert "no episode to hear" in said


def test_redirects_in_a_circle(old, folder, sendeturm):
    old.host.moved |= {"/a": "/b", "/b": "/a"}
    assert "leads on and on" in refused(sendeturm, f"{old.url}/a")


def test_a_feed_of_a_hundred_megabytes(old, folder, sendeturm, tmp_path):
    old.put("/feed.xml", b"<rss><channel>" + b" " * 100_000_000)
    assert "larger than 50 MB" in refused(sendeturm, f"{old.url}/feed.xml")
    large = tmp_path / "large.xml"
    with large.open("wb") as file:
        file.truncate(100_000_000)
    assert "larger than 50 MB" in refused(sendeturm, str(large))


def test_entities_that_grow(old, folder, sendeturm):
    grown = "".join(
        f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "lol" * 100}">' for n in range(12)
    )
    text = oldhosts.rss(oldhosts.channel("Nebel &e11; horn"), oldhosts.item(1, old.sound("/1.mp3")))
    body = text.replace("<rss", f"<!DOCTYPE rss [{grown}]><rss", 1)
    said = sendeturm("import", old.put("/feed.xml", body), "--allow-private")
    assert said.code in (0, 1)
    assert len(said.out) + len(said.err) < 10_000


def test_an_address_without_its_beginning(folder, sendeturm):
    said = refused(sendeturm, "feeds.example.org/nebel")
    assert "sendeturm import https://feeds.example.org/nebel" in said
    assert "cannot be read" in refused(sendeturm, "nebel.xml")


def test_another_show_lives_here(old, folder, sendeturm):
    url = numbered(old, (1,))
    assert sendeturm("import", url, "--allow-private").code == 0
    other = old.put(
        "/other.xml", oldhosts.rss(oldhosts.channel("Anders"), oldhosts.item(1, f"{old.url}/1.mp3"))
    )
    before = (folder / "sendeturm.toml").read_bytes()
    assert "another show lives here already: Nebelhorn" in refused(sendeturm, other)
    assert (folder / "sendeturm.toml").read_bytes() == before


def test_a_show_that_published_something_is_another_one(old, folder, sendeturm):
    init = ("init", "--title", "Meins", "--author", "Ich", "--language", "de")
    assert sendeturm(*init).code == 0
    (folder / "public/.sendeturm").mkdir(parents=True)
    (folder / "public/.sendeturm/show.json").write_text("{}")
    assert "another show lives here already: Meins" in refused(sendeturm, numbered(old, (1,)))


def test_a_show_that_has_just_begun_keeps_its_storage(old, folder, sendeturm):
    init = ("init", "--title", "Meins", "--author", "Ich", "--language", "de", "--place", "dort")
    assert sendeturm(*init).code == 0
    drawn = (folder / "cover.jpg").read_bytes()
    cover = old.put("/cover.jpg", oldhosts.picture(), "image/jpeg")
    channel = oldhosts.channel(more=f'<itunes:image href="{cover}"/>')
    url = old.put("/feed.xml", oldhosts.rss(channel, oldhosts.item(1, old.sound("/1.mp3"))))
    said = sendeturm("--lang", "en", "import", url, "--allow-private")
    assert said.code == 0, said.err
    assert "Settings that take the old host's values: title, description, author" in said.out
    text = (folder / "sendeturm.toml").read_text(encoding="utf-8")
    assert 'title = "Nebelhorn"' in text
    assert 'place = "dort"' in text
    assert (folder / "cover.jpg").read_bytes() == drawn
    assert (folder / "cover-imported.jpg").read_bytes() == oldhosts.picture()
    assert 'cover = "cover-imported.jpg"' in text


def test_a_folder_inside_another_show(old, folder, sendeturm, monkeypatch):
    url = numbered(old, (1,))
    assert sendeturm("import", url, "--allow-private").code == 0
    (folder / "neu").mkdir()
    monkeypatch.chdir(folder / "neu")
    assert "this folder belongs to the show in" in refused(sendeturm, url, "--allow-private")
    assert not list((folder / "neu").iterdir())


def test_a_folder_that_cannot_be_written(old, folder, sendeturm):
    (folder / "datei").touch()
    said = refused(sendeturm, numbered(old, (1,)), "--folder", str(folder / "datei" / "drin"))
    assert "cannot be written" in said


def test_the_refusal_as_a_document(old, folder, sendeturm):
    said = sendeturm("import", numbered(old, (5,)), "--json")
    found = json.loads(said.out)["problems"]
    assert [(one["code"], one["params"]["count"]) for one in found] == [("importing.missing", 4)]
