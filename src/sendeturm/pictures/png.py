"""A sheet as PNG, drawn by Pillow."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw

from sendeturm.pictures.lettering import Lettering, lettering_for
from sendeturm.pictures.shapes import PAPER, Area, Point, Sheet, Stroke, Words

SCALE = 2
"""Pixels for each unit of a sheet."""
_FINER = 2
"""Shapes are drawn this many times larger still and scaled down: smooth edges."""


def png_of(sheet: Sheet) -> bytes:
    """Return the sheet as a PNG, two pixels for each unit."""
    written = BytesIO()
    painted(sheet).save(written, "PNG", optimize=True)
    return written.getvalue()


def painted(sheet: Sheet) -> Image.Image:
    """Return the sheet as an RGB picture, two pixels for each unit."""
    finer = SCALE * _FINER
    picture = Image.new("RGB", (sheet.width * finer, sheet.height * finer), PAPER)
    canvas = ImageDraw.Draw(picture)
    for shape in sheet.shapes:
        if isinstance(shape, Area):
            canvas.polygon(_scaled(shape.points, finer), shape.colour)
        elif isinstance(shape, Stroke):
            _draw_stroke(canvas, shape, finer)
    picture = picture.reduce(_FINER)
    for shape in sheet.shapes:
        if isinstance(shape, Words):
            _draw_words(picture, shape)
    return picture


def _draw_stroke(canvas: ImageDraw.ImageDraw, stroke: Stroke, finer: int) -> None:
    width_px = max(1, round(stroke.width * finer))
    for points in _dashes(stroke) if stroke.dash else [stroke.points]:
        canvas.line(_scaled(points, finer), stroke.colour, width_px, joint="curve")


def _dashes(stroke: Stroke) -> list[tuple[Point, ...]]:
    """Return the dashes of a straight line from the first point to the last."""
    (x0, y0), (x1, y1) = stroke.points[0], stroke.points[-1]
    length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5

    def at(distance: float) -> Point:
        share = min(1.0, distance / length)
        return (x0 + (x1 - x0) * share, y0 + (y1 - y0) * share)

    count = int(length / (2 * stroke.dash)) + 1
    starts = [2 * stroke.dash * i for i in range(count)]
    return [(at(start), at(start + stroke.dash)) for start in starts if start < length]


def _scaled(points: tuple[Point, ...], scale: int) -> list[Point]:
    return [(x * scale, y * scale) for x, y in points]


def _draw_words(picture: Image.Image, words: Words) -> None:
    text, font_file = lettering_for(words.text)
    letters = Lettering(words.size * SCALE, font_file, is_bold=False)
    width_px = letters.width_px(text)
    x, y = (value * SCALE for value in words.at)
    x -= {"start": 0.0, "middle": width_px / 2, "end": width_px}[words.anchor]
    # Letters are drawn white on a mask of their own, which takes the colour where it belongs.
    top = round(y) - 2 * words.size * SCALE
    mask = Image.new("L", (round(width_px) + 4 * words.size, 3 * words.size * SCALE))
    left = round(x) - 2 * words.size
    letters.draw(ImageDraw.Draw(mask), x - left, y - top, text)
    picture.paste(words.colour, (left, top), mask)
