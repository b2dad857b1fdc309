"""Podlove Simple Chapters: the XML that German podcast tools and apps exchange.

Source: https://podlove.org/simple-chapters/
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from sendeturm.text.chapter_json import ms_of
from sendeturm.text.cleaning import clean
from sendeturm.text.found import Found, Spot

NAMESPACE = "http://podlove.org/simple-chapters"


def read_psc(text: str, found: Found) -> None:
    """Add the chapters of `<psc:chapters>`, whatever its prefix; entities are not followed."""
    source = clean(text).strip()
    if re.search(r"<!(?:DOCTYPE|ENTITY)", source, re.IGNORECASE):
        found.wrong("text.psc-doctype", Spot(1))
        return
    # The declaration may name the encoding the file once had; it is text now.
    parser = etree.XMLParser(encoding="utf-8", resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(source.encode(), parser)
    except etree.XMLSyntaxError as error:
        found.wrong("text.broken-psc", Spot(error.lineno or 1), reason=error.msg)
        return
    if _name(root) != "chapters":
        found.wrong("text.no-psc", _spot(root))
        return
    for element in root.iterchildren(tag=etree.Element):
        if _name(element) == "chapter":
            _read_chapter(element, found)


def _read_chapter(element: etree._Element, found: Found) -> None:
    spot = _spot(element)
    start_ms = ms_of(element.get("start"))
    if start_ms is None:
        found.wrong("text.entry-without-time", spot)
        return
    title, url, image = (element.get(name, "") for name in ("title", "href", "image"))
    found.add(spot, start_ms, title, url=url, image=image)


def _spot(element: etree._Element) -> Spot:
    line: Any = element.sourceline  # typed as an ellipsis
    return Spot(line)


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname
