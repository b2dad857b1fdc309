"""A recording as a picture: waveform, loudness over time, and where it went too high. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sendeturm.pictures.shapes import (
    INK,
    LINE,
    RAISED,
    SIGNAL,
    SOFT,
    Area,
    Point,
    Sheet,
    Stroke,
    Words,
    box,
)
from sendeturm.units import MS_PER_SECOND, clock_from_ms

Shapes = Iterator[Area | Stroke | Words]

WIDTH = 1280
LEFT, RIGHT = 100, WIDTH - 210
_MAST, _HEADING = 32, 64
_HEAD, _WAVES, _LOUDNESS, _FOOT, _GAP = 142, 104, 260, 56, 46
_ASIDE = RIGHT + 16
_TOP_LUFS, _BOTTOM_LUFS, _GRID_LU = 0, -50, 10
_FULL_SCALE = 255
_MARK_PX, _MARK_DB = 22.0, 12.0
_SHORT_TERM_S = 3
_MOST_POINTS = 800
_TICKS_S = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200)
_MOST_TICKS = 12
_TITLE_CHARS, _NAME_CHARS = 72, 84
_APART_PX = 19
"""Lines of words closer than this would run into each other."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One sound in the picture; `name`, `marked` and `figures` are the words at its waveform.

    `waveform` holds peaks from 0 to 255, evenly spaced; `marks` what was too much, in dB, evenly
    spaced as well; `short_term_lufs` a value a second.
    """

    name: str
    duration_ms: int
    waveform: tuple[int, ...]
    short_term_lufs: tuple[float, ...]
    marks: tuple[float, ...] = ()
    marked: str = ""
    figures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Level:
    """A loudness worth a line across the picture, with its words."""

    lufs: float
    words: str


@dataclass(frozen=True, slots=True)
class SoundChart:
    """What a picture of sound shows, all words included; the last sound is the one in front."""

    title: str
    caption: str
    sounds: tuple[Heard, ...]
    target: Level
    axis: str
    clock: str
    voices: tuple[Level, ...] = ()


def sound_sheet(chart: SoundChart) -> Sheet:
    """Return the chart as shapes, as high as it has sounds."""
    top = _HEAD
    shapes: list[Area | Stroke | Words] = [*_heading(chart)]
    longest_ms = max(1, *(heard.duration_ms for heard in chart.sounds))
    for heard in chart.sounds:
        is_front = heard is chart.sounds[-1]
        shapes += _waves(heard, top, longest_ms, INK if is_front else SOFT)
        top += _WAVES + _GAP
    shapes += _loudness(chart, top, longest_ms)
    bottom = top + _LOUDNESS
    shapes += _clock(bottom, longest_ms, chart.clock)
    height = bottom + _FOOT
    return Sheet(WIDTH, height, f"{chart.title}: {chart.caption}", (*_mast(height), *shapes))


def _mast(height: int) -> Shapes:
    """Draw the tower that everything hangs on, as on the pages."""
    stripe = 24
    for number, y in enumerate(range(0, height, stripe)):
        colour = LINE if number % 2 else SIGNAL
        yield box(_MAST, y, _MAST + 6, min(y + stripe, height), colour)


def _heading(chart: SoundChart) -> Shapes:
    yield Words((_HEADING, 56), _shortened(chart.title, _TITLE_CHARS), 28)
    yield Words((_HEADING, 86), chart.caption, 16, SOFT)


def _waves(heard: Heard, top: float, longest_ms: int, colour: str) -> Shapes:
    """Draw a waveform with its name above and marks hanging from the top where it was too high."""
    right = LEFT + (RIGHT - LEFT) * heard.duration_ms / longest_ms
    middle = top + _WAVES / 2
    yield box(LEFT, top, RIGHT, top + _WAVES, RAISED)
    yield Words((LEFT, top - 9), _shortened(heard.name, _NAME_CHARS), 14, colour)
    if len(heard.waveform) > 1:
        yield Area(wave_outline(heard.waveform, LEFT, right, middle, _WAVES / 2 - 4), colour)
    yield Stroke(((LEFT, middle), (right, middle)), colour)
    for number, words in enumerate(heard.figures):
        yield Words((_ASIDE, top + 18 + 21 * number), words, 15 if number else 17, colour)
    if any(heard.marks):
        yield from _marks(heard.marks, right, top)
        yield Words((RIGHT, top - 9), heard.marked, 14, SIGNAL, "end")


def _shortened(text: str, most_chars: int) -> str:
    return text if len(text) <= most_chars else f"{text[: most_chars - 1]}…"


def _marks(marks: Sequence[float], right: float, top: float) -> Shapes:
    width = (right - LEFT) / len(marks)
    for number, over_db in enumerate(marks):
        if over_db > 0:
            left = LEFT + number * width
            low = top + 4 + _MARK_PX * min(1.0, over_db / _MARK_DB)
            yield box(left, top, left + max(width, 1.5), low, SIGNAL)


def wave_outline(
    waveform: Sequence[int], left: float, right: float, middle: float, reach: float
) -> tuple[Point, ...]:
    """Return a waveform's outline, mirrored: over the peaks to the right, under them back."""
    step = (right - left) / max(1, len(waveform) - 1)
    heights = [reach * peak / _FULL_SCALE for peak in waveform]
    over = [(left + i * step, middle - high) for i, high in enumerate(heights)]
    under = [(x, 2 * middle - y) for x, y in reversed(over)]
    return (*over, *under)


def _loudness(chart: SoundChart, top: float, longest_ms: int) -> Shapes:
    yield Words((LEFT, top - 9), chart.axis, 14, SOFT)
    for lufs in range(_BOTTOM_LUFS, _TOP_LUFS + 1, _GRID_LU):
        y = _height_of(lufs, top)
        yield Stroke(((LEFT, y), (RIGHT, y)), LINE)
        yield Words((LEFT - 12, y + 5), str(lufs).replace("-", "−"), 14, SOFT, "end")
    for heard in chart.sounds:
        is_front = heard is chart.sounds[-1]
        points = _course(heard, top, longest_ms)
        if len(points) > 1:
            colour, width = (INK, 2.0) if is_front else (SOFT, 1.0)
            yield Stroke(points, colour, width)
    yield from _levels(chart, top)


def _course(heard: Heard, top: float, longest_ms: int) -> tuple[Point, ...]:
    """Return the curve of loudness, each value in the middle of the seconds it was taken from."""
    values = heard.short_term_lufs
    stride = -(-len(values) // _MOST_POINTS) if values else 1
    runs = [values[i : i + stride] for i in range(0, len(values), stride)]
    width = RIGHT - LEFT
    return tuple(
        (
            LEFT
            + width
            * MS_PER_SECOND
            * (i * stride + (len(run) - 1) / 2 + _SHORT_TERM_S / 2)
            / longest_ms,
            _height_of(sum(run) / len(run), top),
        )
        for i, run in enumerate(runs)
    )


def _levels(chart: SoundChart, top: float) -> Shapes:
    """Draw the lines of target and voices; words that would touch move apart."""
    y = _height_of(chart.target.lufs, top)
    yield Stroke(((LEFT, y), (RIGHT, y)), SIGNAL, 1.5)
    yield Words((_ASIDE, y + 5), chart.target.words, 15, SIGNAL)
    taken = [y]
    for voice in chart.voices:
        y = _height_of(voice.lufs, top)
        yield Stroke(((LEFT, y), (RIGHT, y)), SOFT, 1.0, 5)
        taken.append(_free(y, taken))
        yield Words((_ASIDE, taken[-1] + 5), voice.words, 15, SOFT)


def _free(wished: float, taken: Sequence[float]) -> float:
    """Return the place nearest to the wished one that touches no other words."""
    steps = sorted((step / 4 for step in range(-40, 41)), key=abs)
    places = (wished + step * _APART_PX for step in steps)
    return next(p for p in places if all(abs(p - other) >= _APART_PX for other in taken))


def _height_of(lufs: float, top: float) -> float:
    inside = min(max(lufs, _BOTTOM_LUFS), _TOP_LUFS)
    return top + _LOUDNESS * (_TOP_LUFS - inside) / (_TOP_LUFS - _BOTTOM_LUFS)


def _clock(bottom: float, longest_ms: int, name: str) -> Shapes:
    """Draw the axis of time, in minutes and seconds."""
    yield Stroke(((LEFT, bottom), (RIGHT, bottom)), SOFT)
    yield Words((_ASIDE + 24, bottom + 24), name, 14, SOFT)
    for ms in _ticks_ms(longest_ms):
        x = LEFT + (RIGHT - LEFT) * ms / longest_ms
        yield Stroke(((x, bottom), (x, bottom + 6)), SOFT)
        yield Words((x, bottom + 24), clock_from_ms(ms), 14, SOFT, "middle")


def _ticks_ms(longest_ms: int) -> list[int]:
    longest_s = longest_ms // MS_PER_SECOND
    step_s = next((s for s in _TICKS_S if longest_s <= s * _MOST_TICKS), _TICKS_S[-1])
    return [s * MS_PER_SECOND for s in range(0, longest_s + 1, step_s)]
