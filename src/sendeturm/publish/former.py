"""Which states of the sources a record was made from before, so that none of them reverts it."""

from __future__ import annotations

from sendeturm.model import Record, ShowRecord

FORMER_DIGESTS_KEPT = 50


def former_digests(old: Record | ShowRecord, newest: str) -> tuple[str, ...]:
    """Return the former source digests of what follows `old` with the source digest `newest`."""
    former = dict.fromkeys((old.source_digest, *old.former_source_digests))
    for none in (newest, ""):
        former.pop(none, None)
    return tuple(former)[:FORMER_DIGESTS_KEPT]
