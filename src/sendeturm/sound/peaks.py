"""True peaks: what the curve between the samples reaches, read with fourfold oversampling."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sendeturm.sound.blocks import Block
from sendeturm.units import db_from_ratio

Floats = npt.NDArray[np.float32]
Places = npt.NDArray[np.intp]

OVERSAMPLING = 4
TAPS = 24
BEFORE = TAPS // 2 - 1
AFTER = TAPS // 2
"""Samples before and after a sample that the curve up to the next one depends on."""

CELL = 32
"""Samples looked at together."""

_BETA = 7.0  # of the Kaiser window: flat to 19 kHz at 48 kHz
_SECOND_DIFFERENCE = (1.0, -2.0, 1.0)


def _interpolator() -> Floats:
    """Return the filters for ¼, ½ and ¾ of the way to the next sample, shape (3, taps)."""
    shifts = np.arange(1, OVERSAMPLING)[:, None] / OVERSAMPLING
    distance = np.arange(-BEFORE, AFTER + 1)[None, :] - shifts
    taps = np.sinc(distance) * np.i0(_BETA * np.sqrt(1 - (distance / AFTER) ** 2))
    filters: Floats = (taps / taps.sum(axis=1, keepdims=True)).astype(np.float32)
    return filters


FILTERS = _interpolator()


def _bend() -> tuple[float, float]:
    """Return how far the curve can leave the straight line between two samples.

    The first ratio is of the largest second difference around, the second of the largest sample:
    what the filters do beyond a straight line is a filter on second differences, and a remainder.
    """
    bends, remainders = [], []
    for number, taps in enumerate(FILTERS.astype(float)):
        part = (number + 1) / OVERSAMPLING
        beyond = taps.copy()
        beyond[BEFORE : BEFORE + 2] -= (1 - part, part)
        on_differences, remainder = np.polydiv(beyond, _SECOND_DIFFERENCE)
        bends.append(np.abs(on_differences).sum())
        remainders.append(np.abs(remainder).sum())
    return float(max(bends)), float(max(remainders))


BEND, REMAINDER = _bend()
_FLAT = 1 + REMAINDER + 1e-5  # what a curve without bends reaches, and rounding
_TOGETHER = 128  # cells whose products stay in the processor's cache


def curve_above(padded: Floats, level: float) -> tuple[Places, Floats]:
    """Read the curve of one channel wherever it exceeds `level`, and at a few places more.

    `padded` holds the samples asked about with `BEFORE` more ahead of them and `AFTER` behind.
    Returns the numbers of samples, and for each the curve's highest point up to the next sample.
    """
    length = len(padded) - TAPS + 1
    numbers, windows = _cells_above(padded, level)
    places = (numbers[:, None] * CELL + np.arange(CELL)).ravel()
    inside = places < length
    return places[inside], _curve(windows).ravel()[inside]


def _curve(windows: Floats) -> Floats:
    """Return each sample's highest point up to the next sample, shape (cells, 32).

    Each value is summed in the same order wherever its cell lies, so that it does not depend, not
    even in its last bit, on how the signal was cut into blocks (a matrix product would): the taps
    lie along the first axis, and sums along it are taken row by row.
    """
    highest: Floats = np.abs(windows[:, BEFORE : BEFORE + CELL])
    for start in range(0, len(windows), _TOGETHER):
        some = windows[start : start + _TOGETHER]
        rows = np.lib.stride_tricks.sliding_window_view(some, CELL, axis=1).transpose(1, 0, 2)
        for taps in FILTERS:
            between = np.multiply(rows, taps[:, None, None], order="C").sum(axis=0)
            reached = highest[start : start + _TOGETHER]
            np.maximum(reached, np.abs(between, out=between), out=reached)
    return highest


def _cells_above(padded: Floats, level: float) -> tuple[Places, Floats]:
    """Find all cells whose curve exceeds `level`, and few others: their numbers and samples.

    A cell comes with the samples around it, the last one filled up with silence. Most are too low
    for any curve; of the others, the second differences tell how far theirs can bend.
    """
    cells = -(-(len(padded) - TAPS + 1) // CELL)
    whole = np.zeros((cells + 1) * CELL, dtype=np.float32)
    whole[: len(padded)] = padded
    around = _around(whole)
    numbers = np.flatnonzero(around * np.float32(_FLAT + 4 * BEND) > level)
    views = np.lib.stride_tricks.sliding_window_view(whole, CELL + TAPS - 1)
    windows = views[numbers * CELL]
    if not len(numbers):
        return numbers, windows
    bends = np.abs(np.diff(windows, 2, axis=1)).max(axis=1)
    is_above = around[numbers] * np.float32(_FLAT) + bends * np.float32(BEND) > level
    return numbers[is_above], windows[is_above]


def _around(signal: Floats) -> Floats:
    """Return the largest value in each cell and the next one: all that its curve is made from."""
    peaks: Floats = np.maximum.reduceat(np.abs(signal), np.arange(0, len(signal), CELL))
    reach: Floats = np.maximum(peaks[:-1], peaks[1:])
    return reach


class PeakMeter:
    """Reads the highest sample and the highest true peak; blocks may have any length."""

    def __init__(self, channels: int) -> None:
        """Start at silence."""
        self._context = np.zeros((channels, BEFORE), dtype=np.float32)
        self.sample_peak = 0.0
        self.true_peak = 0.0

    def add(self, block: Block) -> None:
        """Read one more block."""
        padded = np.concatenate((self._context, block), axis=1)
        self._read(padded)
        self._context = padded[:, -(TAPS - 1) :]

    def finish(self) -> None:
        """Read the curve behind the last samples."""
        self._read(np.pad(self._context, ((0, 0), (0, AFTER))))

    def append(self, later: PeakMeter) -> None:
        """Go on with what another has read, which had read the end of this before."""
        self._context = later._context
        self.sample_peak = max(self.sample_peak, later.sample_peak)
        self.true_peak = max(self.true_peak, later.true_peak)

    @property
    def true_peak_dbtp(self) -> float:
        """Return the true peak in dBTP, −inf for silence."""
        return db_from_ratio(self.true_peak)

    def _read(self, padded: Block) -> None:
        self.sample_peak = max(self.sample_peak, float(np.abs(padded).max(initial=0.0)))
        self.true_peak = max(self.true_peak, self.sample_peak)
        if padded.shape[1] < TAPS:
            return
        for channel in padded:
            _, curve = curve_above(channel, self.true_peak)
            self.true_peak = max(self.true_peak, float(curve.max(initial=0.0)))
