"""A program of which only some stretches are heard."""

from __future__ import annotations

from collections.abc import Iterator

from sendeturm.errors import Problem
from sendeturm.model import Cut
from sendeturm.sound.blocks import Block
from sendeturm.sound.loudness import HOP_MS
from sendeturm.sound.pauses import FADE_HOPS, Kept
from sendeturm.sound.program import Program
from sendeturm.sound.segments import crossfaded
from sendeturm.sound.streams import Reader
from sendeturm.units import MS_PER_SECOND


class Abridged:
    """A program without what `kept` leaves out; joins are crossfaded."""

    def __init__(self, program: Program, kept: Kept, samples: int) -> None:
        """Abridge `program`, which is `samples` long."""
        self._program = program
        self.file = program.file
        self.rate_hz = program.rate_hz
        self.channels = program.channels
        hop = self.rate_hz * HOP_MS // MS_PER_SECOND
        self._fade = FADE_HOPS * hop
        stretches = [[start * hop, end * hop] for start, end in kept.stretches]
        if not kept.trimmed_end_ms:
            stretches[-1][1] = samples  # which need not be a whole hop
        self._stretches = tuple((start, end) for start, end in stretches)
        joins = len(self._stretches) - 1
        self.samples = sum(end - start for start, end in self._stretches) - joins * self._fade

    @property
    def expected_ms(self) -> int:
        """Return its length."""
        return self.samples * MS_PER_SECOND // self.rate_hz

    @property
    def timeline(self) -> tuple[Cut, ...]:
        """Return what of the program stands where; a join's middle is where one cut ends."""
        cuts = []
        at = 0
        last = len(self._stretches) - 1
        for number, (start, end) in enumerate(self._stretches):
            begin = start + (self._fade // 2 if number else 0)
            stop = end - (self._fade - self._fade // 2 if number < last else 0)
            cuts.append(Cut(start_ms=self._ms(begin), end_ms=self._ms(stop), at_ms=self._ms(at)))
            at += stop - begin
        return tuple(cuts)

    def blocks(self) -> Iterator[Block]:
        """Yield the stretches in order."""
        reader = Reader(self._program.blocks(), self.channels)
        tail: Block | None = None
        position = 0
        for start, end in self._stretches:
            reader.skip(start - position)
            position = start
            if tail is not None:
                yield crossfaded(tail, reader.take(self._fade), self.rate_hz)
                position += self._fade
            is_last = end == self._stretches[-1][1]
            stop = end if is_last else end - self._fade
            yield from reader.pieces(stop - position)
            tail = None if is_last else reader.take(self._fade)
            position = end
        reader.drain()

    def notices(self) -> tuple[Problem, ...]:
        """Return what was odd about the program."""
        return self._program.notices()

    def _ms(self, samples: int) -> int:
        return samples * MS_PER_SECOND // self.rate_hz
