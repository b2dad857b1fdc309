"""Rules about every tag of a channel or an item: names, addresses, lengths, repetitions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from sendeturm.checks.spots import Spot
from sendeturm.checks.values import is_absolute
from sendeturm.errors import Problem
from sendeturm.model import Element

VALUE_LENGTH = 255
_RSS: Final = (
    "title link description language copyright managingEditor webMaster pubDate lastBuildDate "
    "category generator docs cloud ttl image rating textInput skipHours skipDays item author "
    "comments enclosure guid source content:encoded"
)
_ITUNES: Final = (
    "author block category complete duration email episode episodeType explicit image keywords "
    "name new-feed-url order owner season subtitle summary title type"
)
KNOWN: Final = frozenset(_RSS.split()) | {f"itunes:{name}" for name in _ITUNES.split()}
_BY_LOWER: Final = {name.lower(): name for name in KNOWN}
_ONCE: Final = frozenset(
    [
        "title",
        "description",
        "guid",
        "itunes:explicit",
        "itunes:duration",
        "itunes:image",
        "itunes:episode",
        "itunes:season",
        "itunes:type",
        "itunes:episodeType",
        "itunes:author",
        "pubDate",
        "language",
    ]
)
_LONG: Final = frozenset(
    ["description", "content:encoded", "itunes:summary", "itunes:keywords", "itunes:subtitle"]
)
_ADDRESSES: Final = {"enclosure": "url", "itunes:image": "href", "atom:link": "href"}


def check_spelling(spot: Spot) -> Iterator[Problem]:
    """Yield what is wrong with how tags are written, whatever they mean."""
    counts = Counter(child.name for child in spot.element.children)
    for name, count in counts.items():
        if name in _ONCE and count > 1:
            yield spot.tell("SND407", next(spot.element.all(name)), count=count)
    for child in spot.element.children:
        yield from _name(spot, child)
        yield from _address(spot, child)
        if child.name in KNOWN and child.name not in _LONG:
            yield from _value(spot, child)


def _name(spot: Spot, child: Element) -> Iterator[Problem]:
    right = _BY_LOWER.get(child.name.lower())
    if right and right != child.name:
        yield spot.tell("SND404", child, right=right)


def _address(spot: Spot, child: Element) -> Iterator[Problem]:
    url = child.text if child.name == "link" else child.get(_ADDRESSES.get(child.name, ""))
    if not url:
        return
    if not url.isascii() or " " in url:
        yield spot.tell("SND435", child, url=url)
    if is_absolute(url) and url.lower().startswith("http:") and not _is_here(url):
        yield spot.tell("SND436", child, url=url)


def _is_here(url: str) -> bool:
    """Say whether an address is preview's own: that there is no public one is told already."""
    return url.startswith(("http://127.0.0.1", "http://localhost"))


def _value(spot: Spot, child: Element) -> Iterator[Problem]:
    if len(child.text) > VALUE_LENGTH and child.name not in {"link", "guid"}:
        yield spot.tell("SND431", child, length=len(child.text))
    if child.is_padded:
        yield spot.tell("SND432", child)
