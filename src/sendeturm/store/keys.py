"""Which keys and headers objects may have: the same on every file system and in every bucket."""

from __future__ import annotations

import re
import secrets
from dataclasses import replace

from sendeturm.errors import fail
from sendeturm.store.protocol import ObjectMeta

WRITE_ID = "write-id"
"""Metadata of objects that were written under a condition."""
KEY_MAX_CHARS = 800
"""S3 allows 1,024 bytes; the rest is for the bucket's prefix."""

_PART = r"(?!\.{1,2}(?:/|\Z))[A-Za-z0-9._-]{1,200}"
_KEY = re.compile(rf"{_PART}(?:/{_PART})*", re.ASCII)

HEADER = re.compile(r"[!-~](?:[ -~]*[!-~])?", re.ASCII)
_METADATA_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)


def is_key(key: str) -> bool:
    """Tell whether `key` is parts of ASCII letters, digits, `.`, `_`, `-` with `/` between.

    No part is empty, `.` or `..`, so that no key leaves its place, needs quoting in a URL or
    means something to a shell.
    """
    return len(key) <= KEY_MAX_CHARS and _KEY.fullmatch(key) is not None


def checked_key(key: str) -> str:
    """Return `key`; raises SendeturmError (`store.bad-name`) if no object can have it."""
    if not is_key(key):
        raise fail("store.bad-name", name=key)
    return key


def checked_meta(meta: ObjectMeta) -> ObjectMeta:
    """Return `meta`; raises ValueError if HTTP headers cannot carry it (metadata's values can)."""
    headers = all(HEADER.fullmatch(text) for text in (meta.content_type, meta.cache_control))
    if not headers or not all(_METADATA_KEY.fullmatch(key) for key in meta.metadata):
        message = f"not for headers: {meta!r}"
        raise ValueError(message)
    return meta


def kept_metadata(meta: ObjectMeta, sha256: str) -> dict[str, str]:
    """Return the metadata to keep: some stores drop empty values, so all do; with the sha256."""
    return {**{key: value for key, value in meta.metadata.items() if value}, "sha256": sha256}


def signed_meta(meta: ObjectMeta) -> ObjectMeta:
    """Return `meta` with the mark of one single write, to know it again if its answer is lost."""
    return replace(meta, metadata={**meta.metadata, WRITE_ID: secrets.token_hex(8)})
