"""Covers measured, prepared and drawn, sound as pictures; Pillow is imported only when needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sendeturm.late import late
from sendeturm.pictures.values import Cover

if TYPE_CHECKING:
    from sendeturm.pictures.covers import prepare_cover, small_cover
    from sendeturm.pictures.drawing import draw_cover
    from sendeturm.pictures.opening import measure_picture
    from sendeturm.pictures.plots import Heard, Level, SoundChart, sound_sheet
    from sendeturm.pictures.png import png_of
    from sendeturm.pictures.svg import svg_of

__all__ = [
    "Cover",
    "Heard",
    "Level",
    "SoundChart",
    "draw_cover",
    "measure_picture",
    "png_of",
    "prepare_cover",
    "small_cover",
    "sound_sheet",
    "svg_of",
]

__getattr__ = late(
    __name__,
    {
        "Heard": "plots",
        "Level": "plots",
        "SoundChart": "plots",
        "draw_cover": "drawing",
        "measure_picture": "opening",
        "png_of": "png",
        "prepare_cover": "covers",
        "small_cover": "covers",
        "sound_sheet": "plots",
        "svg_of": "svg",
    },
)
