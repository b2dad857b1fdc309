"""A picture as plain values, which become SVG or PNG. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Point = tuple[float, float]

PAPER, RAISED, LINE = "#fbf7ef", "#f3ecdf", "#dfd3c0"
INK, SOFT, SIGNAL = "#2a231d", "#695b4e", "#a5311a"
"""The pages' colours by daylight."""


@dataclass(frozen=True, slots=True)
class Area:
    """A filled polygon."""

    points: tuple[Point, ...]
    colour: str


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through points; `dash` is the length of its dashes and gaps, 0 for none."""

    points: tuple[Point, ...]
    colour: str
    width: float = 1.0
    dash: float = 0.0


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text on the baseline `at`."""

    at: Point
    text: str
    size: int = 15
    colour: str = INK
    anchor: Literal["start", "middle", "end"] = "start"


@dataclass(frozen=True, slots=True)
class Sheet:
    """Shapes on paper, in the order they are drawn; `name` is what the picture shows."""

    width: int
    height: int
    name: str
    shapes: tuple[Area | Stroke | Words, ...]


def box(left: float, top: float, right: float, bottom: float, colour: str) -> Area:
    """Return a filled rectangle."""
    return Area(((left, top), (right, top), (right, bottom), (left, bottom)), colour)
