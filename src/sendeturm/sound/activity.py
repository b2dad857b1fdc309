"""Where somebody is heard, and where pauses are: told from the first pass alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sendeturm.sound.loudness import OFFSET_LUFS, TINY
from sendeturm.sound.profile import Profile, parts_of

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

    `speechlike` goes from 0 (music, steady noise) to 1: speech falls towards the floor several
    times in three seconds.
    """

    levels_lufs: Floats
    is_active: Flags
    speechlike: Floats


def activity(profile: Profile) -> Activity:
    """Tell sound from pauses, step by step."""
    levels = lufs_of(squares_of_steps(profile))
    is_active = _is_heard(levels)
    speechlike = _spread(levels)
    speechlike *= _broken(is_active)
    return Activity(levels, _without_clicks(is_active), speechlike)


def _is_heard(levels: Floats) -> Flags:
    """Tell sound from pauses by floor and top around each step."""
    floor = _percentile_around(levels, _AROUND, _STRIDE, _FLOOR_PERCENTILE)
    top = _percentile_around(levels, _AROUND, _STRIDE, _TOP_PERCENTILE)
    above = np.minimum(_ABOVE_FLOOR_LU, _ABOVE_FLOOR_PART * (top - floor))
    above += floor
    top -= _BELOW_TOP_LU
    is_heard: Flags = levels > np.maximum(above, top, out=top)
    return is_heard


def squares_of_steps(profile: Profile) -> Floats:
    """Return the mean square of every whole step of 50 ms."""
    steps = np.empty(len(profile) // STEP_HOPS)
    for part in parts_of(len(steps)):
        squares, _ = profile.part(slice(part.start * STEP_HOPS, part.stop * STEP_HOPS))
        steps[part] = squares.reshape(-1, STEP_HOPS).mean(axis=1, dtype=np.float64)
    return steps


def lufs_of(squares: Floats) -> Floats:
    """Return the loudness of mean squares, −100 LUFS at least."""
    levels: Floats = np.maximum(squares, TINY)
    np.log10(levels, out=levels)
    levels *= 10
    levels += OFFSET_LUFS
    return np.maximum(levels, _LOWEST_LUFS, out=levels)


_AT_ONCE = 512  # windows looked at together: each holds values of its own
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
    total = np.cumsum(np.pad(padded, (1, 0)), dtype=np.int32)
    pauses: Floats = (total[_PAUSES:] - total[:-_PAUSES])[: len(is_active)] / _PAUSES
    pauses /= _SPEECH_PAUSES
    return np.minimum(pauses, 1.0, out=pauses)


def _spread(levels: Floats) -> Floats:
    """Return from 0 to 1 whether the levels around each step spread as far as in speech."""
    low = _percentile_around(levels, _SPEECH_WINDOW, _SPEECH_STRIDE, 10)
    high = _percentile_around(levels, _SPEECH_WINDOW, _SPEECH_STRIDE, 90)
    high -= low
    high -= _MUSIC_RANGE_LU
    high /= _SPEECH_RANGE_LU - _MUSIC_RANGE_LU
    return np.clip(high, 0.0, 1.0, out=high)


def _percentile_around(levels: Floats, window: int, stride: int, percentile: float) -> Floats:
    """Return a percentile of the `window` values around each value, exact every `stride`."""
    if not len(levels):
        return levels
    padded = np.pad(levels, (window // 2, window // 2 + stride), mode="symmetric")
    views = np.lib.stride_tricks.sliding_window_view(padded, window)[::stride]
    parts = (views[first : first + _AT_ONCE] for first in range(0, len(views), _AT_ONCE))
    known = np.concatenate([np.percentile(part, percentile, axis=1) for part in parts])
    around = np.empty(len(levels))
    for part in parts_of(len(levels)):
        steps = np.arange(part.start, part.stop)
        around[part] = np.interp(steps, np.arange(len(known)) * stride, known)
    return around


def _without_clicks(is_active: Flags) -> Flags:
    """Close pauses of one step, then drop what lasts one step alone."""
    closed = is_active | (_before(is_active) & _after(is_active))
    return closed & (_before(closed) | _after(closed))


def _before(flags: Flags) -> Flags:
    return np.concatenate((flags[:1] & False, flags[:-1]))


def _after(flags: Flags) -> Flags:
    return np.concatenate((flags[1:], flags[:1] & False))
