"""The whole way of a show from its old host's feed into a folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from sendeturm.errors import Problem, SendeturmError, fail, problem
from sendeturm.events import Listener, Progress, Stage
from sendeturm.importing.assembling import found_whole_show
from sendeturm.importing.bringing import Brought, bring
from sendeturm.importing.carrier import Carrier
from sendeturm.importing.counting import missing_count
from sendeturm.importing.exported import complete_from_export, is_exported
from sendeturm.importing.naming import name_episodes
from sendeturm.importing.pages import OldFeed, read_feed_to_its_end
from sendeturm.importing.settling import Standing, settle, standing
from sendeturm.importing.shelf import Shelf, look_into
from sendeturm.importing.values import FoundShow
from sendeturm.web import DownloadLimits, Fetched, Limits, fetch

FEED_LIMITS: Final = Limits(size_bytes=50_000_000, whole_s=300, redirects=10)


@dataclass(frozen=True, slots=True)
class Allowed:
    """What the person lets through.

    `missing` episodes may be missing in the feed; `locked` takes a show though its host forbids
    it; `private` asks addresses of private networks.
    """

    missing: int = 0
    locked: bool = False
    private: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A show that was found, and what the folder is to it."""

    feed: OldFeed
    show: FoundShow
    standing: Standing
    shelf: Shelf


@dataclass(slots=True)
class MovedIn:
    """What became of everything: `problems` are about the show, those of episodes in `brought`."""

    title: str
    brought: list[Brought]
    pages: int
    former_feeds: tuple[str, ...]
    replaced: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    other_tags: Mapping[str, int] = field(default_factory=dict)
    left_tags: Mapping[str, int] = field(default_factory=dict)

    @property
    def all_problems(self) -> list[Problem]:
        """Return what is odd about the show and all its episodes."""
        return [*self.problems, *(found for one in self.brought for found in one.problems)]


def find_show(feed: str, folder: Path, allowed: Allowed, language: str, listen: Listener) -> Found:
    """Return the show that the feed at an address, or in a file, tells of; nothing is written.

    `language` counts where the feed names none. Raises SendeturmError if there is no feed, if it
    does not hold all episodes or must not be taken, and if another show lives in `folder`.
    """

    def ask(url: str) -> Fetched:
        # The feed may lie in the person's own network; what it names elsewhere there is not asked.
        private = None if _host(url) == _host(feed) else allowed.private
        return fetch(url, limits=FEED_LIMITS, allow_private=allowed.private or private)

    def heard(pages: int) -> None:
        listen(Progress("", Stage.READ, pages, pages + 1))

    old = read_feed_to_its_end(feed, ask, heard)
    show = found_whole_show(old, language)
    if is_exported(old.nearby.folder):
        assert old.nearby.folder is not None, "an export lies in a folder"
        complete_from_export(show, old.nearby.folder)
    if problems := [*_lock(old, show, allowed), *_missing(old, show, allowed)]:
        raise SendeturmError(problems)
    if not show.episodes:
        raise fail("importing.no-episodes", file=feed)
    shelf = look_into(folder) if folder.is_dir() else Shelf(folder)
    _name(show, shelf)
    return Found(old, show, standing(folder, show, old.addresses, shelf), shelf)


def move_in(
    found: Found,
    allowed: Allowed,
    limits: DownloadLimits,
    defaults: Mapping[str, object],
    listen: Listener,
) -> MovedIn:
    """Bring the show into its folder, as far as it is not there yet.

    `defaults` are settings that count where the feed has none. Nothing that is there is written
    over, but for the settings of a show that has just begun. Raises SendeturmError if something
    cannot be written; what cannot be brought is told.
    """
    show, addresses = found.show, found.feed.addresses
    carrier = Carrier(found.feed.nearby, listen, limits, allow_private=allowed.private)
    folder = found.shelf.folder
    odd = settle(folder, show, found.standing, addresses, carrier=carrier, defaults=defaults)
    language = str(show.settings["language"])
    brought = bring(show.episodes, found.shelf, carrier, language)
    return MovedIn(
        title=str(show.settings["title"]),
        brought=brought,
        pages=found.feed.pages,
        former_feeds=addresses,
        replaced=found.standing.replaced,
        problems=[*show.problems, *found.feed.lost, *odd],
        other_tags=Counter(_names(show, "other_names")),
        left_tags=Counter(_names(show, "left_names")),
    )


def _host(url: str) -> str:
    """Return an address's host and port; empty for files, and what is no address at all."""
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""


def _name(show: FoundShow, shelf: Shelf) -> None:
    """Name the files of new episodes; the others keep what they are called here."""
    for episode in show.episodes:
        episode.stem = shelf.stems.get(episode.guid, "")
    new = (episode for episode in show.episodes if not episode.stem)
    name_episodes(new, shelf.files, shelf.slugs)


def _lock(feed: OldFeed, show: FoundShow, allowed: Allowed) -> Iterator[Problem]:
    """Yield that the old host forbids to take the show; one's own export may always come back."""
    if show.lock_owner is not None and not allowed.locked:
        yield problem("importing.locked", file=feed.address or None, owner=show.lock_owner or "–")


def _missing(feed: OldFeed, show: FoundShow, allowed: Allowed) -> Iterator[Problem]:
    if feed.lost and not allowed.missing:
        yield from feed.lost
    missing, highest = missing_count(show.episodes)
    if missing > allowed.missing:
        came = len(show.episodes)
        yield problem("importing.missing", count=missing, highest=highest, came=came)


def _names(show: FoundShow, kind: str) -> Iterator[str]:
    for part in (show, *show.episodes):
        yield from getattr(part, kind)
