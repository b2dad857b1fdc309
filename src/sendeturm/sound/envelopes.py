"""Gains that change over time along straight lines: fades, and music under speech."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from sendeturm.sound.blocks import Block
from sendeturm.sound.loudness import HOP_MS
from sendeturm.sound.segments import ramped
from sendeturm.sound.streams import Reader
from sendeturm.units import MS_PER_SECOND

Points = tuple[tuple[int, float], ...]
"""Samples in ascending order, each with the gain there as a ratio; level before and after."""

LEVEL: Points = ((0, 1.0),)

_PIECES_PER_SECOND = 10  # a ramp's pieces of 100 ms


def shaped(blocks: Iterator[Block], points: Points, rate_hz: int, channels: int) -> Iterator[Block]:
    """Yield the blocks after the gains of `points`."""
    reader = Reader(blocks, channels)
    (first, ratio), *_ = points
    yield from _even(reader.pieces(first), ratio)
    for (start, before), (end, after) in pairwise(points):
        if before == after:
            yield from _even(reader.pieces(end - start), before)
        else:
            yield from _ramp(reader, end - start, before, after, rate_hz)
    yield from _even(reader.rest(), points[-1][1])


def fades(fade_in: int, fade_out: int, samples: int) -> Points:
    """Return the gains of a fade at the start and at the end, all in samples."""
    fade_in = min(fade_in, samples)
    fade_out = min(fade_out, samples - fade_in)
    points: dict[int, float] = {0: 0.0 if fade_in else 1.0, fade_in: 1.0}
    if fade_out:
        points |= {samples - fade_out: 1.0, samples: 0.0}
    return tuple(points.items())


def times(points: Points, ratio: float) -> Points:
    """Return the gains multiplied by a ratio."""
    return tuple((sample, gain * ratio) for sample, gain in points)


def _even(blocks: Iterator[Block], ratio: float) -> Iterator[Block]:
    for block in blocks:
        yield block if ratio == 1.0 else block * np.float32(ratio)


def _ramp(
    reader: Reader, samples: int, before: float, after: float, rate_hz: int
) -> Iterator[Block]:
    for start in range(0, samples, rate_hz // _PIECES_PER_SECOND):
        length = min(rate_hz // _PIECES_PER_SECOND, samples - start)
        piece = reader.take(length)
        whole = _whole(piece, rate_hz)
        slope = (after - before) / samples
        start_ratio = before + slope * start
        end_ratio = max(0.0, start_ratio + slope * whole.shape[1])
        if piece.shape[1]:
            yield ramped(whole, rate_hz, start_ratio, end_ratio)[:, : piece.shape[1]]


def _whole(block: Block, rate_hz: int) -> Block:
    """Return a block with silence up to the next whole 10 ms."""
    hop = rate_hz * HOP_MS // MS_PER_SECOND
    return np.pad(block, ((0, 0), (0, -block.shape[1] % hop)))
