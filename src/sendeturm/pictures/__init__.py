"""Covers measured, prepared and drawn, sound as pictures; Pillow is imported only when needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sendeturm.late import late
from sendeturm.pictures.values import Cover, Picture

if TYPE_CHECKING:
    from sendeturm.pictures.cards import LAYOUT, Card, draw_card
    from sendeturm.pictures.covers import prepare_cover, small_cover, squared
    from sendeturm.pictures.drawing import draw_cover
    from sendeturm.pictures.opening import measure_body, measure_picture, read_picture
    from sendeturm.pictures.plots import Heard, Level, SoundChart, sound_sheet
    from sendeturm.pictures.png import png_of
    from sendeturm.pictures.smaller import icon, page_cover
    from sendeturm.pictures.svg import svg_of

__all__ = [
    "LAYOUT",
    "Card",
    "Cover",
    "Heard",
    "Level",
    "Picture",
    "SoundChart",
    "draw_card",
    "draw_cover",
    "icon",
    "measure_body",
    "measure_picture",
    "page_cover",
    "png_of",
    "prepare_cover",
    "read_picture",
    "small_cover",
    "sound_sheet",
    "squared",
    "svg_of",
]

__getattr__ = late(
    __name__,
    {
        "Card": "cards",
        "Heard": "plots",
        "LAYOUT": "cards",
        "Level": "plots",
        "SoundChart": "plots",
        "draw_card": "cards",
        "draw_cover": "drawing",
        "icon": "smaller",
        "measure_body": "opening",
        "measure_picture": "opening",
        "page_cover": "smaller",
        "png_of": "png",
        "prepare_cover": "covers",
        "read_picture": "opening",
        "small_cover": "covers",
        "squared": "covers",
        "sound_sheet": "plots",
        "svg_of": "svg",
    },
)
