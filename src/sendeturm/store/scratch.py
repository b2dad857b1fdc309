"""Scratch objects of a probe: named by chance, and taken away whatever happens."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta

from sendeturm.errors import SendeturmError
from sendeturm.store.protocol import ObjectMeta, Store

OWN = ".sendeturm/probe/"
PUBLIC = "probe-"
"""Begins the folder of objects that are read over the public address."""
FORGOTTEN = timedelta(hours=1)
"""After that, the run that put a scratch object was killed."""

_SCRATCH = re.compile(rf"(?:{re.escape(OWN)}|{PUBLIC})[0-9a-f]{{16}}/[a-z0-9.-]+", re.ASCII)


class Scratch:
    """The keys of one probe's objects; `left` are those that could not be removed."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.token = secrets.token_hex(8)
        self.left: list[str] = []
        self._used: list[str] = []

    def key(self, name: str, *, is_public: bool = False) -> str:
        """Return the key of the scratch object `name`, which is going to be removed."""
        key = f"{PUBLIC if is_public else OWN}{self.token}/{name}"
        if key not in self._used:
            self._used.append(key)
        return key

    def put(self, name: str, body: bytes, meta: ObjectMeta, *, is_public: bool = False) -> str:
        """Put a scratch object and return its key; raises SendeturmError."""
        key = self.key(name, is_public=is_public)
        self.store.put(key, body, meta)
        return key

    def remove(self) -> None:
        """Remove all there may be."""
        for key in self._used:
            try:
                self.store.delete(key)
            except SendeturmError:
                self.left.append(key)
        self._used.clear()


@contextmanager
def scratch(store: Store) -> Iterator[Scratch]:
    """Give room for scratch objects and remove them in the end, after an error too."""
    room = Scratch(store)
    try:
        yield room
    finally:
        room.remove()


def sweep_forgotten(store: Store) -> None:
    """Remove what probes left behind that were killed."""
    before = (store.clock() or datetime.now(UTC)) - FORGOTTEN
    with suppress(SendeturmError):  # it is a courtesy
        for prefix in (OWN, PUBLIC):
            for found in store.list_objects(prefix):
                if _SCRATCH.fullmatch(found.key) and found.modified_at < before:
                    store.delete(found.key)
