"""How objects are named in the store (DESIGN: the bucket). Pure."""

from __future__ import annotations

import hashlib
from uuid import UUID

FEED_KEY = "feed.xml"
FEED_TYPE = "application/rss+xml; charset=utf-8"
PRIVATE_PREFIX = "private/"
SHOW_KEY = ".sendeturm/show.json"
STORE_KEY = ".sendeturm/store.json"
SITE_KEY = ".sendeturm/site.json"
STARTED_PREFIX = ".sendeturm/started-"
SEEN_PREFIX = ".sendeturm/seen-"
CENTRE_PREFIX = ".sendeturm/s"
"""What the keys above have in common and history has not: one listing names them all."""
RECORDS_PREFIX = ".sendeturm/episodes/"
HISTORY_PREFIX = ".sendeturm/history/"
SITE_PREFIX = ".sendeturm/site"
UNUSED_KEY = ".sendeturm/unused.json"
HASH_LENGTH = 12


def record_key(guid: str) -> str:
    """Return the key of an episode's record; a GUID that is no plain UUID is hashed."""
    return f"{RECORDS_PREFIX}{_guid_part(guid)}.json"


def history_key(publication: str, guid: str) -> str:
    """Return the key of what one publication did to one episode; no GUID: to the show."""
    return f"{HISTORY_PREFIX}{publication}/{_guid_part(guid) if guid else 'show'}.json"


def content_key(folder: str, slug: str, sha256: str, extension: str) -> str:
    """Return a key named by content: `media/<slug>-<sha256 12>.mp3`."""
    return f"{folder}/{slug}-{sha256[:HASH_LENGTH]}.{extension}"


def _guid_part(guid: str) -> str:
    try:
        is_plain = str(UUID(guid)) == guid
    except ValueError:
        is_plain = False
    return guid if is_plain else f"x-{hashlib.sha256(guid.encode()).hexdigest()}"
