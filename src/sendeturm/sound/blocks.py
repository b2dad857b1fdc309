"""Blocks of samples: what every stage takes and gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt

Block = npt.NDArray[np.float32]
"""Samples, shape (channels, length), full scale ±1.0; beyond it where the recording goes."""


def without_tail(blocks: Iterable[Block], told: int, most: float) -> Iterator[Block]:
    """Yield the first `told` samples of blocks, all of them where 0 or far too few are told.

    What comes behind is what an encoder fills its last frame with, up to `most` samples.
    """
    held: list[Block] = []
    done = 0
    for block in blocks:
        kept = max(0, told - done) if told else block.shape[1]
        done += block.shape[1]
        if block[:, :kept].size:
            yield block[:, :kept]
        if block[:, kept:].size:
            held.append(block[:, kept:])
        if done - told > most:  # the file goes on: what it tells is wrong
            yield from held
            held, told = [], 0
