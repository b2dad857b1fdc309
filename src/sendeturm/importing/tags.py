"""Which tags of a feed become settings, which stay behind, and which are kept as they are."""

from __future__ import annotations

from collections.abc import Container, Iterable
from html import unescape
from typing import Final

from sendeturm.model.other_tags import MOST_TAGS, Place, is_usable
from sendeturm.rss import OtherTag
from sendeturm.text.cleaning import clean
from sendeturm.text.plain import plain_text

KNOWN: Final = frozenset(
    {
        *("title", "link", "description", "language", "copyright", "image", "item", "guid"),
        *("pubDate", "enclosure", "content:encoded", "author", "managingEditor"),
        *("itunes:author", "itunes:owner", "itunes:image", "itunes:category", "itunes:explicit"),
        *("itunes:type", "itunes:complete", "itunes:block", "itunes:duration", "itunes:season"),
        *("itunes:episode", "itunes:episodeType", "itunes:new-feed-url"),
        *("podcast:guid", "podcast:locked", "podcast:medium", "podcast:funding", "podcast:block"),
        *("podcast:license", "podcast:location", "podcast:person", "podcast:podroll"),
        *("podcast:socialInteract", "podcast:chat", "podcast:txt", "podcast:updateFrequency"),
        *("podcast:season", "podcast:episode", "podcast:soundbite", "podcast:chapters"),
        *("podcast:transcript", "podcast:trailer", "podcast:image"),
    }
)
"""Tags that become settings, or that sendeturm makes itself of what it knows."""

LEFT: Final = frozenset(
    {
        *("podcast:images", "podcast:liveItem", "podcast:alternateEnclosure", "media:content"),
        *("podcast:contentLink", "media:group", "media:thumbnail", "media:player"),
        *("googleplay:image", "source"),
    }
)
"""Tags that lead to what will be gone with the old host."""

PASSING: Final = frozenset(
    {
        *("lastBuildDate", "generator", "docs", "ttl", "cloud", "skipHours", "skipDays", "rating"),
        *("textInput", "comments", "dc:date", "psc:chapters"),
    }
)
"""Tags about the old feed itself, and those whose content is read elsewhere."""

_PASSING_PREFIXES = ("atom:", "atom10:", "sy:", "fh:", "slash:", "wfw:", "feedburner:", "thr:")
_SILENT = frozenset({"itunes:title", "itunes:summary", "itunes:subtitle", "googleplay:description"})
"""Tags that mostly say again what another says."""


def is_known(name: str) -> bool:
    """Say whether a tag of this name becomes settings."""
    return name in KNOWN


def kept_and_left(
    tags: Iterable[OtherTag], said: Container[str], place: Place
) -> tuple[list[OtherTag], tuple[str, ...]]:
    """Return the tags to keep as they are, and the names of those that stay behind.

    They stand in a channel or an item, as `place` says. A tag that only says what is `said` already
    is neither.
    """
    kept: list[OtherTag] = []
    left: list[str] = []
    for tag in tags:
        if tag.name in PASSING or tag.name.startswith(_PASSING_PREFIXES):
            continue
        if tag.name in _SILENT and words_of(tag.xml) in said:
            continue
        is_kept = tag.name not in LEFT and is_usable(tag.xml, place) and len(kept) < MOST_TAGS
        if is_kept:
            kept.append(tag)
        else:
            left.append(tag.name)
    return kept, tuple(dict.fromkeys(left))


def words_of(markup: str) -> str:
    """Return the words in XML or HTML, without tags and space, for comparing."""
    inner = markup.partition(">")[2].rpartition("</")[0]
    return squeezed(plain_text(unescape(inner.replace("<![CDATA[", "").replace("]]>", ""))))


def squeezed(text: str) -> str:
    """Return a text's words alone, for comparing."""
    return " ".join(clean(text).split()).casefold()
