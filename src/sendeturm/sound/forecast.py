"""How loud a recording will be after gain and limiter, told from the first pass alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sendeturm.sound.levelling import Curve
from sendeturm.sound.limiter import RELEASE
from sendeturm.sound.loudness import HOP_MS, integrated_lufs, steps_of
from sendeturm.sound.profile import Profile, parts_of
from sendeturm.units import MS_PER_SECOND, ratio_from_db

MOST_GAIN_DB = 60.0
"""Beyond this nothing but noise would be brought up."""

UNLIMITED_DBTP = 240.0
"""A ceiling that nothing reaches."""

_ROUNDS = 24
_CLOSE_LU = 0.002
_DECIMALS = 3


@dataclass(frozen=True, slots=True)
class Plan:
    """The gain, the limiter's ceiling before encoding, and the loudness that is expected."""

    gain_db: float
    ceiling_dbtp: float
    expected_lufs: float


def plan_gain(
    profile: Profile, target_lufs: float, ceiling_dbtp: float, curve: Curve | None = None
) -> Plan:
    """Find the gain that brings a recording to `target_lufs` through a limiter.

    It comes on top of a levelling `curve`, if there is one. Where the limiter takes so much that
    the target is out of reach, the plan comes as near as `MOST_GAIN_DB` allows, and says so by
    `expected_lufs`.
    """
    gain_db = target_lufs - forecast_lufs(profile, 0.0, UNLIMITED_DBTP, curve)
    for _ in range(_ROUNDS):
        gain_db = round(max(-MOST_GAIN_DB, min(MOST_GAIN_DB, gain_db)), _DECIMALS)
        expected_lufs = forecast_lufs(profile, gain_db, ceiling_dbtp, curve)
        short_lu = target_lufs - expected_lufs
        if abs(short_lu) < _CLOSE_LU or (short_lu > 0 and gain_db >= MOST_GAIN_DB):
            break
        gain_db += short_lu
    return Plan(gain_db, ceiling_dbtp, expected_lufs)


def forecast_lufs(
    profile: Profile, gain_db: float, ceiling_dbtp: float, curve: Curve | None = None
) -> float:
    """Return the loudness to expect after `curve`, `gain_db` and a limiter at `ceiling_dbtp`."""
    gain, ceiling = ratio_from_db(gain_db), ratio_from_db(ceiling_dbtp)
    climb = profile.rate_hz * HOP_MS / MS_PER_SECOND / RELEASE
    steps = [
        _steps_after(_stretch(profile, part, curve), gain, ceiling, climb)
        for part in parts_of(len(profile))
    ]
    return integrated_lufs(np.concatenate(steps or [np.zeros(0)]))


def _stretch(
    profile: Profile, part: slice, curve: Curve | None
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Return the mean squares and peaks of a stretch of hops, after the curve."""
    squares, halves = profile.part(part)
    peaks = halves.astype(np.float32)
    if curve is None:
        return squares, peaks
    gains = curve.of_hops(part.start, part.stop)
    return squares * gains * gains, peaks * gains


def _steps_after(
    stretch: tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]],
    gain: float,
    ceiling: float,
    climb: float,
) -> npt.NDArray[np.float64]:
    squares, peaks = stretch
    turned = _climb(_needed(peaks, gain, ceiling), climb) * np.float32(gain)
    return steps_of(squares * turned * turned)


def limiting_db(
    profile: Profile, plan: Plan, curve: Curve | None = None
) -> npt.NDArray[np.float32]:
    """Return by how many dB the limiter will turn each hop of 10 ms down, 0 where it rests."""
    gain, ceiling = ratio_from_db(plan.gain_db), ratio_from_db(plan.ceiling_dbtp)
    down = np.empty(len(profile), dtype=np.float32)
    for part in parts_of(len(down)):
        down[part] = -20 * np.log10(_needed(_stretch(profile, part, curve)[1], gain, ceiling))
    return down


def _needed(peaks: npt.NDArray[np.float32], gain: float, ceiling: float) -> npt.NDArray[np.float32]:
    """Return the limiter's gain at each hop's peak."""
    needed: npt.NDArray[np.float32] = ceiling / np.maximum(
        peaks * np.float32(gain), np.float32(ceiling)
    )
    return needed


def _climb(needed: npt.NDArray[np.float32], climb: float) -> npt.NDArray[np.float32]:
    """Let the gain of the hops climb as the limiter's does; see `limiter`."""
    step = 1
    while step * climb < 1:
        rise = np.float32(step * climb)
        needed[step:] = np.minimum(needed[step:], needed[:-step] + rise)
        step *= 2
    return needed
