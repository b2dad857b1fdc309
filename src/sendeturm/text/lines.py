"""Times and lines, as chapter and transcript files have them."""

from __future__ import annotations

from collections.abc import Sequence

from sendeturm.errors import Problem, problem
from sendeturm.text.cleaning import clean

MAX_PROBLEMS = 10
"""As many problems of one file are told; a file of another kind would have thousands."""

CLOCK = r"(?:([0-9]{1,3}):)?([0-9]{1,3}):([0-9]{2})(?:[.,]([0-9]{1,9}))?"
"""Hours (optional), minutes, seconds, fraction: four groups."""

_SIXTY = 60


def lines_of(text: str) -> list[str]:
    """Return the lines of `text` cleaned and without their ends."""
    return clean(text).split("\n")


def ms_from_clock(parts: Sequence[str | None]) -> int | None:
    """Return the time in ms of the four groups of `CLOCK`; None where it is no time of day.

    Minutes may pass 59 where there are no hours (`75:30`).
    """
    hours, minutes, seconds = (int(part or 0) for part in parts[:3])
    if seconds >= _SIXTY or (parts[0] and minutes >= _SIXTY):
        return None
    return ((hours * _SIXTY + minutes) * _SIXTY + seconds) * 1000 + ms_from_fraction(parts[3])


def ms_from_fraction(digits: str | None) -> int:
    """Return the ms of the digits after a decimal point: `5` gives 500."""
    return int((digits or "").ljust(3, "0")[:3])


def told(problems: list[Problem], file: str) -> list[Problem]:
    """Return the first `MAX_PROBLEMS`, and how many there are beyond them."""
    more = len(problems) - MAX_PROBLEMS
    if more <= 0:
        return problems
    rest = problem("text.more-problems", file=file, count=more, severity=problems[0].severity)
    return [*problems[:MAX_PROBLEMS], rest]
