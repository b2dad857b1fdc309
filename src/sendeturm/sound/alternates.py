"""The same sound in other forms: Opus, and AAC in M4A, encoded by FFmpeg's libraries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np

from sendeturm.sound.blocks import Block
from sendeturm.sound.chaptering import muxer_options
from sendeturm.sound.encoding import encode
from sendeturm.sound.frames import Mp3Format
from sendeturm.sound.kinds import OPUS, Kind
from sendeturm.sound.survey import Reached
from sendeturm.units import MS_PER_SECOND

OPUS_RATE_HZ = 48_000
"""The rate that every Opus is decoded at (RFC 7845)."""

BITRATES_KBPS = {"Opus": {1: 64, 2: 96}, "M4A": {1: 80, 2: 128}}
"""By kind and channels: what is heard as clearly as the MP3, or more so."""


@dataclass(frozen=True, slots=True)
class StreamFormat:
    """What an alternate is to be: its `kind`, for a signal of `channels` channels at `rate_hz`."""

    kind: Kind
    rate_hz: int
    channels: int

    @property
    def bitrate_kbps(self) -> int:
        """Return the bitrate that the encoder aims at."""
        return BITRATES_KBPS[self.kind.name][self.channels]

    @property
    def file_rate_hz(self) -> int:
        """Return the rate that the file is decoded at."""
        return OPUS_RATE_HZ if self.kind is OPUS else self.rate_hz


Form = Mp3Format | StreamFormat


def encode_as(
    blocks: Iterable[Block], form: Form, part: Path, total_ms: int, reached: Reached
) -> int:
    """Encode mastered blocks into the file `part`; return the samples of each channel.

    `total_ms` is what progress counts up to. Raises OSError where the file cannot be written.
    """
    if isinstance(form, Mp3Format):
        return encode(blocks, form, part, total_ms, reached)
    counted = _Counted(blocks, form.rate_hz, total_ms, reached)
    is_opus = form.kind is OPUS
    options = {"fflags": "+bitexact"}  # Ogg numbers its streams by chance otherwise
    options |= {} if is_opus else muxer_options(form.file_rate_hz)
    with av.open(f"file:{part}", "w", format="opus" if is_opus else "ipod", options=options) as out:
        stream: Any = out.add_stream("libopus" if is_opus else "aac", rate=form.file_rate_hz)
        stream.layout = _layout(form)
        stream.format = "flt" if is_opus else "fltp"
        stream.bit_rate = form.bitrate_kbps * 1000
        position = 0
        for block in _at_rate(counted, form):
            frame = _frame(block, form, form.file_rate_hz)
            frame.pts, frame.time_base = position, Fraction(1, form.file_rate_hz)
            position += block.shape[1]
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return counted.samples


class _Counted:
    """Blocks that are counted as they pass."""

    def __init__(
        self, blocks: Iterable[Block], rate_hz: int, total_ms: int, reached: Reached
    ) -> None:
        self.samples = 0
        self._blocks = blocks
        self._rate_hz = rate_hz
        self._total_ms = total_ms
        self._reached = reached

    def __iter__(self) -> Iterator[Block]:
        for block in self._blocks:
            yield block
            self.samples += block.shape[1]
            done_ms = round(self.samples * MS_PER_SECOND / self._rate_hz)
            self._reached(min(done_ms, self._total_ms), self._total_ms)


def _at_rate(blocks: _Counted, form: StreamFormat) -> Iterator[Block]:
    """Yield the blocks at the file's rate, neither a sample longer nor shorter than they were."""
    if form.file_rate_hz == form.rate_hz:
        yield from blocks
        return
    made, last = 0, None
    for block in _resampled(blocks, form):
        if last is not None:
            yield last
        last, made = block, made + block.shape[1]
    if last is not None:
        missing = round(blocks.samples * form.file_rate_hz / form.rate_hz) - made
        yield np.pad(last, ((0, 0), (0, missing))) if missing > 0 else last[:, : missing or None]


def _resampled(blocks: Iterable[Block], form: StreamFormat) -> Iterator[Block]:
    layout = _layout(form)
    resampler = av.AudioResampler(format="fltp", layout=layout, rate=form.file_rate_hz)
    for block in blocks:
        yield from map(_block_of, resampler.resample(_planar(block, layout, form.rate_hz)))
    yield from map(_block_of, resampler.resample(None))


def _block_of(frame: Any) -> Block:
    block: Block = frame.to_ndarray()
    return block


def _frame(block: Block, form: StreamFormat, rate_hz: int) -> Any:
    """Return a block as the encoder wants it: Opus takes channels in turns, AAC side by side."""
    if form.kind is not OPUS:
        return _planar(block, _layout(form), rate_hz)
    in_turns = np.ascontiguousarray(block.T.reshape(1, -1), dtype=np.float32)
    frame = av.AudioFrame.from_ndarray(in_turns, format="flt", layout=_layout(form))
    frame.sample_rate = rate_hz
    return frame


def _planar(block: Block, layout: str, rate_hz: int) -> Any:
    planar = np.ascontiguousarray(block, dtype=np.float32)
    frame = av.AudioFrame.from_ndarray(planar, format="fltp", layout=layout)
    frame.sample_rate = rate_hz
    return frame


def _layout(form: StreamFormat) -> str:
    return "mono" if form.channels == 1 else "stereo"
