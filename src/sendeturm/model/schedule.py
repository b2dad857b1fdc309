"""What is on the air at a moment, and when the next episode falls due."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time

from sendeturm.model.record import Record, ShowFacts


def due(records: Iterable[Record], now: datetime, *, with_private: bool = False) -> list[Record]:
    """Return the episodes on the air at `now` (aware), newest first, ties by GUID.

    Private ones are on no public air: they are left out unless they are asked for.
    """
    on_air = [r for r in records if r.is_on_air and r.facts.published_at <= now]
    if not with_private:
        on_air = [record for record in on_air if not record.facts.private]
    on_air.sort(key=lambda record: record.guid)
    on_air.sort(key=lambda record: record.facts.published_at, reverse=True)
    return on_air


def next_due(records: Iterable[Record], now: datetime) -> datetime | None:
    """Return when the next scheduled episode falls due after `now`; None if none waits."""
    dates = (r.facts.published_at for r in records if r.is_on_air)
    return min((date for date in dates if date > now), default=None)


def pause_end(facts: ShowFacts, now: datetime) -> datetime | None:
    """Return when the pause that the show is in at `now` ends: as its day begins in UTC."""
    if facts.pause is None:
        return None
    end = datetime.combine(facts.pause.until, time(), UTC)
    return end if end > now else None
