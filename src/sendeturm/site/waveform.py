"""A record's waveform as a shape that stands behind the moments of an episode."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

BARS = 150
"""How many bars a waveform is drawn with: as many as are still apart on a telephone."""

HEIGHT = 100
"""The height of the drawing, in units of its own; it is `BARS` units wide."""

_MOST = 255
_LEAST_HEIGHT = 2


def bars(waveform: Sequence[int]) -> str:
    """Return the SVG path of upright bars for peaks of 0 to 255, empty where there are none.

    Each bar is as high as the highest of the peaks it stands for, around the middle.
    """
    if not waveform:
        return ""
    return "".join(
        f"M{nth} {_UPRIGHT[min(max(peaks), _MOST)]}" for nth, peaks in enumerate(_groups(waveform))
    )


def _groups(waveform: Sequence[int]) -> list[Sequence[int]]:
    count = len(waveform)
    bounds = [nth * count // BARS for nth in range(BARS + 1)]
    return [
        waveform[min(start, count - 1) : max(end, start + 1)] for start, end in pairwise(bounds)
    ]


def _upright(peak: int) -> str:
    height = max(_LEAST_HEIGHT, round(HEIGHT * peak / _MOST / 2) * 2)
    return f"{(HEIGHT - height) // 2}v{height}"


_UPRIGHT = [_upright(peak) for peak in range(_MOST + 1)]
"""Where a bar begins and how high it stands, by its peak."""
