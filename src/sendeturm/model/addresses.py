"""Public addresses of feed, pages and media, and the identity that hangs on the feed's."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, urlsplit, urlunsplit
from uuid import UUID, uuid5

from sendeturm.model.record import ShowRecord

FEED_KEY = "feed.xml"
INDEX_KEY = "index.html"

_PODCAST_NAMESPACE = UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
_SCHEME = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*://")
# What may stand in a path or query as it is; a percent sign may begin an escape already made.
_SAFE = "/%:@!$&'()*+,;=~?"
_PLAIN_KEY = re.compile(r"[A-Za-z0-9/._~-]+")


def media_url(show: ShowRecord, key: str) -> str:
    """Return the public address of the object `key`, ASCII, percent-quoted."""
    plain = key if _PLAIN_KEY.fullmatch(key) else quote(key, safe="/")
    return f"{ascii_address(show.address)}/{plain}"


def picture_url(show: ShowRecord, image: str) -> str:
    """Return the address of a chapter's picture, ASCII."""
    return ascii_url(image) if _SCHEME.match(image) else media_url(show, image)


def site_url(show: ShowRecord, key: str) -> str:
    """Return the public address of the feed, a page or what belongs to pages."""
    return f"{ascii_address(show.pages_address or show.address)}/{quote(key, safe='/')}"


def feed_url(show: ShowRecord) -> str:
    """Return the feed's public address (atom:link rel=self)."""
    return site_url(show, FEED_KEY)


def page_url(show: ShowRecord, slug: str | None = None) -> str:
    """Return the address of an episode's page, or of the show's without a `slug`.

    `index.html` is named in full, because few buckets answer for a folder.
    """
    return site_url(show, INDEX_KEY if slug is None else f"{slug}/{INDEX_KEY}")


def ascii_address(address: str) -> str:
    """Return a place's `address` in ASCII, without a trailing slash."""
    return ascii_url(address).rstrip("/")


@lru_cache(maxsize=1024)
def ascii_url(url: str) -> str:
    """Return any `url` in ASCII: IDNA host, UTF-8 percent escapes, as Apple asks.

    A host that IDNA refuses is percent-quoted; what is no URL at all is quoted as a whole.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return quote(url, safe=_SAFE)
    rest = (quote(part, safe=_SAFE) for part in parts[2:])
    return urlunsplit((parts.scheme, _ascii_host(parts.netloc), *rest))


def podcast_guid(feed_address: str) -> UUID:
    """Return the podcast:guid of a feed: UUIDv5 over its address as it stands today.

    Scheme and trailing slashes do not count. It is assigned once and never computed again.
    Source: docs/tags/guid.md of the podcast namespace.
    """
    return uuid5(_PODCAST_NAMESPACE, _SCHEME.sub("", feed_address).rstrip("/"))


def _ascii_host(netloc: str) -> str:
    if netloc.isascii():
        return netloc
    host, colon, port = netloc.partition(":")
    try:
        return host.encode("idna").decode("ascii") + colon + port
    except UnicodeError:
        return quote(netloc, safe=":@")
