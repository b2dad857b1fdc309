"""Accents and ß as strokes in em, drawn to go with the letters of Pillow's own font.

x runs to the right and y upwards: for accents from the middle of the letter's top, for the
cedilla from its foot, for ß from the left of its baseline.
"""

from __future__ import annotations

from math import cos, pi, sin

Point = tuple[float, float]
Stroke = tuple[Point, ...]

_STEPS = 24


def _curve(start: Point, *bends: tuple[Point, Point, Point]) -> Stroke:
    """Return the points of joined cubic Bézier curves."""
    points = [start]
    for one, two, end in bends:
        first = points[-1]
        points += [_on_curve(first, one, two, end, step / _STEPS) for step in range(1, _STEPS + 1)]
    return tuple(points)


def _on_curve(first: Point, one: Point, two: Point, end: Point, t: float) -> Point:
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
    x, y = (
        sum(w * p[axis] for w, p in zip(weights, (first, one, two, end), strict=True))
        for axis in (0, 1)
    )
    return x, y


def _circle(radius: float, y: float) -> Stroke:
    angles = [2 * pi * step / _STEPS for step in range(_STEPS + 2)]
    return tuple((radius * cos(angle), y + radius * sin(angle)) for angle in angles)


ACUTE, GRAVE, CIRCUMFLEX, TILDE, MACRON = "\u0301", "\u0300", "\u0302", "\u0303", "\u0304"
BREVE, DOT, DIAERESIS, RING, TWO_ACUTES = "\u0306", "\u0307", "\u0308", "\u030a", "\u030b"
CARON, CEDILLA, OGONEK = "\u030c", "\u0327", "\u0328"

_TAIL = _curve(
    (0.02, 0.0),
    ((0.02, -0.1), (0.12, -0.06), (0.11, -0.14)),
    ((0.1, -0.2), (0, -0.2), (-0.06, -0.18)),
)

MARKS: dict[str, tuple[Stroke, ...]] = {
    ACUTE: (((-0.04, 0.0), (0.07, 0.14)),),
    GRAVE: (((0.04, 0.0), (-0.07, 0.14)),),
    CIRCUMFLEX: (((-0.13, 0.0), (0.0, 0.13), (0.13, 0.0)),),
    CARON: (((-0.13, 0.13), (0.0, 0.0), (0.13, 0.13)),),
    TILDE: (
        _curve(
            (-0.15, 0.03),
            ((-0.1, 0.15), (-0.04, 0.1), (0, 0.07)),
            ((0.04, 0.04), (0.1, 0), (0.15, 0.11)),
        ),
    ),
    MACRON: (((-0.13, 0.06), (0.13, 0.06)),),
    BREVE: (_curve((-0.13, 0.13), ((-0.11, -0.02), (0.11, -0.02), (0.13, 0.13))),),
    RING: (_circle(0.075, 0.08),),
    TWO_ACUTES: (((-0.11, 0.0), (-0.03, 0.14)), ((0.05, 0.0), (0.13, 0.14))),
    CEDILLA: (_TAIL,),
    OGONEK: (tuple((-x, y) for x, y in _TAIL),),
}
DOTS: dict[str, Stroke] = {DIAERESIS: ((-0.12, 0.05), (0.12, 0.05)), DOT: ((0.0, 0.05),)}

SHARP_S_WIDTH = 0.62
SHARP_S: tuple[Stroke, ...] = (
    _curve(
        (0.115, 0.045),
        ((0.115, 0.2), (0.115, 0.4), (0.115, 0.52)),
        ((0.115, 0.64), (0.185, 0.703), (0.295, 0.703)),
        ((0.405, 0.703), (0.465, 0.645), (0.465, 0.56)),
        ((0.465, 0.47), (0.41, 0.41), (0.33, 0.4)),
    ),
    _curve(
        (0.33, 0.4),
        ((0.46, 0.38), (0.53, 0.33), (0.53, 0.215)),
        ((0.53, 0.1), (0.44, 0.035), (0.33, 0.035)),
        ((0.3, 0.035), (0.28, 0.037), (0.27, 0.04)),
    ),
)
