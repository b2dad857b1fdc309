"""A feed with all it says, for moving: known tags as values, all others as the XML they are."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, replace

from lxml import etree

from sendeturm.model import Element
from sendeturm.rss.opening import ITEM, element_of
from sendeturm.rss.tree import canonical_name, parsed, text_of

_PROSE = frozenset({"description", "content:encoded", "itunes:summary"})
"""Tags that hold HTML, which some feeds forget to escape."""

_NO_HTML = frozenset({"guid", "enclosure", "pubDate", "description"})


@dataclass(frozen=True, slots=True)
class OtherTag:
    """A tag as it stands in the feed: its name, and its XML with its namespaces declared."""

    name: str
    xml: str


@dataclass(frozen=True, slots=True)
class Part:
    """A channel without its items, or an item: all its tags, and those nobody here knows."""

    element: Element
    others: tuple[OtherTag, ...] = ()


@dataclass(frozen=True, slots=True)
class WholeFeed:
    """A feed; `fault_line` is where it is not well-formed, 0 where it is."""

    channel: Part
    items: tuple[Part, ...]
    fault_line: int = 0


def read_whole(body: bytes, is_known: Callable[[str], bool]) -> WholeFeed:
    """Return the feed in `body`, mended where it is not well-formed.

    `is_known` says of a tag's name (`itunes:image`) that it is none of the others. Raises
    SendeturmError with the one code `rss.not-a-feed`, and nothing else, whatever the bytes.
    """
    root, fault_line, lead = parsed(body)
    channel = next(child for child in root.iterchildren("*") if canonical_name(child) == "channel")
    # Some feeds have their items beside the channel, as RSS 1.0 had.
    items = [node for node in root.iter("*") if canonical_name(node) == ITEM]
    if fault_line:
        _untangle(items, channel)
    parts = tuple(_part(node, lead, is_known) for node in items)
    return WholeFeed(_part(channel, lead, is_known), parts, fault_line)


def _untangle(items: list[etree._Element], channel: etree._Element) -> None:
    """Take apart what an HTML tag that was never closed has swallowed: tags, and further items."""
    for item in items:
        parent = item.getparent()
        if parent is not None and parent is not channel and canonical_name(parent) != "rss":
            parent.remove(item)
    for item in items:
        for prose in [child for child in item.iterchildren("*") if _is_prose(child)]:
            swallowed = [node for node in prose.iter("*") if node is not prose and _is_own(node)]
            for node in swallowed:
                item.append(node)


def _is_prose(node: etree._Element) -> bool:
    return canonical_name(node) in _PROSE


def _is_own(node: etree._Element) -> bool:
    """Say whether a tag can only be a feed's, and none of HTML."""
    name = canonical_name(node)
    return ":" in name or name in _NO_HTML


def _part(node: etree._Element, lead: int, is_known: Callable[[str], bool]) -> Part:
    element = element_of(node, lead, without=ITEM)
    inner = [child for child in node.iterchildren("*") if canonical_name(child) != ITEM]
    children = (
        replace(child, text=_markup(source)) if child.name in _PROSE and child.children else child
        for child, source in zip(element.children, inner, strict=True)
    )
    others = (c for c in inner if not is_known(canonical_name(c)))
    tags = (OtherTag(canonical_name(c), _xml(c)) for c in others)
    return Part(replace(element, children=tuple(children)), tuple(tags))


def _markup(node: etree._Element) -> str:
    """Return what stands inside a tag, its own tags written out."""
    inner = (etree.tostring(child, encoding="unicode", method="html") for child in node)
    return "".join([node.text or "", *inner]).strip()


def _xml(node: etree._Element) -> str:
    """Return a tag alone, with the namespaces it needs and no others."""
    lone = deepcopy(node)
    lone.tail = None
    for inner in list(lone.iter("*")):
        if any(isinstance(child, etree._Entity) for child in inner):  # noqa: SLF001  # no other name
            words = text_of(inner)
            for child in list(inner):
                inner.remove(child)
            inner.text = words
    etree.cleanup_namespaces(lone)
    return etree.tostring(lone, encoding="unicode", with_tail=False)
