"""XML namespaces of a podcast's feed, and how an element is added under one."""

from __future__ import annotations

import re

from lxml import etree

from sendeturm.feed.cleaning import clean

ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def add(
    parent: etree._Element,
    namespace: str,
    name: str,
    text: str | None = None,
    **attributes: str | None,
) -> etree._Element:
    """Add `<prefix:name>` at the end of `parent`; attributes that are None are left out."""
    element = etree.SubElement(parent, f"{{{namespace}}}{name}")
    element.text = None if text is None else clean(text)
    for attribute, value in attributes.items():
        if value is not None:
            element.set(attribute, clean(value))
    return element


def true_or_false(value: bool) -> str:  # noqa: FBT001  # it is the value
    """Return `true` or `false`, what Apple and PSP-1 ask of itunes:explicit."""
    return "true" if value else "false"


def verbatim(identity: str) -> str:
    """Return a GUID as it is, but for what XML 1.0 cannot hold: it must never change."""
    return _NOT_XML.sub("", identity)
