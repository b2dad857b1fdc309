"""Where somebody is heard, and where pauses are: told from the first pass alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sendeturm.sound.loudness import OFFSET_LUFS, TINY
from sendeturm.sound.profile import Profile

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.intp]

STEP_HOPS = 5
"""Hops looked at together: 50 ms, a short syllable."""
STEPS_PER_SECOND = 20

_LOWEST_LUFS = -100.0
_AROUND = 30 * STEPS_PER_SECOND  # what floor and top are taken from
_STRIDE = 5 * STEPS_PER_SECOND
_FLOOR_PERCENTILE, _TOP_PERCENTILE = 10, 95
_ABOVE_FLOOR_LU = 8.0
_ABOVE_FLOOR_PART = 0.4  # of the way from floor to top, where that is less
_BELOW_TOP_LU = 28.0


@dataclass(frozen=True, slots=True)
class Activity:
    """The level of every step of 50 ms in LUFS, where somebody is heard, and how like speech.

    `floor_lufs` is what is left in pauses around a step. `speechlike` goes from 0 (music, steady
    noise) to 1: speech falls towards the floor several times in three seconds.
    """

    levels_lufs: Floats
    floor_lufs: Floats
    is_active: Flags
    speechlike: Floats


def activity(profile: Profile) -> Activity:
    """Tell sound from pauses, step by step."""
    squares = squares_of_steps(profile)
    levels = lufs_of(squares)
    floor = _percentile_around(levels, _AROUND, _STRIDE, _FLOOR_PERCENTILE)
    top = _percentile_around(levels, _AROUND, _STRIDE, _TOP_PERCENTILE)
    above = np.minimum(_ABOVE_FLOOR_LU, _ABOVE_FLOOR_PART * (top - floor))
    is_active = levels > np.maximum(floor + above, top - _BELOW_TOP_LU)
    speechlike = _spread(levels) * _broken(is_active)
    return Activity(levels, floor, _without_clicks(is_active), speechlike)


def squares_of_steps(profile: Profile) -> Floats:
    """Return the mean square of every whole step of 50 ms."""
    whole = len(profile.squares) // STEP_HOPS * STEP_HOPS
    steps: Floats = profile.squares[:whole].reshape(-1, STEP_HOPS).mean(axis=1, dtype=np.float64)
    return steps


def lufs_of(squares: Floats) -> Floats:
    """Return the loudness of mean squares, −100 LUFS at least."""
    levels: Floats = OFFSET_LUFS + 10 * np.log10(np.maximum(squares, TINY))
    return np.maximum(levels, _LOWEST_LUFS)


_SPEECH_WINDOW = 3 * STEPS_PER_SECOND
_SPEECH_STRIDE = STEPS_PER_SECOND // 2
_MUSIC_RANGE_LU, _SPEECH_RANGE_LU = 9.0, 14.0
_PAUSES = 6 * STEPS_PER_SECOND
_SPEECH_PAUSES = 0.12  # of the time: closed lips and breath, at least


def _broken(is_active: Flags) -> Floats:
    """Return from 0 to 1 whether there are as many pauses around each step as in speech."""
    if not len(is_active):
        return np.zeros(0)
    padded = np.pad(~is_active, (_PAUSES // 2, _PAUSES // 2), mode="symmetric")
    total = np.concatenate(([0], np.cumsum(padded)))
    pauses = (total[_PAUSES:] - total[:-_PAUSES])[: len(is_active)] / _PAUSES
    return np.minimum(pauses / _SPEECH_PAUSES, 1.0)


def _spread(levels: Floats) -> Floats:
    """Return from 0 to 1 whether the levels around each step spread as far as in speech."""
    low = _percentile_around(levels, _SPEECH_WINDOW, _SPEECH_STRIDE, 10)
    high = _percentile_around(levels, _SPEECH_WINDOW, _SPEECH_STRIDE, 90)
    part: Floats = (high - low - _MUSIC_RANGE_LU) / (_SPEECH_RANGE_LU - _MUSIC_RANGE_LU)
    return np.clip(part, 0.0, 1.0)


def _percentile_around(levels: Floats, window: int, stride: int, percentile: float) -> Floats:
    """Return a percentile of the `window` values around each value, exact every `stride`."""
    if not len(levels):
        return levels
    padded = np.pad(levels, (window // 2, window // 2 + stride), mode="symmetric")
    views = np.lib.stride_tricks.sliding_window_view(padded, window)[::stride]
    known = np.percentile(views, percentile, axis=1)
    return np.interp(np.arange(len(levels)), np.arange(len(known)) * stride, known)


def _without_clicks(is_active: Flags) -> Flags:
    """Close pauses of one step, then drop what lasts one step alone."""
    closed = is_active | (_before(is_active) & _after(is_active))
    return closed & (_before(closed) | _after(closed))


def _before(flags: Flags) -> Flags:
    return np.concatenate((flags[:1] & False, flags[:-1]))


def _after(flags: Flags) -> Flags:
    return np.concatenate((flags[1:], flags[:1] & False))
