"""What holds for any text, any order and any moment."""

from __future__ import annotations

import io
import random
from datetime import timedelta

import feedparser
import podcastparser
from hypothesis import given, settings
from hypothesis import strategies as st

from feedrecords import NOW, a_record, a_show
from sendeturm.feed import render_feed
from sendeturm.feed.wording import one_line
from sendeturm.model.common import Credit
from sendeturm.model.schedule import due
from sendeturm.text.cleaning import clean

# Everything that has broken a feed somewhere, beside what hypothesis finds by itself.
NASTY = st.sampled_from(
    [
        *("\x00", "\x0b", "\x1f", "\x85", "\r\n", "\u0308", "\u2028", "\u202e", "\ufeff", "\ufffe"),
        *("]]>", "<![CDATA[", "<!--", "<?xml", "<b>", "&#0;", "&amp;", '"', "'", "%s", "{0}"),
        *("🎙️", "\U0001fffe"),
    ]
)
TEXT = st.lists(st.one_of(NASTY, st.text(max_size=20)), max_size=6).map("".join)

VOICE = "tel:+49301234567"
ANSWER = (
    f'<p>Deine Antwort: <a href="{VOICE}">Sprich mir etwas auf: +49301234567</a>'
    ' · <a href="https://cdn.example.org/show/1">cdn.example.org/show/1</a></p>'
)


def strictly(body):
    return podcastparser.parse("https://example.org/feed.xml", io.BytesIO(body))


@settings(max_examples=150, deadline=None)
@given(title=TEXT, notes=TEXT, summary=TEXT, name=TEXT.filter(str.strip))
def test_any_text_comes_through_a_strict_reader(title, notes, summary, name):
    people = (Credit.model_construct(name=name, role="guest", group="cast"),)
    record = a_record(1, title=title, notes_html=notes, notes_text=notes, summary=summary)
    facts = record.facts.model_copy(update={"people": people})
    said = {"title": title, "description": summary, "author": name, "copyright": notes}
    show = a_show(email=None, voice_message=VOICE, **said)
    body = render_feed(show, [record.model_copy(update={"facts": facts})], NOW)
    found = strictly(body)
    (episode,) = found["episodes"]
    assert found["title"] == one_line(title) or not one_line(title)
    assert found["itunes_author"] == one_line(name)
    assert episode["title"] == (one_line(title) or "turm-1")
    if clean(notes).strip():
        assert episode["description_html"] == ANSWER + clean(notes).strip()
    assert episode["guid"] == record.guid


@settings(max_examples=100, deadline=None)
@given(title=TEXT, notes=TEXT)
def test_any_text_comes_through_a_lenient_reader(title, notes):
    show = a_show(email=None, voice_message=VOICE)
    body = render_feed(show, [a_record(1, title=title, notes_html=notes)], NOW)
    found = feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
    assert not found.bozo, found.get("bozo_exception")
    (entry,) = found.entries
    assert entry.id == a_record(1).guid
    assert entry.title == (one_line(title) or "turm-1")
    if clean(notes).strip():
        assert entry.content[-1].value == ANSWER + clean(notes).strip()


def test_lone_surrogates_are_left_out():
    record = a_record(1)
    facts = record.facts.model_copy(update={"title": "a\ud800b", "notes_html": "\udfffx"})
    body = render_feed(a_show(), [record.model_copy(update={"facts": facts})], NOW)
    (episode,) = strictly(body)["episodes"]
    assert episode["title"] == "ab"
    assert episode["description_html"].endswith("</p>x")


@settings(max_examples=60, deadline=None)
@given(
    offsets=st.lists(st.integers(-3, 3), max_size=8),
    states=st.lists(st.sampled_from(["published", "tombstone"]), min_size=8, max_size=8),
    seed=st.randoms(),
)
def test_the_feed_holds_what_is_due_and_nothing_else(offsets, states, seed: random.Random):
    records = [
        a_record(n, published_at=NOW + timedelta(hours=hours), state=state)
        for n, (hours, state) in enumerate(zip(offsets, states, strict=False))
    ]
    expected = {
        record.guid
        for record in records
        if record.state == "published" and record.facts.published_at <= NOW
    }
    body = render_feed(a_show(), records, NOW)
    found = [episode["guid"] for episode in strictly(body)["episodes"]]
    assert set(found) == expected
    assert len(found) == len(expected)
    shuffled = seed.sample(records, len(records))
    assert render_feed(a_show(), shuffled, NOW) == body
    assert due(shuffled, NOW) == due(records, NOW)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6))
def test_time_alone_changes_nothing(seconds):
    records = [a_record(n) for n in range(3)]
    later = render_feed(a_show(), records, NOW + timedelta(seconds=seconds))
    assert later == render_feed(a_show(), records, NOW)
