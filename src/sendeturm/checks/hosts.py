"""Which servers a feed and its pages make others ask: by themselves, or when somebody clicks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urlsplit

from lxml import etree

_LOADING = {
    "img": ("src", "srcset"),
    "audio": ("src",),
    "video": ("src", "poster"),
    "source": ("src", "srcset"),
    "track": ("src",),
    "script": ("src",),
    "iframe": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "input": ("src",),
    "use": ("href",),
}
_LOADED_LINKS = frozenset({"stylesheet", "icon", "apple-touch-icon", "preload", "prefetch"})
_LOADED_IN_FEED = frozenset(
    {
        ("enclosure", "url"),
        ("image", "href"),
        ("chapters", "url"),
        ("chapter", "image"),
        ("transcript", "url"),
        ("source", "uri"),
        ("person", "img"),
        ("thumbnail", "url"),
    }
)
"""Elements and attributes of a feed whose addresses apps load without being told to."""

_LINKS_IN_FEED = frozenset({"link", "comments", "docs"})
_IN_STYLE = re.compile(r"(?:url\(|@import)\s*['\"]?\s*([^'\")\s;]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Hosts:
    """Names of servers: `asked` by apps and browsers by themselves, `linked` for a click."""

    asked: frozenset[str] = frozenset()
    linked: frozenset[str] = frozenset()

    def __or__(self, other: Hosts) -> Hosts:
        """Return both together."""
        return Hosts(self.asked | other.asked, self.linked | other.linked)


def hosts_of_page(html: bytes, own: str) -> Hosts:
    """Return the servers that a page names; an address without one is that of `own`."""
    reader = _Page()
    reader.feed(html.decode("utf-8", "replace"))
    return Hosts(frozenset(_hosts(reader.loaded, own)), frozenset(_hosts(reader.linked, own)))


def hosts_of_style(css: bytes, own: str) -> Hosts:
    """Return the servers that a stylesheet names."""
    return Hosts(frozenset(_hosts(_IN_STYLE.findall(css.decode("utf-8", "replace")), own)))


def hosts_of_feed(rss: bytes, own: str) -> Hosts:
    """Return the servers that a feed (well-formed RSS 2.0) names, notes in it included."""
    loaded, linked = list[str](), list[str]()
    notes = Hosts()
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for element in etree.fromstring(rss, parser).iter("{*}*"):
        name = etree.QName(element).localname
        if name == "encoded":
            notes |= hosts_of_page((element.text or "").encode(), own)
        elif name in _LINKS_IN_FEED:
            linked.append(element.text or "")
        elif name == "url":
            loaded.append(element.text or "")  # the channel's picture
        for key, value in element.attrib.items():
            is_loaded = (name, str(key)) in _LOADED_IN_FEED
            (loaded if is_loaded else linked).append(str(value))
    asked, clicked = (frozenset(_hosts(_absolute(found), own)) for found in (loaded, linked))
    return notes | Hosts(asked, clicked)


def _absolute(values: Iterable[str]) -> list[str]:
    return [value for value in values if value.lower().startswith(("https://", "http://"))]


def _hosts(addresses: Iterable[str], own: str) -> Iterator[str]:
    for address in addresses:
        try:
            parts = urlsplit(address.strip())
        except ValueError:
            continue
        if parts.scheme in ("", "http", "https"):
            yield parts.hostname or own


class _Page(HTMLParser):
    """Collects the addresses of a page: what it loads, and where its links lead."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.loaded: list[str] = []
        self.linked: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value for name, value in attrs if value}
        self.loaded += _IN_STYLE.findall(values.get("style", ""))
        if tag in ("a", "area", "form"):
            self.linked += [values[name] for name in ("href", "action") if name in values]
        elif tag == "link":
            is_loaded = _LOADED_LINKS & set(values.get("rel", "").lower().split())
            (self.loaded if is_loaded else self.linked).append(values.get("href", ""))
        else:
            for name in _LOADING.get(tag, ()):
                self.loaded += [part.split()[0] for part in values.get(name, "").split(",") if part]
