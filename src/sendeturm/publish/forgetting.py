"""Forgetting an episode: every object, version, page and note of it, and proof that it is gone."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from sendeturm.errors import SendeturmError, fail
from sendeturm.model import EpisodeFacts, Record, ShowRecord
from sendeturm.model.addresses import media_url, page_url
from sendeturm.publish.keys import FEED_KEY, HISTORY_PREFIX, SITE_KEY, history_key
from sendeturm.publish.pages import known_pages
from sendeturm.publish.records import Live, LiveRecord, put_record
from sendeturm.publish.sound import kept_key_of
from sendeturm.publish.undoing import Desk
from sendeturm.store.protocol import ConditionFailedError, Store

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What went: how many objects; addresses that still answered; whether versions were asked for.

    `is_proven` says that there is a public address to ask at.
    """

    objects: int
    answering: tuple[str, ...]
    is_proven: bool
    knows_versions: bool


def forget(desk: Desk, live: Live, found: LiveRecord) -> Forgotten:
    """Remove an episode everywhere: sound, former names, versions, pictures, words, history, cache.

    What remains is its identity, so that it does not come back. It leaves the feed first. Raises
    `publish.changed-meanwhile`.
    """
    from sendeturm.store.versions import erase_versions  # noqa: PLC0415  # boto3 is for buckets

    assert live.show is not None
    history = _history_of(desk.store, found.record.guid)
    shared = _keys_of(one.record for one in live.records.values() if one.key != found.key)
    keys = _keys_of([found.record, *_records_in(desk.store, history)]) - shared
    try:
        gone = put_record(desk.store, _identity(found.record, desk.now), found.etag)
    except ConditionFailedError:
        raise fail("publish.changed-meanwhile") from None
    desk.rebuild([gone])
    there = {listed.key for listed in desk.store.list_objects()}
    removed = sorted((keys & there) | set(history))
    for key in removed:
        desk.store.delete(key)
    page = f"{found.record.facts.slug}/index.html"
    former = {FEED_KEY, SITE_KEY, found.key, *known_pages(desk.store)}
    knows = erase_versions(desk.store, {*removed, *keys, page}, former - {page})
    if desk.cache is not None:
        shutil.rmtree(desk.cache, ignore_errors=True)
    answering = _answering(live.show.record, found.record, keys)
    return Forgotten(len(removed), answering, live.show.record.is_public, knows)


def _identity(record: Record, now: datetime) -> Record:
    """Return what must stay: an identity that publish and feed respect, and not a word more."""
    facts = EpisodeFacts(title="", published_at=LONG_AGO, slug="")
    known = {"reissued_as": record.reissued_as, "other_guids": record.other_guids}
    nothing = Record(guid=record.guid, state="tombstone", facts=facts, changed_at=now)
    return nothing.model_copy(update=known)


def _history_of(store: Store, guid: str) -> list[str]:
    name = history_key("", guid).rpartition("/")[2]
    listed = store.list_objects(HISTORY_PREFIX)
    return [one.key for one in listed if one.key.rpartition("/")[2] == name]


def _records_in(store: Store, history: Iterable[str]) -> list[Record]:
    records = []
    for key in history:
        stored = store.get(key)
        with suppress(ValueError, KeyError, TypeError):
            entry = json.loads(stored.body) if stored else {}
            states = (entry.get("before"), entry.get("after"))
            records += [Record.model_validate(state) for state in states if state]
    return records


def _keys_of(records: Iterable[Record]) -> set[str]:
    """Return all keys that records name, and those where replaced sound was kept."""
    keys = set[str]()
    for record in records:
        keys |= {key for key in record.object_keys if not key.startswith(".sendeturm/")}
        sounds = [*record.alternates, *([record.enclosure] if record.enclosure else [])]
        keys |= {kept_key_of(sound.key, sound.sha256) for sound in sounds}
    return keys


def _answering(show: ShowRecord, record: Record, keys: Iterable[str]) -> tuple[str, ...]:
    """Ask as anybody can for what was removed, and return the addresses that still give it."""
    if not show.is_public:
        return ()
    from sendeturm.web import fetch  # noqa: PLC0415  # HTTP is for this proof only

    addresses = [page_url(show, record.facts.slug), *(media_url(show, k) for k in sorted(keys))]
    found = []
    for address in addresses:
        with suppress(SendeturmError):  # refused, or nobody there: that is what was wanted
            fetch(address)
            found.append(address)
    return tuple(found)
