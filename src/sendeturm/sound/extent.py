"""How far a file's sound goes by its own header, and how far it is there.

FFmpeg corrects a header to what it finds, without a word: a file that was cut off becomes a
shorter one, and one that was never closed ends where its header was last brought up to date.
Sources: RIFF WAVE (Microsoft), RF64 (EBU Tech 3306), Wave64 (Sony), CAF (Apple), Ogg (RFC 3533).
"""

from __future__ import annotations

import os
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_UNKNOWN = 0xFFFFFFFF
_W64_RIFF = b"riff\x2e\x91\xcf\x11\xa5\xd6\x28\xdb\x04\xc1\x00\x00"
_W64_DATA = b"data\xf3\xac\xd3\x11\x8c\xd1\x00\xc0\x4f\x8e\xdb\x8a"
_LARGE_RIFFS = (b"RF64", b"BW64")
_CHUNK_NAME = re.compile(rb"[ -~]{4}|ID3")
_MOST_CHUNKS = 1000
_LEAST_REST = 1 << 12  # bytes behind the sound: less is somebody's note rather than sound
_OGG_PAGE = 1 << 16  # no page is longer
_OGG_LAST, _OGG_FLAGS = 0x04, 5


@dataclass(frozen=True, slots=True)
class Extent:
    """Bytes of sound that the header promises, and that are there; 0 where it promises none.

    `is_open` says that nothing in the file marks the sound's end.
    """

    promised: int = 0
    present: int = 0
    is_open: bool = False

    @property
    def missing_part(self) -> float:
        """Return how much is missing, as a part of what is there; 0 where nothing is."""
        return max(0, self.promised - self.present) / max(1, self.present)

    @property
    def is_outdated(self) -> bool:
        """Say whether the header names an end, and the sound goes on behind it."""
        return self.is_open and 0 < self.promised < self.present


def extent_of(path: Path) -> Extent:
    """Return what a file's header says of its sound; of other formats it says nothing.

    Raises OSError.
    """
    with path.open("rb") as opened:
        head = opened.read(40)
        size = os.fstat(opened.fileno()).st_size
        if head[:4] in (b"RIFF", b"RIFX", *_LARGE_RIFFS) and head[8:12] == b"WAVE":
            return _riff(opened, head[:4], size)
        if head.startswith(_W64_RIFF):
            return _in_chunks(opened, size, first=40, name=_W64_DATA, form="<Q", extra=24)
        if head.startswith(b"caff"):
            return _in_chunks(opened, size, first=8, name=b"data", form=">q", extra=0)
        if head.startswith(b"OggS"):
            return Extent(is_open=not _has_last_page(opened, size))
    return Extent()


def _riff(opened: BinaryIO, kind: bytes, size: int) -> Extent:
    """Read a WAVE's chunks up to its sound; 0 and 0xFFFFFFFF stand for a length not yet known."""
    form = ">I" if kind == b"RIFX" else "<I"
    large = 0
    for header, begin in _heads(opened, first=12, head_bytes=8):
        name, length = header[:4], struct.unpack(form, header[4:])[0]
        if name == b"data":
            promised = large if length == _UNKNOWN and kind in _LARGE_RIFFS else length
            return _with_rest(opened, begin, 0 if promised == _UNKNOWN else promised, size)
        if name == b"ds64" and len(sizes := opened.read(16)) == 16:  # noqa: PLR2004  # two lengths
            large = int.from_bytes(sizes[8:], "little")
        opened.seek(begin + length + length % 2)
    return Extent()


def _heads(opened: BinaryIO, first: int, head_bytes: int) -> Iterator[tuple[bytes, int]]:
    """Yield the head of each chunk and where its content begins; whoever reads on seeks behind."""
    opened.seek(first)
    for _ in range(_MOST_CHUNKS):
        header = opened.read(head_bytes)
        if len(header) < head_bytes:
            return
        yield header, opened.tell()


def _with_rest(opened: BinaryIO, begin: int, promised: int, size: int) -> Extent:
    present = size - begin
    if present > promised and (not promised or _goes_on(opened, begin + promised, size)):
        return Extent(promised, present, is_open=True)
    return Extent(promised, min(promised, present))


def _goes_on(opened: BinaryIO, end: int, size: int) -> bool:
    """Tell whether what lies behind the sound's end by the header is sound as well.

    A chunk or a tag has a name there, and some programs fill up with zeros.
    """
    if size - end < _LEAST_REST:
        return False
    opened.seek(end)
    rest = opened.read(_LEAST_REST)
    return not any(_CHUNK_NAME.match(rest, odd) for odd in (0, end % 2)) and any(rest)


def _in_chunks(
    opened: BinaryIO, size: int, *, first: int, name: bytes, form: str, extra: int
) -> Extent:
    """Read chunks of a name and a 64-bit length, `extra` of which is the chunk's own head."""
    for header, begin in _heads(opened, first, len(name) + struct.calcsize(form)):
        (length,) = struct.unpack(form, header[len(name) :])
        if header.startswith(name):
            promised = max(0, length - extra)
            return Extent(promised, min(promised, size - begin), is_open=not promised)
        length -= extra
        if not 0 <= length <= size:
            break
        opened.seek(begin + length + (-length % 8 if extra else 0))
    return Extent()


def _has_last_page(opened: BinaryIO, size: int) -> bool:
    """Tell whether an Ogg's last page says that it is the last one."""
    opened.seek(max(0, size - _OGG_PAGE))
    tail = opened.read(_OGG_PAGE)
    page = tail[tail.rfind(b"OggS") :]
    return len(page) > _OGG_FLAGS and bool(page[_OGG_FLAGS] & _OGG_LAST)
