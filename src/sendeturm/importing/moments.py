"""Dates as feeds have them, right or not, become moments."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz

_YEARS = range(1970, 2200)
_MONTHS = {
    prefix: number
    for number, prefixes in enumerate(
        (
            "jan jän ene gen januar janvier",
            "feb fév fev februar février",
            "mar mär maa mrz märz mars maer",
            "apr avr abr",
            "may mai mei mag mayo maio",
            "jun juin giu",
            "jul juil lug",
            "aug aoû aou ago",
            "sep set",
            "oct okt ott out",
            "nov",
            "dec dez déc dic",
        ),
        1,
    )
    for prefix in prefixes.split()
}
"""How months begin, in English, German, French, Spanish, Italian, Dutch and Portuguese."""
_ZONES = {
    "CET": 1,
    "MEZ": 1,
    "CEST": 2,
    "MESZ": 2,
    "WET": 0,
    "WEST": 1,
    "BST": 1,
    "EET": 2,
    "EEST": 3,
    "MSK": 3,
    "JST": 9,
    "AEST": 10,
    "AEDT": 11,
    "NZST": 12,
    "NZDT": 13,
    "Z": 0,
    "UTC": 0,
    "GMT": 0,
}
"""Hours ahead of UTC of zones that RFC 2822 does not know by name."""
_WORDS = re.compile(
    r"(?:[^\W\d]+\.?,?\s+)?(?P<day>\d{1,2})\.?(?:\s+de)?[\s.-]+(?P<month>[^\W\d]+)\.?(?:\s+de)?[\s,-]+"
    r"(?P<year>\d{4}|\d{2})(?P<rest>.*)$"
)
_DOTTED = re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})(?P<rest>.*)$")
_TIME = re.compile(r"(?P<h>\d{1,2}):(?P<m>\d{2})(?::(?P<s>\d{2}))?")
_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})\s*$")
_NO_YEAR = re.compile(r"(?<![\d+-])000[1-9](?!\d)")
"""What some programs write where they have no date: the year 1."""
_EPOCH = re.compile(r"\d{9,10}")


def moment_of(written: str) -> tuple[datetime | None, bool]:
    """Return the moment a date in a feed means, None if it means none; and whether it is sure.

    It is sure if it is a date of RFC 2822 or ISO 8601 with a zone. Else it is what was meant, as
    far as one can tell: names in other languages are understood, and a date without a zone counts
    in UTC, as it does for most apps.
    """
    words = " ".join(written.split())
    if _NO_YEAR.search(words):
        return None, False
    if found := _rfc_2822(words):
        return found, True
    if found := _iso_8601(words):
        return (found, True) if found.tzinfo else (_fit(found.replace(tzinfo=UTC)), False)
    if _EPOCH.fullmatch(words):
        return _fit(datetime.fromtimestamp(int(words), UTC)), False
    return _fit(_by_words(words)), False


def _rfc_2822(words: str) -> datetime | None:
    """Return a date with a zone that the standard knows."""
    parts = parsedate_tz(words) if words else None
    if parts is None or parts[9] is None or not re.search(r"[A-Z]{1,5}\)?$|[+-]\d{4}\b", words):
        return None
    if words.endswith("-0000") or _zone_name(words) in _ZONES.keys() - {"GMT", "UTC", "Z"}:
        return None  # the standard takes both for no zone at all
    try:
        zone = timezone(timedelta(seconds=parts[9]))
        return _fit(datetime(*parts[:6]).replace(tzinfo=zone))  # noqa: DTZ001  # it is made aware
    except (ValueError, TypeError):
        return None


def _iso_8601(words: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(words)
    except ValueError:
        return None
    return found if found.year in _YEARS else None


def _by_words(words: str) -> datetime | None:
    found = _DOTTED.match(words) or _WORDS.match(words)
    if found is None:
        return None
    month = found["month"]
    number = int(month) if month.isdecimal() else _month(month)
    year = int(found["year"]) + (2000 if len(found["year"]) == len("26") else 0)
    time = _TIME.search(found["rest"])
    clock = [int(time[part] or 0) for part in ("h", "m", "s")] if time else [0, 0, 0]
    try:
        day = datetime(year, number, int(found["day"]), tzinfo=_zone(found["rest"]))
        return day.replace(hour=clock[0], minute=clock[1], second=clock[2])
    except ValueError:
        return None


def _month(name: str) -> int:
    """Return a month's number by the first letters of its name, 0 if nobody calls one so."""
    word = name.casefold()
    return next((n for prefix, n in _MONTHS.items() if word.startswith(prefix)), 0)


def _zone(rest: str) -> timezone:
    if offset := _OFFSET.search(rest):
        sign = -1 if offset[1] == "-" else 1
        return timezone(sign * timedelta(hours=int(offset[2]), minutes=int(offset[3])))
    return timezone(timedelta(hours=_ZONES.get(_zone_name(rest), 0)))


def _zone_name(words: str) -> str:
    return words.rpartition(" ")[2].strip("()").upper()


def _fit(found: datetime | None) -> datetime | None:
    return found if found is not None and found.year in _YEARS else None
