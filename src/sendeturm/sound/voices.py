"""How far the voices of a recording are apart, for reports."""

from __future__ import annotations

import numpy as np

from sendeturm.model import ALIKE_LU, Voices
from sendeturm.sound.activity import STEP_HOPS, Flags, Floats, lufs_of, squares_of_steps
from sendeturm.sound.loudness import SILENT_LUFS, integrated_lufs, steps_of
from sendeturm.sound.profile import Profile
from sendeturm.sound.turns import Turns, turns_of

_LEAST_PART = 0.02  # of all that is said
_SPEECHLIKE = 0.5
_DECIMALS = 2
_PAUSE_STEPS = 6  # shorter ones are between syllables


def voices_of(profile: Profile, turns: Turns | None = None) -> Voices | None:
    """Tell louder from quieter voices; None where nobody speaks.

    With the `turns` of another profile of the same length, the same moments are compared: that
    tells what levelling did to the voices as they were told apart before it.
    """
    turns = turns or turns_of(profile)
    spoken = turns.speechlike >= _SPEECHLIKE
    if not spoken.any():
        return None
    loud = _is_louder(turns, spoken)
    louder = _lufs_in(profile, turns, spoken & loud)
    quieter = _lufs_in(profile, turns, spoken & ~loud) if (spoken & ~loud).any() else louder
    floor = _floor_lufs(squares_of_steps(profile), turns)
    return Voices(
        louder_lufs=round(louder, _DECIMALS),
        quieter_lufs=round(quieter, _DECIMALS),
        floor_lufs=round(floor, _DECIMALS),
    )


def _is_louder(turns: Turns, spoken: Flags) -> Flags:
    """Part the turns in two by their loudness, where both groups are tightest (Otsu's method)."""
    lengths = (turns.ends - turns.starts) * spoken
    best, parting = 0.0, -np.inf
    for level in np.unique(turns.lufs[spoken])[1:]:
        part = lengths[turns.lufs >= level].sum() / lengths.sum()
        apart = _mean(turns, lengths, turns.lufs >= level) - _mean(
            turns, lengths, turns.lufs < level
        )
        between = part * (1 - part) * apart * apart
        is_enough = apart >= ALIKE_LU and _LEAST_PART <= part <= 1 - _LEAST_PART
        if is_enough and between > best:
            best, parting = between, level
    louder: Flags = turns.lufs >= parting
    return louder


def _mean(turns: Turns, lengths: np.typing.NDArray[np.intp], which: Flags) -> float:
    return float(np.average(turns.lufs[which], weights=np.maximum(lengths[which], 1e-9)))


def _lufs_in(profile: Profile, turns: Turns, which: Flags) -> float:
    """Return the loudness of the turns chosen, gated as that of a programme."""
    spans = zip(turns.starts[which], turns.ends[which], strict=True)
    hops = [profile.part(slice(start * STEP_HOPS, end * STEP_HOPS))[0] for start, end in spans]
    return integrated_lufs(steps_of(np.concatenate(hops)))


def _floor_lufs(squares: Floats, turns: Turns) -> float:
    """Return the loudness in the midst of pauses of 0.3 s and longer, −70 at least."""
    edges = np.flatnonzero(np.diff(turns.heard.is_active, prepend=True, append=True))
    pauses = edges.reshape(-1, 2)
    pauses = pauses[pauses[:, 1] - pauses[:, 0] >= _PAUSE_STEPS]
    parts = [squares[start + 2 : end - 2] for start, end in pauses]
    quiet = np.concatenate([np.zeros(0), *parts])
    return float(lufs_of(np.array([quiet.mean()]))[0]) if len(quiet) else SILENT_LUFS
