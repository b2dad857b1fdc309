"""One edition of the preview after the other: each whole, and made from the one before."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from sendeturm.errors import Problem, Severity
from sendeturm.events import Listener
from sendeturm.model import Config
from sendeturm.publish.apply import Outcome
from sendeturm.publish.comparing import Compared, Heard, Laid, is_page, pages_of
from sendeturm.publish.keys import FEED_KEY, HISTORY_PREFIX, SITE_KEY, record_key
from sendeturm.publish.preview import PreviewPlan, build_preview, compare_preview, plan_preview
from sendeturm.sources import EPISODES, stem_in
from sendeturm.store import FolderStore
from sendeturm.store.twins import twin

LABEL = "preview/"
NOBODY: frozenset[str] = frozenset()
OF_THE_SITE = {"site", "check"}
"""Tables of the settings that alter pages alone; each other may alter every episode."""

_ANEW = ("assets/", "search/", "_preview/", HISTORY_PREFIX, SITE_KEY, FEED_KEY)
"""What every edition makes anew, beside the pages."""

Listening = Callable[[Mapping[str, str]], AbstractContextManager[Listener]]
"""Gives a listener for the episodes of the titles (by stem) that are about to be made."""


@dataclass(frozen=True, slots=True)
class Edition:
    """The preview at one moment, in a store of its own.

    `episodes` are all that can be heard, by stem, `made` the stems of those that were made for it.
    `problems` are mistakes: what they are about is left out, or stands as it was before.
    """

    store: FolderStore
    config: Config
    episodes: Mapping[str, Heard]
    made: tuple[str, ...]
    compared: Compared
    problems: tuple[Problem, ...]


class Editions:
    """Makes editions in the folder `place`; the two latest lie there, former ones are removed.

    `address` is where they are served, `language` that of the person at this computer.
    """

    def __init__(self, folder: Path, place: Path, address: str, language: str) -> None:
        """Begin without any."""
        self.latest: Edition | None = None
        self._former: Edition | None = None
        self._folder = folder
        self._place = place
        self._address = address
        self._language = language
        self._number = 0
        self._owners: dict[str, tuple[str, int]] = {}

    def make(self, config: Config, changed: Collection[str], listening: Listening) -> Edition:
        """Return the edition for the sources as they are now, `changed` since the latest one.

        An episode that has become broken stays as it was. Raises SendeturmError where the show
        itself cannot be shown; the latest edition stays what it is.
        """
        self._tidy()
        fresh = self._fresh(config, changed)
        edition = self._made(config, fresh, NOBODY, listening)
        broken = self._broken(edition)
        if fresh is not None and broken:
            first = edition
            edition = self._made(config, fresh - broken, broken, listening)
            edition = replace(edition, problems=first.problems)
        self._take(edition)
        return edition

    @property
    def moved(self) -> dict[str, str]:
        """Return where the pages are now that earlier editions had under another key."""
        assert self.latest is not None, "asked only once there is one"
        there, episodes = self.latest.compared.versions, self.latest.episodes
        return {
            key: pages_of(episodes[stem].record)[nth]
            for key, (stem, nth) in self._owners.items()
            if key not in there and stem in episodes
        }

    def _fresh(self, config: Config, changed: Collection[str]) -> frozenset[str] | None:
        """Return the stems of the episodes to be made anew, None for all of them."""
        if self.latest is None or _basis(config) != _basis(self.latest.config):
            return None
        stems = set()
        for name in changed:
            stem = stem_in(name)
            if stem is not None:
                stems.add(stem)
            elif name in _of_all(config) or name.startswith(f"{EPISODES}/"):
                return None
        return frozenset(stems)

    def _made(
        self,
        config: Config,
        fresh: frozenset[str] | None,
        broken: frozenset[str],
        listening: Listening,
    ) -> Edition:
        """Return an edition with the episodes in `fresh` made anew; those in `broken` stay."""
        with self._room() as root:
            store = self._begun(root, fresh)
            planned = plan_preview(self._folder, config, store, self._address)
            refused = {refusal.whom for refusal in planned.plan.refusals} - broken
            if fresh is not None and refused:
                # Nobody hears a preview: what publish would ask for first is made from nothing.
                shutil.rmtree(root, ignore_errors=True)
                store, fresh = FolderStore(root, LABEL, lasting=False), None
                planned = plan_preview(self._folder, config, store, self._address)
            return self._built(config, store, planned, fresh, listening)

    def _built(
        self,
        config: Config,
        store: FolderStore,
        planned: PreviewPlan,
        fresh: frozenset[str] | None,
        listening: Listening,
    ) -> Edition:
        with listening(planned.titles) as listen:
            outcome = build_preview(planned, store, listen)
            made = planned.heard(outcome)
            carried = self._carried(fresh)
            heard, known = carried | made, self._known(carried.keys() - made)
            compared = compare_preview(planned, heard, store, listen, self._language, known=known)
        problems = (*_errors(planned, outcome), *compared.problems)
        return Edition(store, config, heard, tuple(made), compared, problems)

    @contextmanager
    def _room(self) -> Iterator[Path]:
        """Give the folder of a new edition; it goes if there will be none."""
        self._number += 1
        root = self._place / str(self._number)
        try:
            yield root
        except BaseException:
            shutil.rmtree(root, ignore_errors=True)
            raise

    def _begun(self, root: Path, fresh: frozenset[str] | None) -> FolderStore:
        """Return a store with all that can stay."""
        if self.latest is None or fresh is None:
            return FolderStore(root, LABEL, lasting=False)
        stays = {key for heard in self._carried(fresh).values() for key in heard.record.object_keys}
        goes = {
            key
            for stem in fresh & self.latest.episodes.keys()
            for record in [self.latest.episodes[stem].record]
            for key in (record_key(record.guid), *record.object_keys)
        }
        goes -= stays

        def keeps(key: str) -> bool:
            return not (key in goes or is_page(key) or key.startswith(_ANEW))

        return twin(self.latest.store, root, LABEL, keeps)

    def _carried(self, fresh: frozenset[str] | None) -> dict[str, Heard]:
        if self.latest is None or fresh is None:
            return {}
        return {stem: one for stem, one in self.latest.episodes.items() if stem not in fresh}

    def _known(self, stems: Collection[str]) -> dict[str, Laid]:
        """Return what was laid out before."""
        laid = self.latest.compared.laid if self.latest else {}
        return {stem: laid[stem] for stem in stems}

    def _broken(self, edition: Edition) -> frozenset[str]:
        """Return the stems of episodes that could be heard, and cannot because of a mistake."""
        if self.latest is None:
            return NOBODY
        lost = self.latest.episodes.keys() - edition.episodes.keys()
        files = [found.place.file or "" for found in edition.problems]
        starts = {stem: (f"{EPISODES}/{stem}.", f"{EPISODES}/{stem}/") for stem in lost}
        return frozenset(s for s in lost if any(file.startswith(starts[s]) for file in files))

    def _take(self, edition: Edition) -> None:
        """Make `edition` the latest one."""
        for stem, heard in edition.episodes.items():
            for nth, key in enumerate(pages_of(heard.record)):
                self._owners[key] = (stem, nth)
        self._former, self.latest = self.latest, edition

    def _tidy(self) -> None:
        """Remove the editions before the two latest ones: nobody asks for them any more."""
        keep = {one.store.root for one in (self._former, self.latest) if one}
        for root in self._place.iterdir():
            if root.is_dir() and root not in keep:
                shutil.rmtree(root, ignore_errors=True)


def _basis(config: Config) -> object:
    return config.model_dump(exclude=OF_THE_SITE)


def _of_all(config: Config) -> set[str | None]:
    """Return the files that are part of every episode."""
    return {config.show.cover, config.sound.intro, config.sound.outro}


def _errors(planned: PreviewPlan, outcome: Outcome) -> list[Problem]:
    found = (*planned.plan.problems, *outcome.problems)
    return [p for p in found if p.severity is Severity.ERROR]
