"""How loud somebody speaks on a track of their own, other voices faintly in the background."""

from __future__ import annotations

import numpy as np

from sendeturm.sound.loudness import (
    OFFSET_LUFS,
    SILENT_LUFS,
    integrated_lufs,
    momentary_lufs,
    steps_of,
)
from sendeturm.sound.profile import Profile

_LOUDEST_STEPS = 10
_LOUDEST_PART = 0.01
_GATE_LU = -12.0


def speaker_lufs(profile: Profile) -> float:
    """Return the loudness of the moments in which the track's own speaker is heard.

    BS.1770's gate hangs on the mean of the whole: where somebody says little, the others, who are
    in the background of most microphones, would count as well. This one hangs on the loudest
    moments.
    """
    steps = steps_of(profile.squares)
    moments = momentary_lufs(steps)
    moments = moments[moments > SILENT_LUFS]
    if not len(moments):
        return integrated_lufs(steps)
    count = min(max(_LOUDEST_STEPS, round(_LOUDEST_PART * len(moments))), len(moments))
    top_lufs = float(np.partition(moments, -count)[-count])
    heard = moments[moments >= top_lufs + _GATE_LU]
    mean = np.mean(10 ** ((heard - OFFSET_LUFS) / 10))
    return float(OFFSET_LUFS + 10 * np.log10(mean))
