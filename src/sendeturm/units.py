"""Conversions between the units that stand in names."""

from __future__ import annotations

import math

MS_PER_SECOND = 1000
SILENCE_DB = -math.inf


def ratio_from_db(level_db: float) -> float:
    """Return the amplitude ratio of a level in dB."""
    return float(10.0 ** (level_db / 20.0))


def db_from_ratio(ratio: float) -> float:
    """Return the level in dB of an amplitude ratio ≥ 0 (−inf for 0)."""
    return 20.0 * math.log10(ratio) if ratio > 0 else SILENCE_DB


def seconds_from_ms(duration_ms: int) -> int:
    """Return whole seconds, rounded half up, at least 1 for anything audible (itunes:duration)."""
    return max(1, (duration_ms + MS_PER_SECOND // 2) // MS_PER_SECOND) if duration_ms > 0 else 0


def clock_from_ms(time_ms: int) -> str:
    """Return `H:MM:SS`, or `M:SS` below an hour: a duration or moment as people write it."""
    minutes, seconds = divmod(time_ms // MS_PER_SECOND, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def timecode_from_ms(time_ms: int) -> str:
    """Return `HH:MM:SS.mmm`, the time code of WebVTT and chapter files."""
    seconds, ms = divmod(time_ms, MS_PER_SECOND)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{ms:03}"


def size_for_people(size_bytes: int) -> str:
    """Return a size in decimal units with one digit after the point: `4.2 MB`."""
    size = float(size_bytes)
    for unit in ("B", "kB", "MB", "GB"):
        if size < 1000:  # noqa: PLR2004  # decimal prefixes step by a thousand
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} TB"
