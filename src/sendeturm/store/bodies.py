"""Reading what is to be stored: in chunks, with its digests."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sendeturm.errors import fail

CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Digests:
    """Size in bytes, sha256 in hex and MD5 (raw, for Content-MD5) of one body."""

    size_bytes: int
    sha256: str
    md5: bytes


def chunks(body: bytes | Path) -> Iterator[bytes]:
    """Yield the body piece by piece; raises SendeturmError if its file cannot be read."""
    if isinstance(body, bytes):
        yield body
        return
    try:
        with body.open("rb") as file:
            while chunk := file.read(CHUNK_BYTES):
                yield chunk
    except OSError as error:
        raise fail("store.unreadable-file", file=body, reason=error.strerror) from error


def digests(body: bytes | Path) -> Digests:
    """Return the digests of a body, which is read once; errors as in `chunks`."""
    sha256, md5 = hashlib.sha256(), hashlib.md5(usedforsecurity=False)
    size_bytes = 0
    for chunk in chunks(body):
        sha256.update(chunk)
        md5.update(chunk)
        size_bytes += len(chunk)
    return Digests(size_bytes, sha256.hexdigest(), md5.digest())
