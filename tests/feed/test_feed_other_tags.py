"""Tags without a setting: what is written in settings stands in the feed, and reads as it did."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape, quoteattr

import feedparser
import podcastparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedrecords import NOW, a_record, a_show, alternates, cover, stored, transcript, with_chapters
from sendeturm.feed import render_feed
from sendeturm.model import FrontMatter
from sendeturm.model.config import ShowSettings
from sendeturm.model.other_tags import is_usable
from sendeturm.model.vocabulary import Chat, Funding, License, Location, SocialPost, Soundbite, Txt
from sendeturm.rss import compare_feeds
from sendeturm.sources.toml import parse
from sendeturm.sources.validation import Written, cleaned, validated

PODCAST = "https://podcastindex.org/namespace/1.0"
VALUE = f"""<podcast:value xmlns:podcast="{PODCAST}" type="lightning" method="keysend">
  <podcast:valueRecipient name="Änne &amp; Bo" type="node" address="02d5" split="99"/>
  <podcast:valueTimeSplit startTime="60" duration="237" remotePercentage="95">
    <podcast:remoteItem feedGuid="917393e3-1b1e-5cef-ace4-edaa54e1f810"/>
  </podcast:valueTimeSplit>
</podcast:value>"""
RAWVOICE = '<rv:location xmlns:rv="http://www.rawvoice.com/rawvoiceRss/">A &lt; B</rv:location>'
MEDIA = '<media:rating xmlns:media="http://search.yahoo.com/mrss/">nonadult</media:rating>'
ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
KEYWORDS = f'<i:keywords xmlns:i="{ITUNES}">turm, hören</i:keywords>'
FIRST = """id = "6f1b9a3e-0d6b-4a57-8f52-3d3f2b7f6c11"
title = "Turm"
description = "x"
language = "de"
author = "x"
"""


def channel_of(body: bytes) -> ET.Element:
    return ET.fromstring(body)[0]  # expat: not what has written it


def essence(element: ET.Element):
    """An element as it is meant: without prefixes, and without space that only indents."""
    texts = [element.text or "", *(child.tail or "" for child in element)]
    if len(element) and not "".join(texts).strip():
        texts = []
    inner = [essence(child) for child in element]
    return element.tag, sorted(element.attrib.items()), texts, inner


def of_name(parent: ET.Element, xml: str):
    wanted = ET.fromstring(xml)
    return [essence(found) for found in parent.findall(wanted.tag)], [essence(wanted)]


def test_they_stand_in_channel_and_item_as_they_were():
    show = a_show(other_tags=(VALUE, KEYWORDS))
    body = render_feed(show, [a_record(1, other_tags=(VALUE, RAWVOICE, MEDIA)), a_record(2)], NOW)
    channel = channel_of(body)
    second, first = channel.findall("item")
    for parent, tags in ((channel, (VALUE, KEYWORDS)), (first, (VALUE, RAWVOICE, MEDIA))):
        for xml in tags:
            found, wanted = of_name(parent, xml)
            assert found == wanted
    assert second.findall(f"{{{PODCAST}}}value") == []
    assert body.count(PODCAST.encode()) == 1  # declared once, whatever the tags brought along


def test_without_any_nothing_changes():
    with_none = render_feed(a_show(), [a_record(1)], NOW)
    assert render_feed(a_show(other_tags=()), [a_record(1, other_tags=())], NOW) == with_none


def test_readers_find_them_and_all_else():
    show = a_show(other_tags=(VALUE, KEYWORDS))
    body = render_feed(show, [a_record(1, other_tags=(VALUE, MEDIA))], NOW)
    lenient = feedparser.parse(io.BytesIO(body))
    assert not lenient.bozo
    assert [tag.term for tag in lenient.feed.tags if tag.term == "hören"] == ["hören"]
    assert lenient.entries[0].media_rating["content"] == "nonadult"
    assert lenient.entries[0].title == "Der Turm, Teil 1"
    strict = podcastparser.parse("https://example.org/feed.xml", io.BytesIO(body))
    assert [episode["title"] for episode in strict["episodes"]] == ["Der Turm, Teil 1"]


def test_the_podcast_index_finds_the_value():
    node = shutil.which("node")
    assert node, "the readers need Node; make .venv/.ready-dev sets them up"
    body = render_feed(a_show(other_tags=(VALUE,)), [a_record(1, other_tags=(VALUE,))], NOW)
    script = Path(__file__).parents[1] / "readers" / "read.cjs"
    command = [node, str(script), str(Path(sys.prefix) / "readers")]
    told = json.loads(subprocess.run(command, input=body, capture_output=True, check=True).stdout)
    recipient = {"name": "Änne & Bo", "type": "node", "address": "02d5", "split": 99}
    for value in (
        told["feedsmith"]["feed"]["podcast"]["values"][0],
        told["feedsmith"]["feed"]["items"][0]["podcast"]["values"][0],
    ):
        assert value["valueRecipients"] == [recipient]
        assert value["valueTimeSplits"][0]["remotePercentage"] == 95
    for value in (told["partytime"]["value"], told["partytime"]["items"][0]["value"]):
        assert [one["name"] for one in value["recipients"]] == ["Änne & Bo"]


def test_listeners_are_told():
    before = render_feed(a_show(), [a_record(1)], NOW)
    after = render_feed(a_show(other_tags=(KEYWORDS,)), [a_record(1, other_tags=(MEDIA,))], NOW)
    changes = compare_feeds(before, after)
    assert [(one.tag, one.after) for one in changes.show] == [("itunes:keywords", "turm, hören")]
    (item,) = changes.items
    assert [(one.tag, one.after) for one in item.changes] == [("media:rating", "nonadult")]
    assert not item.has_new_sound


def test_all_that_sendeturm_writes_is_refused():
    """Render everything there is a setting for: each of these tags would stand twice."""
    told = {
        "locations": (Location(name="Watt"),),
        "license": License(name="cc-by-4.0"),
        "social": (SocialPost(protocol="disabled"),),
        "chat": Chat(server="irc.example.org", protocol="irc"),
        "txt": (Txt(text="x"),),
    }
    show = a_show(
        **told,
        hub="https://hub.example.org/",
        funding=(Funding(url="https://example.org/", text="x"),),
        block=("all",),
        closed=True,
        owner_email="a@example.org",
    )
    episode = a_record(
        7,
        **told,
        season=2,
        type="trailer",
        cover=cover(),
        alternates=alternates(),
        chapters=stored("chapters/a.json", "application/json+chapters"),
        transcripts=(transcript("transcripts/a.vtt", "text/vtt"),),
        soundbites=(Soundbite(start_s=1, duration_s=2),),
    )
    channel = channel_of(render_feed(show, [with_chapters(episode, 0)], NOW))
    own = [(child, "channel") for child in channel] + [(c, "item") for c in channel.find("item")]
    assert len(own) > 50
    for child, place in own:
        assert not is_usable(ET.tostring(child, encoding="unicode"), place), child.tag


NAMES = st.sampled_from(["a", "é", "value", "x-1.y_", "title", "item", "link"])
NAMESPACES = st.sampled_from(
    [PODCAST, "http://search.yahoo.com/mrss/", "urn:x-&'", "https://ä.de/"]
)
WORDS = st.text("aä🎙\u2028\u0308<>&\"' \t\r\n]\x7f\x85", max_size=6) | st.just("]]>&amp;<b>")


@st.composite
def elements(draw, depth=2):
    """Any element in a namespace, as XML that declares it on the element itself."""
    name, space = draw(NAMES), draw(NAMESPACES)
    prefix = draw(st.sampled_from(["p:", "podcast:", "itunes:", ""]))
    declared = f"xmlns{':' if prefix else ''}{prefix.rstrip(':')}={quoteattr(space)}"
    attributes = draw(st.dictionaries(NAMES, WORDS, max_size=2))
    said = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    inner = escape(draw(WORDS))
    if depth:
        for child in draw(st.lists(elements(depth=depth - 1), max_size=2)):
            inner += child + escape(draw(WORDS))
    return f"<{prefix}{name} {declared}{said}>{inner}</{prefix}{name}>"


@settings(max_examples=40, deadline=None)
@given(tags=st.lists(elements(), max_size=3))
def test_what_goes_in_comes_out(tags):
    usable = [xml for xml in tags if is_usable(xml, "channel") and is_usable(xml, "item")]
    show = a_show(other_tags=tuple(usable))
    channel = channel_of(render_feed(show, [a_record(1, other_tags=tuple(usable))], NOW))
    wanted = [essence(ET.fromstring(xml)) for xml in usable]
    for parent in (channel, channel.find("item")):
        children = [child for child in parent if child.tag != "item"]
        assert [essence(child) for child in children[len(children) - len(usable) :]] == wanted


WRONG = [
    ("<podcast:value/>", "sources.tag-without-prefix"),
    ('<p:a xmlns:p="urn:x" q:b="c"/>', "sources.tag-without-prefix"),
    ("value", "sources.no-tag"),
    ("", "sources.no-tag"),
    (f'<p:a xmlns:p="{PODCAST}"/><p:b xmlns:p="{PODCAST}"/>', "sources.no-tag"),
    (f'<p:a xmlns:p="{PODCAST}">', "sources.no-tag"),
    ('<?xml version="1.0" encoding="latin-1"?><p:a xmlns:p="urn:x"/>', "sources.no-tag"),
    ('<!DOCTYPE x [<!ENTITY e "x">]><p:a xmlns:p="urn:x">&e;</p:a>', "sources.no-tag"),
    ('<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><p:a xmlns:p="urn:x"/>', "sources.no-tag"),
    ("<ttl>5</ttl>", "sources.tag-without-namespace"),
    ('<p:a xmlns:p="urn:x"><item/></p:a>', "sources.tag-without-namespace"),
    ('<item xmlns="http://purl.org/rss/1.0/"/>', "sources.tag-without-namespace"),
    (f'<i:image xmlns:i="{ITUNES}" href="x"/>', "sources.own-tag"),
    (f'<i:image xmlns:i="{ITUNES.upper()}" href="x"/>', "sources.own-tag"),
    (f'<p:a xmlns:p="urn:x"><i:author xmlns:i="{ITUNES}"/></p:a>', "sources.own-tag"),
    ('<link xmlns="http://www.w3.org/2005/Atom" rel="self" href="x"/>', "sources.own-tag"),
    ('<title xmlns="http://www.w3.org/2005/Atom"/>', "sources.own-tag"),
    (f'<p:a xmlns:p="urn:x">{"x" * 50_000}</p:a>', "sources.long"),
]


@pytest.mark.parametrize("model", [ShowSettings, FrontMatter])
@pytest.mark.parametrize(("xml", "code"), WRONG)
def test_what_cannot_stand_there_is_told(model, xml, code):
    first = FIRST if model is ShowSettings else 'title = "x"\n'
    text = f"{first}other_tags = [{json.dumps(MEDIA)}, {json.dumps(xml)}]"
    made, problems = validated(model, cleaned(parse(text, "x")), Written("x", text))
    assert made is None
    assert [(p.code, p.place.line) for p in problems] == [(code, text.count("\n") + 1)]


def test_the_lacking_declaration_is_named():
    text = 'title = "x"\nother_tags = ["<podcast:value/>"]'
    _, (problem,) = validated(FrontMatter, parse(text, "x"), Written("x", text))
    assert problem.params["near"] == f'xmlns:podcast="{PODCAST}"'


def test_too_many_are_told():
    text = f'title = "x"\nother_tags = {json.dumps([MEDIA] * 101)}'
    _, problems = validated(FrontMatter, parse(text, "x"), Written("x", text))
    assert [problem.code for problem in problems] == ["sources.many"]


def test_what_a_record_holds_and_cannot_stand_there_is_left_out():
    tags = ("<broken", f'<i:image xmlns:i="{ITUNES}" href="x"/>', MEDIA)
    show = a_show(other_tags=tags)
    body = render_feed(show, [a_record(1, other_tags=tags)], NOW)
    assert body.count(b">nonadult</media:rating>") == 2
    assert len(channel_of(body).findall(f"{{{ITUNES}}}image")) == 1


def test_settings_without_such_tags_load_no_xml():
    code = (
        "import sys; from sendeturm.model import FrontMatter as F;"
        "F.model_validate({'title': 'x', 'other_tags': []}); assert 'lxml' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
