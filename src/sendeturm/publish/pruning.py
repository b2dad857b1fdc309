"""Objects that nothing names any more: noted when they are first seen so, removed a week later."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sendeturm.errors import fail
from sendeturm.publish.keys import HISTORY_PREFIX, SITE_PREFIX, UNUSED_KEY
from sendeturm.publish.pages import known_pages
from sendeturm.publish.records import JSON_META
from sendeturm.publish.sound import kept_key_of
from sendeturm.publish.undoing import Desk
from sendeturm.store.protocol import (
    Condition,
    ConditionFailedError,
    ConditionUnsupportedError,
    Listed,
    Store,
    Stored,
)

WAIT = timedelta(days=7)
"""So long somebody who publishes may still be about to name an object."""
HISTORY_KEPT = timedelta(days=30)
"""So far back undo reaches, once a storage was pruned."""
FETCHERS = 8
_OURS = re.compile(
    r"(media|covers|cards|chapters|transcripts|assets)/.+-[0-9a-f]{12,64}\.[a-z0-9]+"
)


@dataclass(frozen=True, slots=True)
class Unused:
    """What may go: objects that were unused for a week, and publications long past.

    `waiting` are objects that nothing names now; `next_at` is when the first of them may go.
    """

    objects: tuple[Listed, ...]
    history: tuple[Listed, ...]
    waiting: tuple[Listed, ...]
    next_at: datetime | None

    @property
    def size_bytes(self) -> int:
        """Return how much room would be free."""
        return sum(one.size_bytes for one in (*self.objects, *self.history))


def plan_prune(desk: Desk) -> Unused:
    """Return what nothing names, and note it in the storage: from now on its week counts."""
    listed = desk.store.list_objects()
    old = {o.key: o for o in listed if _is_past(o.key, desk.now)}
    unnamed = _unnamed(desk.store, listed, old)
    since = _noted(desk.store)
    noted = {
        o.key: since[o.key] if since.get(o.key, [""])[0] == _state(o) else [_state(o), _iso(desk)]
        for o in unnamed
    }
    if noted != since:
        desk.store.put(UNUSED_KEY, json.dumps(noted, sort_keys=True).encode(), JSON_META)
    may_go_at = {key: datetime.fromisoformat(at) + WAIT for key, (_, at) in noted.items()}
    ripe = [o for o in unnamed if may_go_at[o.key] <= desk.now]
    waiting = [o for o in unnamed if may_go_at[o.key] > desk.now]
    next_at = min((may_go_at[o.key] for o in waiting), default=None)
    return Unused(tuple(ripe), tuple(old.values()), tuple(waiting), next_at)


def prune(desk: Desk, planned: Unused) -> int:
    """Remove what was planned and still is as it was; return how many objects went.

    Everything is listed and read again just before: what is named by now stays.
    """
    listed = desk.store.list_objects()
    old = {o.key: o for o in planned.history}
    unnamed = {o.key: _state(o) for o in _unnamed(desk.store, listed, old)}
    there = {o.key for o in listed}
    going = [o for o in planned.objects if unnamed.get(o.key) == _state(o)]
    gone = [o for o in going if _remove(desk.store, o)]
    for entry in planned.history:
        desk.store.delete(entry.key)
    return len(gone) + sum(entry.key in there for entry in planned.history)


def _remove(store: Store, listed: Listed) -> bool:
    try:
        store.delete(listed.key, only_if=Condition(listed.etag))
    except ConditionUnsupportedError:
        store.delete(listed.key)
    except ConditionFailedError:
        return False
    return True


def _unnamed(store: Store, listed: Iterable[Listed], old: Iterable[str]) -> list[Listed]:
    """Return the objects of our own making that neither records, history nor pages name."""
    past = set(old)
    candidates = [
        o for o in listed if _OURS.fullmatch(o.key) or o.key.startswith(SITE_PREFIX + "/")
    ]
    documents = [
        o.key
        for o in listed
        if o.key.startswith(".sendeturm/") and o.key.endswith(".json") and o.key not in past
    ]
    named = set(known_pages(store))
    with ThreadPoolExecutor(FETCHERS) as pool:
        for stored in pool.map(store.get, [key for key in documents if key != UNUSED_KEY]):
            named |= _named_in(stored) if stored else set()
    return [o for o in candidates if o.key not in named]


def _named_in(stored: Stored) -> set[str]:
    try:
        return set(_names_in(json.loads(stored.body)))
    except ValueError:  # what it named cannot be known: nothing is removed
        raise fail("publish.broken-record", file=stored.head.key) from None


def _names_in(document: Any) -> Iterator[str]:
    """Yield every text of a document: keys are among them, whatever they are called there."""
    if isinstance(document, str):
        yield document
    elif isinstance(document, list):
        for one in document:
            yield from _names_in(one)
    elif isinstance(document, dict):
        if isinstance(document.get("key"), str) and isinstance(document.get("sha256"), str):
            yield kept_key_of(document["key"], document["sha256"])
        for one in document.values():
            yield from _names_in(one)


def _is_past(key: str, now: datetime) -> bool:
    if not key.startswith(HISTORY_PREFIX):
        return False
    stamp = key.removeprefix(HISTORY_PREFIX).partition("-")[0]
    try:
        return now - datetime.strptime(stamp, "%Y%m%dT%H%M%S%z") > HISTORY_KEPT
    except ValueError:
        return False


def _noted(store: Store) -> dict[str, list[str]]:
    stored = store.get(UNUSED_KEY)
    try:
        plain = json.loads(stored.body) if stored else {}
        return {
            key: [state, at] for key, (state, at) in plain.items() if datetime.fromisoformat(at)
        }
    except (ValueError, TypeError, AttributeError):
        return {}


def _state(listed: Listed) -> str:
    """Return what tells an object from another one put under its key, even with the same bytes."""
    return f"{listed.etag} {listed.modified_at.isoformat()}"


def _iso(desk: Desk) -> str:
    return desk.now.isoformat()
