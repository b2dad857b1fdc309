"""The first pass over a recording: everything that is to be known before it is mastered."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sendeturm.errors import Problem
from sendeturm.model import Loudness
from sendeturm.sound.decode import Block, Recording, SourceFacts, open_recording
from sendeturm.sound.loudness import HOP_MS, LoudnessMeter, integrated_lufs, lra_lu, steps_of
from sendeturm.sound.peaks import PeakMeter
from sendeturm.sound.prefetch import ahead
from sendeturm.units import MS_PER_SECOND, db_from_ratio

Reached = Callable[[int, int], None]
"""Called with the milliseconds done and their expected total."""

WAVEFORM_POINTS = 400
SILENT_DBTP = -120.0
"""Stands for −∞, which JSON cannot carry."""

_SAME = 1.0 / 32_768  # channels that differ by no more than a 16-bit step are one channel
_DECIMALS = 2


@dataclass(frozen=True, slots=True)
class Survey:
    """A recording as measured, at the rate and with the channels it is worked on.

    It lies at `path` and is called `file` in messages. `squares` and `peaks` hold, for every
    10 ms, the K-weighted mean square and the largest sample. `is_dual_mono` says that both
    channels of a stereo recording are the same.
    """

    path: Path
    file: str
    source: SourceFacts
    rate_hz: int
    channels: int
    samples: int
    squares: npt.NDArray[np.float32]
    peaks: npt.NDArray[np.float16]
    sample_peak: float
    loudness: Loudness
    is_dual_mono: bool
    notices: tuple[Problem, ...]

    @property
    def duration_ms(self) -> int:
        """Return the length of what was decoded."""
        return round(self.samples * MS_PER_SECOND / self.rate_hz)

    @property
    def sample_peak_dbfs(self) -> float:
        """Return the largest sample in dBFS, −120 for silence."""
        return round(max(db_from_ratio(self.sample_peak), SILENT_DBTP), _DECIMALS)

    @property
    def waveform(self) -> tuple[int, ...]:
        """Return about 400 peaks, 0 to 255 for full scale, evenly spaced."""
        points = min(WAVEFORM_POINTS, len(self.peaks))
        if not points:
            return ()
        starts = np.linspace(0, len(self.peaks), points, endpoint=False).astype(np.intp)
        highest = np.maximum.reduceat(self.peaks.astype(np.float32), starts)
        return tuple(int(peak) for peak in np.rint(np.minimum(highest, 1.0) * 255))


class PeakTrack:
    """Gathers the largest sample of every 10 ms, all channels together."""

    def __init__(self, rate_hz: int) -> None:
        """Start empty."""
        self._hop = rate_hz * HOP_MS // MS_PER_SECOND
        self._rest = np.zeros(0, dtype=np.float32)
        self._peaks = array("H")  # half floats: 3 digits are plenty, and hours stay small

    def add(self, block: Block) -> None:
        """Read one more block."""
        size = np.concatenate((self._rest, np.abs(block).max(axis=0)))
        hops = len(size) // self._hop
        peaks = size[: hops * self._hop].reshape(hops, self._hop).max(axis=1)
        self._peaks.frombytes(peaks.astype(np.float16).tobytes())
        self._rest = size[hops * self._hop :]

    @property
    def peaks(self) -> npt.NDArray[np.float16]:
        """Return the peaks, a view without a copy."""
        return np.frombuffer(self._peaks, dtype=np.float16)


class Surveyor:
    """All meters of the first pass, fed together."""

    def __init__(self, rate_hz: int, channels: int) -> None:
        """Measure blocks of 1 or 2 channels."""
        self._loudness = LoudnessMeter(rate_hz, channels)
        self._peak = PeakMeter(channels)
        self._track = PeakTrack(rate_hz)
        self._is_dual = channels > 1
        self._rate_hz = rate_hz
        self._channels = channels
        self._samples = 0

    def add(self, block: Block) -> int:
        """Measure one more block; return the milliseconds measured so far."""
        self._loudness.add(block)
        self._peak.add(block)
        self._track.add(block)
        self._samples += block.shape[1]
        if self._is_dual:
            self._is_dual = bool(np.abs(block[0] - block[-1]).max(initial=0.0) <= _SAME)
        return self._samples * MS_PER_SECOND // self._rate_hz

    def finish(self, path: Path, recording: Recording) -> Survey:
        """Return all that was measured in the recording at `path`."""
        self._peak.finish()
        squares = self._loudness.hops
        return Survey(
            path=path,
            file=recording.file,
            source=recording.facts,
            rate_hz=self._rate_hz,
            channels=self._channels,
            samples=self._samples,
            squares=squares,
            peaks=self._track.peaks,
            sample_peak=self._peak.sample_peak,
            loudness=_loudness(squares, self._peak),
            is_dual_mono=self._is_dual,
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


def _loudness(squares: npt.NDArray[np.float32], peak: PeakMeter) -> Loudness:
    steps = steps_of(squares)
    true_peak_dbtp = max(peak.true_peak_dbtp, SILENT_DBTP)
    return Loudness(
        integrated_lufs=round(integrated_lufs(steps), _DECIMALS),
        true_peak_dbtp=round(true_peak_dbtp, _DECIMALS),
        lra_lu=round(lra_lu(steps), _DECIMALS),
    )
