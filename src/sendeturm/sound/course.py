"""The course of a recording over time, coarse enough for pictures: loudness by the second."""

from __future__ import annotations

import numpy as np

from sendeturm.sound.loudness import SILENT_LUFS, short_term_lufs, steps_of
from sendeturm.sound.profile import Profile
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
