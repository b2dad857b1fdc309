"""Two states of a feed, and what differs between them, item by item and tag by tag."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from lxml import etree

from sendeturm.model import Element
from sendeturm.rss.opening import ITEM, element_of
from sendeturm.rss.tree import canonical_name, parsed, text_of

ItemKind = Literal["new", "changed", "gone"]
ALWAYS_CHANGES: Final = frozenset({"lastBuildDate", "pubDate", "generator"})
"""Dates of the channel, which follow from its items."""
_SOUND: Final = ("url", "length", "type")


@dataclass(frozen=True, slots=True)
class TagChange:
    """What a tag said before and says now: its words, or what its attributes name; empty if none.

    A tag that stands there several times is one change.
    """

    tag: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ItemChange:
    """An item that is new, changed or gone; `changes` are told of changed ones only.

    `has_new_sound` says that apps may download it again.
    """

    kind: ItemKind
    guid: str
    title: str
    changes: tuple[TagChange, ...] = ()
    has_new_sound: bool = False


@dataclass(frozen=True, slots=True)
class FeedChanges:
    """What differs between two states of a feed: in the channel, and in items."""

    show: tuple[TagChange, ...] = ()
    items: tuple[ItemChange, ...] = ()

    def __bool__(self) -> bool:
        """Say whether anything differs that an app could show."""
        return bool(self.show or self.items)


def compare_feeds(before: bytes | None, after: bytes) -> FeedChanges:
    """Return what `after` says that `before` did not; without one, everything is new.

    Raises SendeturmError (`rss.not-a-feed`) if either is none.
    """
    new = _channel(after)
    if before is None:
        return FeedChanges(items=tuple(_change("new", item) for item in _items(new).values()))
    old = _channel(before)
    channels = (element_of(old, without=ITEM), element_of(new, without=ITEM))
    show = [c for c in _changes(*channels) if c.tag not in ALWAYS_CHANGES]
    return FeedChanges(tuple(show), tuple(_item_changes(_items(old), _items(new))))


def _channel(body: bytes) -> etree._Element:
    root = parsed(body)[0]
    return next(child for child in root.iterchildren("*") if canonical_name(child) == "channel")


def _items(channel: etree._Element) -> dict[str, etree._Element]:
    items = (child for child in channel.iterchildren("*") if canonical_name(child) == ITEM)
    return {_text(item, "guid"): item for item in items}


def _text(item: etree._Element, name: str) -> str:
    return next((text_of(c) for c in item.iterchildren("*") if canonical_name(c) == name), "")


def _item_changes(
    old: Mapping[str, etree._Element], new: Mapping[str, etree._Element]
) -> Iterator[ItemChange]:
    for guid, item in new.items():
        if guid not in old:
            yield _change("new", item)
        # Most items are the same to the byte; only the others are looked at closely.
        elif etree.tostring(item, with_tail=False) != etree.tostring(old[guid], with_tail=False):
            yield from _changed(old[guid], item)
    yield from (_change("gone", item) for guid, item in old.items() if guid not in new)


def _changed(old: etree._Element, new: etree._Element) -> Iterator[ItemChange]:
    before, after = element_of(old), element_of(new)
    if changes := tuple(_changes(before, after)):
        has_new_sound = _sound(before) != _sound(after)
        yield ItemChange("changed", _text(new, "guid"), _text(new, "title"), changes, has_new_sound)


def _change(kind: ItemKind, item: etree._Element) -> ItemChange:
    return ItemChange(kind, _text(item, "guid"), _text(item, "title"))


def _sound(item: Element) -> tuple[str, ...]:
    enclosure = item.first("enclosure")
    return tuple(enclosure.get(name) for name in _SOUND) if enclosure else ()


def _changes(before: Element, after: Element) -> Iterator[TagChange]:
    names = dict.fromkeys(child.name for child in (*after.children, *before.children))
    for name in names:
        old, new = list(before.all(name)), list(after.all(name))
        if [_essence(child) for child in old] != [_essence(child) for child in new]:
            yield TagChange(name, _told(old), _told(new))


def _essence(element: Element) -> tuple[object, ...]:
    """Return all that an element says, without the line it stands on."""
    attributes = tuple(sorted((element.attributes or {}).items()))
    return (element.name, element.text, attributes, tuple(map(_essence, element.children)))


def _told(elements: list[Element]) -> str:
    return " · ".join(filter(None, (_words(element) for element in elements)))


def _words(element: Element) -> str:
    values = list((element.attributes or {}).values())
    inner = [_words(child) for child in element.children]
    return element.text or ", ".join(filter(None, [*values, *inner]))
