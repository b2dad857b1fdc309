"""Named cue points of a WAVE: the markers that recorders and editors leave in it.

Sources: Multimedia Programming Interface and Data Specifications 1.0 (`cue `, `LIST adtl`,
`labl`); EBU Tech 3306 (`ds64`).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from sendeturm.units import MS_PER_SECOND

_RIFFS = (b"RIFF", b"RF64", b"BW64")
_UNKNOWN = 0xFFFFFFFF
_MOST_CHUNKS = 1000
_MOST_BYTES = 4_000_000
_POINT = struct.Struct("<II4sIII")  # name, position, data, chunk, block, sample
_RATE_AT = 4


def cue_points(path: Path) -> list[tuple[int, str]]:
    """Return time in ms and label of each cue point that has one; of other files nothing.

    Raises OSError.
    """
    with path.open("rb") as opened:
        head = opened.read(12)
        if head[:4] not in _RIFFS or head[8:] != b"WAVE":
            return []
        chunks = dict(_small_chunks(opened))
    fmt = chunks.get(b"fmt ", b"")
    rate_hz = int.from_bytes(fmt[_RATE_AT : _RATE_AT + 4], "little")
    if not rate_hz:
        return []
    labels = dict(_labels(chunks.get(b"LIST", b"")))
    places = _samples(chunks.get(b"cue ", b""))
    times = ((at * MS_PER_SECOND // rate_hz, labels.get(name, "")) for name, at in places)
    return sorted((at_ms, label) for at_ms, label in times if label)


def _small_chunks(opened: BinaryIO) -> Iterator[tuple[bytes, bytes]]:
    """Yield what is said beside the sound; of lists only that with labels."""
    large = 0
    for _ in range(_MOST_CHUNKS):
        head = opened.read(8)
        if len(head) < len(b"nameSIZE"):
            return
        name, length = head[:4], int.from_bytes(head[4:], "little")
        if length == _UNKNOWN:  # the length stands in ds64, or nowhere
            length = large
        end = opened.tell() + length + length % 2
        body = b"" if name == b"data" else opened.read(min(length, _MOST_BYTES))
        if name == b"ds64":
            large = int.from_bytes(body[8:16], "little")
        if name in (b"fmt ", b"cue ") or (name == b"LIST" and body[:4] == b"adtl"):
            yield name, body
        if name == b"data" and not length:
            return
        opened.seek(end)


def _samples(body: bytes) -> Iterator[tuple[int, int]]:
    """Yield the number of each cue point, and the sample it stands at."""
    points = body[4 : 4 + _POINT.size * int.from_bytes(body[:4], "little")]
    whole = len(points) // _POINT.size * _POINT.size
    for name, _, _, _, _, sample in _POINT.iter_unpack(points[:whole]):
        yield name, sample


def _labels(body: bytes) -> Iterator[tuple[int, str]]:
    at = 4
    while at + 12 <= len(body):
        length = int.from_bytes(body[at + 4 : at + 8], "little")
        if body[at : at + 4] == b"labl":
            words = body[at + 12 : at + 8 + length].split(b"\0")[0]
            yield int.from_bytes(body[at + 8 : at + 12], "little"), _decoded(words)
        at += 8 + length + length % 2


def _decoded(words: bytes) -> str:
    try:
        return words.decode("utf-8")
    except UnicodeDecodeError:  # Windows' editors write in its own code page
        return words.decode("cp1252", errors="replace")
