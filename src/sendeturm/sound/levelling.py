"""Levelling: a gain that changes with the speaker, planned from the first pass.

As an engineer rides the fader who knows the whole recording: one gain per voice, changed in the
gap before the next one speaks, held in short pauses, never raised in long ones. What is not like
speech keeps its dynamics.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from sendeturm.sound.activity import STEP_HOPS, STEPS_PER_SECOND, Floats, Numbers
from sendeturm.sound.blocks import Block
from sendeturm.sound.loudness import HOP_MS, Levels, integrated_lufs, steps_of
from sendeturm.sound.profile import Profile, parts_of
from sendeturm.sound.spool import Spool
from sendeturm.sound.turns import Turns, turns_of
from sendeturm.units import MS_PER_SECOND

Strength = Literal["off", "gentle", "strong"]
Gains = npt.NDArray[np.float32]

STEP_MS = STEP_HOPS * HOP_MS


@dataclass(frozen=True, slots=True)
class _Rule:
    """What one strength may do, in dB."""

    boost_db: float
    cut_db: float
    left_lu: float
    pause_db: float


_RULES = {
    "gentle": _Rule(boost_db=11.0, cut_db=8.0, left_lu=0.3, pause_db=2.0),
    "strong": _Rule(boost_db=16.0, cut_db=12.0, left_lu=0.1, pause_db=4.0),
}
_LEAST_DB = 0.4  # a curve that stays below this is none

_MAYBE_SPEECH = 0.4  # speechlike to this degree is still left alone; to twice that, it is speech
_FAINT_LU, _TOO_FAINT_LU = 22.0, 28.0  # below the programme: no voice that is meant to be heard
_SAME_LU = 2.2  # levels this near may be one voice
_SAME_S = 60.0
_NEIGHBOURS = 12

_LEAD, _TAIL = 2, 3  # steps around speech with the gain of speech
_LONG_PAUSE = 6
_GLIDE = 6


@dataclass(frozen=True, slots=True)
class Curve:
    """Gains as ratios every 50 ms from the start on, straight lines between them."""

    gains: Gains

    def of_hops(self, first: int, last: int) -> Gains:
        """Return the gain in the middle of each hop of 10 ms from `first` up to `last`."""
        hops = np.arange(first, last)
        numbers = np.minimum(hops // STEP_HOPS, len(self.gains) - 2)
        way = ((hops - numbers * STEP_HOPS + 0.5) / STEP_HOPS).clip(0, 1).astype(np.float32)
        gains: Gains = self.gains[numbers] * (1 - way) + self.gains[numbers + 1] * way
        return gains

    def of_samples(self, first: int, length: int, rate_hz: int) -> Gains:
        """Return the gains of `length` samples from the sample `first` on."""
        step = rate_hz * STEP_MS // MS_PER_SECOND
        start, end = first // step, -(-(first + length) // step)
        numbers = np.minimum(np.arange(start, end + 1), len(self.gains) - 1)
        knots = self.gains[numbers]
        way = np.arange(step, dtype=np.float32) / np.float32(step)
        lines = knots[:-1, None] + np.diff(knots)[:, None] * way
        return lines.ravel()[first - start * step :][:length]


def plan_levelling(
    profile: Profile, strength: Strength, turns: Turns | None = None
) -> Curve | None:
    """Return the gains that bring voices together; None where nothing is to be done.

    The curve leaves the integrated loudness of the whole as it is. `turns` are the profile's, if
    they are known already.
    """
    rule = _RULES.get(strength)
    if rule is None:
        return None
    turns = turns or turns_of(profile)
    if not len(turns.starts):
        return None
    before_lufs = integrated_lufs(steps_of(profile.squares))
    gains_db = _gains_of_turns(turns, before_lufs, rule)
    curve = _curve(turns, gains_db, rule.pause_db)
    raised_lu = integrated_lufs(_steps_after(profile, curve)) - before_lufs
    gains_db -= raised_lu
    if np.abs(gains_db).max() < _LEAST_DB:
        return None
    return _curve(turns, gains_db, rule.pause_db)


def levelled(blocks: Iterable[Block], curve: Curve | None, rate_hz: int) -> Iterator[Block]:
    """Yield the blocks after the curve's gains; the samples do not depend on how they are cut."""
    first = 0
    for block in blocks:
        length = block.shape[1]
        yield block if curve is None else block * curve.of_samples(first, length, rate_hz)
        first += length


def profile_after(profile: Profile, curve: Curve) -> Profile:
    """Return the profile that a recording has after the curve's gains."""
    all_squares, all_peaks = Spool(np.float32), Spool(np.float16)
    for squares, peaks in _turned(profile, curve):
        all_squares.add(squares)
        all_peaks.add(peaks)
    return Profile(profile.rate_hz, all_squares, all_peaks)


def _turned(
    profile: Profile, curve: Curve
) -> Iterator[tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]]:
    """Yield mean squares and peaks after the curve, part by part."""
    for part in parts_of(len(profile)):
        squares, peaks = profile.part(part)
        gains = curve.of_hops(part.start, part.stop)
        yield squares * gains * gains, peaks * gains


def _steps_after(profile: Profile, curve: Curve) -> Levels:
    """Return the steps of 100 ms that loudness is told from, after the curve."""
    steps = [steps_of(squares) for squares, _ in _turned(profile, curve)]
    return np.concatenate(steps or [np.zeros(0)])


def _gains_of_turns(turns: Turns, programme_lufs: float, rule: _Rule) -> Floats:
    short_lu = programme_lufs - _voice_lufs(turns)
    wanted = short_lu - rule.left_lu * np.tanh(short_lu / rule.left_lu)
    allowed = np.clip(wanted, -rule.cut_db, rule.boost_db)
    meant = np.clip((_TOO_FAINT_LU - short_lu) / (_TOO_FAINT_LU - _FAINT_LU), 0, 1)
    surely = np.clip((turns.speechlike - _MAYBE_SPEECH) / _MAYBE_SPEECH, 0, 1)
    gains: Floats = allowed * surely * meant
    return gains


def _voice_lufs(turns: Turns) -> Floats:
    """Return the loudness of each turn's voice: a mean with turns nearby of like loudness.

    So a voice keeps its own dynamics, and its turns get one gain.
    """
    count = len(turns.starts)
    around = np.arange(-_NEIGHBOURS, _NEIGHBOURS + 1)
    others = np.arange(count)[:, None] + around
    inside = (others >= 0) & (others < count)
    others = np.clip(others, 0, count - 1)
    middles = (turns.starts + turns.ends) / 2 / STEPS_PER_SECOND
    apart = (turns.lufs[others] - turns.lufs[:, None]) / _SAME_LU
    away = np.abs(middles[others] - middles[:, None]) / _SAME_S
    weights = inside * (turns.ends - turns.starts)[others] * np.exp(-apart * apart / 2 - away)
    voice: Floats = (weights * turns.lufs[others]).sum(axis=1) / weights.sum(axis=1)
    return voice


def _curve(turns: Turns, gains_db: Floats, pause_db: float) -> Curve:
    """Lay the turns' gains out in time, and glide from one to the next."""
    steps_db = _held(turns, gains_db, pause_db)
    ramp = np.hanning(_GLIDE + 2)[1:-1]
    padded = np.pad(steps_db, _GLIDE // 2, mode="edge")
    smooth = np.convolve(padded, ramp / ramp.sum(), mode="valid")
    return Curve((10 ** (smooth / 20)).astype(np.float32))


def _held(turns: Turns, gains_db: Floats, pause_db: float) -> Floats:
    """Return a gain for each step: in speech its turn's, in pauses one that raises no noise."""
    active = turns.heard.is_active
    steps = np.flatnonzero(active)
    held = np.zeros(len(active))
    for part in parts_of(len(active)):
        held[part] = _held_in(part, steps, turns, gains_db, pause_db)
    return held


def _held_in(
    part: slice, steps: Numbers, turns: Turns, gains_db: Floats, pause_db: float
) -> Floats:
    """Return the gains of a part of the steps; `steps` are all those with speech."""
    active = turns.heard.is_active[part]
    numbers = np.arange(part.start, part.stop)
    following = np.searchsorted(steps, numbers)
    previous = np.maximum(following - ~active, 0)
    following = np.minimum(following, len(steps) - 1)
    since, until = numbers - steps[previous], steps[following] - numbers
    before = gains_db[_turn_at(turns, steps[previous])]
    after = gains_db[_turn_at(turns, steps[following])]
    gap = np.abs(since) + np.abs(until) - 1
    lead = np.minimum(_LEAD, (gap + 1) // 2)
    tail = np.minimum(_TAIL, gap - lead)
    lower = np.minimum(before, after)
    quiet = np.where(gap >= _LONG_PAUSE, np.minimum(lower, pause_db), lower)
    in_pause = np.where(
        np.abs(until) <= lead, after, np.where(np.abs(since) <= tail, before, quiet)
    )
    held: Floats = np.where(active, before, in_pause)
    return held


def _turn_at(turns: Turns, steps: Numbers) -> Numbers:
    return np.searchsorted(turns.starts, steps, side="right") - 1
