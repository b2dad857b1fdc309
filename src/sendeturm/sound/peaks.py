"""True peaks: what the curve between the samples reaches, read with fourfold oversampling."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sendeturm.sound.decode import Block
from sendeturm.units import db_from_ratio

Floats = npt.NDArray[np.float32]

OVERSAMPLING = 4
TAPS = 24
BEFORE = TAPS // 2 - 1
AFTER = TAPS // 2
"""Samples before and after a sample that the curve up to the next one depends on."""

_CELL = 32  # samples looked at together
_BETA = 7.0  # of the Kaiser window: flat to 19 kHz at 48 kHz


def _interpolator() -> Floats:
    """Return the filters for ¼, ½ and ¾ of the way to the next sample, shape (3, taps)."""
    shifts = np.arange(1, OVERSAMPLING)[:, None] / OVERSAMPLING
    distance = np.arange(-BEFORE, AFTER + 1)[None, :] - shifts
    taps = np.sinc(distance) * np.i0(_BETA * np.sqrt(1 - (distance / AFTER) ** 2))
    filters: Floats = (taps / taps.sum(axis=1, keepdims=True)).astype(np.float32)
    return filters


FILTERS = _interpolator()
OVERSHOOT = float(np.abs(FILTERS).sum(axis=1).max())
"""The most by which the curve can exceed the samples around it, as a ratio."""


def _cell_matrix() -> Floats:
    """Return the interpolator of a whole cell: shape (cell + taps − 1, 3 · cell)."""
    matrix = np.zeros((_CELL + TAPS - 1, len(FILTERS), _CELL), dtype=np.float32)
    for position in range(_CELL):
        matrix[position : position + TAPS, :, position] = FILTERS.T
    return matrix.reshape(_CELL + TAPS - 1, -1)


_MATRIX = _cell_matrix()


@dataclass(frozen=True, slots=True)
class Cells:
    """Stretches of 32 samples whose curve may exceed a level: their numbers, samples, peaks."""

    numbers: npt.NDArray[np.intp]
    windows: Floats
    peaks: Floats

    def above(self, level: float) -> Cells:
        """Return the cells that do exceed `level`."""
        loud = self.peaks > level
        return Cells(self.numbers[loud], self.windows[loud], self.peaks[loud])

    def curve(self) -> Floats:
        """Return each sample's highest point up to the next sample, shape (cells, 32).

        Each value is summed in the same order wherever its cell lies, so that it does not depend,
        not even in its last bit, on how the signal was cut into blocks (a matrix product would).
        """
        highest: Floats = np.abs(self.windows[:, BEFORE : BEFORE + _CELL])
        for taps in FILTERS:
            between = taps[0] * self.windows[:, :_CELL]
            for position in range(1, TAPS):
                between += taps[position] * self.windows[:, position : position + _CELL]
            np.maximum(highest, np.abs(between), out=highest)
        return highest


def cells_above(padded: Floats, level: float) -> Cells:
    """Find the cells of one channel whose curve may exceed `level`.

    `padded` holds the samples asked about with `BEFORE` more ahead of them and `AFTER` behind.
    """
    cells = -(-(len(padded) - TAPS + 1) // _CELL)
    missing = cells * _CELL + TAPS - 1 - len(padded)
    if missing:
        padded = np.concatenate((padded, np.zeros(missing, dtype=np.float32)))
    numbers = np.flatnonzero(_reach(padded, cells) * OVERSHOOT > level)
    views = np.lib.stride_tricks.sliding_window_view(padded, _CELL + TAPS - 1)
    windows = views[numbers * _CELL]
    between = np.abs(windows @ _MATRIX).max(axis=1, initial=0.0)
    samples = np.abs(windows[:, BEFORE : BEFORE + _CELL]).max(axis=1, initial=0.0)
    return Cells(numbers, windows, np.maximum(between, samples))


def _reach(padded: Floats, cells: int) -> Floats:
    """Return the largest sample that each cell's curve can be made from."""
    size = np.abs(padded)
    tail = np.concatenate((size[cells * _CELL :], np.zeros(_CELL, dtype=np.float32)))[:_CELL]
    peaks = np.append(size[: cells * _CELL].reshape(cells, _CELL).max(axis=1), tail.max())
    return np.maximum(peaks[:-1], peaks[1:])


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

    @property
    def true_peak_dbtp(self) -> float:
        """Return the true peak in dBTP, −inf for silence."""
        return db_from_ratio(self.true_peak)

    @property
    def sample_peak_dbfs(self) -> float:
        """Return the sample peak in dBFS, −inf for silence."""
        return db_from_ratio(self.sample_peak)

    def _read(self, padded: Block) -> None:
        self.sample_peak = max(self.sample_peak, float(np.abs(padded).max(initial=0.0)))
        self.true_peak = max(self.true_peak, self.sample_peak)
        if padded.shape[1] < TAPS:
            return
        for channel in padded:
            peaks = cells_above(channel, self.true_peak).peaks
            self.true_peak = max(self.true_peak, float(peaks.max(initial=0.0)))
