"""Which keys objects may have: the same on every file system, in every bucket, in every URL."""

from __future__ import annotations

import re

from sendeturm.errors import fail

KEY_MAX_CHARS = 800
"""S3 allows 1,024 bytes; the rest is for the bucket's prefix."""

_PART = r"(?!\.{1,2}(?:/|\Z))[A-Za-z0-9._-]{1,200}"
_KEY = re.compile(rf"{_PART}(?:/{_PART})*", re.ASCII)


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
