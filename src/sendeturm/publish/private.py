"""The private feed: everything the show has, behind one address that nobody can guess.

The address is known by the feed's own key in the store alone, which only those who may list the
store can see: it stands in no record, page, message or log. The highest number counts; a lower
one is what a replacement has not removed yet.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sendeturm.errors import Problem, SendeturmError, fail
from sendeturm.events import Listener
from sendeturm.model import Record, ShowFacts, ShowRecord
from sendeturm.model.addresses import media_url
from sendeturm.publish.clock import now_of
from sendeturm.publish.keys import FEED_TYPE, PRIVATE_PREFIX
from sendeturm.publish.records import read_live
from sendeturm.publish.rendering import Renderer
from sendeturm.store.protocol import ObjectMeta, Store

SECRET_BYTES = 20
MASK = f"{PRIVATE_PREFIX}…"


def private_address(store: Store) -> str | None:
    """Return the private feed's address, None where nothing private was published yet.

    Raises `publish.nothing-published`.
    """
    show = read_live(store, None).show
    if show is None:
        raise fail("publish.nothing-published", place=store.label)
    key = private_key(store)
    return media_url(show.record, key) if key else None


def private_key(store: Store) -> str | None:
    """Return the private feed's key in the store, which is a secret; None if there is none."""
    keys = _keys(store)
    return keys[-1] if keys else None


def replace_private_address(store: Store, cache: Path | None, listen: Listener) -> str | None:
    """Give the private feed another address and remove it from the former; return the new one.

    None where there is no private feed. Raises `publish.nothing-published` and what stores raise.
    """
    if private_address(store) is None:
        return None
    keys = _keys(store)
    _put(store, _next_key(keys), b"")
    Renderer(store, now_of(store.clock(), None), cache, listen).rebuild()
    return private_address(store)


def put_private_feed(
    store: Store, show: ShowRecord, records: Sequence[Record], now: datetime
) -> None:
    """Put the private feed, if something is private, and take it away from former addresses."""
    keys = _keys(store)
    wanted = show.facts.private or any(r.facts.private and r.is_on_air for r in records)
    if not (wanted or keys):
        return
    from sendeturm.feed import render_feed  # noqa: PLC0415  # feedgen is heavy

    key = keys[-1] if keys else _next_key(keys)
    _put(store, key, render_feed(_for_friends(show), records, now, private_key=key))
    for former in keys[:-1]:
        _delete(store, former)


def hidden(show: ShowRecord) -> ShowRecord:
    """Return what the public feed of a show says that is private as a whole: nothing."""
    facts = show.facts
    shown = ShowFacts(
        id=facts.id, title="-", description="-", language=facts.language, author="-", block=("all",)
    )
    return show.model_copy(update={"facts": shown, "cover": None, "podcast_guid": None})


def _for_friends(show: ShowRecord) -> ShowRecord:
    """Return the show as its private feed tells it: not to be listed, copied or announced."""
    kept_out = {"block": ("all",), "hub": None, "new_feed_url": None, "locked": True}
    facts = show.facts.model_copy(update=kept_out)
    return show.model_copy(update={"facts": facts, "podcast_guid": None})


def _keys(store: Store) -> list[str]:
    listed = (o.key for o in store.list_objects(PRIVATE_PREFIX))
    return sorted(key for key in listed if key.endswith("/feed.xml"))


def _next_key(keys: Sequence[str]) -> str:
    number = int(keys[-1].removeprefix(PRIVATE_PREFIX).partition("-")[0]) + 1 if keys else 1
    return f"{PRIVATE_PREFIX}{number:06}-{secrets.token_hex(SECRET_BYTES)}/feed.xml"


def _put(store: Store, key: str, body: bytes) -> None:
    meta = ObjectMeta(FEED_TYPE, "private, max-age=300")
    _masked(key, lambda: store.put(key, body, meta))


def _delete(store: Store, key: str) -> None:
    _masked(key, lambda: store.delete(key))


def _masked(key: str, act: Callable[[], object]) -> None:
    """Do what may fail, without the address in what is said then."""
    try:
        act()
    except SendeturmError as error:
        raise SendeturmError(_without(key, found) for found in error.problems) from None


def _without(key: str, found: Problem) -> Problem:
    params = {
        name: value.replace(key, MASK) if isinstance(value, str) else value
        for name, value in found.params.items()
    }
    file = found.place.file and found.place.file.replace(key, MASK)
    return replace(found, params=params, place=replace(found.place, file=file))
