"""A true-peak limiter that looks ahead and depends on near samples only."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sendeturm.sound.blocks import Block
from sendeturm.sound.peaks import AFTER, BEFORE, TAPS, curve_above

Gains = npt.NDArray[np.float32]

ATTACK = 256
"""Samples over which the gain glides down ahead of a peak: 5 ms."""
RELEASE = 8192
"""Samples over which the gain would climb from nothing back to one: 170 ms."""
PAST = RELEASE - 1 + ATTACK - 2
FUTURE = ATTACK - 1

_RISE = 128
_ONE = _RISE * RELEASE  # a gain of one as a whole number: its steps are a millionth


class Limiter:
    """Holds true peaks at a ceiling, all channels turned down together.

    The gain at a sample is the same whatever blocks the signal comes in: all sums and minima
    run over fixed neighbourhoods, in a fixed order. Nothing is delayed in the output; `add`
    returns what can be told already, `finish` the rest.
    """

    def __init__(self, ceiling: float, channels: int) -> None:
        """Hold true peaks at `ceiling`, a ratio of full scale above 0."""
        self._ceiling = ceiling
        self._signal = np.zeros((channels, BEFORE), dtype=np.float32)
        self._needed = np.ones(PAST, dtype=np.float32)

    def add(self, block: Block) -> Block:
        """Take a block of any length and return the samples whose gain is known."""
        signal = np.concatenate((self._signal, block), axis=1)
        known = len(self._needed) - PAST
        fresh = needed_gain(signal[:, known:], self._ceiling)
        needed = np.concatenate((self._needed, fresh))
        gain = smoothed(needed)
        ready = max(0, len(needed) - PAST - FUTURE)
        self._signal, self._needed = signal[:, ready:], needed[ready:]
        out = signal[:, BEFORE : BEFORE + ready]
        return out if gain is None else out * gain

    def finish(self) -> Block:
        """Return the samples held back."""
        channels = len(self._signal)
        held = self._signal.shape[1] - BEFORE
        silence = np.zeros((channels, AFTER + FUTURE), dtype=np.float32)
        return self.add(silence)[:, :held]


def needed_gain(padded: Block, ceiling: float) -> Gains:
    """Return for each sample the gain (0 to 1) that keeps its curve under `ceiling`.

    `padded` has `BEFORE` more samples ahead and `AFTER` behind, all channels count together.
    """
    length = max(0, padded.shape[1] - TAPS + 1)
    gain = np.ones(length, dtype=np.float32)
    if not length:
        return gain
    for channel in padded:
        places, curve = curve_above(channel, ceiling)
        needed = np.float32(ceiling) / np.maximum(curve, np.float32(ceiling))
        gain[places] = np.minimum(gain[places], needed)
    return gain


def smoothed(needed: Gains) -> Gains | None:
    """Turn needed gains into a glide that is nowhere above them; None where nothing is needed.

    Returns the gains of all but the first `PAST` and the last `FUTURE` samples.
    """
    if len(needed) <= PAST + FUTURE or needed.min() == 1.0:
        return None
    climbing = _climb(needed)[RELEASE - 1 :]
    ahead = _least_ahead(climbing)
    return _mean(_mean(ahead, ATTACK // 2), ATTACK // 2)


def _climb(gain: Gains) -> Gains:
    """Let the gain climb no faster than one in `RELEASE` samples.

    Below a rising line, the gain is the least that was there so far. In whole numbers this is
    exact wherever the line begins; they last for five minutes.
    """
    dips = np.flatnonzero(gain < 1).astype(np.int32)
    under = (gain[dips] * np.float32(_ONE)).astype(np.int32) - dips * np.int32(_RISE)
    least = np.concatenate(([_ONE], np.minimum.accumulate(under)), dtype=np.int32)
    since = np.diff(dips, prepend=0, append=len(gain))
    whole = np.repeat(least, since)
    whole += np.arange(0, len(gain) * _RISE, _RISE, dtype=np.int32)
    return np.minimum(whole, _ONE).astype(np.float32) / np.float32(_ONE)


def _least_ahead(gain: Gains) -> Gains:
    """Return the least of each sample and the `ATTACK` − 1 after it."""
    step = 1
    while step < ATTACK:
        gain = np.minimum(gain[:-step], gain[step:])
        step *= 2
    return gain


def _mean(gain: Gains, length: int) -> Gains:
    """Return the mean of each `length` neighbours, a power of two."""
    step = 1
    while step < length:
        gain = gain[:-step] + gain[step:]
        step *= 2
    return gain * np.float32(1 / length)
