"""XML namespaces of a podcast's feed, and how an element is added under one."""

from __future__ import annotations

from lxml import etree

from sendeturm.feed.wording import one_line

ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
PSC = "http://podlove.org/simple-chapters"
ATOM = "http://www.w3.org/2005/Atom"


def add(
    parent: etree._Element,
    namespace: str,
    name: str,
    text: str | None = None,
    /,
    **attributes: str | None,
) -> etree._Element:
    """Add `<prefix:name>` at the end of `parent`, its values cleaned and on one line.

    Attributes that are None are left out.
    """
    element = etree.SubElement(parent, f"{{{namespace}}}{name}")
    element.text = None if text is None else one_line(text)
    for attribute, value in attributes.items():
        if value is not None:
            element.set(attribute, one_line(value))
    return element


def true_or_false(value: bool) -> str:  # noqa: FBT001  # it is the value
    """Return `true` or `false`, what Apple and PSP-1 ask of itunes:explicit."""
    return "true" if value else "false"
