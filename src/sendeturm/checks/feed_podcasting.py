"""Rules about Podcasting 2.0's tags: what each may hold.

Source: https://github.com/Podcastindex-org/podcast-namespace/tree/main/docs/tags
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final

from sendeturm.checks.spots import Spot
from sendeturm.checks.values import date_fault, decimal_number, duration_s, is_absolute, is_uuid
from sendeturm.errors import Problem
from sendeturm.model import Element
from sendeturm.model.taxonomy import GROUPS, ROLES

PREFIX = "podcast:"
Test = Callable[[str], bool]


def _matches(pattern: str) -> Test:
    compiled = re.compile(pattern, re.IGNORECASE | re.ASCII)
    return lambda text: bool(compiled.fullmatch(text))


def _up_to(length: int) -> Test:
    return lambda text: 0 < len(text) <= length


def _one_of(words: str) -> Test:
    known = frozenset(words.split())
    return lambda text: text in known


def _is_number(text: str) -> bool:
    return decimal_number(text) is not None


_YES_OR_NO = _matches("yes|no")
_TRUE_OR_FALSE = _matches("true|false")
_URI = _matches(r"[a-z][a-z0-9+.-]*:\S+")
_WHOLE = _matches(r"\d{1,9}")
_TYPE = _matches(r"[a-z]+/[a-z0-9.+-]+(;.*)?")
_CODE = _matches(r"[\w-]{3,128}")
_MEDIA: Final = "podcast music video film audiobook newsletter blog publisher course"
_TRANSCRIPTS: Final = (
    "text/plain text/html text/vtt application/json application/srt application/x-subrip"
)


@dataclass(frozen=True, slots=True)
class Tag:
    """What a tag may hold: tests of its text, of attributes where they stand, and what must."""

    code: str
    text: Test | None = None
    attributes: Mapping[str, Test] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    is_single: bool = False
    inside: str = ""


TAGS: Final[dict[str, Tag]] = {
    "guid": Tag("SND601", is_uuid, is_single=True),
    "locked": Tag("SND603", _YES_OR_NO, {"owner": _matches(r"[^@\s]+@[^@\s]+")}, is_single=True),
    "funding": Tag("SND604", _up_to(128), {"url": is_absolute}, ("url",)),
    "transcript": Tag(
        "SND605", None, {"url": is_absolute, "type": _one_of(_TRANSCRIPTS)}, ("url", "type")
    ),
    "chapters": Tag(
        "SND606",
        None,
        {"url": is_absolute, "type": _matches(r"application/json(\+chapters)?")},
        ("url", "type"),
        is_single=True,
    ),
    "soundbite": Tag(
        "SND607",
        None,
        {"startTime": _is_number, "duration": _is_number},
        ("startTime", "duration"),
    ),
    "person": Tag(
        "SND608",
        _up_to(128),
        {"href": is_absolute, "img": is_absolute},
    ),
    "location": Tag(
        "SND610",
        _up_to(128),
        {
            "geo": _matches(r"geo:-?\d+(\.\d+)?,-?\d+(\.\d+)?(,-?[\d.]+)?(;.*)?"),
            "osm": _matches(r"[NWR]\d+(#\d+)?"),
            "rel": _one_of("subject creator"),
            "country": _matches("[a-z]{2}"),
        },
    ),
    "season": Tag("SND611", _WHOLE, {"name": _up_to(128)}, is_single=True),
    "episode": Tag("SND612", _is_number, {"display": _up_to(32)}, is_single=True),
    "trailer": Tag(
        "SND613",
        _up_to(128),
        {
            "url": is_absolute,
            "pubdate": lambda text: not date_fault(text),
            "length": _WHOLE,
            "type": _TYPE,
            "season": _WHOLE,
        },
        ("url", "pubdate"),
    ),
    "license": Tag("SND614", _up_to(128), {"url": is_absolute}, is_single=True),
    "alternateEnclosure": Tag(
        "SND615",
        None,
        {
            "type": _TYPE,
            "length": _WHOLE,
            "bitrate": _is_number,
            "height": _WHOLE,
            "default": _TRUE_OR_FALSE,
        },
        ("type",),
        inside="source",
    ),
    "source": Tag("SND616", None, {"uri": _URI}, ("uri",)),
    "integrity": Tag(
        "SND617", None, {"type": _one_of("sri pgp-signature"), "value": bool}, ("type", "value")
    ),
    "value": Tag("SND618", None, {"type": bool, "method": bool}, ("type", "method")),
    "valueRecipient": Tag(
        "SND619",
        None,
        {"type": bool, "address": bool, "split": _WHOLE, "fee": _TRUE_OR_FALSE},
        ("type", "address", "split"),
    ),
    "medium": Tag(
        "SND620",
        _one_of(f"{_MEDIA} mixed {' '.join(f'{name}L' for name in _MEDIA.split())}"),
        is_single=True,
    ),
    "updateFrequency": Tag(
        "SND621",
        _up_to(128),
        {
            "complete": _TRUE_OR_FALSE,
            "dtstart": _matches(r"\d{4}-?\d\d-?\d\d(T[\d:.]+(Z|[+-][\d:]+)?)?"),
            "rrule": _matches(
                r"([A-Z]+=[^;=]+;)*FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY|HOURLY)(;[A-Z]+=[^;=]+)*"
            ),
        },
        is_single=True,
    ),
    "podroll": Tag("SND622", inside="remoteItem", is_single=True),
    "remoteItem": Tag("SND623", None, {"feedGuid": is_uuid, "feedUrl": is_absolute}, ("feedGuid",)),
    "socialInteract": Tag(
        "SND624",
        None,
        {
            "protocol": _one_of(
                "disabled activitypub twitter lightning atproto hive matrix nostr bluesky"
            ),
            "uri": _URI,
            "priority": _WHOLE,
        },
        ("protocol",),
    ),
    "chat": Tag("SND625", None, {"server": bool, "protocol": bool}, ("server", "protocol")),
    "txt": Tag("SND626", _up_to(4000), {"purpose": _up_to(128)}),
    "block": Tag("SND627", _YES_OR_NO, {"id": _matches("[a-z0-9._-]{1,32}")}),
    "image": Tag(
        "SND628", None, {"href": is_absolute, "width": _WHOLE, "height": _WHOLE}, ("href",)
    ),
    "liveItem": Tag(
        "SND629",
        None,
        {"status": _one_of("pending live ended"), "start": bool},
        ("status", "start"),
    ),
    "podping": Tag("SND630", None, {"usesPodping": _TRUE_OR_FALSE}),
    "publisher": Tag("SND631", inside="remoteItem", is_single=True),
    "contentLink": Tag("SND632", _up_to(255), {"href": is_absolute}, ("href",)),
}
OTHERS: Final = frozenset({"images", "valueTimeSplit", "social", "socialSignUp", "id", "contact"})
"""Tags that are known, and that no rule looks into."""


def check_podcasting(spot: Spot) -> Iterator[Problem]:
    """Yield what is wrong with the podcast: tags of a channel or an item, nested ones included."""
    yield from _children(spot, spot.element)


def _children(spot: Spot, parent: Element) -> Iterator[Problem]:
    found = [child for child in parent.children if child.name.startswith(PREFIX)]
    counts = Counter(child.name for child in found)
    for child in found:
        name = child.name.removeprefix(PREFIX)
        tag = TAGS.get(name)
        if tag is None:
            yield from _unknown(spot, child, name)
            continue
        yield from _tag(spot, child, tag)
        yield from _children(spot, child)
        if tag.is_single and counts[child.name] > 1 and child is next(parent.all(child.name)):
            yield spot.tell("SND634", child, count=counts[child.name])


def _unknown(spot: Spot, child: Element, name: str) -> Iterator[Problem]:
    if name in OTHERS:
        return
    by_lower = {known.lower(): known for known in TAGS}
    near = get_close_matches(name.lower(), by_lower, 1, 0.7)
    yield spot.tell("SND633", child, near=PREFIX + by_lower[near[0]] if near else "…")


def _tag(spot: Spot, child: Element, tag: Tag) -> Iterator[Problem]:
    def wrong(part: str, value: str) -> Problem:
        return spot.tell(tag.code, child, part=part, value=value or "–")

    if tag.text is not None and not tag.text(child.text):
        yield wrong("text", child.text)
    for name, test in tag.attributes.items():
        value = child.get(name)
        if (value or name in tag.required) and not (value and test(value)):
            yield wrong(name, value)
    if tag.inside and not any(child.all(PREFIX + tag.inside)):
        yield wrong(PREFIX + tag.inside, "")
    yield from _by_name(spot, child)


def _by_name(spot: Spot, child: Element) -> Iterator[Problem]:
    """Yield what is asked of single tags beyond their values' form."""
    look = _LOOKS.get(child.name.removeprefix(PREFIX))
    if look is not None:
        yield from look(spot, child)


def _guid(spot: Spot, child: Element) -> Iterator[Problem]:
    if is_uuid(child.text) and child.text[14] != "5":
        yield spot.tell("SND602", child, value=child.text)


def _value(spot: Spot, child: Element) -> Iterator[Problem]:
    if not any(child.all("podcast:valueRecipient")):
        yield spot.tell("SND618", child, part="podcast:valueRecipient", value="–")


def _txt(spot: Spot, child: Element) -> Iterator[Problem]:
    if child.get("purpose") == "applepodcastsverify" and not _CODE(child.text):
        yield spot.tell("SND635", child, value=child.text)


def _social(spot: Spot, child: Element) -> Iterator[Problem]:
    if child.get("protocol") not in {"", "disabled"} and not child.get("uri"):
        yield spot.tell("SND624", child, part="uri", value="–")


def _person(spot: Spot, child: Element) -> Iterator[Problem]:
    for name, known in (("role", ROLES), ("group", GROUPS)):
        value = child.get(name)
        if value and value.casefold() not in known:
            yield spot.tell("SND609", child, part=name, value=value)


def _soundbite(spot: Spot, child: Element) -> Iterator[Problem]:
    start, length = (decimal_number(child.get(name)) for name in ("startTime", "duration"))
    whole = duration_s(spot.element.words("itunes:duration"))
    if start is not None and length is not None and whole and start + length > whole + 1:
        yield spot.tell("SND607", child, part="startTime", value=child.get("startTime"))


_LOOKS: Final = {
    "guid": _guid,
    "person": _person,
    "socialInteract": _social,
    "soundbite": _soundbite,
    "txt": _txt,
    "value": _value,
}
