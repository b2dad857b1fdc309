"""What cron runs: rebuild feed and pages from the store alone, if there is a reason to."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sendeturm.errors import fail
from sendeturm.events import Listener
from sendeturm.publish.clock import now_of
from sendeturm.publish.gather import read_live_feed
from sendeturm.publish.keys import HEARTBEAT_KEY
from sendeturm.publish.records import JSON_META, RECORDS_CACHE, read_records, read_show
from sendeturm.publish.rendering import Rendered, Renderer, reason_to_render
from sendeturm.store.protocol import Store

HEARTBEAT_EVERY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class FeedRun:
    """What a run did: `reason` is empty and `rendered` None where there was nothing to do."""

    reason: str
    rendered: Rendered | None
    next_due: datetime | None


def run_feed(
    store: Store, cache: Path | None, listen: Listener, allowed: Collection[str] = ()
) -> FeedRun:
    """Rebuild what is stale or due; raises `publish.nothing-published` for an empty store."""
    show = read_show(store)
    if show is None:
        raise fail("publish.nothing-published", place=store.label)
    records = read_records(store, cache / RECORDS_CACHE if cache else None)
    live = read_live_feed(store)
    now = now_of(store.clock(), live.rendered_at if live else None)
    _leave_heartbeat(store, now)
    reason = reason_to_render(live, show, records, now)
    if not reason:
        return FeedRun("", None, live.next_due if live else None)
    rendered = Renderer(store, now, cache, listen, "empty-feed" in allowed).rebuild()
    return FeedRun(reason, rendered, rendered.next_due)


def last_heartbeat(store: Store) -> datetime | None:
    """Return when `feed` last ran from anywhere, to the day; None if it never did."""
    stored = store.get(HEARTBEAT_KEY)
    try:
        return datetime.fromisoformat(json.loads(stored.body)["at"]) if stored else None
    except (ValueError, KeyError, TypeError):
        return None


def _leave_heartbeat(store: Store, now: datetime) -> None:
    """Say at most once a day that cron is alive, so that a silent stop is noticed."""
    last = last_heartbeat(store)
    if last is None or now - last >= HEARTBEAT_EVERY:
        store.put(HEARTBEAT_KEY, json.dumps({"at": now.isoformat()}).encode(), JSON_META)
