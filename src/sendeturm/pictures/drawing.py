"""A cover drawn from the title, so that nothing is missing on the first day.

A transmitter tower, its waves, the title; the colours follow from the title.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from PIL import Image, ImageDraw

from sendeturm.pictures.covers import MOST_SIDE_PX, jpeg_cover
from sendeturm.pictures.lettering import Lettering, lettering_for
from sendeturm.pictures.typesetting import Room, set_title

_SIDE = MOST_SIDE_PX
_FINER = 2
"""Shapes are drawn this many times larger and scaled down: smooth edges."""

_MARGIN = 220
_TITLE_TOP, _TITLE_BOTTOM = 230, 1900
_TITLE_WIDTH = _SIDE - 2 * _MARGIN
_ROOM = Room(_TITLE_WIDTH, _TITLE_BOTTOM - _TITLE_TOP, range(680, 110, -20), breaks_below_px=260)
_TIP = (2290, 1990)
_AUTHOR_WIDTH = 1560
_AUTHOR_SIZES = range(160, 60, -10)
_AUTHOR_BASELINE = 2780


@dataclass(frozen=True, slots=True)
class _Colours:
    top: str
    bottom: str
    light: str


_COLOURS = (
    _Colours("#0a2f4a", "#0f6b7d", "#ffc145"),
    _Colours("#2d1b4e", "#8a2f6b", "#ffb570"),
    _Colours("#0e2f28", "#2f7a55", "#f6dc6a"),
    _Colours("#4d1220", "#b5472f", "#ffdca8"),
    _Colours("#141f52", "#3557b7", "#ff9a6c"),
    _Colours("#25273a", "#56627f", "#ff8e62"),
    _Colours("#3d2410", "#a0641f", "#ffe7b0"),
    _Colours("#10313d", "#4a7f86", "#ff7f5c"),
)


def draw_cover(title: str, author: str) -> bytes:
    """Return a cover of 3000 × 3000 px as a JPEG under 500 kB, with `title` and `author` on it.

    Letters without any font on this computer, and emoji, are left out. The same words give the
    same picture on the same computer.
    """
    digest = hashlib.sha256(title.encode(errors="replace")).digest()
    colours = _COLOURS[digest[0] % len(_COLOURS)]
    picture = _sky(colours)
    picture.paste(colours.light, mask=_layer(_draw_waves).point(lambda level: level // 3))
    picture.paste(colours.light, mask=_layer(_draw_tower))
    picture.paste("white", mask=_title(title))
    picture.paste(colours.light, mask=_author(author))
    return jpeg_cover(picture).body


def _sky(colours: _Colours) -> Image.Image:
    shade = Image.linear_gradient("L").resize((_SIDE, _SIDE), Image.Resampling.BICUBIC)
    top = Image.new("RGB", shade.size, colours.top)
    return Image.composite(Image.new("RGB", shade.size, colours.bottom), top, shade)


def _layer(paint: Callable[[ImageDraw.ImageDraw], None]) -> Image.Image:
    mask = Image.new("L", (_SIDE * _FINER, _SIDE * _FINER))
    paint(ImageDraw.Draw(mask))
    return mask.reduce(_FINER)


def _draw_waves(canvas: ImageDraw.ImageDraw) -> None:
    x, y = (value * _FINER for value in _TIP)
    for i in range(9):
        radius = (230 + 260 * i) * _FINER
        level = 255 - 26 * i
        canvas.arc((x - radius, y - radius, x + radius, y + radius), 0, 360, level, 52 * _FINER)


def _draw_tower(canvas: ImageDraw.ImageDraw) -> None:
    x, y = _TIP
    foot, half = _SIDE + 60, 330
    levels = [y + 90 + (foot - y - 90) * share for share in (0.0, 0.17, 0.38, 0.65, 1.0)]

    def leg(height: float, side: int) -> tuple[float, float]:
        share = (height - y) / (foot - y)
        return (x + side * half * share) * _FINER, height * _FINER

    for side in (-1, 1):
        canvas.line([(x * _FINER, y * _FINER), leg(foot, side)], 255, 44 * _FINER)
        for upper, lower in pairwise(levels):
            canvas.line([leg(upper, side), leg(lower, -side)], 255, 26 * _FINER)
    for height in levels[1:-1]:
        canvas.line([leg(height, -1), leg(height, 1)], 255, 30 * _FINER)
    canvas.circle((x * _FINER, y * _FINER), 92 * _FINER, 255)


def _title(title: str) -> Image.Image:
    mask = Image.new("L", (_SIDE, _SIDE))
    set_title(title, _ROOM).draw(mask, _MARGIN, _TITLE_TOP)
    return mask


def _author(author: str) -> Image.Image:
    """Return the author's line, beside the tower; a name too long for it stays away."""
    mask = Image.new("L", (_SIDE, _SIDE))
    text, font_file = lettering_for(author)
    for size in _AUTHOR_SIZES:
        letters = Lettering(size, font_file)
        if letters.width_px(text) <= _AUTHOR_WIDTH:
            letters.draw(ImageDraw.Draw(mask), _MARGIN, _AUTHOR_BASELINE, text)
            break
    return mask
