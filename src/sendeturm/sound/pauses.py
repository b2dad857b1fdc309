"""Where nobody is heard, and which of it goes: told from the first pass alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sendeturm.model import SoundSettings
from sendeturm.sound.loudness import HOP_MS, OFFSET_LUFS, TINY, integrated_lufs, steps_of
from sendeturm.sound.profile import Profile
from sendeturm.units import MS_PER_SECOND

Levels = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
Stretch = tuple[int, int]
"""First hop of 10 ms, and the one after the last."""

FADE_HOPS = 3
"""Of the crossfade where a pause was shortened."""
AIR_HOPS = 300 // HOP_MS
_LEAST_TRIM_HOPS = 100 // HOP_MS

_SMOOTHING_HOPS = 4
_FLOOR_PERCENTILE = 10
_ABOVE_FLOOR_LU = 8.0
_BELOW_LOUDNESS_LU = (15.0, 40.0)
_KEPT_ENDS_HOPS = 15  # of a pause: room that dies away, a breath before the next word


@dataclass(frozen=True, slots=True)
class Kept:
    """The stretches of a program that stay; neighbours are crossfaded over `FADE_HOPS`.

    `lead_hops` and `tail_hops` say how long nobody is heard at the ends of what stays.
    """

    stretches: tuple[Stretch, ...]
    lead_hops: int
    tail_hops: int
    trimmed_start_ms: int
    trimmed_end_ms: int
    pauses: int
    shortened_ms: int


def plan_cuts(profile: Profile, settings: SoundSettings) -> Kept:
    """Return what stays of a program when its ends are trimmed and its long pauses shortened."""
    levels = _smooth_lufs(profile)
    heard = levels > _threshold_lufs(levels, integrated_lufs(steps_of(profile.squares)))
    hops = len(levels)
    places = np.flatnonzero(heard)
    first, last = (int(places[0]), int(places[-1]) + 1) if len(places) else (0, hops)
    start = _trimmed(first) if settings.trim_silence else 0
    end = hops - (_trimmed(hops - last) if settings.trim_silence else 0)
    gaps = []
    if settings.longest_pause_s is not None:
        longest = round(settings.longest_pause_s * MS_PER_SECOND / HOP_MS)
        gaps = [_gap(levels, pause, longest) for pause in _pauses(heard, longest)]
    edges = [start, *(edge for gap in gaps for edge in gap), end]
    removed = sum(stop - begin for begin, stop in gaps) + FADE_HOPS * len(gaps)
    return Kept(
        stretches=tuple(zip(edges[::2], edges[1::2], strict=True)),
        lead_hops=first - start,
        tail_hops=end - last,
        trimmed_start_ms=start * HOP_MS,
        trimmed_end_ms=(hops - end) * HOP_MS,
        pauses=len(gaps),
        shortened_ms=removed * HOP_MS,
    )


def _smooth_lufs(profile: Profile) -> Levels:
    """Return the loudness of 40 ms around each hop."""
    before, after = _SMOOTHING_HOPS // 2, _SMOOTHING_HOPS - _SMOOTHING_HOPS // 2
    squares = np.pad(profile.squares, (before, after), mode="edge")
    sums = np.cumsum(squares, dtype=np.float64)
    means = (sums[_SMOOTHING_HOPS:] - sums[:-_SMOOTHING_HOPS]).astype(np.float32)
    means /= _SMOOTHING_HOPS
    levels: Levels = np.log10(np.maximum(means, np.float32(TINY)))
    levels *= 10
    levels += np.float32(OFFSET_LUFS)
    return levels


def _threshold_lufs(levels_lufs: Levels, loudness_lufs: float) -> float:
    """Return the level below which nobody speaks: above the noise, far below the voices."""
    floor_lufs = float(np.percentile(levels_lufs, _FLOOR_PERCENTILE))
    highest, lowest = (loudness_lufs - below for below in _BELOW_LOUDNESS_LU)
    return min(highest, max(lowest, floor_lufs + _ABOVE_FLOOR_LU))


def _trimmed(silent_hops: int) -> int:
    """Return how much of a silence at one end goes."""
    spare = silent_hops - AIR_HOPS
    return spare if spare >= _LEAST_TRIM_HOPS else 0


def _pauses(heard: Flags, longest: int) -> list[Stretch]:
    """Return the pauses between what is heard that are longer than `longest` hops."""
    places = np.flatnonzero(heard)
    gaps = np.flatnonzero(np.diff(places) > longest + 1 + FADE_HOPS)
    return [(int(places[gap]) + 1, int(places[gap + 1])) for gap in gaps]


def _gap(levels: Levels, pause: Stretch, longest: int) -> Stretch:
    """Return what goes from a pause so that `longest` hops stay, cut where it is quietest."""
    first, last = pause
    goes = last - first - longest - FADE_HOPS
    ends = min(_KEPT_ENDS_HOPS, (longest + FADE_HOPS) // 2)
    starts = np.arange(first + ends, last - ends - goes + 1)
    cost = np.maximum(levels[starts], levels[np.minimum(starts + goes, len(levels) - 1)])
    start = int(starts[int(cost.argmin())])
    return start, start + goes
