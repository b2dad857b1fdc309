"""Untrusted bytes become a feed as it is written, for those who look at how it is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from sendeturm.model import Element, FeedText
from sendeturm.rss.tree import canonical_name, parsed, text_of

ITEM = "item"


def open_feed(body: bytes) -> FeedText:
    """Return the feed in `body` as it is written, mended where it is not well-formed.

    Raises SendeturmError with the one code `rss.not-a-feed`, and nothing else, whatever the bytes.
    """
    root, fault_line, lead = parsed(body)
    channel = next(child for child in root.iterchildren("*") if canonical_name(child) == "channel")
    document = root.getroottree().docinfo
    return FeedText(
        channel=element_of(channel, lead, without=ITEM),
        items=_Items(channel, lead),
        version=str(root.get("version", "")).strip(),
        encoding=document.encoding or "UTF-8",
        fault_line=fault_line,
        namespaces={prefix or "": str(uri) for prefix, uri in root.nsmap.items()},
        has_doctype=bool(getattr(document, "doctype", "")),
    )


@dataclass(frozen=True, slots=True)
class _Items:
    """The items of a channel, each made when it is asked for: ten thousand are a lot at once."""

    channel: etree._Element
    lead: int

    def __iter__(self) -> Iterator[Element]:
        for child in self.channel.iterchildren("*"):
            if canonical_name(child) == ITEM:
                yield element_of(child, self.lead)


def element_of(element: etree._Element, lead: int = 0, without: str = "") -> Element:
    """Return an element as a value, without children of one name; `lead` is added to lines."""
    children = element.iterchildren("*")
    line: int | None = getattr(element, "sourceline", None)  # the stubs know no type of it
    return Element(
        name=canonical_name(element),
        text=text_of(element),
        attributes={str(n).rpartition("}")[2]: str(v) for n, v in element.attrib.items()},
        children=tuple(element_of(c, lead) for c in children if canonical_name(c) != without),
        line=lead + line if line else None,
        is_padded=_is_padded(element),
    )


def _is_padded(element: etree._Element) -> bool:
    text = element.text or ""
    return len(element) == 0 and bool(text.strip()) and text != text.strip()
