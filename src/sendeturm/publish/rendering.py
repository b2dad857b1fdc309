"""From records to feed and pages in the store: list, render, put, and list again.

Nothing else is needed: no audio, no checkout. That is what cron runs, from any machine that may
write to the store.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from sendeturm.errors import fail
from sendeturm.events import Listener, Notice
from sendeturm.model import Record, ShowRecord
from sendeturm.model.schedule import due, next_due, pause_end
from sendeturm.publish.clock import now_of
from sendeturm.publish.keys import FEED_KEY, FEED_TYPE, record_key
from sendeturm.publish.pages import Bodies, delete_former_pages, known_pages, put_pages
from sendeturm.publish.records import RECORDS_CACHE, Live, LiveRecord, by_identity, read_live
from sendeturm.publish.site import read_site_files
from sendeturm.publish.situation import LiveFeed
from sendeturm.publish.transcripts import read_transcripts
from sendeturm.publish.writing import put_if
from sendeturm.store.protocol import ConditionFailedError, Head, ObjectMeta, Store, Stored
from sendeturm.store.split import SplitStore, carry

RENDERER = 3
"""Raised with every change of feed or pages that published shows should get."""
MOST_ROUNDS = 20


@dataclass(frozen=True, slots=True)
class Rendered:
    """What a rebuild did; `items` are on the air.

    `feed_before` and `feed_after` are the feed as listeners had it, None if there was none, and
    as they have it now.
    """

    pages_put: int
    items: int
    next_due: datetime | None
    feed_before: bytes | None = field(default=None, repr=False)
    feed_after: bytes = field(default=b"", repr=False)
    show: ShowRecord | None = field(default=None, repr=False)


def live_feed(head: Head | None) -> LiveFeed | None:
    """Return what the live feed's head says about how it was rendered, None without a feed."""
    if head is None:
        return None
    facts = head.meta.metadata
    return LiveFeed(
        fingerprint=facts.get("fingerprint", ""),
        rendered_at=_moment(facts.get("rendered-at")),
        next_due=_moment(facts.get("next-due")),
        pause_ends=_moment(facts.get("pause-ends")),
        renderer=_number(facts.get("renderer")),
    )


def reason_to_render(
    feed: LiveFeed | None, fingerprint: str, records: Collection[str], now: datetime
) -> str:
    """Return why the feed must be rebuilt: `first`, `changed`, `due`, `renderer`; empty if not.

    A feed without `records` is not begun. An older program never rebuilds what a newer one
    rendered from the same records.
    """
    if feed is None:
        return "first" if records else ""
    if feed.fingerprint != fingerprint:
        return "changed"
    if feed.next_due is not None and feed.next_due <= now:
        return "due"
    if feed.pause_ends is not None and feed.pause_ends <= now:
        return "changed"
    return "renderer" if feed.renderer < RENDERER else ""


@dataclass(frozen=True, slots=True)
class Renderer:
    """One rebuild: from which store, as of when, with which local cache.

    `surely` are the keys and ETags of one's own records, looked for however old a listing is.
    """

    store: Store
    now: datetime
    cache: Path | None
    listen: Listener
    may_empty: bool = False
    surely: dict[str, str | None] = field(default_factory=dict)

    def rebuild(self) -> Rendered:
        """Render and put until what is listed is what was put.

        Whoever commits a record while this runs either sees it in this feed or renders the next
        one: the last step of every publisher is a listing that equals its feed. Raises
        `publish.nothing-published`, `publish.feed-knows-more`, `publish.empty-feed`.
        """
        done, unfinished = None, list[str]()
        before: list[bytes | None] = []
        for _ in range(MOST_ROUNDS):
            live, stored = self._read()
            feed, now = live_feed(stored.head if stored else None), self._time_after(stored)
            reason = reason_to_render(feed, live.fingerprint, live.records, now)
            is_current = feed is not None and not reason
            if done is not None and is_current:
                self._tidy(unfinished)
                carry(self.store)
                return replace(done, feed_before=before[0])
            unfinished = unfinished or live.listing.unfinished
            before = before or [stored.body if stored else None]
            try:
                done = self._render(live, stored, now, is_current=is_current)
            except ConditionFailedError:
                done = None  # somebody else was faster: what they put is looked at first
        raise fail("publish.never-settles")

    def _tidy(self, unfinished: Sequence[str]) -> None:
        """Remove the marks of those who did not come to an end: this run has done it for them."""
        for mark in unfinished:
            self.store.delete(mark)

    def _read(self) -> tuple[Live, Stored | None]:
        """Return what is published, with all that listeners see though it is not listed yet."""
        cache_file = self.cache / RECORDS_CACHE if self.cache else None
        live = read_live(self.store, cache_file, self.surely)
        if live.show is None:
            raise fail("publish.nothing-published", place=self.store.label)
        stored = self.store.get(FEED_KEY)
        if unlisted := _unknown(stored, live):
            self.surely.update(dict.fromkeys(map(record_key, unlisted)))
            live = read_live(self.store, cache_file, self.surely)
        if _unknown(stored, live):  # published as new: a record listed as it was before knows more
            self.surely.update(dict.fromkeys(one.key for one in live.records.values()))
            live = read_live(self.store, cache_file, self.surely)
        return live, stored

    def _time_after(self, stored: Stored | None) -> datetime:
        feed = live_feed(stored.head if stored else None)
        return max(self.now, now_of(self.store.clock(), feed.rendered_at if feed else None))

    def _render(
        self, live: Live, stored: Stored | None, now: datetime, *, is_current: bool
    ) -> Rendered:
        from sendeturm.feed import render_feed  # noqa: PLC0415  # feedgen is heavy
        from sendeturm.publish.private import (  # noqa: PLC0415  # it renders by this very class
            hidden,
            put_private_feed,
        )

        assert live.show is not None
        if live.show.record.pages_address and not isinstance(self.store, SplitStore):
            raise fail("publish.pages-elsewhere", address=live.show.record.pages_address)
        show, every = live.show.record, [one.record for one in live.records.values()]
        plain = [] if show.facts.private else every
        on_air, due_next = due(plain, now), next_due(every, now)
        self._compare(_seen(stored), live.records, items=len(on_air))
        body = render_feed(hidden(show) if show.facts.private else show, plain, now)
        pages, known = self._pages(show, plain, on_air, now), known_pages(self.store)
        put_private_feed(self.store, show, every, now)
        pages_put = put_pages(self.store, pages, known, now, self.listen)
        if not is_current:
            meta = _feed_meta(live.fingerprint, now, due_next, pause_end(show.facts, now))
            put_if(self.store, FEED_KEY, body, meta, stored.head.etag if stored else None)
        delete_former_pages(self.store, pages, known)
        return Rendered(
            pages_put=pages_put,
            items=len(on_air),
            next_due=due_next,
            feed_before=stored.body if stored else None,
            feed_after=body,
            show=live.show.record,
        )

    def _pages(
        self, show: ShowRecord, plain: list[Record], on_air: Sequence[Record], now: datetime
    ) -> Bodies:
        if show.facts.private:
            return {}
        from sendeturm.site import render_site  # noqa: PLC0415  # Jinja2 is heavy

        cues = read_transcripts(self.store, on_air, self.cache)
        in_bucket = bool(self.store.endpoint) and show.pages_address is None
        pages = render_site(
            show,
            plain,
            cues,
            now,
            in_bucket=in_bucket,
            own=read_site_files(self.store, show.facts.site),
            tell=lambda found: self.listen(Notice("", found)),
        )
        return {
            key: (page.body, ObjectMeta(page.content_type, page.cache_control))
            for key, page in pages.items()
        }

    def _compare(
        self, seen: Sequence[str], records: Mapping[str, LiveRecord], *, items: int
    ) -> None:
        """Stop before an episode that listeners see would vanish without having been taken back."""
        known = by_identity(records)
        unknown = [guid for guid in seen if guid not in known]
        if unknown:
            raise fail("publish.feed-knows-more", count=len(unknown), first=unknown[0])
        if seen and not items and not self.may_empty and not _all_taken_back(records):
            raise fail("publish.empty-feed", permit="empty-feed")


def _seen(stored: Stored | None) -> list[str]:
    """Return the identities that listeners see now."""
    if stored is None:
        return []
    from sendeturm.rss import read_feed  # noqa: PLC0415  # lxml is heavy

    return [item.guid for item in read_feed(stored.body).items if item.guid]


def _unknown(stored: Stored | None, live: Live) -> list[str]:
    """Return the identities that listeners see and no record has."""
    known = by_identity(live.records)
    return [guid for guid in _seen(stored) if guid not in known]


def _feed_meta(
    fingerprint: str,
    now: datetime,
    due_next: datetime | None,
    pause_ends: datetime | None = None,
) -> ObjectMeta:
    facts = {
        "fingerprint": fingerprint,
        "rendered-at": now.isoformat(),
        "next-due": due_next.isoformat() if due_next else "",
        "pause-ends": pause_ends.isoformat() if pause_ends else "",
        "renderer": str(RENDERER),
    }
    return ObjectMeta(FEED_TYPE, "max-age=300", {k: v for k, v in facts.items() if v})


def _all_taken_back(records: Mapping[str, LiveRecord]) -> bool:
    return all(live.record.state == "tombstone" for live in records.values())


def _moment(text: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _number(text: str | None) -> int:
    try:
        return int(text or 0)
    except ValueError:
        return 0
