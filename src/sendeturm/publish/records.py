"""Records between the store and memory, with a local copy of what was read before."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from sendeturm.errors import fail
from sendeturm.model import FORMAT_MAJOR, Record, ShowRecord
from sendeturm.publish.keys import SHOW_KEY, STORE_KEY, record_key
from sendeturm.publish.listing import Listing, fingerprint, read_listing
from sendeturm.publish.writing import put_if, write_whole
from sendeturm.store.memory import recall_from
from sendeturm.store.protocol import ObjectMeta, Store

JSON_META = ObjectMeta("application/json; charset=utf-8", cache_control="no-cache")
FETCHERS = 8
FEW = 4
RECORDS_CACHE = "records.json"
NOTHING_SURE: Mapping[str, str | None] = MappingProxyType({})
M = TypeVar("M", bound=BaseModel)
Bodies = dict[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class LiveShow:
    """The show's record as it lies in the store."""

    record: ShowRecord
    etag: str


@dataclass(frozen=True, slots=True)
class LiveRecord:
    """An episode's record as it lies in the store."""

    record: Record
    key: str
    etag: str


@dataclass(frozen=True, slots=True)
class Live:
    """All that is published, as it lies in the store; records by GUID."""

    show: LiveShow | None
    records: Mapping[str, LiveRecord]
    listing: Listing

    @property
    def fingerprint(self) -> str:
        """Return the digest of all a feed is rendered from."""
        etags = ((live.key, live.etag) for live in self.records.values())
        return fingerprint(self.show.etag if self.show else "", etags)


def by_identity(records: Mapping[str, LiveRecord]) -> dict[str, LiveRecord]:
    """Return the records by every identity that they ever had."""
    return {guid: live for live in records.values() for guid in live.record.guids}


def json_bytes(document: BaseModel) -> bytes:
    """Return a record's bytes: sorted keys, so that equal records are equal files."""
    plain = document.model_dump(mode="json")
    return (json.dumps(plain, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def read_show(store: Store) -> LiveShow | None:
    """Return the show's record, None where nothing was published yet."""
    stored = store.get(SHOW_KEY)
    if stored is None:
        return None
    return LiveShow(parse(ShowRecord, stored.body, SHOW_KEY), stored.head.etag)


def put_show(store: Store, record: ShowRecord, expected: str | None) -> LiveShow:
    """Put the show's record if it still has the ETag `expected` (None: is not there yet).

    Raises ConditionFailedError if somebody else was faster.
    """
    body = json_bytes(record)
    return LiveShow(record, put_if(store, SHOW_KEY, body, JSON_META, expected))


def put_record(store: Store, record: Record, expected: str | None) -> LiveRecord:
    """Put an episode's record: from here on it is published. Raises as `put_show`."""
    key = record_key(record.guid)
    return LiveRecord(record, key, put_if(store, key, json_bytes(record), JSON_META, expected))


def read_live(
    store: Store, cache_file: Path | None, surely: Mapping[str, str | None] = NOTHING_SURE
) -> Live:
    """Return what is published; only bodies that `cache_file` does not know are fetched.

    A listing may lag behind: the objects under the keys `surely` are asked for one by one, unless
    they are listed with the ETag given there; so is the show's record, if none is listed. What was
    shown that the store can do is recalled.
    """
    listing = read_listing(store)
    known = _load_cache(cache_file)
    listed = listing.documents
    doubtful = {key for key, etag in surely.items() if etag is None or listed.get(key) != etag}
    kept = {
        key: known[key]
        for key, etag in listed.items()
        if known.get(key, ("", ""))[0] == etag and key not in doubtful
    }
    bodies = kept | _fetch(store, {*listed, *doubtful, SHOW_KEY} - kept.keys())
    if cache_file is not None and bodies != known:
        write_whole(cache_file, json.dumps(bodies, sort_keys=True).encode())
    recall_from(store, bodies.get(STORE_KEY, ("", ""))[1].encode(), _time_at(store))
    return _parsed(bodies, listing)


def _time_at(store: Store) -> datetime:
    return store.clock() or datetime.now(UTC)


def _parsed(bodies: Bodies, listing: Listing) -> Live:
    etag, body = bodies.get(SHOW_KEY, ("", ""))
    show = LiveShow(parse(ShowRecord, body.encode(), SHOW_KEY), etag) if body else None
    live = [
        LiveRecord(parse(Record, body.encode(), key), key, etag)
        for key, (etag, body) in sorted(bodies.items())
        if key not in (SHOW_KEY, STORE_KEY)
    ]
    return Live(show, {item.record.guid: item for item in live}, listing)


def parse(kind: type[M], body: bytes, key: str) -> M:
    """Return the document, or raise `publish.newer-format` or `publish.broken-record`."""
    try:
        plain = json.loads(body)
        major = int(str(plain["format"]).split(".")[0])
    except (ValueError, KeyError, TypeError):
        raise fail("publish.broken-record", file=key) from None
    if major > FORMAT_MAJOR:
        raise fail("publish.newer-format", file=key, found=major, known=FORMAT_MAJOR)
    try:
        return kind.model_validate(plain)
    except ValidationError:
        raise fail("publish.broken-record", file=key) from None


def _fetch(store: Store, keys: Iterable[str]) -> Bodies:
    """Fetch side by side what is more than a few."""
    wanted = sorted(keys)
    if len(wanted) <= FEW:
        stored = [store.get(key) for key in wanted]
    else:
        with ThreadPoolExecutor(FETCHERS) as pool:
            stored = list(pool.map(store.get, wanted))
    # One that vanished between listing and reading was taken away by somebody else.
    return {s.head.key: (s.head.etag, s.body.decode("utf-8", "replace")) for s in stored if s}


def _load_cache(cache_file: Path | None) -> Bodies:
    if cache_file is None:
        return {}
    try:
        plain = json.loads(cache_file.read_bytes())
        return {str(key): (str(etag), str(body)) for key, (etag, body) in plain.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}  # a cache may be deleted or damaged at any time
