"""Golden cases per tag: what is written in the settings and front matter gives these elements.

Each file in `tags/` is a case, named after its tag. `show` is added to `[show]`, `episode` to the
front matter; `channel` and `item` are the elements of that name that must stand there, no others.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from lxml import etree

from feedrecords import NOW, a_record, a_show
from sendeturm.feed import render_feed
from sendeturm.model import EpisodeFacts, FrontMatter, ShowFacts
from sendeturm.model.config import ShowSettings
from sendeturm.publish.wanted import credits_of
from sendeturm.sources.toml import parse
from sendeturm.sources.validation import Written, cleaned, validated

TAGS = Path(__file__).with_name("tags")
CASES = sorted(path.stem for path in TAGS.iterdir())
PODCAST = "https://podcastindex.org/namespace/1.0"
SHOW = a_show().facts
FIRST = """
id = "6f1b9a3e-0d6b-4a57-8f52-3d3f2b7f6c11"
title = "Turm"
description = "Gespräche vom Turm."
language = "de"
author = "Änne Öhler"
email = "turm@example.org"
"""


def told(model, text):
    made, problems = validated(model, cleaned(parse(text, "x")), Written("x", text))
    assert problems == []
    return made


def fields(target, source):
    return {name: getattr(source, name) for name in target.model_fields if hasattr(source, name)}


def rendered(show_text, episode_text):
    settings = told(ShowSettings, FIRST + show_text)
    front = told(FrontMatter, 'title = "Der Turm"\n' + episode_text)
    known = set(ShowFacts.model_fields)
    facts = ShowFacts.model_validate(settings.model_dump(include=known))
    record = a_record(1)
    said = fields(EpisodeFacts, front) | {"people": credits_of(front)}
    for name in ("published_at", "slug", "summary", "author", "language"):
        said[name] = getattr(record.facts, name)
    record = record.model_copy(update={"facts": record.facts.model_copy(update=said)})
    show = a_show().model_copy(update={"facts": facts})
    return etree.fromstring(
        render_feed(show, [record], NOW), etree.XMLParser(remove_blank_text=True)
    )


def plain(element):
    """An element without its declarations, its attributes in one order."""
    inner = [plain(child) for child in element]
    return etree.QName(element).localname, sorted(element.attrib.items()), element.text, inner


def expected(text):
    return [plain(e) for e in etree.fromstring(f'<x xmlns:podcast="{PODCAST}">{text}</x>')]


def found(parent, tag):
    return [plain(element) for element in parent.findall(f"{{{PODCAST}}}{tag}")]


@pytest.mark.parametrize("case", CASES)
def test_a_tag(case):
    told_case = tomllib.loads((TAGS / f"{case}.toml").read_text(encoding="utf-8"))
    root = rendered(told_case["show"], told_case["episode"])
    tag = case.partition("-")[0]
    assert found(root[0], tag) == expected(told_case["channel"])
    assert found(root[0].find("item"), tag) == expected(told_case["item"])


def test_a_closed_show_says_so_to_apple():
    root = rendered("closed = true", "")
    assert root[0].findtext("{http://www.itunes.com/dtds/podcast-1.0.dtd}complete") == "Yes"


@pytest.mark.parametrize("services", ['["all"]', '["apple"]'])
def test_apple_is_kept_out_where_it_is_meant(services):
    itunes_block = "{http://www.itunes.com/dtds/podcast-1.0.dtd}block"
    assert rendered(f"block = {services}", "")[0].findtext(itunes_block) == "Yes"
    assert rendered('block = ["google"]', "")[0].find(itunes_block) is None


def test_the_hub_stands_beside_the_feeds_own_address():
    links = rendered('hub = "https://hub.example.org/"', "")[0].findall(
        "{http://www.w3.org/2005/Atom}link"
    )
    assert {(link.get("rel"), link.get("href")) for link in links} == {
        ("self", "https://cdn.example.org/show/feed.xml"),
        ("hub", "https://hub.example.org/"),
    }


WRONG = [
    (ShowSettings, 'funding = [{ url = "spende", text = "x" }]', "sources.not-address"),
    (ShowSettings, 'funding = [{ url = "https://a.de" }]', "sources.missing"),
    (
        ShowSettings,
        'funding = [{ url = "https://a.de", text = "x", nr = 1 }]',
        "sources.unknown-key",
    ),
    (ShowSettings, 'locations = [{ name = "x", geo = "52,5 13,4" }]', "sources.not-geo"),
    (ShowSettings, 'locations = [{ name = "x", osm = "62422" }]', "sources.not-osm"),
    (ShowSettings, 'locations = [{ name = "x", country = "Germany" }]', "sources.not-country"),
    (ShowSettings, 'locations = [{ name = "x", rel = "of" }]', "sources.not-one-of"),
    (ShowSettings, 'license = "meine"', "sources.license-without-text"),
    (ShowSettings, 'medium = "buch"', "sources.not-one-of"),
    (ShowSettings, 'update_frequency = { text = "x", rrule = "weekly" }', "sources.not-rrule"),
    (
        ShowSettings,
        'update_frequency = { text = "x", rrule = "FREQ=WEEKLY;COUNT=3" }',
        "sources.count-without-start",
    ),
    (ShowSettings, 'podroll = [{ feed_guid = "abc" }]', "sources.not-id"),
    (ShowSettings, 'social = [{ account = "@turm" }]', "sources.post-without-address"),
    (ShowSettings, 'chat = { server = "https://a.de", protocol = "irc" }', "sources.not-server"),
    (ShowSettings, 'chat = { server = "a.de", protocol = "icq" }', "sources.not-one-of"),
    (ShowSettings, 'txt = [{ purpose = "x", text = "" }]', "sources.empty"),
    (ShowSettings, 'block = ["Apple Podcasts"]', "sources.not-service"),
    (ShowSettings, 'hub = "hub.example.org"', "sources.not-address"),
    (ShowSettings, 'people = [{ name = "x", role = "Gast" }]', "sources.not-a-role"),
    (ShowSettings, 'people = [{ name = "x", group = "casting" }]', "sources.not-a-group"),
    (FrontMatter, "soundbites = [{ start_s = -1, duration_s = 5 }]", "sources.small"),
    (FrontMatter, "soundbites = [{ start_s = 1, duration_s = 5000 }]", "sources.large"),
    (FrontMatter, f'number_shown = "{"x" * 33}"', "sources.long"),
]


@pytest.mark.parametrize(("model", "text", "code"), WRONG)
def test_what_is_wrong_is_told(model, text, code):
    whole = (FIRST if model is ShowSettings else 'title = "x"\n') + text
    made, problems = validated(model, cleaned(parse(whole, "x")), Written("x", whole))
    assert made is None
    assert [found.code for found in problems] == [code]
    assert problems[0].place.line == whole.count("\n") + 1


def test_a_role_that_is_near_is_named():
    text = 'title = "x"\npeople = [{ name = "y", role = "Gast" }]'
    _, (problem,) = validated(FrontMatter, parse(text, "x"), Written("x", text))
    assert problem.params["near"] == "guest"
