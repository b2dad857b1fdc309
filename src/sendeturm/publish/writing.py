"""What is written whole or not at all: local files, and objects that others write too."""

from __future__ import annotations

import hashlib
import secrets
from pathlib import Path

from sendeturm.errors import fail
from sendeturm.renaming import take_name
from sendeturm.store.protocol import (
    Condition,
    ConditionFailedError,
    ConditionUnsupportedError,
    ObjectMeta,
    Store,
)


def write_whole(path: Path, body: bytes) -> None:
    """Write `body` beside `path` and rename; raises `publish.cannot-write`."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            part.write_bytes(body)
            take_name(part, path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise fail("publish.cannot-write", file=path, reason=error.strerror or str(error)) from None


def put_if(store: Store, key: str, body: bytes, meta: ObjectMeta, expected: str | None) -> str:
    """Put an object if it still has the ETag `expected` (None: is not there), and return its own.

    A store that cannot compare is asked just before: that leaves a gap, which is why every
    publisher looks again at the end. One's own bytes are no conflict: an earlier answer was lost.
    Raises ConditionFailedError.
    """
    try:
        return store.put(key, body, meta, only_if=Condition(expected))
    except ConditionUnsupportedError:
        there = store.head(key)
    if (there.etag if there else None) == expected:
        return store.put(key, body, meta)
    if there is not None and there.meta.metadata.get("sha256") == hashlib.sha256(body).hexdigest():
        return there.etag
    raise ConditionFailedError(key)
