"""From bytes to `Feed`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime

from sendeturm.rss.tree import Node, channel_of
from sendeturm.rss.values import Feed, Item


def read_feed(body: bytes) -> Feed:
    """Return the podcast feed in `body`, mended where it is not well-formed.

    Raises SendeturmError with the one code `rss.not-a-feed`, and nothing else, whatever the bytes.
    """
    channel, well_formed = channel_of(body)
    return Feed(
        title=channel.text("title"),
        description=channel.text("description") or channel.text("itunes:summary"),
        link=channel.text("link"),
        self_url=_self_url(channel),
        language=channel.text("language"),
        author=channel.text("itunes:author"),
        explicit=channel.text("itunes:explicit"),
        image_url=_image_url(channel),
        categories=tuple(_categories(channel)),
        podcast_guid=channel.text("podcast:guid"),
        locked=channel.text("podcast:locked"),
        items=tuple(map(_item, channel.all("item"))),
        well_formed=well_formed,
    )


def _item(node: Node) -> Item:
    length = node.attribute("enclosure", "length")
    published = node.text("pubDate")
    return Item(
        guid=node.text("guid"),
        title=node.text("title") or node.text("itunes:title"),
        link=node.text("link"),
        description=node.text("description") or node.text("itunes:summary"),
        content_html=node.text("content:encoded"),
        enclosure_url=node.attribute("enclosure", "url"),
        length=length,
        size_bytes=_size_bytes(length),
        type=node.attribute("enclosure", "type"),
        published=published,
        published_at=moment(published),
        duration=node.text("itunes:duration"),
        season=node.text("itunes:season"),
        number=node.text("itunes:episode"),
        episode_type=node.text("itunes:episodeType"),
        explicit=node.text("itunes:explicit"),
        image_url=node.attribute("itunes:image", "href"),
    )


def moment(published: str) -> datetime | None:
    """Return the aware moment of an RFC 2822 date, None if it has no zone or is no such date."""
    try:
        parsed = parsedate_to_datetime(published)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return parsed if parsed.tzinfo is not None else None


def _size_bytes(length: str) -> int | None:
    # Longer numbers are no sizes; int() would refuse some of them.
    return int(length) if length.isdecimal() and len(length) <= len(str(2**63)) else None


def _self_url(channel: Node) -> str:
    for link in channel.all("atom:link"):
        if link.element.get("rel") == "self":
            return str(link.element.get("href", "")).strip()
    return ""


def _image_url(channel: Node) -> str:
    images = (image.text("url") for image in channel.all("image"))
    return channel.attribute("itunes:image", "href") or next(filter(None, images), "")


def _categories(channel: Node) -> Iterator[str]:
    for category in channel.all("itunes:category"):
        main = str(category.element.get("text", "")).strip()
        subcategories = [
            str(sub.element.get("text", "")).strip() for sub in category.all("itunes:category")
        ]
        yield from (f"{main} > {sub}" for sub in subcategories) if subcategories else (main,)
