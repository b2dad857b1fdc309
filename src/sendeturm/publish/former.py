"""Former states of the sources, and states that were undone: neither comes back by itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping

from pydantic import BaseModel

from sendeturm.model import Record, ShowRecord

FORMER_DIGESTS_KEPT = 50
UNDONE_KEPT = 10
DIGEST_CHARS = 16
Digests = dict[str, str]


def former_digests(old: Record | ShowRecord, newest: str) -> tuple[str, ...]:
    """Return the former source digests of what follows `old` with the source digest `newest`."""
    former = dict.fromkeys((old.source_digest, *old.former_source_digests))
    for none in (newest, ""):
        former.pop(none, None)
    return tuple(former)[:FORMER_DIGESTS_KEPT]


def field_digests(*said: BaseModel, **others: object) -> Digests:
    """Return a short digest of each field, as `undone` keeps them."""
    plain: dict[str, object] = dict(others)
    for one in said:
        plain |= one.model_dump(mode="json")
        # The same instant written with another offset is the same date.
        if "published_at" in type(one).model_fields:
            plain["published_at"] = getattr(one, "published_at").timestamp()  # noqa: B009  # any model
    return {name: _digest(value) for name, value in plain.items()}


def digests_of_record(record: Record | ShowRecord) -> Digests:
    """Return what a record's state is known by once it was undone."""
    if isinstance(record, Record):
        return field_digests(record.facts, record.digests)
    cover = record.cover.source_sha256 if record.cover else None
    return field_digests(record.facts, address=record.address, cover=cover)


def with_undone(before: Record | ShowRecord, after: Record | ShowRecord) -> tuple[Digests, ...]:
    """Return the states that stay away once `after` is undone and `before` restored."""
    return (digests_of_record(after), *after.undone, *before.undone)[:UNDONE_KEPT]


def was_undone(
    changes: Iterable[str], wanted: Mapping[str, str], undone: Iterable[Digests]
) -> bool:
    """Say whether all that would change would only bring back what was undone."""
    names = tuple(changes)
    return bool(names) and any(
        all(name in state and state[name] == wanted.get(name) for name in names) for state in undone
    )


def _digest(value: object) -> str:
    plain = json.dumps(value, sort_keys=True, default=str)
    return hashlib.sha256(plain.encode()).hexdigest()[:DIGEST_CHARS]
