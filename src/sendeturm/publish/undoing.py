"""Taking back: the last publication as a whole, or one episode."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sendeturm.errors import fail
from sendeturm.events import Listener
from sendeturm.model import AlternateFile, EpisodeFacts, Record, ShowRecord, StoredFile
from sendeturm.publish.clock import now_of
from sendeturm.publish.former import with_undone
from sendeturm.publish.history import new_publication, put_history
from sendeturm.publish.keys import FEED_KEY, history_key
from sendeturm.publish.records import (
    RECORDS_CACHE,
    Live,
    LiveRecord,
    parse,
    put_record,
    put_show,
    read_live,
)
from sendeturm.publish.rendering import Rendered, Renderer, live_feed
from sendeturm.publish.sound import kept_sound, put_at
from sendeturm.store.protocol import ConditionFailedError, Store

ADDRESSES = ("title", "published_at", "slug", "number")
"""What a tombstone keeps of an episode: enough to be recognised, nothing to be heard or read."""


@dataclass(frozen=True, slots=True)
class Restored:
    """One record that goes back to what it was `before`; None: it was new, and is taken back."""

    before: Record | None
    live: LiveRecord

    @property
    def title(self) -> str:
        """Return the episode's title as it is now."""
        return self.live.record.facts.title


@dataclass(frozen=True, slots=True)
class Undo:
    """What undoing the last publication would do; `show` is the show's record before it."""

    publication: str
    at: datetime
    episodes: tuple[Restored, ...]
    show: ShowRecord | None
    live: Live


@dataclass(frozen=True, slots=True)
class Desk:
    """Where something is taken back: a store, the local cache if there is one, the time."""

    store: Store
    cache: Path | None
    listen: Listener
    now: datetime

    def rebuild(self, changed: Iterable[LiveRecord]) -> Rendered:
        """Render without what was taken back; an emptied feed is what was asked for."""
        surely: dict[str, str | None] = {live.key: live.etag for live in changed}
        return Renderer(
            self.store, self.now, self.cache, self.listen, may_empty=True, surely=surely
        ).rebuild()


def desk_at(store: Store, cache: Path | None, listen: Listener) -> tuple[Desk, Live]:
    """Return where things are taken back, and what is published there.

    Raises `publish.nothing-published`.
    """
    live = read_live(store, cache / RECORDS_CACHE if cache else None)
    if live.show is None:
        raise fail("publish.nothing-published", place=store.label)
    feed = live_feed(store.head(FEED_KEY))
    now = now_of(store.clock(), feed.rendered_at if feed else None)
    return Desk(store, cache, listen, now), live


def plan_undo(store: Store, live: Live) -> Undo:
    """Return what undoing the last publication that still stands would do.

    What it put and somebody has changed since stays as it is. Raises `publish.nothing-to-undo`.
    """
    names = {one.record.publication for one in live.records.values()}
    names |= {live.show.record.publication} if live.show else set()
    for publication in sorted(names - {""}, reverse=True):
        found = _undo_of(publication, store, live)
        if found is not None:
            return found
    raise fail("publish.nothing-to-undo", place=store.label)


def _undo_of(publication: str, store: Store, live: Live) -> Undo | None:
    episodes = []
    for one in live.records.values():
        if one.record.publication == publication:
            entry = _entry(store, publication, one.record.guid)
            if entry is not None:
                before = entry["before"]
                episodes.append(Restored(_record(before) if before else None, one))
    show = _show_before(publication, store, live)
    if not episodes and show is None:
        return None
    episodes.sort(key=lambda item: (item.live.record.facts.published_at, item.live.key))
    return Undo(publication, _time_of(publication), tuple(episodes), show, live)


def _show_before(publication: str, store: Store, live: Live) -> ShowRecord | None:
    """Return the show before a publication; what began the show stays."""
    if live.show is None or live.show.record.publication != publication:
        return None
    entry = _entry(store, publication, "")
    before = entry["before"] if entry else None
    return parse(ShowRecord, json.dumps(before).encode(), publication) if before else None


def _entry(store: Store, publication: str, guid: str) -> dict[str, Any] | None:
    stored = store.get(history_key(publication, guid))
    if stored is None:
        return None
    try:
        plain: dict[str, Any] = json.loads(stored.body)
    except ValueError:
        return None
    return plain if "before" in plain else None


def _record(plain: dict[str, Any]) -> Record:
    return parse(Record, json.dumps(plain).encode(), "history")


def _time_of(publication: str) -> datetime:
    return datetime.strptime(publication.partition("-")[0], "%Y%m%dT%H%M%S%z")


def undo(desk: Desk, planned: Undo) -> Rendered:
    """Restore what the last publication changed; what it brought is taken back.

    Publishing afterwards does not bring it back by itself. What somebody else changes at the same
    time stays as they have it: `publish.changed-meanwhile` is raised when all else is done. Raises
    `publish.sound-lost`.
    """
    changed, is_overtaken = [], False
    for item in planned.episodes:
        try:
            changed.append(_restore(desk, item))
        except ConditionFailedError:
            is_overtaken = True
    is_overtaken = not _restore_show(desk, planned) or is_overtaken
    rendered = desk.rebuild(changed)
    restored = {live.key for live in changed}
    for item in planned.episodes:
        if item.live.key in restored:
            _restore_former_sound(desk, item)
    if is_overtaken:
        raise fail("publish.changed-meanwhile")
    return rendered


def _restore_show(desk: Desk, planned: Undo) -> bool:
    """Put the show's record as it was before; False if somebody else has just changed it."""
    now = planned.live.show
    if planned.show is None or now is None:
        return True
    undone = with_undone(planned.show, now.record)
    try:
        put_show(desk.store, planned.show.model_copy(update={"undone": undone}), now.etag)
    except ConditionFailedError:
        return False
    return True


def _restore(desk: Desk, item: Restored) -> LiveRecord:
    now = item.live.record
    if item.before is None:
        gone = tombstone(now, desk.now).model_copy(update={"publication": ""})
        return put_record(desk.store, gone, item.live.etag)
    for sound, _ in _replaced_sounds(item.before, now):
        _put_sound(desk, sound, (sound.key,))
    update = {
        "undone": with_undone(item.before, now),
        "other_guids": tuple(dict.fromkeys((*item.before.other_guids, *now.other_guids))),
        "former_keys": _former_keys(item.before, now),
        "alternates": tuple(
            one.model_copy(update={"former_keys": _former_keys_of(one, now)})
            for one in item.before.alternates
        ),
    }
    return put_record(desk.store, item.before.model_copy(update=update), item.live.etag)


def _restore_former_sound(desk: Desk, item: Restored) -> None:
    """Let the addresses that the undone sound had serve the restored one: some apps keep them."""
    if item.before is not None:
        for sound, former in _replaced_sounds(item.before, item.live.record):
            _put_sound(desk, sound, former)


def _replaced_sounds(before: Record, now: Record) -> Iterator[tuple[StoredFile, tuple[str, ...]]]:
    """Yield each sound that was replaced, in all its forms, and the addresses it has beside."""
    if before.enclosure and before.enclosure != now.enclosure:
        yield before.enclosure, _former_keys(before, now)
    there = {one.key for one in now.alternates}
    for one in before.alternates:
        if one.key not in there:
            yield one, _former_keys_of(one, now)


def _former_keys(before: Record, now: Record) -> tuple[str, ...]:
    keys = (*before.former_keys, *now.former_keys, *([now.enclosure.key] if now.enclosure else []))
    own = before.enclosure.key if before.enclosure else ""
    return tuple(key for key in dict.fromkeys(keys) if key != own)


def _former_keys_of(before: AlternateFile, now: Record) -> tuple[str, ...]:
    same = [one for one in now.alternates if one.name == before.name]
    keys = [key for one in (before, *same) for key in (*one.former_keys, one.key)]
    return tuple(key for key in dict.fromkeys(keys) if key != before.key)


def _put_sound(desk: Desk, sound: StoredFile, keys: Iterable[str]) -> None:
    with tempfile.TemporaryDirectory(prefix="sendeturm-") as folder:
        path = kept_sound(desk.store, sound, Path(folder))
        for key in keys:
            put_at(desk.store, sound, key, path)


def unpublish(desk: Desk, live: LiveRecord) -> Rendered:
    """Take an episode off the air; its file stays where it is until it is pruned or forgotten.

    Raises `publish.changed-meanwhile`.
    """
    gone = tombstone(live.record, desk.now)
    put_history(desk.store, live.record, gone)
    try:
        return desk.rebuild([put_record(desk.store, gone, live.etag)])
    except ConditionFailedError:
        raise fail("publish.changed-meanwhile") from None


def tombstone(record: Record, now: datetime) -> Record:
    """Return what is kept of an episode that was taken back: by what it is known, and no more."""
    known = {name: getattr(record.facts, name) for name in ADDRESSES}
    return Record(
        guid=record.guid,
        reissued_as=record.reissued_as,
        other_guids=record.other_guids,
        state="tombstone",
        facts=EpisodeFacts.model_validate(known),
        digests=record.digests,
        source_digest=record.source_digest,
        former_source_digests=record.former_source_digests,
        publication=new_publication(now),
        changed_at=now,
    )
