"""A sheet as SVG: plain text, made to be looked at in any browser and scaled to any size."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from sendeturm.pictures.shapes import PAPER, Area, Point, Sheet, Stroke, Words

SVG = "http://www.w3.org/2000/svg"
FONTS = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif"
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def svg_of(sheet: Sheet) -> bytes:
    """Return the sheet as an SVG document in UTF-8."""
    width, height = sheet.width, sheet.height
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    lines = [
        f'<svg xmlns="{SVG}" {size} role="img" font-family={quoteattr(FONTS)}>',
        f"<title>{_text(sheet.name)}</title>",
        f'<rect width="100%" height="100%" fill="{PAPER}"/>',
        *map(_element, sheet.shapes),
        "</svg>",
    ]
    return ("\n".join(lines) + "\n").encode()


def path_of(points: Iterable[Point]) -> str:
    """Return points as SVG's path data, a tenth of a unit exact."""
    return "M" + "L".join(f"{_short(x)} {_short(y)}" for x, y in points)


def _element(shape: Area | Stroke | Words) -> str:
    if isinstance(shape, Words):
        return _words(shape)
    path = path_of(shape.points)
    if isinstance(shape, Area):
        return f'<path d="{path}Z" fill="{shape.colour}"/>'
    dashes = f' stroke-dasharray="{_short(shape.dash)}"' if shape.dash else ""
    return (
        f'<path d="{path}" fill="none" stroke="{shape.colour}"'
        f' stroke-width="{_short(shape.width)}" stroke-linejoin="round"{dashes}/>'
    )


def _words(words: Words) -> str:
    x, y = words.at
    anchor = "" if words.anchor == "start" else f' text-anchor="{words.anchor}"'
    return (
        f'<text x="{_short(x)}" y="{_short(y)}" font-size="{words.size}"'
        f' fill="{words.colour}"{anchor}>{_text(words.text)}</text>'
    )


def _text(text: str) -> str:
    return escape(_NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text))


def _short(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
