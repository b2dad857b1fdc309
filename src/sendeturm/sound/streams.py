"""Exact stretches of a stream that comes in blocks of any length."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sendeturm.sound.blocks import Block


class Reader:
    """Takes exact numbers of samples from blocks; at the stream's end there are fewer."""

    def __init__(self, blocks: Iterator[Block], channels: int) -> None:
        """Begin at the start of `blocks`, which have `channels` channels."""
        self._blocks = blocks
        self._rest: Block = np.zeros((channels, 0), dtype=np.float32)

    def pieces(self, samples: int) -> Iterator[Block]:
        """Yield the next `samples` samples as they come, without copying them."""
        while samples > 0:
            if not self._rest.shape[1]:
                fresh = next(self._blocks, None)
                if fresh is None:
                    return
                self._rest = fresh
            piece = self._rest[:, :samples]
            self._rest = self._rest[:, samples:]
            samples -= piece.shape[1]
            yield piece

    def take(self, samples: int) -> Block:
        """Return the next `samples` samples as one block."""
        found = [self._rest[:, :0], *self.pieces(samples)]
        return np.concatenate(found, axis=1)

    def skip(self, samples: int) -> None:
        """Let `samples` samples pass."""
        for _ in self.pieces(samples):
            pass

    def rest(self) -> Iterator[Block]:
        """Yield what is left."""
        yield self._rest
        yield from self._blocks

    def drain(self) -> None:
        """Let the rest pass: at its end a program tells what was odd."""
        for _ in self.rest():
            pass
