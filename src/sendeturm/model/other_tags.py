"""Tags that sendeturm has no setting for: kept as XML, and put into the feed as they are.

Each is one element with its namespace declared on it. lxml is loaded with the first one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Final, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from sendeturm.model.namespaces import PREFIXES, canonical

if TYPE_CHECKING:
    from lxml import etree

MOST_TAGS: Final = 100
LONGEST_TAG: Final = 50_000
"""In characters: that is a podcast:value with hundreds of recipients."""

Place = Literal["channel", "item"]

_BOTH: Final = {
    "itunes": "author block explicit image",
    "podcast": "chat image images license location person socialInteract txt",
}
_CHANNEL: Final = {
    "itunes": "category complete new-feed-url owner type",
    "podcast": "block funding guid locked medium podroll trailer updateFrequency",
}
_ITEM: Final = {
    "itunes": "duration episode episodeType season",
    "podcast": "alternateEnclosure chapters episode season soundbite transcript",
    "content": "encoded",
    "psc": "chapters",
}


def _names(*tables: Mapping[str, str]) -> frozenset[str]:
    pairs = (pair for table in tables for pair in table.items())
    return frozenset(f"{prefix}:{name}" for prefix, names in pairs for name in names.split())


_OWN: Final[dict[Place, frozenset[str]]] = {
    "channel": _names(_BOTH, _CHANNEL),
    "item": _names(_BOTH, _ITEM),
}
"""What sendeturm writes itself, or has other words for: it would stand twice."""
_ANYWHERE: Final = _names(_BOTH, _CHANNEL, _ITEM)
_ATOM: Final = ("atom:link", "atom:contributor", "atom:name", "atom:uri", "atom:email")
"""All of Atom that readers do not take for the feed's or the item's own title, date, text …"""
_OWN_LINKS: Final = frozenset(
    ("", "self", "hub", "alternate", "enclosure", "first", "last", "next", "prev", "previous")
)
_LIKE_NONE: Final = (
    "http://purl.org/rss/1.0/",
    "http://my.netscape.com/",
    "http://backend.userland.com/",
    "http://blogs.law.harvard.edu/tech/rss",
    "http://purl.org/atom/",
    "http://purl.org/net/rss",
)
"""Beginnings of namespaces whose elements readers take for those of RSS itself."""
_UNDECLARED: Final = re.compile(r"Namespace prefix (\S+) (?:on|for) \S+ (?:on \S+ )?is not defined")
_MODULES: Final = "http://purl.org/rss/1.0/modules/"


def read_tag(xml: str, place: Place) -> etree._Element:
    """Return the element in `xml`, if it may stand in a channel or an item beside sendeturm's own.

    No entity is resolved and nothing is fetched; comments are left out. Raises
    PydanticCustomError with the problem's code: `sources.no-tag`, `sources.tag-without-prefix`,
    `sources.tag-without-namespace`, `sources.own-tag`.
    """
    from lxml import etree  # noqa: PLC0415  # few shows have such tags

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _unreadable(str(error)) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise PydanticCustomError("sources.no-tag", "DOCTYPE")
    for element in root.iter():
        _check(element, root, place)
    return root


def _unreadable(reason: str) -> PydanticCustomError:
    if found := _UNDECLARED.match(reason):
        spaces = (space for space, prefix in PREFIXES.items() if prefix == found[1])
        near = f'xmlns:{found[1]}="{next(spaces, "https://…")}"'
        return PydanticCustomError("sources.tag-without-prefix", "undeclared", {"near": near})
    reason = reason.partition(" (<string>")[0]
    return PydanticCustomError("sources.no-tag", "{reason}", {"reason": reason})


def _check(element: etree._Element, root: etree._Element, place: Place) -> None:
    tag = element.tag
    if not isinstance(tag, str):
        raise PydanticCustomError("sources.no-tag", "ENTITY")
    name, namespace = canonical(tag), tag[1:].partition("}")[0].lower()
    is_rss = namespace.startswith(_LIKE_NONE) and not namespace.startswith(_MODULES)
    if not tag.startswith("{") or is_rss:
        raise PydanticCustomError("sources.tag-without-namespace", "bare", {"near": name})
    # Inside another tag, an own one of either place would be taken for the feed's or the item's.
    own = _OWN[place] if element is root else _ANYWHERE
    if name in own or _is_own_atom(element, name):
        raise PydanticCustomError("sources.own-tag", "own", {"near": name})


def _is_own_atom(element: etree._Element, name: str) -> bool:
    if not name.startswith("atom:"):
        return False
    rel = str(element.get("rel", "")).strip().lower()
    return name not in _ATOM or (name == "atom:link" and rel in _OWN_LINKS)


def is_usable(xml: str, place: Place) -> bool:
    """Say whether `other_tags` may hold this."""
    try:
        read_tag(xml, place)
    except ValueError:
        return False
    return len(xml) <= LONGEST_TAG


@lru_cache(maxsize=1000)  # front matter is read at each run, a hundred times the same tag
def _usable_in_channel(xml: str) -> str:
    read_tag(xml, "channel")
    return xml


@lru_cache(maxsize=1000)
def _usable_in_item(xml: str) -> str:
    read_tag(xml, "item")
    return xml


_Short = Annotated[str, Field(max_length=LONGEST_TAG)]
ShowTags = Annotated[
    tuple[Annotated[_Short, AfterValidator(_usable_in_channel)], ...], Field(max_length=MOST_TAGS)
]
EpisodeTags = Annotated[
    tuple[Annotated[_Short, AfterValidator(_usable_in_item)], ...], Field(max_length=MOST_TAGS)
]
