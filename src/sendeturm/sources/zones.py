"""Dates as people write them become moments."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from difflib import get_close_matches
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from sendeturm.errors import Problem
from sendeturm.sources.validation import Written

DATE_KEY = "published_at"
YEARS = range(1970, 9999)
"""Years that feeds can carry; the last one would leave no room for other zones."""


@cache
def zone_of(name: str | None) -> ZoneInfo | None:
    """Return the time zone of this name, None if there is none."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def nearest_zone(name: str) -> str | None:
    """Return the name of the zone that is probably meant: `berlin` gives `Europe/Berlin`."""
    zones = {zone.lower(): zone for zone in sorted(available_timezones())}
    wanted = name.strip().lower().replace(" ", "_")
    cities = {zone.rpartition("/")[2]: zone for zone in zones if zone.count("/")}
    near = get_close_matches(wanted, zones, 1, 0.7) or [
        cities[city] for city in get_close_matches(wanted, cities, 1, 0.8)
    ]
    return zones[near[0]] if near else None


def as_date(value: Any) -> datetime | date | None:
    """Return a front matter's value as a date, with a time or without; None if it is neither."""
    if isinstance(value, date):  # a datetime is one too
        return value
    if not isinstance(value, str):
        return None
    try:
        return datetime.fromisoformat(value.strip())
    except ValueError:
        return None


def moment_of(
    written_at: datetime | date, zone: ZoneInfo | None, written: Written
) -> datetime | Problem:
    """Return the moment a front matter's date means, in `zone` where it names none itself.

    A date alone begins the day. Of a local time that comes twice the first one counts; one that
    the clocks skip is a problem, as is a date without any zone.
    """
    loc = (DATE_KEY,)
    value = _shown(written_at)
    if written_at.year not in YEARS:
        return written.problem("sources.odd-year", loc, value=value)
    if isinstance(written_at, datetime) and written_at.tzinfo is not None:
        return written_at
    if zone is None:
        return written.problem("sources.no-zone", loc, value=value, better=_with_offset(written_at))
    local = _with_time(written_at)
    moment = _in(zone, local)
    if isinstance(written_at, datetime) and moment.replace(tzinfo=None) != local:
        better = _shown(moment.replace(tzinfo=None))
        return written.problem("sources.skipped-time", loc, value=value, better=better)
    return moment


def _in(zone: ZoneInfo, local: datetime) -> datetime:
    """Return the local time with its offset, moved on where the clocks skip it."""
    there_and_back = local.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
    return there_and_back.replace(tzinfo=timezone(there_and_back.utcoffset() or timedelta()))


def _with_time(day: datetime | date) -> datetime:
    return day if isinstance(day, datetime) else datetime(day.year, day.month, day.day)  # noqa: DTZ001  # made aware by the caller


def _with_offset(day: datetime | date) -> str:
    """Return the date as it is written with a zone; Berlin's, as an example."""
    local = _with_time(day)
    berlin = zone_of("Europe/Berlin")
    return (_in(berlin, local) if berlin else local.replace(tzinfo=UTC)).isoformat()


def _shown(day: datetime | date) -> str:
    """Return the date as people write it: without seconds where there are none."""
    if not isinstance(day, datetime):
        return day.isoformat()
    exact = day.second or day.microsecond
    return day.isoformat() if exact else day.isoformat(timespec="minutes")
