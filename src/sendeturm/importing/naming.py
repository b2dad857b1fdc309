"""Names of an episode's files, and the last part of its page's address."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from sendeturm.importing.values import FoundEpisode
from sendeturm.text import slug

FEWEST_DIGITS = 3


def name_episodes(
    episodes: Iterable[FoundEpisode],
    taken_stems: Collection[str] = (),
    taken_slugs: Collection[str] = (),
) -> None:
    """Give each episode its stem, `012-title`, and its slug, both as nobody else's."""
    named = list(episodes)
    stems, slugs = set(taken_stems), set(taken_slugs)
    digits = max([FEWEST_DIGITS, *(len(str(one.number or 0)) for one in named)])
    with_season = _is_numbered_by_season(named)
    for episode in named:
        words = str(episode.front.get("slug") or slug(_without_number(episode)))
        lead = _lead(episode, digits, with_season=with_season)
        unique = _free(words, slugs)
        slugs.add(unique)
        episode.front["slug"] = unique
        episode.stem = _free(f"{lead}-{words}", stems)
        stems.add(episode.stem)


def _without_number(episode: FoundEpisode) -> str:
    """Return the title without the episode's number at its beginning."""
    number = rf"0*{episode.number}\b" if episode.number else "(?!)"
    lead = re.compile(rf"\W*(?:folge|episode|ep)?\W*{number}\W*(?=\w)", re.IGNORECASE)
    return lead.sub("", episode.title, count=1) if lead.match(episode.title) else episode.title


def _lead(episode: FoundEpisode, digits: int, *, with_season: bool) -> str:
    if episode.number is not None:
        season = f"s{episode.season or 0:02}-" if with_season else ""
        return f"{season}{episode.number:0{digits}}"
    when = episode.published_at
    return f"{when:%Y-%m-%d}" if when else "0" * digits


def _is_numbered_by_season(episodes: Iterable[FoundEpisode]) -> bool:
    """Say whether one number stands in several seasons."""
    seasons: dict[int, set[int | None]] = {}
    for episode in episodes:
        if episode.number is not None:
            seasons.setdefault(episode.number, set()).add(episode.season)
    return any(len(found) > 1 for found in seasons.values())


def _free(name: str, taken: set[str]) -> str:
    """Return the name, with a number behind it if somebody has it already."""
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free
