"""What values in a feed must look like: addresses, numbers, lengths, dates."""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_tz
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

_CLOCK = re.compile(r"\d{1,6}(?::[0-5]?\d(?::[0-5]?\d)?)?")
_DATE = re.compile(
    r"(?:(?P<weekday>[^\s,]+),\s*)?(?P<day>\d{1,2})\s+(?P<month>[^\s]+)\s+(?P<year>\d{4}|\d\d)"
    r"\s+\d{1,2}:\d\d(?::\d\d)?(?:\s+(?P<zone>\S+).*)?"
)
_ZONES: Final = frozenset(
    ["UT", "UTC", "GMT", "Z", "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT"]
)
_OFFSET = re.compile(r"[+-](?:[01]\d|2[0-3])[0-5]\d")
_WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS: Final = (
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
)
_LENGTH_DIGITS = 19


def is_absolute(url: str) -> bool:
    """Say whether `url` is a web address that can be followed from anywhere."""
    try:
        parts = urlsplit(url)
        return parts.scheme.lower() in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False


def path_ending(url: str) -> str:
    """Return the ending of an address's file in lower case, with its dot; empty without one."""
    try:
        name = urlsplit(url).path.rpartition("/")[2]
    except ValueError:
        return ""
    return f".{name.rpartition('.')[2].lower()}" if "." in name else ""


def whole_number(text: str) -> int | None:
    """Return a number written in plain digits, None for anything else."""
    plain = text.isascii() and text.isdecimal() and len(text) <= _LENGTH_DIGITS
    return int(text) if plain else None


def decimal_number(text: str) -> float | None:
    """Return a number ≥ 0 written in digits with or without a point, None for anything else."""
    return float(text) if re.fullmatch(r"\d{1,9}(?:\.\d{1,9})?", text, re.ASCII) else None


def duration_s(text: str) -> int | None:
    """Return an itunes:duration in seconds: `1830`, `30:30`, `0:30:30`; None for anything else."""
    if not text.isascii() or not _CLOCK.fullmatch(text):
        return None
    seconds = 0
    for part in text.split(":"):
        seconds = seconds * 60 + int(part)
    return seconds


def is_uuid(text: str) -> bool:
    """Say whether `text` is a UUID in its usual form."""
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False


def date_fault(text: str) -> str:
    """Return what is wrong with an RFC 2822 date: `form`, `zone`, `weekday`; empty if nothing is.

    Month and weekday must be English: apps know no other names.
    """
    written = _DATE.fullmatch(text)
    if written is None or written["month"] not in _MONTHS:
        return "form"
    if written["weekday"] not in (None, *_WEEKDAYS):
        return "form"
    zone = written["zone"]
    if not zone:
        return "zone"
    if zone not in _ZONES and not _OFFSET.fullmatch(zone):
        return "zone"
    return _wrong_weekday(written, text)


def _wrong_weekday(written: re.Match[str], text: str) -> str:
    parsed = parsedate_tz(text)
    try:
        day = date(*parsed[:3]) if parsed else None
    except ValueError:
        day = None
    if day is None:
        return "form"
    return "" if written["weekday"] in (None, _WEEKDAYS[day.weekday()]) else "weekday"


def right_weekday(text: str) -> str:
    """Return the weekday that belongs to a date, as feeds write it."""
    parsed = parsedate_tz(text)
    return _WEEKDAYS[date(*parsed[:3]).weekday()] if parsed else ""


def is_moment(text: str) -> bool:
    """Say whether `text` is an ISO 8601 date with time and zone."""
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False
