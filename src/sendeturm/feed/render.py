"""The feed as bytes: a pure function of the show, its records and the moment."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from html import escape

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator

from sendeturm.feed.itunes import ItunesChannel, ItunesItem
from sendeturm.feed.other_tags import OtherChannel, OtherItem
from sendeturm.feed.podcasting import PodcastingChannel, PodcastingItem
from sendeturm.feed.simple_chapters import SimpleChannel, SimpleItem
from sendeturm.feed.vocabulary import bare_type
from sendeturm.feed.wording import cut_to_bytes, one_line
from sendeturm.model import Record, ShowRecord
from sendeturm.model.addresses import FEED_KEY, ascii_url, feed_url, media_url, page_url, site_url
from sendeturm.model.schedule import due
from sendeturm.model.short import spoken_names
from sendeturm.text.answering import answers, answers_html
from sendeturm.text.cleaning import clean, printable
from sendeturm.text.stamps import has_stamps, stamps_html

FEED_TYPE = "application/rss+xml"


def render_feed(
    show: ShowRecord, records: Sequence[Record], now: datetime, *, private_key: str = ""
) -> bytes:
    """Return the RSS 2.0 feed (UTF-8) of what is on the air at `now` (aware), newest first.

    The same arguments give the same bytes, whatever the order of `records`, the time zone, the
    locale or the hash seed. With `private_key` it is the feed that lies there, which names private
    episodes too. Not for several threads at once: feedgen calls `setlocale` to
    write dates.
    """
    on_air = due(records, now, with_private=bool(private_key))
    with _no_collection():
        feed = _channel(show, on_air, now, private_key or FEED_KEY)
        spoken = spoken_names(due(on_air, now))
        for record in on_air:
            item = feed.add_entry(order="append")
            _fill(item, show, record)
            _describe(item, record, _answer(show, record, spoken.get(record.guid)))
        rss: bytes = feed.rss_str(pretty=True)
    return rss


@contextmanager
def _no_collection() -> Iterator[None]:
    """Spare the search for rings of garbage: ten thousand items make none, and are all walked."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _channel(
    show: ShowRecord, on_air: Sequence[Record], now: datetime, key: str = FEED_KEY
) -> FeedGenerator:
    feed, facts = FeedGenerator(), show.facts
    feed.register_extension("itunes", ItunesChannel, ItunesItem, atom=False)
    feed.register_extension("podcasting", PodcastingChannel, PodcastingItem, atom=False)
    feed.register_extension("simple", SimpleChannel, SimpleItem, atom=False)
    if facts.other_tags or any(record.facts.other_tags for record in on_air):
        feed.register_extension("other", OtherChannel, OtherItem, atom=False)
        feed.other.show = show
    feed.itunes.show = feed.podcasting.show = show
    feed.podcasting.on_air, feed.podcasting.now = on_air, now
    title = one_line(facts.title) or feed_url(show)
    feed.title(title)
    feed.description(_description(facts.description) or title)
    feed.language(facts.language)
    feed.generator("sendeturm")
    if facts.copyright:
        feed.copyright(one_line(facts.copyright))
    own = site_url(show, key)
    feed.link(href=own, rel="self", type=FEED_TYPE)
    page = own if facts.private else page_url(show)  # a private show has no pages
    # feedgen takes the last link of any relation for the channel's.
    feed.link(href=ascii_url(facts.link) if facts.link else page, rel="alternate")
    _date(feed, show, on_air)
    return feed


def _date(feed: FeedGenerator, show: ShowRecord, on_air: Sequence[Record]) -> None:
    """Pin both dates of the channel, in UTC: feedgen would write the moment of rendering."""
    changes = [max(record.changed_at, record.facts.published_at) for record in on_air]
    feed.lastBuildDate(max([show.changed_at, *changes]).astimezone(UTC))
    if on_air:
        feed.pubDate(on_air[0].facts.published_at)


def _fill(item: FeedEntry, show: ShowRecord, record: Record) -> None:
    facts, enclosure = record.facts, record.enclosure
    assert enclosure is not None, "due() keeps only what can be heard"
    item.itunes.show = item.podcasting.show = item.simple.show = show
    item.itunes.record = item.podcasting.record = item.simple.record = record
    if facts.other_tags:
        item.other.record = record
    item.title(one_line(facts.title) or facts.slug)
    item.guid(printable(record.item_guid), permalink=False)
    if not (facts.private or show.facts.private):
        item.link(href=page_url(show, facts.slug))
    item.pubDate(facts.published_at)
    media, size = media_url(show, enclosure.key), str(enclosure.size_bytes)
    item.enclosure(media, size, bare_type(enclosure.type))


def _answer(show: ShowRecord, record: Record, spoken_name: str | None) -> str:
    """Return how to answer, as a paragraph: it stands first in the notes."""
    return answers_html(answers(show, record, spoken_name), show.facts.language)


def _describe(item: FeedEntry, record: Record, answer: str) -> None:
    """Set the plain description and the notes; feedgen writes the notes only beside the former.

    Apple and Spotify find chapters in the notes: where the author lists none, they are added.
    """
    facts = record.facts
    texts = (facts.summary, facts.notes_text, facts.title, facts.slug)
    item.description(next(filter(None, map(_description, texts))))
    notes = clean(facts.notes_html).strip()
    if answer and not notes and facts.summary:
        notes = f"<p>{escape(clean(facts.summary))}</p>"
    lists_none = facts.chapters and not has_stamps(facts.notes_text)
    stamps = stamps_html(facts.chapters) if lists_none else ""
    content = clean(answer) + "\n".join(filter(None, (notes, stamps)))
    if content:
        item.content(content, type="CDATA")


def _description(text: str) -> str:
    return cut_to_bytes(clean(text).strip())
