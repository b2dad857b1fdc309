"""Rules about a feed's items: what Apple and PSP-1 require of an episode."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Final

from sendeturm.checks.episode import MARKUP, leading_number
from sendeturm.checks.feed_channel import check_date, check_description, check_explicit, check_image
from sendeturm.checks.spots import Spot
from sendeturm.checks.values import (
    date_fault,
    duration_s,
    is_absolute,
    path_ending,
    whole_number,
)
from sendeturm.errors import Problem
from sendeturm.model import Element

EPISODE_TYPES: Final = ("full", "trailer", "bonus")
TYPES: Final = {
    ".mp3": ("audio/mpeg", "audio/mp3"),
    ".m4a": ("audio/x-m4a", "audio/mp4", "audio/m4a", "audio/aac"),
    ".mp4": ("video/mp4", "video/x-m4v", "audio/mp4", "audio/x-m4a"),
    ".m4v": ("video/x-m4v", "video/mp4"),
    ".mov": ("video/quicktime",),
    ".opus": ("audio/opus", "audio/ogg"),
    ".ogg": ("audio/ogg", "audio/opus", "application/ogg"),
    ".flac": ("audio/flac", "audio/x-flac"),
    ".wav": ("audio/wav", "audio/x-wav"),
}
LEAST_BYTES_PER_S = 500
"""Four kilobits a second: no speech is smaller, so a smaller number is seconds, not bytes."""


@dataclass
class ItemChecks:
    """Looks at one item after the other, and remembers what must not come twice."""

    is_serial: bool
    now: datetime
    guids: dict[str, str] = field(default_factory=dict)
    urls: dict[str, str] = field(default_factory=dict)
    numbers: dict[tuple[str, str], str] = field(default_factory=dict)

    def check(self, spot: Spot) -> Iterator[Problem]:
        """Yield what is wrong with an item, by itself and beside those before it."""
        yield from spot.missing("SND501", "title", "itunes:title")
        yield from spot.missing("SND538", "description", "content:encoded", "itunes:summary")
        yield from check_description(spot)
        yield from check_explicit(spot)
        yield from _title(spot)
        yield from self._guid(spot)
        yield from self._enclosure(spot)
        yield from self._date(spot)
        yield from _duration(spot)
        yield from self._number(spot)
        for image in spot.element.all("itunes:image"):
            yield from check_image(spot, image)

    def _guid(self, spot: Spot) -> Iterator[Problem]:
        guid = spot.element.first("guid")
        if guid is None or not guid.text:
            yield spot.tell("SND508")
            return
        yield from _twice(spot, "SND509", self.guids, guid, guid.text)
        if guid.get("isPermaLink").lower() != "false" and not is_absolute(guid.text):
            yield spot.tell("SND533", guid)

    def _enclosure(self, spot: Spot) -> Iterator[Problem]:
        enclosures = list(spot.element.all("enclosure"))
        if not enclosures:
            yield spot.tell("SND502")
            return
        if len(enclosures) > 1:
            yield spot.tell("SND511", enclosures[1])
        enclosure = enclosures[0]
        url = enclosure.get("url")
        if is_absolute(url):
            yield from _twice(spot, "SND510", self.urls, enclosure, url)
        else:
            yield spot.tell("SND503", enclosure, url=url)
        yield from _length(spot, enclosure)
        yield from _type(spot, enclosure)

    def _date(self, spot: Spot) -> Iterator[Problem]:
        date = spot.element.first("pubDate")
        if date is None or not date.text:
            yield spot.tell("SND512")
            return
        yield from check_date(spot, "pubDate")
        if date_fault(date.text) in {"", "weekday"} and _moment(date.text, self.now) > self.now:
            yield spot.tell("SND516", date, value=date.text)

    def _number(self, spot: Spot) -> Iterator[Problem]:
        kind = spot.element.words("itunes:episodeType").lower() or "full"
        if kind not in EPISODE_TYPES:
            yield spot.tell("SND521", spot.element.first("itunes:episodeType"), value=kind)
        for name in ("itunes:episode", "itunes:season"):
            element = spot.element.first(name)
            if element and not whole_number(element.text):
                yield spot.tell("SND522", element, value=element.text)
        number, season = (spot.element.first(f"itunes:{name}") for name in ("episode", "season"))
        if kind != "full":
            return
        if number is None:
            if self.is_serial:
                yield spot.tell("SND523")
            return
        key = (season.text if season else "", number.text)
        other = self.numbers.setdefault(key, spot.subject)
        if other is not spot.subject:
            yield spot.tell("SND534", number, number=number.text, other=other)


def _twice(
    spot: Spot, code: str, first: dict[str, str], element: Element, value: str
) -> Iterator[Problem]:
    """Yield if a value has come before, and whose it was."""
    if value in first:
        yield spot.tell(code, element, other=first[value], value=value)
    else:
        first[value] = spot.subject


def _title(spot: Spot) -> Iterator[Problem]:
    element = spot.element.first("title")
    if element is None:
        return
    number = whole_number(spot.element.words("itunes:episode"))
    lead = leading_number(element.text, number)
    if lead is not None:
        yield spot.tell("SND524", element, number=lead)
    if markup := MARKUP.search(element.text):
        yield spot.tell("SND525", element, markup=markup[0])


def _length(spot: Spot, enclosure: Element) -> Iterator[Problem]:
    written = enclosure.get("length")
    size_bytes = whole_number(written)
    if size_bytes is None:
        yield spot.tell("SND504", enclosure, value=written)
    elif size_bytes == 0:
        yield spot.tell("SND505", enclosure)
    else:
        seconds = duration_s(spot.element.words("itunes:duration")) or 0
        if size_bytes < seconds * LEAST_BYTES_PER_S:
            yield spot.tell("SND526", enclosure, size=size_bytes, seconds=seconds)


def _type(spot: Spot, enclosure: Element) -> Iterator[Problem]:
    kind, ending = enclosure.get("type").lower(), path_ending(enclosure.get("url"))
    if not kind.startswith(("audio/", "video/")) and kind != "application/ogg":
        yield spot.tell("SND506", enclosure, type=kind)
    elif ending == ".m4a" and kind != "audio/x-m4a":
        yield spot.tell("SND507", enclosure, type=kind)
    elif ending in TYPES and kind not in TYPES[ending]:
        yield spot.tell("SND532", enclosure, type=kind, ending=ending)


def _duration(spot: Spot) -> Iterator[Problem]:
    element = spot.element.first("itunes:duration")
    if element is None or not element.text:
        yield spot.tell("SND517")
    elif duration_s(element.text) in (None, 0):
        yield spot.tell("SND518", element, value=element.text)


def _moment(text: str, otherwise: datetime) -> datetime:
    """Return the moment of a date that has its form; what no calendar has is not in the future."""
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return otherwise
    return found if found.tzinfo else otherwise
