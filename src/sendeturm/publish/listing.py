"""What a listing alone says about a show: enough to know that there is nothing to do."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sendeturm.publish.keys import (
    CENTRE_PREFIX,
    RECORDS_PREFIX,
    SEEN_PREFIX,
    SHOW_KEY,
    STARTED_PREFIX,
    STORE_KEY,
)
from sendeturm.store.protocol import Listed, Store


@dataclass(frozen=True, slots=True)
class Listing:
    """ETags by key: of the records, and of what stands beside them."""

    records: dict[str, str]
    centre: dict[str, str]

    @property
    def documents(self) -> dict[str, str]:
        """Return the ETags of all that a run reads: records, show, and what the store can do."""
        wanted = (SHOW_KEY, STORE_KEY)
        return self.records | {key: self.centre[key] for key in wanted if key in self.centre}

    @property
    def fingerprint(self) -> str:
        """Return the digest of all a feed is rendered from."""
        return fingerprint(self.centre.get(SHOW_KEY, ""), self.records.items())

    @property
    def unfinished(self) -> list[str]:
        """Return the marks of those who began to put pages, and go on, or were killed."""
        return [key for key in self.centre if key.startswith(STARTED_PREFIX)]

    @property
    def seen_at(self) -> datetime | None:
        """Return the day on which `sendeturm feed` last ran from anywhere; None if it never did."""
        return max(filter(None, map(_day_of, self.centre)), default=None)

    @property
    def signs(self) -> list[str]:
        """Return the keys of the signs of life."""
        return [key for key in self.centre if _day_of(key)]


def read_listing(store: Store) -> Listing:
    """List records and what stands beside them; history and drafts are not looked at."""
    records = [o for o in store.list_objects(RECORDS_PREFIX) if o.key.endswith(".json")]
    return Listing(_etags(records), _etags(store.list_objects(CENTRE_PREFIX)))


def fingerprint(show_etag: str, records: Iterable[tuple[str, str]]) -> str:
    """Return the digest of all a feed is rendered from: keys and ETags."""
    parts = [[SHOW_KEY, show_etag], *sorted(records)]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def sign_of_life(now: datetime) -> str:
    """Return the key that says on which day `sendeturm feed` ran."""
    return f"{SEEN_PREFIX}{now.astimezone(UTC).date().isoformat()}.json"


def _etags(objects: list[Listed]) -> dict[str, str]:
    return {listed.key: listed.etag for listed in objects}


def _day_of(key: str) -> datetime | None:
    if not key.startswith(SEEN_PREFIX):
        return None
    try:
        day = date.fromisoformat(key.removeprefix(SEEN_PREFIX).removesuffix(".json"))
    except ValueError:
        return None
    return datetime.combine(day, time(), UTC)
