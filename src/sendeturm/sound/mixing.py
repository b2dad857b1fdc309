"""Programs laid over each other: tracks heard together, parts in a row, music around speech."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sendeturm.errors import Problem
from sendeturm.sound.blocks import Block
from sendeturm.sound.envelopes import LEVEL, Points, shaped
from sendeturm.sound.program import Program
from sendeturm.sound.streams import Reader
from sendeturm.units import MS_PER_SECOND


@dataclass(frozen=True, slots=True)
class Layer:
    """A program of `samples` samples that begins at the sample `at` of a mix.

    A negative `at` leaves its beginning out. `points` are gains over the program's own time.
    """

    program: Program
    at: int
    samples: int
    points: Points = LEVEL

    @property
    def end(self) -> int:
        """Return the sample of the mix after its last one."""
        return self.at + self.samples

    def reader(self) -> Reader:
        """Begin to read what of it is heard."""
        channels = self.program.channels
        blocks = shaped(self.program.blocks(), self.points, self.program.rate_hz, channels)
        reader = Reader(blocks, channels)
        reader.skip(-self.at)
        return reader


class Mix:
    """A program that is the sum of layers, all at one rate; mono is heard in the middle.

    Only what sounds at a moment is open.
    """

    def __init__(self, file: str, layers: tuple[Layer, ...]) -> None:
        """Lay `layers` over each other; messages call the whole `file`."""
        self.file = file
        self._layers = layers
        self.rate_hz = layers[0].program.rate_hz
        self.channels = max(layer.program.channels for layer in layers)
        self.samples = max(layer.end for layer in layers)

    @property
    def expected_ms(self) -> int:
        """Return its length."""
        return self.samples * MS_PER_SECOND // self.rate_hz

    def blocks(self) -> Iterator[Block]:
        """Yield the sum in blocks of a second; beyond full scale it is kept as it is."""
        readers: dict[int, Reader] = {}
        for start in range(0, self.samples, self.rate_hz):
            end = min(start + self.rate_hz, self.samples)
            block = np.zeros((self.channels, end - start), dtype=np.float32)
            for number, layer in enumerate(self._layers):
                if layer.at < end and layer.end > max(start, 0):
                    reader = readers.pop(number, None) or layer.reader()
                    _lay(reader, block, max(0, layer.at - start), layer.end - start)
                    if layer.end > end:
                        readers[number] = reader
                    else:
                        reader.drain()
            yield block

    def notices(self) -> tuple[Problem, ...]:
        """Return what was odd about any layer."""
        return tuple(found for layer in self._layers for found in layer.program.notices())


def _lay(reader: Reader, block: Block, start: int, end: int) -> None:
    """Add a layer's next samples to a block, from `start` up to `end` or the block's end."""
    for piece in reader.pieces(min(end, block.shape[1]) - start):
        stop = start + piece.shape[1]
        block[:, start:stop] += piece  # one channel is added to both
        start = stop
