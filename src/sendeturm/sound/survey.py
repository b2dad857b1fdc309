"""The first pass over a program: everything that is to be known before it is mastered."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

import numpy as np

from sendeturm.errors import Problem
from sendeturm.model import Loudness
from sendeturm.sound.blocks import Block
from sendeturm.sound.loudness import integrated_lufs, lra_lu, steps_of
from sendeturm.sound.peaks import PeakMeter
from sendeturm.sound.prefetch import ahead
from sendeturm.sound.profile import Profile, Profiler
from sendeturm.sound.program import Program
from sendeturm.units import MS_PER_SECOND, db_from_ratio

Reached = Callable[[int, int], None]
"""Called with the milliseconds done and their expected total."""

SILENT_DBTP = -120.0
"""Stands for −∞, which JSON cannot carry."""

_SAME = 1.0 / 32_768  # channels that differ by no more than a 16-bit step are one channel
_DECIMALS = 2
_RUN = 2  # blocks of an excerpt
_MOST_EXCERPTS = 8


@dataclass(frozen=True, slots=True)
class Survey:
    """A program as measured.

    `is_dual_mono` says that both its channels are the same; `excerpts` are some seconds from all
    over it; `offsets` are the means of its channels, 0 for a signal around zero.
    """

    rate_hz: int
    channels: int
    samples: int
    profile: Profile
    sample_peak: float
    loudness: Loudness
    is_dual_mono: bool
    offsets: tuple[float, ...]
    excerpts: tuple[Excerpt, ...]
    notices: tuple[Problem, ...]

    @property
    def duration_ms(self) -> int:
        """Return the length of what was decoded."""
        return round(self.samples * MS_PER_SECOND / self.rate_hz)

    @property
    def sample_peak_dbfs(self) -> float:
        """Return the largest sample in dBFS, −120 for silence."""
        return _decibel(self.sample_peak)


Item = TypeVar("Item")


class Excerpt(NamedTuple):
    """A stretch of a program: the sample it begins at, and its sound."""

    start: int
    block: Block


class Excerpts(Generic[Item]):
    """Keeps a few runs of blocks, evenly spread over a stream of unknown length."""

    def __init__(self) -> None:
        """Begin with nothing heard."""
        self._runs: list[list[Item]] = []
        self._heard = 0
        self._stride = 1

    def add(self, block: Item) -> None:
        """Keep one more block, or not."""
        run, place = divmod(self._heard, _RUN)
        self._heard += 1
        if run % self._stride:
            return
        if place == 0:
            self._make_room()
            if run % self._stride:
                return
            self._runs.append([])
        self._runs[-1].append(block)

    @property
    def blocks(self) -> tuple[Item, ...]:
        """Return what was kept, in order."""
        return tuple(block for run in self._runs for block in run)

    def _make_room(self) -> None:
        if len(self._runs) == _MOST_EXCERPTS:
            del self._runs[1::2]
            self._stride *= 2


class Surveyor:
    """All meters of the first pass, fed together."""

    def __init__(self, rate_hz: int, channels: int) -> None:
        """Measure blocks of 1 or 2 channels."""
        self._profiler = Profiler(rate_hz, channels)
        self._peak = PeakMeter(channels)
        self._excerpts: Excerpts[Excerpt] = Excerpts()
        self._is_dual = channels > 1
        self._rate_hz = rate_hz
        self._channels = channels
        self._samples = 0
        self._sums = np.zeros(channels)

    def add(self, block: Block) -> int:
        """Measure one more block; return the milliseconds measured so far."""
        self._profiler.add(block)
        return self._look(block)

    def through(self, blocks: Iterable[Block]) -> Generator[int, None, None]:
        """Measure blocks with all meters side by side; yield the milliseconds after each.

        Closing the generator ends the threads.
        """
        # Whoever reads the blocks is gone before the files are touched: inner threads end first.
        with closing(ahead(blocks)) as coming, closing(ahead(self._profiled(coming))) as profiled:
            for block in profiled:
                yield self._look(block)

    def _profiled(self, blocks: Iterable[Block]) -> Iterator[Block]:
        for block in blocks:
            self._profiler.add(block)
            yield block

    def _look(self, block: Block) -> int:
        self._peak.add(block)
        self._excerpts.add(Excerpt(self._samples, block))
        self._samples += block.shape[1]
        self._sums += block.sum(axis=1, dtype=np.float64)
        if self._is_dual:
            self._is_dual = bool(np.abs(block[0] - block[-1]).max(initial=0.0) <= _SAME)
        return self._samples * MS_PER_SECOND // self._rate_hz

    def hear(self, block: Block) -> None:
        """Take a block for filters, profile and peaks alone, to settle them."""
        self._profiler.add(block)
        self._peak.add(block)

    def share_peak(self, known: float) -> float:
        """Take a peak known from elsewhere in the same program; return the highest by now.

        What lies below it need not be looked at more closely.
        """
        self._peak.true_peak = max(self._peak.true_peak, known)
        return self._peak.true_peak

    def append(self, later: Surveyor, heard_hops: int) -> None:
        """Go on with what another has measured, which had heard the end of this before."""
        self._profiler.append(later._profiler.profile, heard_hops)
        self._peak.append(later._peak)
        self._samples += later._samples
        self._sums += later._sums
        self._is_dual &= later._is_dual

    def finish(
        self, notices: tuple[Problem, ...], excerpts: tuple[Excerpt, ...] | None = None
    ) -> Survey:
        """Return all that was measured, with the `notices` of what was odd.

        `excerpts` take the place of those it kept itself.
        """
        self._peak.finish()
        return Survey(
            rate_hz=self._rate_hz,
            channels=self._channels,
            samples=self._samples,
            profile=self._profiler.profile,
            sample_peak=self._peak.sample_peak,
            loudness=_loudness(self._profiler.profile, self._peak),
            is_dual_mono=self._is_dual,
            offsets=tuple(float(total) for total in self._sums / max(1, self._samples)),
            excerpts=self._excerpts.blocks if excerpts is None else excerpts,
            notices=notices,
        )


def survey(program: Program, reached: Reached) -> Survey:
    """Measure a program; raises what decoding it raises."""
    surveyor = Surveyor(program.rate_hz, program.channels)
    done_ms = 0
    with closing(surveyor.through(program.blocks())) as measured:
        for done_ms in measured:
            reached(done_ms, max(program.expected_ms, done_ms))
    reached(done_ms, done_ms)
    return surveyor.finish(program.notices())


def _loudness(profile: Profile, peak: PeakMeter) -> Loudness:
    steps = steps_of(profile.squares)
    return Loudness(
        integrated_lufs=round(integrated_lufs(steps), _DECIMALS),
        true_peak_dbtp=_decibel(peak.true_peak),
        lra_lu=round(lra_lu(steps), _DECIMALS),
    )


def _decibel(peak: float) -> float:
    return round(max(db_from_ratio(peak), SILENT_DBTP), _DECIMALS)
