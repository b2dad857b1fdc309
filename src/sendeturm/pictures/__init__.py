"""Covers measured, prepared and drawn; Pillow is imported only when needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sendeturm.late import late
from sendeturm.pictures.values import Cover

if TYPE_CHECKING:
    from sendeturm.pictures.covers import prepare_cover, small_cover
    from sendeturm.pictures.drawing import draw_cover
    from sendeturm.pictures.opening import measure_picture

__all__ = ["Cover", "draw_cover", "measure_picture", "prepare_cover", "small_cover"]

__getattr__ = late(
    __name__,
    {
        "draw_cover": "drawing",
        "measure_picture": "opening",
        "prepare_cover": "covers",
        "small_cover": "covers",
    },
)
