"""Conditional and range requests (RFC 9110, sections 13 and 14) for one object."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.message import Message
from email.utils import format_datetime, parsedate_to_datetime

from sendeturm.store.protocol import Head

_RANGE = re.compile(r"\s*bytes\s*=\s*(\d{0,18})\s*-\s*(\d{0,18})\s*", re.ASCII | re.IGNORECASE)


class UnsatisfiableRangeError(Exception):
    """The range begins after the object's end (416)."""


def last_modified(head: Head) -> str:
    """Return the object's Last-Modified header."""
    return format_datetime(head.modified_at.astimezone(UTC).replace(microsecond=0), usegmt=True)


def is_unchanged(head: Head, headers: Message) -> bool:
    """Tell whether the client's copy is still right (304): by ETag, else by date."""
    asked = headers.get("If-None-Match")
    if asked is not None:
        tags = {tag.strip().removeprefix("W/") for tag in asked.split(",")}
        return bool(tags & {"*", f'"{head.etag}"'})
    since = _date(headers.get("If-Modified-Since"))
    return since is not None and head.modified_at.replace(microsecond=0) <= since


def asked_range(head: Head, headers: Message) -> tuple[int, int] | None:
    """Return first and last byte (inclusive) of a Range request, None for the whole object.

    A range in a form that is not known, several ranges, or an If-Range that no longer holds
    give the whole. Raises UnsatisfiableRangeError.
    """
    match = _RANGE.fullmatch(headers.get("Range") or "")
    if match is None or match[1] == match[2] == "" or not _still_holds(head, headers):
        return None
    size_bytes = head.size_bytes
    if not match[1]:
        first, last = max(0, size_bytes - int(match[2])), size_bytes - 1
    else:
        first = int(match[1])
        last = min(int(match[2]), size_bytes - 1) if match[2] else size_bytes - 1
        if match[2] and int(match[2]) < first:
            return None
    if first > last:
        raise UnsatisfiableRangeError
    return first, last


def _still_holds(head: Head, headers: Message) -> bool:
    condition = headers.get("If-Range")
    if condition is None or condition.strip() == f'"{head.etag}"':
        return True
    return _date(condition) == head.modified_at.replace(microsecond=0)


def _date(text: str | None) -> datetime | None:
    try:
        return parsedate_to_datetime(text or "").astimezone(UTC)
    except (ValueError, OverflowError):
        return None
