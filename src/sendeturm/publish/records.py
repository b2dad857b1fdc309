"""Records between the store and memory, with a local copy of what was read before."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from sendeturm.errors import fail
from sendeturm.model import FORMAT_MAJOR, Record, ShowRecord
from sendeturm.publish.keys import RECORDS_PREFIX, SHOW_KEY, record_key
from sendeturm.publish.writing import write_whole
from sendeturm.store.protocol import Listed, ObjectMeta, Store

JSON_META = ObjectMeta("application/json; charset=utf-8", cache_control="no-cache")
FETCHERS = 8
RECORDS_CACHE = "records.json"
M = TypeVar("M", bound=BaseModel)


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


def put_show(store: Store, record: ShowRecord) -> LiveShow:
    """Put the show's record."""
    return LiveShow(record, store.put(SHOW_KEY, json_bytes(record), JSON_META))


def put_record(store: Store, record: Record) -> LiveRecord:
    """Put an episode's record: from here on it is published."""
    key = record_key(record.guid)
    return LiveRecord(record, key, store.put(key, json_bytes(record), JSON_META))


def read_records(store: Store, cache_file: Path | None) -> dict[str, LiveRecord]:
    """Return all records by GUID; only bodies that `cache_file` does not know are fetched."""
    listed = [o for o in store.list_objects(RECORDS_PREFIX) if o.key.endswith(".json")]
    known = _load_cache(cache_file)
    missing = [o for o in listed if known.get(o.key, ("", ""))[0] != o.etag]
    fetched = _fetch(store, missing)
    bodies = {o.key: known[o.key] for o in listed if o.key in known} | fetched
    if cache_file is not None and bodies != known:
        write_whole(cache_file, json.dumps(bodies).encode())
    live = [
        LiveRecord(parse(Record, body.encode(), key), key, etag)
        for key, (etag, body) in sorted(bodies.items())
    ]
    return {item.record.guid: item for item in live}


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


def _fetch(store: Store, listed: list[Listed]) -> dict[str, tuple[str, str]]:
    with ThreadPoolExecutor(FETCHERS) as pool:
        stored = list(pool.map(lambda o: store.get(o.key), listed))
    # One that vanished between listing and reading was taken away by somebody else.
    return {s.head.key: (s.head.etag, s.body.decode("utf-8", "replace")) for s in stored if s}


def _load_cache(cache_file: Path | None) -> dict[str, tuple[str, str]]:
    if cache_file is None:
        return {}
    try:
        plain = json.loads(cache_file.read_bytes())
        return {str(key): (str(etag), str(body)) for key, (etag, body) in plain.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}  # a cache may be deleted or damaged at any time
