"""Dates, durations and sizes as people read them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sendeturm.i18n import decimal
from sendeturm.units import seconds_from_ms

_SECONDS_PER_MINUTE = 60
_MINUTES_PER_HOUR = 60
_BYTES_PER_KB = 1000
_BYTES_PER_MB = 1_000_000


def written_date(day: date, words: Mapping[str, str], months: tuple[str, ...]) -> str:
    """Return `day` written out: `1 November 2026`, in German `1. November 2026`."""
    return words["date"].format(day=day.day, month=months[day.month - 1], year=day.year)


def written_duration(duration_ms: int, words: Mapping[str, str]) -> str:
    """Return a length in hours and minutes, in seconds below one minute."""
    seconds = seconds_from_ms(duration_ms)
    if seconds < _SECONDS_PER_MINUTE:
        return words["duration_seconds"].format(seconds=seconds)
    hours, minutes = divmod(round(seconds / _SECONDS_PER_MINUTE), _MINUTES_PER_HOUR)
    return words[_pattern(hours, minutes)].format(hours=hours, minutes=minutes)


def _pattern(hours: int, minutes: int) -> str:
    if not hours:
        return "duration_minutes"
    return "duration_hours" if minutes else "duration_whole_hours"


def iso_duration(duration_ms: int) -> str:
    """Return a length as HTML's `time` wants it: `PT2531S`."""
    return f"PT{seconds_from_ms(duration_ms)}S"


def written_speed(speed: str, language: str) -> str:
    """Return how fast something plays: `1.5 ×`, in German `1,5 ×`."""
    return f"{decimal(speed, language)} ×"


def written_size(size_bytes: int) -> str:
    """Return a size in whole MB, in kB below one: no decimal sign, the same in every language."""
    if size_bytes < _BYTES_PER_MB:
        return f"{max(1, round(size_bytes / _BYTES_PER_KB))} kB"
    return f"{round(size_bytes / _BYTES_PER_MB)} MB"
