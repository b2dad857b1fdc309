"""Objects copied from a store into a folder: verified, whole or not at all, nothing twice."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from sendeturm.errors import Place, Problem, SendeturmError, problem
from sendeturm.events import Listener, Progress, Stage
from sendeturm.store import FolderStore
from sendeturm.store.disk import disk_told
from sendeturm.store.folder import DRAFTS
from sendeturm.store.protocol import Head, Listed, Store

FETCHERS = 8
SMALL_BYTES = 1 << 20
"""Larger ones come one after the other: several at once would not be here sooner."""


@dataclass
class Copying:
    """A copy in the making; `done` are the objects that are here now, by key.

    `copied` are those that were fetched, `problems` tell of the others.
    """

    store: Store
    copy: FolderStore
    listen: Listener
    subject: str
    done: dict[str, Listed] = field(default_factory=dict)
    copied: set[str] = field(default_factory=set)
    problems: dict[str, Problem] = field(default_factory=dict)

    def bring(self, wanted: Iterable[str], sha256s: Mapping[str, str]) -> None:
        """Copy what is not here with the same content; the first of `wanted` first, the last last.

        `sha256s` are digests that are known by key, for objects whose metadata have none. What
        is named and not there, or not as it was put, is told in `problems`. Raises what disk and
        store raise; what was copied before is kept.
        """
        listed = {one.key: one for one in self.store.list_objects()}
        keys = list(dict.fromkeys(wanted))
        self.problems = {key: _lost(key) for key in keys if key not in listed}
        found = [listed[key] for key in keys if key in listed]
        new = [one for one in found if self.done.get(one.key) != one]
        done_bytes, total_bytes = 0, sum(one.size_bytes for one in new)
        for one in self._in_turn(new, sha256s):
            done_bytes += one.size_bytes
            self.listen(Progress(self.subject, Stage.COPY, done_bytes, total_bytes))
        self.done = {one.key: one for one in found if one.key not in self.problems}

    def _in_turn(self, new: list[Listed], sha256s: Mapping[str, str]) -> Iterator[Listed]:
        """Bring each object and yield it then: small ones side by side, large ones after them."""
        between = new[1:-1]
        small = [one for one in between if one.size_bytes < SMALL_BYTES]
        yield from (self._bring(one, sha256s) for one in new[:1])
        pool = ThreadPoolExecutor(FETCHERS)
        try:
            yield from pool.map(lambda one: self._bring(one, sha256s), small)
        finally:
            pool.shutdown(cancel_futures=True)
        large = [one for one in between if one.size_bytes >= SMALL_BYTES]
        yield from (self._bring(one, sha256s) for one in [*large, *new[1:][-1:]])

    def _bring(self, one: Listed, sha256s: Mapping[str, str]) -> Listed:
        if self._is_here(one, sha256s.get(one.key, "")):
            return one
        with self._draft() as path:
            with self._told_of_copy(one.key):
                head = self.store.download(one.key, path)
            found = self._fault(one.key, head, path, sha256s.get(one.key, ""))
            if found is None and head is not None:
                self.copy.put(one.key, path, head.meta)
                self.copied.add(one.key)
            elif found is not None:
                self.problems[one.key] = found
        return one

    def _is_here(self, one: Listed, sha256: str) -> bool:
        """Say whether the copy has an object already, by its sha256."""
        here = self.copy.head(one.key)
        if here is None or here.size_bytes != one.size_bytes:
            return False
        there = self.store.head(one.key)
        return there is not None and _sha256_of(here) == (_sha256_of(there) or sha256)

    def _fault(self, key: str, head: Head | None, path: Path, sha256: str) -> Problem | None:
        """Return what is wrong with a download, if something is."""
        if head is None:
            return _lost(key)
        with disk_told(self.copy.label, key), path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        is_whole = path.stat().st_size == head.size_bytes
        if is_whole and digest == (_sha256_of(head) or sha256 or digest):
            return None
        return problem("publish.not-as-stored", file=key)

    @contextmanager
    def _draft(self) -> Iterator[Path]:
        """Give the path of a file that is gone afterwards, on the copy's own disk."""
        path = self.copy.root / DRAFTS / secrets.token_hex(8)
        with disk_told(self.copy.label, DRAFTS):
            path.parent.mkdir(parents=True, exist_ok=True)
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)

    @contextmanager
    def _told_of_copy(self, key: str) -> Iterator[None]:
        """Name the copy where its disk refuses, not the draft in it."""
        try:
            yield
        except SendeturmError as error:
            raise SendeturmError(self._about_copy(found, key) for found in error.problems) from None

    def _about_copy(self, found: Problem, key: str) -> Problem:
        if found.params.get("place") != str(self.copy.root / DRAFTS):
            return found
        about = {"place": self.copy.label, "name": key}
        return replace(found, params={**found.params, **about}, place=Place())


def _sha256_of(head: Head) -> str:
    return head.meta.metadata.get("sha256", "")


def _lost(key: str) -> Problem:
    return problem("publish.not-in-storage", file=key)
