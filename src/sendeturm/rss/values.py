"""A feed as it stands: what is written there, and what it means where that can be read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Item:
    """One `<item>`; texts as written, without space at the ends, empty where there is none.

    `length` is the enclosure's attribute as written, `size_bytes` its number; `published` the
    pubDate as written, `published_at` its moment, None for a date without a zone or none at all.
    """

    guid: str = ""
    title: str = ""
    link: str = ""
    description: str = ""
    content_html: str = ""
    enclosure_url: str = ""
    length: str = ""
    size_bytes: int | None = None
    type: str = ""
    published: str = ""
    published_at: datetime | None = None
    duration: str = ""
    season: str = ""
    number: str = ""
    episode_type: str = ""
    explicit: str = ""
    image_url: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """A `<channel>` with its items in the feed's order; texts as in `Item`.

    `categories` are Apple's, a subcategory after ` > `. `well_formed` is False where the XML
    had to be mended to be read.
    """

    title: str = ""
    description: str = ""
    link: str = ""
    self_url: str = ""
    language: str = ""
    author: str = ""
    explicit: str = ""
    image_url: str = ""
    categories: tuple[str, ...] = ()
    podcast_guid: str = ""
    locked: str = ""
    items: tuple[Item, ...] = ()
    well_formed: bool = True
