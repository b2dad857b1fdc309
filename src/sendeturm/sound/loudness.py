"""Programme loudness after ITU-R BS.1770-4 and loudness range after EBU Tech 3342."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import av
import numpy as np
import numpy.typing as npt

from sendeturm.sound.blocks import Block
from sendeturm.sound.spool import Spool
from sendeturm.units import MS_PER_SECOND

Levels = npt.NDArray[np.float64]
"""Mean squares or loudness values over time, shape (steps,)."""

HOP_MS = 10
HOPS_PER_STEP = 10
SILENT_LUFS = -70.0
OFFSET_LUFS = -0.691
TINY = 1e-20
MOMENTARY_STEPS = 4
SHORT_TERM_STEPS = 30
RELATIVE_GATE_LU = -10.0
RANGE_GATE_LU = -20.0
RANGE_PERCENTILES = (10, 95)

# BS.1770-4 table 3; mono counts as it is heard, from two loudspeakers.
WEIGHTS: dict[int, tuple[float, ...]] = {
    1: (2.0,),
    2: (1.0, 1.0),
    5: (1.0, 1.0, 1.0, 1.41, 1.41),
}

# The analogue prototypes behind the standard's coefficients for 48 kHz: they give the same
# filters at any rate (Mansbridge, Finn, Reiss, "Implementation and evaluation of autonomous
# multi-track fader control", AES 132, 2012).
SHELF_HZ, SHELF_DB, SHELF_Q = 1681.974450955533, 3.999843853973347, 0.7071752369554196
SHELF_BAND_EXPONENT = 0.4996667741545416
HIGHPASS_HZ, HIGHPASS_Q = 38.13547087602444, 0.5003270373238773

Biquad = tuple[float, float, float, float, float]
"""Coefficients b0, b1, b2, a1, a2 of a second-order section (a0 is 1)."""


def k_weighting(rate_hz: int) -> tuple[Biquad, Biquad]:
    """Return the two filters of BS.1770-4 for a sample rate: the head's shelf, the highpass."""
    k = math.tan(math.pi * SHELF_HZ / rate_hz)
    high = 10 ** (SHELF_DB / 20)
    band = high**SHELF_BAND_EXPONENT
    a0 = 1 + k / SHELF_Q + k * k
    shelf = (
        (high + band * k / SHELF_Q + k * k) / a0,
        2 * (k * k - high) / a0,
        (high - band * k / SHELF_Q + k * k) / a0,
        2 * (k * k - 1) / a0,
        (1 - k / SHELF_Q + k * k) / a0,
    )
    k = math.tan(math.pi * HIGHPASS_HZ / rate_hz)
    a0 = 1 + k / HIGHPASS_Q + k * k
    highpass = (1.0, -2.0, 1.0, 2 * (k * k - 1) / a0, (1 - k / HIGHPASS_Q + k * k) / a0)
    return shelf, highpass


class KWeighting:
    """The K-weighting filter, run by FFmpeg's `biquad` in double precision."""

    def __init__(self, rate_hz: int, channels: int) -> None:
        """Build the filter for blocks of `channels` channels."""
        self._rate_hz = rate_hz
        self._layout = {1: "mono", 2: "stereo", 5: "5.0"}[channels]
        self._graph = av.filter.Graph()
        self._graph.threads = 1  # a channel's work is less than waking a thread for it
        self._source = self._graph.add_abuffer(
            sample_rate=rate_hz,
            format="fltp",
            layout=self._layout,
            time_base=Fraction(1, rate_hz),
        )
        self._sink = self._graph.add("abuffersink")
        sections = [self._section(biquad) for biquad in k_weighting(rate_hz)]
        double = self._graph.add("aformat", "sample_fmts=dblp")
        self._graph.link_nodes(self._source, double, *sections, self._sink).configure()

    def weigh(self, block: Block) -> npt.NDArray[np.float64]:
        """Return the weighted block, same shape."""
        frame = av.AudioFrame.from_ndarray(
            np.ascontiguousarray(block), format="fltp", layout=self._layout
        )
        frame.sample_rate = self._rate_hz
        self._source.push(frame)
        pulled: Any = self._sink.pull()
        weighted: npt.NDArray[np.float64] = pulled.to_ndarray()
        return weighted

    def _section(self, biquad: Biquad) -> Any:
        b0, b1, b2, a1, a2 = biquad
        return self._graph.add("biquad", f"b0={b0!r}:b1={b1!r}:b2={b2!r}:a0=1:a1={a1!r}:a2={a2!r}")


class LoudnessMeter:
    """Gathers the K-weighted mean square of every 10 ms; blocks may have any length.

    Hops of 10 ms are finer than the standard's steps of 100 ms, for the limiter's forecast.
    """

    def __init__(self, rate_hz: int, channels: int) -> None:
        """Measure blocks of `channels` channels (1, 2 or 5) at `rate_hz`."""
        self._filter = KWeighting(rate_hz, channels)
        self._weights = np.array(WEIGHTS[channels])
        self._hop = rate_hz * HOP_MS // MS_PER_SECOND
        self._rest = np.zeros((channels, 0))
        self._hops = Spool(np.float32)

    def add(self, block: Block) -> None:
        """Measure one more block."""
        if not block.shape[1]:
            return
        weighted = self._filter.weigh(block)
        if self._rest.size:  # whole seconds leave nothing over: they need no copy
            weighted = np.concatenate((self._rest, weighted), axis=1)
        hops = weighted.shape[1] // self._hop
        shaped = weighted[:, : hops * self._hop].reshape(len(weighted), hops, self._hop)
        squares = np.einsum("chn,chn->ch", shaped, shaped) / self._hop
        self._hops.add(self._weights @ squares)
        self._rest = weighted[:, hops * self._hop :].copy()

    @property
    def hops(self) -> Spool:
        """Return the weighted mean square of each whole 10 ms so far, 32-bit floats."""
        return self._hops


def steps_of(hops: npt.NDArray[np.float32]) -> Levels:
    """Return the mean of every ten hops: the standard's steps of 100 ms."""
    whole = len(hops) // HOPS_PER_STEP * HOPS_PER_STEP
    steps: Levels = hops[:whole].reshape(-1, HOPS_PER_STEP).mean(axis=1, dtype=np.float64)
    return steps


def integrated_lufs(steps: Levels) -> float:
    """Return the gated loudness of a programme from its steps of 100 ms; −70 for silence."""
    blocks = _windows(steps, MOMENTARY_STEPS)
    blocks = blocks[blocks > _square(SILENT_LUFS)]
    if not blocks.size:
        return SILENT_LUFS
    gate = _lufs(blocks.mean()) + RELATIVE_GATE_LU
    return _lufs(blocks[blocks > _square(gate)].mean())


def lra_lu(steps: Levels) -> float:
    """Return the loudness range of a programme; 0 below the 3 s that one value takes."""
    windows = _windows(steps, SHORT_TERM_STEPS)
    windows = windows[windows > _square(SILENT_LUFS)]
    if not windows.size:
        return 0.0
    gate = _lufs(windows.mean()) + RANGE_GATE_LU
    low, high = np.percentile(windows[windows > _square(gate)], RANGE_PERCENTILES)
    return _lufs(high) - _lufs(low)


def momentary_lufs(steps: Levels) -> Levels:
    """Return the loudness of every 400 ms, a value each 100 ms."""
    return OFFSET_LUFS + 10 * np.log10(np.maximum(_windows(steps, MOMENTARY_STEPS), TINY))


def short_term_lufs(steps: Levels) -> Levels:
    """Return the loudness of every 3 s, a value each 100 ms."""
    return OFFSET_LUFS + 10 * np.log10(np.maximum(_windows(steps, SHORT_TERM_STEPS), TINY))


def _windows(steps: Levels, length: int) -> Levels:
    if len(steps) < length:
        return np.zeros(0)
    means: Levels = np.lib.stride_tricks.sliding_window_view(steps, length).mean(axis=1)
    return means


def _lufs(mean_square: float) -> float:
    return OFFSET_LUFS + 10 * math.log10(mean_square)


def _square(loudness_lufs: float) -> float:
    return float(10 ** ((loudness_lufs - OFFSET_LUFS) / 10))
