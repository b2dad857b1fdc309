"""Reading what is to be stored: in chunks, with its digests."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sendeturm.errors import fail

CHUNK_BYTES = 1 << 20
PART_BYTES = 16 << 20
"""What is larger is sent in parts of this size."""
MOST_PARTS = 10_000
"""More are not allowed in one object: the parts of giant files are larger."""


@dataclass(frozen=True, slots=True)
class Digests:
    """Size in bytes, sha256 in hex, and the raw MD5 of each part of `part_bytes` (the last less).

    What is sent whole is one part.
    """

    size_bytes: int
    sha256: str
    part_bytes: int
    md5s: tuple[bytes, ...]


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


def digests(body: bytes | Path, *, in_parts: bool = True) -> Digests:
    """Return the digests of a body, which is read once; errors as in `chunks`.

    Without `in_parts` a file is one part however large it is.
    """
    part_bytes = _part_bytes(body) if in_parts and isinstance(body, Path) else sys.maxsize
    sha256, md5s, size_bytes = hashlib.sha256(), [_md5()], 0
    for chunk in chunks(body):
        if size_bytes == part_bytes * len(md5s):
            md5s.append(_md5())
        sha256.update(chunk)
        md5s[-1].update(chunk)
        size_bytes += len(chunk)
    return Digests(size_bytes, sha256.hexdigest(), part_bytes, tuple(m.digest() for m in md5s))


def _md5() -> hashlib._Hash:
    return hashlib.md5(usedforsecurity=False)


def _part_bytes(path: Path) -> int:
    """Return a multiple of what is read at once, as large as the file needs it."""
    try:
        size_bytes = path.stat().st_size
    except OSError as error:
        raise fail("store.unreadable-file", file=path, reason=error.strerror) from error
    part_bytes = PART_BYTES
    while part_bytes * MOST_PARTS < size_bytes:
        part_bytes *= 2
    return part_bytes
