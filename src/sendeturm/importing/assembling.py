"""A whole feed becomes a show with its episodes: each once, dated, numbered and identified."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sendeturm.errors import Place, Problem, Severity, problem
from sendeturm.importing.episodes import GUID_CHARS, found_episode
from sendeturm.importing.pages import OldFeed
from sendeturm.importing.show import FEED, found_show, title_of
from sendeturm.importing.taking import one_line
from sendeturm.importing.values import FoundEpisode, FoundShow
from sendeturm.model import Element

_STEP = timedelta(seconds=1)


def found_whole_show(feed: OldFeed, language: str) -> FoundShow:
    """Return the show with all its episodes, in the order of the feed, and what is odd about it.

    `language` counts where the feed names none.
    """
    show = found_show(feed.channel, feed.address, language)
    if feed.is_broken:
        show.problems.append(problem("importing.mended", file=FEED, severity=Severity.NOTE))
    show.episodes = _once_each(feed, show)
    _date_by_neighbours(show.episodes)
    _refuse_twice(show.episodes)
    _name_seasons(show, [part.element for part in feed.items])
    for episode in show.episodes:
        _complete(episode)
    return show


def _once_each(feed: OldFeed, show: FoundShow) -> list[FoundEpisode]:
    """Return the episodes; what stands on two pages is one, what shares an identity is two."""
    found: dict[str, FoundEpisode] = {}
    for part in feed.items:
        episode = found_episode(part, show.settings, show.cover_url)
        if episode is None:
            title = title_of(part.element) or one_line(part.element.words("guid")) or "?"
            show.problems.append(problem("importing.no-sound", file=title, severity=Severity.NOTE))
            continue
        other = found.get(episode.guid)
        if other is not None and _address(other) == _address(episode):
            continue
        if other is not None:
            episode.problems.append(_told("importing.same-identity", episode, other=other.title))
            episode.guid = episode.sound.url
        found.setdefault(episode.guid, episode)
    return list(found.values())


def _address(episode: FoundEpisode) -> str:
    """Return where the sound is, without what only counts requests."""
    return episode.sound.url.partition("?")[0] or episode.sound.url


def _date_by_neighbours(episodes: Sequence[FoundEpisode]) -> None:
    """Put an episode without a date between those beside it; feeds have the newest first."""
    newest_first = _is_newest_first([e.published_at for e in episodes if e.published_at])
    ordered = list(episodes) if newest_first else list(reversed(episodes))
    older: datetime | None = None
    for episode in reversed(ordered):
        if episode.published_at is None:
            if older is None:
                episode.problems.append(_told("importing.no-date", episode))
                continue
            episode.published_at = older + _STEP
            date = episode.published_at.isoformat()
            episode.problems.append(_told("importing.guessed-date", episode, date=date))
        older = episode.published_at


def _is_newest_first(dates: Sequence[datetime]) -> bool:
    return len(dates) < 2 or dates[0] >= dates[-1]  # noqa: PLR2004  # two make an order


def _refuse_twice(episodes: Sequence[FoundEpisode]) -> None:
    """Take from a later item a number that another episode of its season has already."""
    seen: set[tuple[int | None, int]] = set()
    for episode in episodes:
        if episode.number is None or episode.type != "full":
            continue
        place = (episode.season, episode.number)
        if place in seen:
            told = _told("importing.same-number", episode, number=episode.number)
            episode.problems.append(told)
            episode.number = None
        seen.add(place)


def _name_seasons(show: FoundShow, items: Sequence[Element]) -> None:
    """Take the seasons' names, which stand in the items."""
    names: dict[str, object] = {}
    for item in items:
        for tag in item.all("podcast:season"):
            number, name = tag.text.strip(), one_line(tag.get("name"))[:128]
            if number.isdecimal() and 0 < int(number) < 1000 and name:  # noqa: PLR2004  # seasons
                names.setdefault(str(int(number)), name)
    if names:
        show.settings["seasons"] = dict(sorted(names.items(), key=lambda entry: int(entry[0])))


def _complete(episode: FoundEpisode) -> None:
    """Write into the front matter what is settled now, the most important first."""
    if len(episode.guid) > GUID_CHARS:
        episode.problems.append(_told("importing.long-identity", episode))
    fits = len(episode.guid) <= GUID_CHARS
    first: dict[str, object] = {
        "published_at": episode.published_at,
        "guid": episode.guid if fits else None,
        "number": episode.number,
        "season": episode.season,
        "type": None if episode.type == "full" else episode.type,
    }
    is_draft = episode.published_at is None or not fits
    first |= {"draft": True} if is_draft else {}
    if episode.number is None:
        episode.front.pop("number_shown", None)
    episode.front = {k: v for k, v in first.items() if v is not None} | episode.front


def _told(code: str, episode: FoundEpisode, **params: str | int) -> Problem:
    return Problem(code, params, Place(episode.title), Severity.WARNING)


def named(problem: Problem, file: str) -> Problem:
    """Return a problem of an episode, told of its file."""
    return replace(problem, place=replace(problem.place, file=file))
