"""Pictures that are ready for the world."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is stored.

    `type` is its Content-Type; `extension` belongs to it and starts with a dot.
    """

    body: bytes
    type: str
    extension: str
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True)
class Cover(Picture):
    """A square picture as directories ask for it: 1400 to 3000 px, sRGB, under 500 kB."""
