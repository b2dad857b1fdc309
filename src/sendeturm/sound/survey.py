"""The first pass over a recording: everything that is to be known before it is mastered."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sendeturm.errors import Problem
from sendeturm.model import Loudness
from sendeturm.sound.decode import Block, Recording, SourceFacts, open_recording
from sendeturm.sound.loudness import integrated_lufs, lra_lu, steps_of
from sendeturm.sound.peaks import PeakMeter
from sendeturm.sound.prefetch import ahead
from sendeturm.sound.profile import Profile, Profiler
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
    """A recording as measured, at the rate and with the channels it is worked on.

    It lies at `path` and is called `file` in messages. `is_dual_mono` says that both channels of
    a stereo recording are the same; `excerpts` are some seconds from all over it.
    """

    path: Path
    file: str
    source: SourceFacts
    rate_hz: int
    channels: int
    samples: int
    profile: Profile
    sample_peak: float
    loudness: Loudness
    is_dual_mono: bool
    excerpts: tuple[Block, ...]
    notices: tuple[Problem, ...]

    @property
    def duration_ms(self) -> int:
        """Return the length of what was decoded."""
        return round(self.samples * MS_PER_SECOND / self.rate_hz)

    @property
    def sample_peak_dbfs(self) -> float:
        """Return the largest sample in dBFS, −120 for silence."""
        return _decibel(self.sample_peak)


class Excerpts:
    """Keeps a few runs of blocks, evenly spread over a stream of unknown length."""

    def __init__(self) -> None:
        """Begin with nothing heard."""
        self._runs: list[list[Block]] = []
        self._heard = 0
        self._stride = 1

    def add(self, block: Block) -> None:
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
    def blocks(self) -> tuple[Block, ...]:
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
        self._excerpts = Excerpts()
        self._is_dual = channels > 1
        self._rate_hz = rate_hz
        self._channels = channels
        self._samples = 0

    def add(self, block: Block) -> int:
        """Measure one more block; return the milliseconds measured so far."""
        self._profiler.add(block)
        self._peak.add(block)
        self._excerpts.add(block)
        self._samples += block.shape[1]
        if self._is_dual:
            self._is_dual = bool(np.abs(block[0] - block[-1]).max(initial=0.0) <= _SAME)
        return self._samples * MS_PER_SECOND // self._rate_hz

    def finish(self, path: Path, recording: Recording) -> Survey:
        """Return all that was measured in the recording at `path`."""
        self._peak.finish()
        profile = self._profiler.profile
        return Survey(
            path=path,
            file=recording.file,
            source=recording.facts,
            rate_hz=self._rate_hz,
            channels=self._channels,
            samples=self._samples,
            profile=profile,
            sample_peak=self._peak.sample_peak,
            loudness=_loudness(profile, self._peak),
            is_dual_mono=self._is_dual,
            excerpts=self._excerpts.blocks,
            notices=recording.notices(),
        )


def survey(path: Path, file: str, reached: Reached) -> Survey:
    """Measure the recording at `path`; raises what `open_recording` and decoding raise."""
    with open_recording(path, file) as recording:
        surveyor = Surveyor(recording.rate_hz, recording.channels)
        declared_ms = recording.facts.duration_ms
        done_ms = 0
        # The thread that decodes must be gone before the recording is closed.
        with closing(ahead(recording.blocks(recording.rate_hz, recording.channels))) as blocks:
            for block in blocks:
                done_ms = surveyor.add(block)
                reached(done_ms, max(declared_ms, done_ms))
        reached(done_ms, done_ms)
        return surveyor.finish(path, recording)


def _loudness(profile: Profile, peak: PeakMeter) -> Loudness:
    steps = steps_of(profile.squares)
    return Loudness(
        integrated_lufs=round(integrated_lufs(steps), _DECIMALS),
        true_peak_dbtp=_decibel(peak.true_peak),
        lra_lu=round(lra_lu(steps), _DECIMALS),
    )


def _decibel(peak: float) -> float:
    return round(max(db_from_ratio(peak), SILENT_DBTP), _DECIMALS)
