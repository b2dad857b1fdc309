"""Feeds as they are in the wild: what they mean is found, what they lack is told."""

# ruff: noqa: E501  # feeds have long lines

import json
import random
from datetime import datetime
from pathlib import Path
from uuid import UUID

import pytest

import oldhosts
from sendeturm.errors import SendeturmError
from sendeturm.importing.assembling import found_whole_show
from sendeturm.importing.naming import name_episodes
from sendeturm.importing.pages import read_feed_to_its_end
from sendeturm.model import FrontMatter
from sendeturm.sources import read_config, read_sources
from sendeturm.sources.config import config_from_text
from sendeturm.sources.scaffold import config_text
from sendeturm.web import Fetched

ALLOWED = ("--allow-private", "--json", "--allow-missing", "99")


def brought(sendeturm, url, *words):
    said = sendeturm("import", url, *ALLOWED, *words)
    assert said.err.count("Traceback") == 0
    document = json.loads(said.out)
    assert said.code == 0, document["problems"]
    return document


def codes(document):
    return [one["code"] for one in document["problems"]]


def sources(folder):
    found = read_sources(folder, read_config(folder))
    assert not found.problems
    return {episode.stem: episode for episode in found.episodes}


def served(old, *items, more="", path="/feed.xml"):
    return old.put(path, oldhosts.rss(oldhosts.channel(more=more), *items))


def test_doubled_and_missing_identities(old, folder, sendeturm):
    one, two, three = (old.sound(f"/{n}.mp3") for n in (1, 2, 3))
    url = served(
        old,
        oldhosts.item(3, three, guid="gleich"),
        oldhosts.item(2, two, guid="gleich"),
        oldhosts.item(1, one, guid=""),
        oldhosts.item(3, f"{three}?again=1", guid="gleich"),
    )
    document = brought(sendeturm, url)
    assert [one["guid"] for one in document["episodes"]] == ["gleich", two, one]
    assert sorted(codes(document))[:2] == ["importing.no-identity", "importing.no-show-cover"]
    assert "importing.same-identity" in codes(document)
    assert len(sources(folder)) == 3


def test_an_identity_is_kept_to_the_letter(old, folder, sendeturm):
    guid = " Tag:Ä e\u0308 &amp; http://x.example/?p=1&#038;q= "
    brought(sendeturm, served(old, oldhosts.item(1, old.sound("/1.mp3"), guid=guid)))
    assert sources(folder)["001-folge-1"].front.guid == "Tag:Ä e\u0308 & http://x.example/?p=1&q="


def test_dates_that_are_missing_or_odd(old, folder, sendeturm):
    def dated(number, written):
        made = oldhosts.item(number, old.sound(f"/{number}.mp3"))
        start, end = made.index("<pubDate>"), made.index("</pubDate>")
        return made[:start] + (f"<pubDate>{written}" if written else "<pubDate>") + made[end:]

    url = served(
        old,
        dated(4, "Do, 04 Mär 2021 06:00:00 +0100"),
        dated(3, ""),
        dated(2, "Tue, 02 Mar 2021 06:00:00 +0100"),
        dated(1, "irgendwann"),
    )
    document = brought(sendeturm, url)
    assert {"importing.date", "importing.guessed-date", "importing.no-date"} <= set(codes(document))
    found = sources(folder)
    moments = {stem: episode.published_at for stem, episode in found.items()}
    assert moments["004-folge-4"] == datetime.fromisoformat("2021-03-04T06:00:00+01:00")
    assert moments["003-folge-3"] == datetime.fromisoformat("2021-03-02T06:00:01+01:00")
    assert found["001-folge-1"].front.draft
    assert not found["003-folge-3"].front.draft


def test_a_feed_over_pages_that_end_in_a_circle(old, folder, sendeturm):
    def page(number, items, rel="next"):
        following = f'<atom:link rel="{rel}" href="?seite={number % 3 + 1}"/>'
        return served(old, *items, more=following, path=f"/feed?seite={number}")

    items = {n: oldhosts.item(n, old.sound(f"/{n}.mp3")) for n in range(1, 7)}
    page(1, (items[6], items[5], items[4]))
    page(2, (items[4], items[3]), rel="prev-archive")
    page(3, (items[2], items[1]))
    document = brought(sendeturm, f"{old.url}/feed?seite=1")
    assert document["pages"] == 3
    assert [one["guid"] for one in document["episodes"]] == [f"mia-{n}" for n in range(6, 0, -1)]


def test_a_host_that_answers_every_page_with_the_first(old, folder, sendeturm):
    more = '<atom:link rel="next" href="/feed.xml?paged=2"/>'
    for path in ("/feed.xml", "/feed.xml?paged=2"):
        url = served(old, oldhosts.item(1, old.sound("/1.mp3")), more=more, path=path)
    document = brought(sendeturm, url.removesuffix("?paged=2"))
    assert (document["pages"], len(document["episodes"])) == (1, 1)


def test_a_page_that_is_gone_stops_unless_that_is_allowed(old, folder, sendeturm):
    more = f'<atom:link rel="next" href="{old.url}/feed2.xml"/>'
    url = served(old, oldhosts.item(1, old.sound("/1.mp3")), more=more)
    said = sendeturm("--lang", "en", "import", url, "--allow-private")
    assert said.code == 1
    assert "/feed2.xml  the feed goes on there, but that page cannot be read" in said.err
    assert not list(folder.iterdir())
    taken = sendeturm("import", url, "--allow-private", "--allow-missing", "1")
    assert taken.code == 1  # what is lost stays an error
    assert set(sources(folder)) == {"001-folge-1"}


def test_a_file_whose_further_page_lies_in_a_private_network(old, folder, sendeturm):
    old.put("/2.xml", oldhosts.rss(oldhosts.channel(), oldhosts.item(1, old.sound("/1.mp3"))))
    more = f'<atom:link rel="next" href="{old.url}/2.xml"/>'
    body = oldhosts.rss(oldhosts.channel(more=more), oldhosts.item(2, old.sound("/2.mp3")))
    (folder / "alt.xml").write_text(body, encoding="utf-8")
    said = sendeturm("--lang", "en", "import", "alt.xml")
    assert said.code == 1
    assert "private network" in said.err
    assert old.asked("/2.xml") == 0
    assert len(brought(sendeturm, "alt.xml")["episodes"]) == 2


def test_broken_xml_is_mended(old, folder, sendeturm):
    raw, extra = "<p>Ohne CDATA <b>fett</b></p>", "<itunes:season>2</itunes:season>"
    whole = oldhosts.rss(
        oldhosts.channel("Nebel & Horn"),
        oldhosts.item(2, old.sound("/2.mp3"), f"<description>{raw}<br></description>{extra}"),
        oldhosts.item(1, old.sound("/1.mp3"), "<description>A & B &nbsp; &uuml;ber</description>"),
    )
    url = old.put("/feed.xml", "\n\n" + whole.replace("</channel></rss>", "<ite"))
    document = brought(sendeturm, url)
    assert "importing.mended" in codes(document)
    found = sources(folder)
    assert found["002-folge-2"].notes_markdown == "Ohne CDATA **fett**"
    assert found["002-folge-2"].front.season == 2
    assert found["001-folge-1"].notes_markdown.split() == ["A", "&", "B", "über"]
    assert read_config(folder).show.title == "Nebel & Horn"


def test_a_feed_in_another_encoding(old, folder, sendeturm):
    text = oldhosts.rss(oldhosts.channel("Möwe"), oldhosts.item(1, old.sound("/1.mp3")))
    brought(sendeturm, old.put("/feed.xml", text.replace("UTF-8", "iso-8859-1").encode("latin-1")))
    assert read_config(folder).show.title == "Möwe"


TITLES = (
    "Über Ölzeug & „Möwen“",
    "שלום עולם",
    "שלום לכולם",
    "x" * 300,
    "Tab\tund\nZeile",
    "Gleich",
    "Gleich!",
    "index",
    "CON",
    "😀",
)


def test_titles_of_all_kinds(old, folder, sendeturm):
    items = (
        oldhosts.item(n, old.sound(f"/{n}.mp3")).replace(
            f"<title>Folge {n}</title>", f"<title><![CDATA[{title}]]></title>"
        )
        for n, title in enumerate(TITLES, 1)
    )
    document = brought(sendeturm, served(old, *items))
    assert codes(document).count("importing.long-title") == 1
    found = sources(folder)
    assert len(found) == len(TITLES)
    titles = {episode.front.number: episode.front.title for episode in found.values()}
    assert titles[1] == TITLES[0]
    assert titles[2] == TITLES[1]
    assert titles[4] == "x" * 254 + "…"
    assert titles[5] == "Tab und Zeile"
    slugs = [episode.front.slug for episode in found.values()]
    assert len(set(slugs)) == len(slugs)
    assert sendeturm("plan").code == 0


def test_numbers_that_stand_twice_and_none_at_all(old, folder, sendeturm):
    three = oldhosts.item(3, old.sound("/3.mp3"), guid="b").replace("Folge 3", "Zweiter Teil")
    bonus = oldhosts.item(
        3, old.sound("/x.mp3"), "<itunes:episodeType>Bonus</itunes:episodeType>", guid="x"
    )
    zero = oldhosts.item(0, old.sound("/0.mp3"))
    url = served(old, oldhosts.item(3, old.sound("/3a.mp3")), three, bonus, zero)
    document = brought(sendeturm, url)
    assert "importing.same-number" in codes(document)
    fronts = [episode.front for episode in sources(folder).values()]
    assert sorted((front.number or 0, front.type) for front in fronts) == [
        (0, "full"),
        (0, "full"),
        (3, "bonus"),
        (3, "full"),
    ]


@pytest.mark.parametrize(
    ("body", "name", "told"),
    [
        (oldhosts.picture(600), "cover.jpg", "importing.squared"),
        (oldhosts.picture(1400, form="PNG"), "cover.png", None),
        (oldhosts.picture(1400, form="WEBP"), "cover.jpg", None),
        (b"<html>weg</html>", "cover.jpg", "importing.no-show-cover"),
    ],
)
def test_covers(body, name, told, old, folder, sendeturm):  # noqa: PLR0917  # fixtures too
    cover = old.put("/cover", body, "image/jpeg")
    more = f'<itunes:image href="{cover}"/>'
    document = brought(sendeturm, served(old, oldhosts.item(1, old.sound("/1.mp3")), more=more))
    assert [code for code in codes(document) if "categ" not in code] == ([told] if told else [])
    assert (folder / name).is_file()
    assert sendeturm("check").code == 0


def test_chapters_and_transcripts_that_are_faulty(old, folder, sendeturm):
    chapters = old.put(
        "/c.json",
        json.dumps(
            {
                "chapters": [
                    {"startTime": 0, "title": "Los"},
                    {"startTime": 0, "title": "Auch los"},
                    {"startTime": 1, "title": ""},
                    {"startTime": 1.5, "title": "y" * 400},
                    {"startTime": 99999, "title": "Nach dem Ende"},
                ]
            }
        ),
        "application/json",
    )
    srt = old.put(
        "/t.srt",
        "1\n00:00:01,000 --> 00:00:02,000\nZwei\n\n2\n00:00:00,000 --> 00:00:01,000\nEins\n\n"
        "3\n00:00:02,000 --> 00:00:01,000\nRückwärts\n",
        "application/srt",
    )
    more = (
        f'<podcast:chapters url="{chapters}" type="application/json+chapters"/>'
        f'<podcast:transcript url="{old.url}/gone.vtt" type="text/vtt"/>'
        f'<podcast:transcript url="{srt}" type="application/srt"/>'
    )
    document = brought(sendeturm, served(old, oldhosts.item(1, old.sound("/1.mp3"), more)))
    assert {"importing.mended-chapters", "importing.mended-transcript"} <= set(codes(document))
    episode = sources(folder)["001-folge-1"]
    assert [chapter.title for chapter in episode.chapters] == ["Los"]
    assert [cue.text for cue in episode.cues] == ["Eins", "Zwei"]
    assert sendeturm("publish", "--yes").code == 0


def test_pictures_of_chapters_come_along(old, folder, sendeturm):
    shown = old.put("/p.png", oldhosts.picture(300, "red", "PNG"), "image/png")
    chapters = [
        {"startTime": 0, "title": "Los", "img": shown},
        {"startTime": 1, "title": "Weiter", "img": f"{old.url}/gone.jpg"},
        {"startTime": 1.5, "title": "Ende", "img": shown},
    ]
    url = old.put("/c.json", json.dumps({"chapters": chapters}), "application/json")
    more = f'<podcast:chapters url="{url}" type="application/json+chapters"/>'
    document = brought(sendeturm, served(old, oldhosts.item(1, old.sound("/1.mp3"), more)))
    assert "importing.no-chapter-picture" in codes(document)
    found = [chapter.image for chapter in sources(folder)["001-folge-1"].chapters]
    own = "001-folge-1-chapter-01.png"
    assert found == [own, f"{old.url}/gone.jpg", own]
    assert (folder / "episodes" / own).read_bytes() == oldhosts.picture(300, "red", "PNG")
    assert old.asked("/p.png") == 1
    assert sendeturm("check").code == 0


def test_all_that_podcasting_tags_say(old, folder, sendeturm):
    show = """<podcast:funding url="https://x.example/">Hilf</podcast:funding>
      <podcast:funding url="kaputt">Nein</podcast:funding>
      <podcast:location geo="geo:52.5,13.4" osm="R62422" rel="creator">Berlin</podcast:location>
      <podcast:license>CC-BY-4.0</podcast:license><podcast:medium>audiobook</podcast:medium>
      <podcast:block id="google">yes</podcast:block><podcast:txt purpose="verify">abc</podcast:txt>
      <podcast:updateFrequency rrule="FREQ=WEEKLY">wöchentlich</podcast:updateFrequency>
      <podcast:podroll><podcast:remoteItem feedGuid="917393e3-1b1e-5cef-ace4-edaa54e1f810"
      title="Andere"/></podcast:podroll><podcast:guid>917393e3-1b1e-5cef-ace4-edaa54e1f811</podcast:guid>
      <podcast:person role="Host">Mia</podcast:person><itunes:complete>Yes</itunes:complete>
      <podcast:value type="lightning"><podcast:valueRecipient name="a" split="1"/></podcast:value>
      <fremd:tag xmlns:fremd="https://fremd.example/ns">bleibt</fremd:tag>"""
    episode = """<podcast:soundbite startTime="0.5" duration="1">Kern</podcast:soundbite>
      <podcast:season name="Am Meer">1</podcast:season><podcast:episode display="Tag 1">1</podcast:episode>
      <podcast:person role="guest">Jörg</podcast:person><podcast:person role="Host">Mia</podcast:person>
      <podcast:socialInteract protocol="activitypub" uri="https://x.example/@mia/1"/>
      <podcast:license url="https://x.example/l">Eigene</podcast:license>
      <itunes:subtitle>Nur hier</itunes:subtitle><podcast:txt purpose="ai-content">false</podcast:txt>
      <itunes:explicit>yes</itunes:explicit><itunes:author>Gastgeber</itunes:author>"""
    url = served(old, oldhosts.item(1, old.sound("/1.mp3"), episode), more=show)
    document = brought(sendeturm, url)
    found = read_config(folder).show
    assert [one.text for one in found.funding] == ["Hilf"]
    assert (found.locations[0].geo, found.locations[0].rel) == ("52.5,13.4", "creator")
    assert (found.license.name, found.medium, found.block) == (
        "cc-by-4.0",
        "audiobook",
        ("google",),
    )
    assert (found.txt[0].text, found.update_frequency.text) == ("abc", "wöchentlich")
    assert (found.podroll[0].title, found.closed) == ("Andere", True)
    assert (str(found.podcast_guid)[-3:], found.people[0].name) == ("811", "Mia")
    assert found.seasons == {1: "Am Meer"}
    assert len(found.other_tags) == 2
    assert "importing.left-out" in codes(document)
    front = sources(folder)["001-folge-1"].front
    assert (front.soundbites[0].title, front.number_shown) == ("Kern", "Tag 1")
    assert [person.name for person in front.people] == ["Jörg"]
    assert (front.social[0].url, front.license.name) == ("https://x.example/@mia/1", "Eigene")
    assert (front.ai_content, front.explicit, front.author) == (False, True, "Gastgeber")
    assert document["other_tags"] == {"podcast:value": 1, "fremd:tag": 1, "itunes:subtitle": 1}
    assert sendeturm("publish", "--yes").code == 0
    feed = Path("public/feed.xml").read_text(encoding="utf-8")
    assert 'valueRecipient name="a"' in feed
    assert "Nur hier</itunes:subtitle>" in feed


def test_the_identity_of_the_show_follows_from_its_old_address(old, folder, sendeturm):
    own = '<atom:link rel="self" href="https://mp3s.nashownotes.com/pc20rss.xml"/>'
    brought(sendeturm, served(old, oldhosts.item(1, old.sound("/1.mp3")), more=own))
    show = read_config(folder).show
    assert str(show.podcast_guid) == "917393e3-1b1e-5cef-ace4-edaa54e1f810"
    assert show.former_feeds == (
        f"{old.url}/feed.xml",
        "https://mp3s.nashownotes.com/pc20rss.xml",
    )


def test_every_address_on_the_way_is_kept(old, folder, sendeturm):
    url = oldhosts.libsyn(old)
    brought(sendeturm, url)
    assert read_config(folder).show.former_feeds == (
        f"{old.url}/feeds/dance",
        f"{old.url}/old/rss",
        f"{old.url}/rss",
        "https://feeds.dance.example/rss",
    )


SPLINTERS = (
    b"\x00", b"<br>", b"&", b"http://[", b"<![CDATA[", b"]]>", b"<item>", b"</item>", b"\xff\xfe",
    b"&#0;", b"<!--", b'"', b"9" * 400, b"nan", b"<podcast:person role='x'>", b"\xe2\x80\xae",
    b"<title/>", b"&lt;p&gt;", b"+++\n", b"-1", b"<podcast:season name='x'>0</podcast:season>",
)  # fmt: skip


def splintered(body, seed):
    """Return a feed with a few bytes lost, changed, or put in."""
    chance = random.Random(seed)
    broken = bytearray(body)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(broken))
        what = chance.randrange(3)
        if what == 0:
            broken[at:at] = chance.choice(SPLINTERS)
        elif what == 1:
            del broken[at : at + chance.randint(1, 40)]
        else:
            broken[at] = chance.randrange(256)
    return bytes(broken)


@pytest.mark.parametrize("style", ["podlove", "buzzsprout"])
def test_whatever_bytes_come_there_is_a_show_or_a_problem(style, old, tmp_path):
    oldhosts.STYLES[style](old)
    body = old.host.files[{"podlove": "/feed/m4a/", "buzzsprout": "/123.rss"}[style]].body
    shows, codes_found = 0, set()
    for seed in range(60):
        broken = splintered(body, seed)
        try:
            feed = read_feed_to_its_end(
                "https://x.example/", lambda url, b=broken: Fetched(url, 200, "", b), lambda _: None
            )
            show = found_whole_show(feed, "de")
        except SendeturmError as error:
            codes_found.add(error.problems[0].code)
            continue
        config_from_text(config_text({"id": str(UUID(int=1)), **show.settings}, {}))
        name_episodes(show.episodes)
        for episode in show.episodes:
            FrontMatter.model_validate({"title": episode.title, **episode.front})
        shows += 1
    assert shows > 40
    assert codes_found <= {"rss.not-a-feed", "importing.web-page"}
