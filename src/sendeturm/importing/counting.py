"""Does a feed hold all there is? Its episodes' numbers tell."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from sendeturm.importing.values import FoundEpisode

_IN_TITLE = re.compile(r"(?:#|\b(?:folge|episode|ep\.?|nr\.?)\s*#?)\s*0*(\d{1,4})\b", re.IGNORECASE)


def missing_count(episodes: Sequence[FoundEpisode]) -> tuple[int, int]:
    """Return how many episodes are missing, at least, and the highest number; 0 if none is.

    Numbers that begin again count by season, all others through the whole show. Where no episode
    has a number, those in titles count, if most have one.
    """
    full = [episode for episode in episodes if episode.type == "full"]
    by_season = _by_season(full)
    if by_season is not None:
        missing = sum(max(0, max(numbers) - len(numbers)) for numbers in by_season.values())
        missing += len(set(range(1, max(by_season))) - set(by_season))
        return missing, max(max(numbers) for numbers in by_season.values())
    numbers = [episode.number for episode in full if episode.number] or _in_titles(full)
    highest = max(numbers, default=0)
    return max(0, highest - len(full)), highest


def _by_season(full: Sequence[FoundEpisode]) -> dict[int, list[int]] | None:
    """Return the numbers of each season if they begin again in each; None if they do not."""
    seasons: dict[int, list[int]] = defaultdict(list)
    for episode in full:
        if episode.number and episode.season:
            seasons[episode.season].append(episode.number)
    counted = Counter(number for numbers in seasons.values() for number in set(numbers))
    return seasons if any(count > 1 for count in counted.values()) else None


def _in_titles(full: Sequence[FoundEpisode]) -> list[int]:
    found = [int(match[1]) for episode in full if (match := _IN_TITLE.match(episode.title))]
    return found if len(found) * 2 > len(full) else []
