"""The course of a recording over time, coarse enough for pictures: loudness by the second."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sendeturm.sound.forecast import Plan, limiting_db
from sendeturm.sound.levelling import Curve
from sendeturm.sound.loudness import HOP_MS, SILENT_LUFS, short_term_lufs, steps_of
from sendeturm.sound.profile import WAVEFORM_POINTS, Profile
from sendeturm.units import MS_PER_SECOND

_STEP_MS = 100
_STEPS_PER_SECOND = MS_PER_SECOND // _STEP_MS
_DECIMALS = 1


def short_term_course(profile: Profile) -> tuple[float, ...]:
    """Return the loudness of three seconds from each second on, −70 for silence.

    Shorter recordings than three seconds have none.
    """
    course = short_term_lufs(steps_of(profile.squares))[::_STEPS_PER_SECOND]
    rounded = np.round(np.maximum(course, SILENT_LUFS), _DECIMALS)
    return tuple(float(value) for value in rounded)


def loudest_ms(profile: Profile) -> int:
    """Return where the loudest three seconds begin; 0 where there are no three."""
    course = short_term_lufs(steps_of(profile.squares))
    return int(course.argmax()) * _STEP_MS if len(course) else 0


@dataclass(frozen=True, slots=True)
class Limiting:
    """Where the limiter worked: the most in each part of the length, in tenths of a decibel.

    `most_ms` is where it had most to do, None where it had nothing to do.
    """

    tenths_db: tuple[int, ...] = ()
    most_ms: int | None = None


def limiting(profile: Profile, plan: Plan, curve: Curve | None = None) -> Limiting:
    """Return what the limiter does to a recording of this profile, as `plan` has it."""
    down_db = limiting_db(profile, plan, curve)
    if not len(down_db) or np.rint(10 * down_db.max()) < 1:
        return Limiting()
    points = min(WAVEFORM_POINTS, len(down_db))
    starts = np.linspace(0, len(down_db), points, endpoint=False).astype(np.intp)
    most = np.rint(10 * np.maximum.reduceat(down_db, starts))
    return Limiting(tuple(int(value) for value in most), int(down_db.argmax()) * HOP_MS)
