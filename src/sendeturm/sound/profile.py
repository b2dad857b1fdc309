"""A recording's course in steps of 10 ms: small enough to keep, enough to foretell from."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from sendeturm.sound.blocks import Block
from sendeturm.sound.loudness import HOP_MS, LoudnessMeter
from sendeturm.sound.spool import Spool
from sendeturm.units import MS_PER_SECOND

WAVEFORM_POINTS = 400
PART = 60_000
"""Values looked at together: ten minutes of hops."""

_TOP = 255


Squares = npt.NDArray[np.float32]
Peaks = npt.NDArray[np.float16]


class Profile:
    """For every 10 ms the K-weighted mean square and the largest sample, all channels together.

    It lies on disk. Whoever needs all of it reads it once and lets it go: hours are megabytes.
    """

    def __init__(self, rate_hz: int, squares: Spool, peaks: Spool) -> None:
        """Join what belongs together: 32-bit floats and 16-bit floats."""
        self.rate_hz = rate_hz
        self._squares = squares
        self._peaks = peaks

    def __len__(self) -> int:
        """Return the number of hops of 10 ms."""
        return len(self._squares)

    @property
    def squares(self) -> Squares:
        """Return the mean squares."""
        return self._squares.read()

    @property
    def peaks(self) -> Peaks:
        """Return the peaks, one more than there are mean squares at most."""
        return self._peaks.read()

    def part(self, part: slice) -> tuple[Squares, Peaks]:
        """Return a part of both, equally long."""
        squares = self._squares.read(part)
        return squares, self._peaks.read(part)[: len(squares)]

    @property
    def waveform(self) -> tuple[int, ...]:
        """Return about 400 peaks, 0 to 255 for full scale, evenly spaced."""
        peaks = self.peaks
        points = min(WAVEFORM_POINTS, len(peaks))
        if not points:
            return ()
        starts = np.linspace(0, len(peaks), points, endpoint=False).astype(np.intp)
        highest = np.maximum.reduceat(peaks, starts).astype(np.float32)
        return tuple(int(peak) for peak in np.rint(np.minimum(highest, 1.0) * _TOP))


def parts_of(length: int) -> Iterator[slice]:
    """Yield slices of a row of `length` values, to go through it without copies of the whole."""
    for start in range(0, length, PART):
        yield slice(start, min(start + PART, length))


class Profiler:
    """Takes the profile of a stream of blocks of any length."""

    def __init__(self, rate_hz: int, channels: int) -> None:
        """Begin with nothing heard."""
        self._rate_hz = rate_hz
        self._loudness = LoudnessMeter(rate_hz, channels)
        self._hop = rate_hz * HOP_MS // MS_PER_SECOND
        self._rest = np.zeros(0, dtype=np.float32)
        self._peaks = Spool(np.float16)  # three digits are plenty

    def add(self, block: Block) -> None:
        """Take one more block."""
        self._loudness.add(block)
        size = np.abs(block).max(axis=0)
        if self._rest.size:
            size = np.concatenate((self._rest, size))
        hops = len(size) // self._hop
        peaks = size[: hops * self._hop].reshape(hops, self._hop).max(axis=1)
        self._peaks.add(peaks)
        self._rest = size[hops * self._hop :]

    def append(self, later: Profile, heard: int) -> None:
        """Go on with the profile of what comes next, without its first `heard` hops."""
        for part in parts_of(len(later)):
            squares, peaks = later.part(slice(max(part.start, heard), part.stop))
            self._loudness.hops.add(squares)
            self._peaks.add(peaks)

    @property
    def profile(self) -> Profile:
        """Return the profile, which grows as long as blocks come."""
        return Profile(self._rate_hz, self._loudness.hops, self._peaks)
