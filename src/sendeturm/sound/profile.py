"""A recording's course in steps of 10 ms: small enough to keep, enough to foretell from."""

from __future__ import annotations

from array import array
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sendeturm.sound.decode import Block
from sendeturm.sound.loudness import HOP_MS, LoudnessMeter
from sendeturm.units import MS_PER_SECOND

WAVEFORM_POINTS = 400
_TOP = 255


@dataclass(frozen=True, slots=True)
class Profile:
    """For every 10 ms the K-weighted mean square and the largest sample, all channels together."""

    rate_hz: int
    squares: npt.NDArray[np.float32]
    peaks: npt.NDArray[np.float16]

    @property
    def waveform(self) -> tuple[int, ...]:
        """Return about 400 peaks, 0 to 255 for full scale, evenly spaced."""
        points = min(WAVEFORM_POINTS, len(self.peaks))
        if not points:
            return ()
        starts = np.linspace(0, len(self.peaks), points, endpoint=False).astype(np.intp)
        highest = np.maximum.reduceat(self.peaks, starts).astype(np.float32)
        return tuple(int(peak) for peak in np.rint(np.minimum(highest, 1.0) * _TOP))


class Profiler:
    """Takes the profile of a stream of blocks of any length."""

    def __init__(self, rate_hz: int, channels: int) -> None:
        """Begin with nothing heard."""
        self._rate_hz = rate_hz
        self._loudness = LoudnessMeter(rate_hz, channels)
        self._hop = rate_hz * HOP_MS // MS_PER_SECOND
        self._rest = np.zeros(0, dtype=np.float32)
        self._peaks = array("H")  # half floats: three digits are plenty, and hours stay small

    def add(self, block: Block) -> None:
        """Take one more block."""
        self._loudness.add(block)
        size = np.concatenate((self._rest, np.abs(block).max(axis=0)))
        hops = len(size) // self._hop
        peaks = size[: hops * self._hop].reshape(hops, self._hop).max(axis=1)
        self._peaks.frombytes(peaks.astype(np.float16).tobytes())
        self._rest = size[hops * self._hop :]

    @property
    def profile(self) -> Profile:
        """Return the profile so far; its arrays are views, so nothing may be added after."""
        peaks = np.frombuffer(self._peaks, dtype=np.float16)
        return Profile(self._rate_hz, self._loudness.hops, peaks)
