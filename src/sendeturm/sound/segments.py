"""pydub's segments as the carrier of the signal: gain, ramps and joins.

A segment holds 32-bit integers, and pydub cuts off what exceeds them. So the signal travels
18 dB below full scale, further down where more gain comes, and returns as float.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np

from sendeturm.sound.blocks import Block
from sendeturm.units import db_from_ratio, ratio_from_db

HEADROOM_DB = 18.0
_ROUNDING_DB = 0.1
_NOTHING_DB = -120.0

_WIDTH_BYTES = 4
_FULL_SCALE = float(1 << 31)


def _audio_segment() -> Any:
    with warnings.catch_warnings():
        # pydub warns of missing programs that are never called here, and on newer Pythons of
        # its own escapes and of audioop.
        warnings.simplefilter("ignore")
        from pydub import AudioSegment  # noqa: PLC0415  # slow to import
    return AudioSegment


def carried(
    blocks: Iterable[Block], rate_hz: int, sample_peak: float, headroom_db: float = HEADROOM_DB
) -> Iterator[Any]:
    """Yield each block as a pydub segment, `headroom_db` below full scale.

    `sample_peak` is the signal's largest sample: by what exceeds full scale, all is turned down
    in float first.
    """
    segment = _audio_segment()
    scale = np.float32(_FULL_SCALE * ratio_from_db(-headroom_db) / max(1.0, sample_peak))
    for block in blocks:
        whole = np.ascontiguousarray((block.T * scale).astype("<i4"))
        yield segment(
            data=whole.tobytes(),
            sample_width=_WIDTH_BYTES,
            frame_rate=rate_hz,
            channels=len(block),
        )


def released(
    segments: Iterable[Any], sample_peak: float = 1.0, headroom_db: float = HEADROOM_DB
) -> Iterator[Block]:
    """Yield the samples of segments, back at the level they had before they were carried."""
    scale = np.float32(ratio_from_db(headroom_db) * max(1.0, sample_peak) / _FULL_SCALE)
    for segment in segments:
        whole = np.frombuffer(segment.raw_data, dtype="<i4").reshape(-1, segment.channels)
        yield np.ascontiguousarray(whole.T.astype(np.float32) * scale)


def amplified(
    blocks: Iterable[Block], rate_hz: int, gain_db: float, sample_peak: float
) -> Iterator[Block]:
    """Yield the blocks after a gain, applied by pydub; whatever the gain, nothing is cut off.

    A gain treats all samples alike: the channels lie one after the other, as one.
    """
    loudest_db = gain_db + min(0.0, db_from_ratio(sample_peak)) + _ROUNDING_DB
    headroom_db = max(HEADROOM_DB, loudest_db)
    for block in blocks:
        (segment,) = carried((block.reshape(1, -1),), rate_hz, sample_peak, headroom_db)
        (louder,) = released((segment.apply_gain(gain_db),), sample_peak, headroom_db)
        yield louder.reshape(block.shape)


def ramped(block: Block, rate_hz: int, start_ratio: float, end_ratio: float) -> Block:
    """Return a block turned up or down along a straight line, by pydub's fade.

    The block is whole milliseconds long, 100 at most: pydub does longer ones in audible steps.
    """

    def edit(segment: Any) -> Any:
        return segment.fade(
            from_gain=_fade_db(start_ratio), to_gain=_fade_db(end_ratio), start=0, end=len(segment)
        )

    same = start_ratio == end_ratio
    return block * np.float32(start_ratio) if same else _edited(edit, rate_hz, block)


def crossfaded(tail: Block, head: Block, rate_hz: int) -> Block:
    """Return pydub's crossfade of two blocks of the same length, in whole milliseconds."""

    def edit(ending: Any, beginning: Any) -> Any:
        return ending.append(beginning, crossfade=len(ending))

    return _edited(edit, rate_hz, tail, head)


def _edited(edit: Callable[..., Any], rate_hz: int, *blocks: Block) -> Block:
    """Return what an edit makes of blocks as segments, at their own level."""
    peak = max(1.0, *(float(np.abs(block).max(initial=0.0)) for block in blocks))
    (done,) = released([edit(*carried(blocks, rate_hz, peak))], peak)
    return done


def _fade_db(ratio: float) -> float:
    """Return a ratio in dB as pydub's fades take it: −120 stands for nothing."""
    return max(_NOTHING_DB, db_from_ratio(ratio))
