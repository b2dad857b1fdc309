"""Earlier episodes by the year: the index stays light, and pages of old years as they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from sendeturm.model.addresses import INDEX_KEY
from sendeturm.site.views import Entry

FOLDER = "episodes"
"""No slug has this name: the years' pages are in nobody's way."""

RECENT_COUNT = 12
"""How many episodes the index shows in full."""

MOST_LINES = 10
"""How many earlier ones stand there in a line each; where there are more, the years do."""


@dataclass(frozen=True, slots=True)
class Year:
    """The episodes of one year, newest first; `path` counts from the site's root."""

    name: str
    path: str
    entries: tuple[Entry, ...]


def years_of(entries: Sequence[Entry]) -> list[Year]:
    """Return the years in which there were episodes, none where the index can name them all.

    `entries` come newest first.
    """
    if len(entries) <= RECENT_COUNT + MOST_LINES:
        return []
    return [
        Year(name, f"{FOLDER}/{name}/{INDEX_KEY}", tuple(group))
        for name, group in groupby(entries, key=lambda one: one.published_iso[:4])
    ]
