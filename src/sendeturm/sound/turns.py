"""Turns: stretches in which the level stays about the same, as while one voice speaks.

A turn's end is where paying the price of a change explains the levels better than going on. The
best explanation as a whole is found by dynamic programming (Viterbi), so that one weak phrase is
no change, but a second and a half of a voice 12 LU lower is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sendeturm.sound.activity import (
    Activity,
    Flags,
    Floats,
    Numbers,
    activity,
    lufs_of,
    squares_of_steps,
)
from sendeturm.sound.profile import Profile

# A voice often falls far below its own level, and seldom rises above it.
_SPREAD_UP_LU, _SPREAD_DOWN_LU = 4.0, 7.0
_MOST_COST = 6.0  # outliers count no more than this
_ALIKE = 3  # steps in a row that tell no more than one
_PRICE = 4.5  # of a change while somebody speaks
_PRICE_IN_PAUSE = 2.0
_PAUSE = 4  # steps
_CHUNK = 512
_FAR_LU = 10.0  # above and below a turn's median is not its voice


@dataclass(frozen=True, slots=True)
class Turns:
    """Turns in order: first step, step after the last, loudness in LUFS, likeness to speech."""

    starts: Numbers
    ends: Numbers
    lufs: Floats
    speechlike: Floats
    heard: Activity


def turns_of(profile: Profile) -> Turns:
    """Divide a recording into turns; what is no sound is in none."""
    heard = activity(profile)
    steps = np.flatnonzero(heard.is_active)
    if not len(steps):
        none = np.zeros(0)
        return Turns(steps, steps, none, none, heard)
    price = np.where(np.diff(steps, prepend=steps[0]) > _PAUSE, _PRICE_IN_PAUSE, _PRICE)
    path = _best_path(heard.levels_lufs[steps], price)
    firsts = np.concatenate(([0], np.flatnonzero(np.diff(path)) + 1))
    lasts = np.concatenate((firsts[1:], [len(steps)])) - 1
    return Turns(
        starts=steps[firsts],
        ends=steps[lasts] + 1,
        lufs=_loudness(squares_of_steps(profile)[steps], firsts),
        speechlike=_means(heard.speechlike[steps], firsts),
        heard=heard,
    )


def _best_path(observed: Floats, price: Floats) -> npt.NDArray[np.int16]:
    """Return for each step the number of the level that explains it best as a whole."""
    levels = np.arange(np.floor(observed.min()), np.ceil(observed.max()) + 1)
    cost = np.zeros(len(levels))
    best = np.zeros(len(observed), dtype=np.int16)
    stays = np.zeros((len(observed), -(-len(levels) // 8)), dtype=np.uint8)
    for start in range(0, len(observed), _CHUNK):
        for step, misfit in enumerate(_misfits(observed[start : start + _CHUNK], levels), start):
            best[step] = cost.argmin()
            change = cost[best[step]] + price[step]
            stays[step] = np.packbits(cost <= change)
            cost = np.minimum(cost, change) + misfit
    return _traced(int(cost.argmin()), best, stays)


def _misfits(observed: Floats, levels: Floats) -> Floats:
    away = observed[:, None] - levels
    away = np.where(away > 0, away / _SPREAD_UP_LU, away / _SPREAD_DOWN_LU)
    misfits: Floats = np.minimum(away * away / 2, _MOST_COST) / _ALIKE
    return misfits


def _traced(
    level: int, best: npt.NDArray[np.int16], stays: npt.NDArray[np.uint8]
) -> npt.NDArray[np.int16]:
    path = np.zeros(len(best), dtype=np.int16)
    for step in range(len(best) - 1, -1, -1):
        path[step] = level
        if not stays[step, level >> 3] >> (7 - (level & 7)) & 1:
            level = int(best[step])
    return path


def _loudness(squares: Floats, firsts: Numbers) -> Floats:
    """Return the loudness of each turn, without what is much softer or louder than most of it."""
    levels = lufs_of(squares)
    middles = np.array([np.median(turn) for turn in np.split(levels, firsts[1:])])
    lengths = np.diff(firsts, append=len(squares))
    is_near: Flags = np.abs(levels - np.repeat(middles, lengths)) <= _FAR_LU
    return lufs_of(
        np.add.reduceat(squares * is_near, firsts) / np.add.reduceat(is_near, firsts, dtype=float)
    )


def _means(values: Floats, firsts: Numbers) -> Floats:
    lengths = np.diff(firsts, append=len(values))
    means: Floats = np.add.reduceat(values, firsts) / lengths
    return means
