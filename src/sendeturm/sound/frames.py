"""MP3 frames: counting them, and the Info tag that tells players the true length.

Sources: ISO/IEC 11172-3 for the frame header; the Xing/Info tag and LAME's extension of it as
described at gabriel.mp3-tech.org/mp3infotag.html.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import BinaryIO

from sendeturm.sound.checksum import crc16

BITRATES_KBPS = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
RATES_HZ = (44_100, 48_000, 32_000)
FRAME_SAMPLES = 1152
ENCODER_DELAY = 576
"""Samples that LAME puts before the first one; the Info tag tells players to drop them."""

HEADER_BYTES = 4
_SYNC = 0xFFFB  # MPEG-1, layer III, no checksum
_TOC_STEPS = 100
_VBR_SCALE = 100  # the field's "quality", 100 being the worst; meaningless for constant bitrates
_LAME_VERSION = b"LAME3.100"
_CONSTANT_BITRATE = 1
_SOURCE_RATES = {32_000: 0, 44_100: 1, 48_000: 2}
_JOINT = 3  # joint stereo
_MOST_PADDING = 0xFFF
_BYTE = 0xFF
_BEGIN_BITS = 9
_GRANULE_BITS = 59
_SIDE_BYTES_MONO = 17


@dataclass(frozen=True, slots=True)
class Mp3Format:
    """What an MP3 stream is to be: MPEG-1, constant `bitrate_kbps` (one of `BITRATES_KBPS`)."""

    rate_hz: int
    channels: int
    bitrate_kbps: int

    @property
    def side_bytes(self) -> int:
        """Return the length of a frame's side information."""
        return _SIDE_BYTES_MONO if self.channels == 1 else 32


@dataclass(frozen=True, slots=True)
class SideInfo:
    """A frame's side information, as far as cutting needs it.

    `main_data_begin` is how many bytes before the frame its main data begin, 0 to 511; `is_long`
    says that all its blocks are long ones of the usual window.
    """

    main_data_begin: int
    is_long: bool

    @classmethod
    def of(cls, side: bytes | bytearray) -> SideInfo:
        """Read the 17 bytes of a mono frame or the 32 of a stereo frame."""
        word = int.from_bytes(side, "big")
        switched = _SWITCHED_MONO if len(side) == _SIDE_BYTES_MONO else _SWITCHED_STEREO
        return cls(word >> len(side) * 8 - _BEGIN_BITS, not word & switched)


def _switched(channels: int) -> int:
    """Return the bits of side information that tell of windows other than the usual one."""
    granules = 2 * channels
    # Counted from the end: each granule of a channel takes 59 bits, the flag is the 34th of them.
    return sum(1 << _GRANULE_BITS * granule + 25 for granule in range(granules))


_SWITCHED_MONO, _SWITCHED_STEREO = _switched(1), _switched(2)


def frame_bytes(bitrate_kbps: int, rate_hz: int, padded: int = 0) -> int:
    """Return a frame's length, `padded` (0 or 1) as its header says."""
    return FRAME_SAMPLES // 8 * bitrate_kbps * 1000 // rate_hz + padded


def frame_length(header: bytes | bytearray) -> int:
    """Return the length of the frame with these four bytes of header.

    Raises ValueError where they are none of an MPEG-1 layer III frame.
    """
    word = int.from_bytes(header, "big")
    bitrate, rate = word >> 12 & 0xF, word >> 10 & 0x3
    if word >> 16 != _SYNC or not 0 < bitrate <= len(BITRATES_KBPS) or rate >= len(RATES_HZ):
        raise ValueError(header.hex())
    return frame_bytes(BITRATES_KBPS[bitrate - 1], RATES_HZ[rate], word >> 9 & 1)


class FrameCounter:
    """Walks from header to header through a stream that comes in pieces."""

    def __init__(self) -> None:
        """Start before the first frame."""
        self.count = 0
        self._skip = 0
        self._rest = b""

    def add(self, piece: bytes) -> None:
        """Count the frames that begin in `piece`; raises ValueError where none begins."""
        stream = self._rest + piece
        position = self._skip
        while position + HEADER_BYTES <= len(stream):
            position += frame_length(stream[position : position + HEADER_BYTES])
            self.count += 1
        self._rest = stream[position:]
        self._skip = max(0, position - len(stream))


class Mp3File:
    """An MP3 being written: the Info tag's frame first, then LAME's frames as they come."""

    def __init__(self, out: BinaryIO, form: Mp3Format) -> None:
        """Begin at the start of `out`, a file open for writing; leave room for the tag."""
        self._out = out
        self._form = form
        self._tag_kbps = _tag_kbps(form)
        self._bytes = out.write(bytes(frame_bytes(self._tag_kbps, form.rate_hz)))
        self._frames = FrameCounter()
        self._checksum = 0

    def write(self, piece: bytes) -> None:
        """Append a piece of the stream, cut anywhere."""
        self._frames.add(piece)
        self._checksum = crc16(piece, self._checksum)
        self._bytes += self._out.write(piece)

    def finish(self, samples: int) -> None:
        """Fill in the Info tag for `samples` samples per channel."""
        padding = self._frames.count * FRAME_SAMPLES - ENCODER_DELAY - samples
        tag = info_frame(self._form, self._frames.count, self._bytes, padding, self._checksum)
        self._out.seek(0)
        self._out.write(tag)
        self._out.seek(0, 2)


def info_frame(
    form: Mp3Format, frames: int, stream_bytes: int, padding: int, checksum: int
) -> bytes:
    """Return the silent frame that carries the Info tag.

    `frames` counts the others, `stream_bytes` includes this one, `padding` is the number of
    samples to drop at the end, `checksum` the CRC-16 of the other frames.
    """
    kbps = _tag_kbps(form)
    head = _header(form, kbps) + bytes(form.side_bytes)
    counts = struct.pack(">4sIII", b"Info", 0b1111, frames, stream_bytes)
    # Constant bitrate: time and bytes run alike.
    toc = bytes(step * 256 // _TOC_STEPS for step in range(_TOC_STEPS))
    tag = head + counts + toc + struct.pack(">I", _VBR_SCALE)
    tag += _lame(form, stream_bytes, padding, checksum)
    tag += struct.pack(">H", crc16(tag))
    return tag.ljust(frame_bytes(kbps, form.rate_hz), b"\0")


def _header(form: Mp3Format, kbps: int) -> bytes:
    codes = (BITRATES_KBPS.index(kbps) + 1) << 4 | RATES_HZ.index(form.rate_hz) << 2
    mode = 0b11 if form.channels == 1 else 0b01
    return struct.pack(">HBB", _SYNC, codes, mode << 6 | 0b0100)


def _lame(form: Mp3Format, stream_bytes: int, padding: int, checksum: int) -> bytes:
    """Return LAME's extension up to its checksum: 34 bytes."""
    cut = ENCODER_DELAY << 12 | max(0, min(padding, _MOST_PADDING))
    return b"".join(
        (
            _LAME_VERSION,
            bytes((_CONSTANT_BITRATE, 0)),  # method, lowpass (0: not told)
            bytes(8),  # peak and replay gain: not told
            bytes((0, min(form.bitrate_kbps, _BYTE))),
            cut.to_bytes(3, "big"),
            bytes((_SOURCE_RATES[form.rate_hz] << 6 | (0 if form.channels == 1 else _JOINT << 2),)),
            bytes(3),  # MP3Gain, preset: not told
            struct.pack(">IH", stream_bytes, checksum),
        )
    )


def _tag_kbps(form: Mp3Format) -> int:
    """Return the stream's bitrate, or the next one whose frame has room for the tag."""
    needed = HEADER_BYTES + form.side_bytes + 156
    return next(
        kbps
        for kbps in BITRATES_KBPS
        if kbps >= form.bitrate_kbps and frame_bytes(kbps, form.rate_hz) >= needed
    )
