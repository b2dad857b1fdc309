"""From records to feed and pages in the store: list, render, put, and list again.

Nothing else is needed: no audio, no checkout. That is what cron runs, from any machine that may
write to the store.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sendeturm.errors import fail
from sendeturm.events import Listener, Progress, Stage
from sendeturm.model import Record
from sendeturm.model.schedule import due, next_due
from sendeturm.publish.keys import FEED_KEY, PAGES_KEY, SHOW_KEY
from sendeturm.publish.records import (
    JSON_META,
    RECORDS_CACHE,
    LiveRecord,
    LiveShow,
    read_records,
    read_show,
)
from sendeturm.publish.situation import LiveFeed
from sendeturm.publish.transcripts import read_transcripts
from sendeturm.store.protocol import ObjectMeta, Store

RENDERER = 3
"""Raised with every change of feed or pages that published shows should get."""
MOST_ROUNDS = 20
Bodies = Mapping[str, tuple[bytes, ObjectMeta]]
FEED_TYPE = "application/rss+xml; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Rendered:
    """What a rebuild did; `items` are on the air."""

    pages_put: int
    items: int
    next_due: datetime | None


def fingerprint(show: LiveShow, records: Mapping[str, LiveRecord]) -> str:
    """Return the digest of all a feed is rendered from, as listed: keys and ETags."""
    parts = sorted((live.key, live.etag) for live in records.values())
    return hashlib.sha256(json.dumps([[SHOW_KEY, show.etag], *parts]).encode()).hexdigest()


def reason_to_render(
    live: LiveFeed | None, show: LiveShow, records: Mapping[str, LiveRecord], now: datetime
) -> str:
    """Return why the feed must be rebuilt: `first`, `changed`, `due`, `renderer`; empty if not.

    An older program never rebuilds what a newer one rendered from the same records.
    """
    if live is None:
        return "first"
    if live.fingerprint != fingerprint(show, records):
        return "changed"
    if live.next_due is not None and live.next_due <= now:
        return "due"
    return "renderer" if live.renderer < RENDERER else ""


@dataclass(frozen=True, slots=True)
class Renderer:
    """One rebuild: from which store, as of when, with which local cache."""

    store: Store
    now: datetime
    cache: Path | None
    listen: Listener
    may_empty: bool = False

    def rebuild(self) -> Rendered:
        """Render and put until what is listed is what was put.

        Whoever commits a record while this runs either sees it in this feed or renders the next
        one: the last step of every publisher is a listing that equals its feed. Raises
        `publish.nothing-published`, `publish.feed-knows-more`, `publish.empty-feed`.
        """
        for _ in range(MOST_ROUNDS):
            show, records = self._read()
            done = self._render_once(show, records)
            if fingerprint(*self._read()) == fingerprint(show, records):
                return done
        raise fail("publish.never-settles")

    def _read(self) -> tuple[LiveShow, dict[str, LiveRecord]]:
        show = read_show(self.store)
        if show is None:
            raise fail("publish.nothing-published", place=self.store.label)
        return show, read_records(self.store, self.cache / RECORDS_CACHE if self.cache else None)

    def _render_once(self, show: LiveShow, records: Mapping[str, LiveRecord]) -> Rendered:
        from sendeturm.feed import render_feed  # noqa: PLC0415  # feedgen is heavy

        plain = [live.record for live in records.values()]
        on_air = due(plain, self.now)
        feed = render_feed(show.record, plain, self.now)
        _compare_with_live(self.store, records, items=len(on_air), may_empty=self.may_empty)
        pages = self._pages(show, plain, on_air)
        known = _known_pages(self.store)
        pages_put = _put_pages(self.store, pages, known, self.listen)
        due_next = next_due(plain, self.now)
        self.store.put(FEED_KEY, feed, _feed_meta(show, records, self.now, due_next))
        _delete_former_pages(self.store, pages, known)
        return Rendered(pages_put=pages_put, items=len(on_air), next_due=due_next)

    def _pages(self, show: LiveShow, plain: list[Record], on_air: Sequence[Record]) -> Bodies:
        from sendeturm.site import render_site  # noqa: PLC0415  # Jinja2 is heavy

        cues = read_transcripts(self.store, on_air, self.cache)
        in_bucket = bool(self.store.endpoint)
        pages = render_site(show.record, plain, cues, self.now, in_bucket=in_bucket)
        return {
            key: (page.body, ObjectMeta(page.content_type, page.cache_control))
            for key, page in pages.items()
        }


def _feed_meta(
    show: LiveShow, records: Mapping[str, LiveRecord], now: datetime, due_next: datetime | None
) -> ObjectMeta:
    facts = {
        "fingerprint": fingerprint(show, records),
        "rendered-at": now.isoformat(),
        "next-due": due_next.isoformat() if due_next else "",
        "renderer": str(RENDERER),
    }
    return ObjectMeta(FEED_TYPE, "max-age=300", {k: v for k, v in facts.items() if v})


def _compare_with_live(
    store: Store, records: Mapping[str, LiveRecord], *, items: int, may_empty: bool
) -> None:
    """Stop before an episode that listeners see would vanish without having been taken back."""
    live = store.get(FEED_KEY)
    if live is None:
        return
    from sendeturm.rss import read_feed  # noqa: PLC0415  # lxml is heavy

    seen = [item.guid for item in read_feed(live.body).items]
    unknown = [guid for guid in seen if guid and guid not in records]
    if unknown:
        raise fail("publish.feed-knows-more", count=len(unknown), first=unknown[0])
    if seen and not items and not may_empty and not _all_taken_back(records):
        raise fail("publish.empty-feed", permit="empty-feed")


def _all_taken_back(records: Mapping[str, LiveRecord]) -> bool:
    return all(live.record.state == "tombstone" for live in records.values())


def _put_pages(
    store: Store,
    bodies: Bodies,
    known: Mapping[str, list[str]],
    listen: Listener,
) -> int:
    """Put the pages that differ from what lies there and return how many."""
    listed = {o.key: o.etag for o in store.list_objects() if o.key in bodies}
    digests = {key: hashlib.sha256(body).hexdigest() for key, (body, _) in bodies.items()}
    present = {
        key: [digests[key], etag]
        for key, etag in listed.items()
        if known.get(key) == [digests[key], etag]
    }
    missing = [key for key in _assets_first(bodies) if key not in present]
    for done, key in enumerate(missing, start=1):
        present[key] = [digests[key], store.put(key, *bodies[key])]
        listen(Progress("", Stage.RENDER, done, len(missing)))
    if present != known:
        store.put(PAGES_KEY, json.dumps(present, sort_keys=True).encode(), JSON_META)
    return len(missing)


def _delete_former_pages(
    store: Store, bodies: Mapping[str, object], known: Mapping[str, list[str]]
) -> None:
    """Remove pages nobody is led to any more; old assets stay for readers of cached pages."""
    for key in known:
        if key not in bodies and not key.startswith("assets/"):
            store.delete(key)


def _known_pages(store: Store) -> dict[str, list[str]]:
    """Return digest and ETag of each page as last put; a wrong memory only costs a put."""
    stored = store.get(PAGES_KEY)
    try:
        return dict(json.loads(stored.body)) if stored else {}
    except (ValueError, TypeError):
        return {}


def _assets_first(keys: Mapping[str, object]) -> list[str]:
    """Order keys so that no page is ever ahead of its assets, and the index comes last."""
    return sorted(keys, key=lambda key: (not key.startswith("assets/"), key == "index.html", key))
