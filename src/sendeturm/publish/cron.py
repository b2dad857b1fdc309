"""What cron runs: rebuild feed and pages from the store alone, if there is a reason to."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sendeturm.errors import Severity, fail, problem
from sendeturm.events import Listener, Notice
from sendeturm.publish.clock import now_of
from sendeturm.publish.keys import FEED_KEY, SHOW_KEY
from sendeturm.publish.listing import Listing, read_listing, sign_of_life
from sendeturm.publish.records import JSON_META
from sendeturm.publish.rendering import Rendered, Renderer, live_feed, reason_to_render
from sendeturm.store.protocol import Store
from sendeturm.store.split import carry

EMPTY_FEED = "empty-feed"


@dataclass(frozen=True, slots=True)
class FeedRun:
    """What a run did: `reason` is empty and `rendered` None where there was nothing to do."""

    reason: str
    rendered: Rendered | None
    next_due: datetime | None


def run_feed(
    store: Store, cache: Path | None, listen: Listener, allowed: Collection[str] = ()
) -> FeedRun:
    """Rebuild what is stale or due; raises `publish.nothing-published` for an empty store.

    Where there is nothing to do, listing and the feed's head are all that is asked for.
    """
    for permit in sorted(set(allowed) - {EMPTY_FEED}):
        listen(
            Notice("", problem("publish.allows-nothing", severity=Severity.WARNING, permit=permit))
        )
    listing, feed = read_listing(store), live_feed(store.head(FEED_KEY))
    if feed is None and SHOW_KEY not in listing.centre and store.head(SHOW_KEY) is None:
        raise fail("publish.nothing-published", place=store.label)
    now = now_of(store.clock(), feed.rendered_at if feed else None)
    _leave_heartbeat(store, listing, now)
    reason = reason_to_render(feed, listing.fingerprint, listing.records, now)
    reason = reason or ("changed" if listing.unfinished else "")
    if not reason:
        carry(store)
        return FeedRun("", None, feed.next_due if feed else None)
    rendered = Renderer(store, now, cache, listen, EMPTY_FEED in allowed).rebuild()
    return FeedRun(reason, rendered, rendered.next_due)


def last_heartbeat(store: Store) -> datetime | None:
    """Return when `feed` last ran from anywhere, to the day; None if it never did."""
    return read_listing(store).seen_at


def _leave_heartbeat(store: Store, listing: Listing, now: datetime) -> None:
    """Say once a day that cron is alive, so that a silent stop is noticed."""
    sign = sign_of_life(now)
    if sign in listing.centre:
        return
    store.put(sign, json.dumps({"at": now.isoformat()}).encode(), JSON_META)
    for former in listing.signs:
        if former < sign:
            store.delete(former)
