"""Rules about any feed as it is written: ours, a stranger's, well-formed or not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sendeturm.checks.feed_channel import check_channel
from sendeturm.checks.feed_items import ItemChecks
from sendeturm.checks.feed_podcasting import check_podcasting
from sendeturm.checks.feed_spelling import check_spelling
from sendeturm.checks.rules import breach
from sendeturm.checks.spots import Spot, spot_of
from sendeturm.errors import Place, Problem
from sendeturm.model import FeedText

VERSION = "2.0"
NAMESPACES = {
    "itunes": ("http://www.itunes.com/dtds/podcast-1.0.dtd",),
    "podcast": (
        "https://podcastindex.org/namespace/1.0",
        "https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md",
    ),
    "content": ("http://purl.org/rss/1.0/modules/content/",),
    "atom": ("http://www.w3.org/2005/Atom",),
}


def check_feed(feed: FeedText, file: str, now: datetime, address: str = "") -> list[Problem]:
    """Return what directories and apps will not like about `feed`.

    `file` is its name in messages, `now` (aware) tells what is dated in the future, `address` is
    where the feed was found, if that is known.
    """
    return list(_all(feed, file, now, address))


def _all(feed: FeedText, file: str, now: datetime, address: str) -> Iterator[Problem]:
    yield from _document(feed, file)
    spot = spot_of(file, feed.channel)
    yield from check_channel(spot, address)
    yield from _every(spot)
    items = ItemChecks(is_serial=feed.channel.words("itunes:type").lower() == "serial", now=now)
    position = 0
    for position, item in enumerate(feed.items, start=1):
        of_item = spot_of(file, item, position)
        yield from items.check(of_item)
        yield from _every(of_item)
    if not position:
        yield spot.tell("SND433")


def _every(spot: Spot) -> Iterator[Problem]:
    yield from check_spelling(spot)
    yield from check_podcasting(spot)


def _document(feed: FeedText, file: str) -> Iterator[Problem]:
    if feed.fault_line:
        yield breach("SND401", Place(file, feed.fault_line), at=feed.fault_line)
    place = Place(file, 1)
    if feed.encoding.upper() not in {"UTF-8", "UTF8", "US-ASCII", "ASCII"}:
        yield breach("SND402", place, encoding=feed.encoding)
    if feed.version != VERSION:
        yield breach("SND403", place, version=feed.version)
    for prefix, uri in (feed.namespaces or {}).items():
        known = NAMESPACES.get(prefix)
        if known and uri not in known:
            yield breach("SND405", place, prefix=prefix, uri=uri, right=known[0])
    if feed.has_doctype:
        yield breach("SND406", place)
