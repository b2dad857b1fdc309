"""The picture that stands beside a link to the show or an episode: 1200 × 630 px (OpenGraph)."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from sendeturm.pictures.plots import wave_outline
from sendeturm.pictures.png import SCALE, painted
from sendeturm.pictures.shapes import INK, LINE, SIGNAL, SOFT, Area, Sheet, Stroke, Words, box
from sendeturm.pictures.smaller import shrunk
from sendeturm.pictures.typesetting import Room, set_title
from sendeturm.pictures.values import Picture

LAYOUT = 1
"""Raised when cards are drawn in another way: those of changed episodes are then made anew."""

WIDTH_PX, HEIGHT_PX = 1200, 630
MOST_BYTES = 150_000
"""Messengers leave out what is much heavier."""

_QUALITIES = (90, 82, 70, 55, 35, 15)
_LEFT, _TOP, _RIGHT = 72, 60, 1140
_MAST, _STRIPE = 14, 45
_COVER_ALONE, _COVER_OVER_WAVE = HEIGHT_PX - 2 * _TOP, 390
_GAP = 48
_WAVE_MIDDLE, _WAVE_REACH = 522, 54
_LINE_SIZE = 15
_LINE_CHARS = 38
_TITLE_FROM, _TITLE_TO = 62, 54
"""How far the title keeps from the top and the foot of its column."""


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says, all words included; `waveform` holds peaks from 0 to 255."""

    title: str
    above: str = ""
    below: str = ""
    waveform: tuple[int, ...] = ()


def draw_card(card: Card, cover: bytes | None) -> Picture:
    """Return the card as a JPEG of 1200 × 630 px under 150 kB: cover, words and waveform.

    Letters that no font on this computer has are left out. Raises SendeturmError when `cover` is
    no whole picture.
    """
    side_px = _COVER_OVER_WAVE if card.waveform else _COVER_ALONE
    left = _LEFT + side_px + _GAP if cover else _LEFT
    picture = painted(_sheet(card, left, _TOP + side_px))
    if cover:
        picture.paste(shrunk(cover, side_px), (_LEFT, _TOP))
    picture.paste(INK, (left, _TOP), _title(card.title, _RIGHT - left, side_px))
    return Picture(_light(picture), "image/jpeg", ".jpg", *picture.size)


def _sheet(card: Card, left: int, foot: int) -> Sheet:
    shapes: list[Area | Stroke | Words] = [
        box(0, y / SCALE, _MAST / SCALE, (y + _STRIPE) / SCALE, LINE if number % 2 else SIGNAL)
        for number, y in enumerate(range(0, HEIGHT_PX, _STRIPE))
    ]
    x = left / SCALE
    shapes.append(Words((x, (_TOP + 28) / SCALE), _shortened(card.above), _LINE_SIZE, SIGNAL))
    shapes.append(Words((x, foot / SCALE), _shortened(card.below), _LINE_SIZE, SOFT))
    if len(card.waveform) > 1:
        sides = (_LEFT / SCALE, _RIGHT / SCALE)
        middle, reach = _WAVE_MIDDLE / SCALE, _WAVE_REACH / SCALE
        shapes.append(Area(wave_outline(card.waveform, *sides, middle, reach), INK))
        shapes.append(Stroke(((sides[0], middle), (sides[1], middle)), INK))
    return Sheet(WIDTH_PX // SCALE, HEIGHT_PX // SCALE, card.title, tuple(shapes))


def _shortened(text: str) -> str:
    return text if len(text) <= _LINE_CHARS else f"{text[: _LINE_CHARS - 1].rstrip()}…"


def _title(title: str, width_px: int, side_px: int) -> Image.Image:
    """Return the title white on black, in the middle between the lines above and below."""
    height_px = side_px - _TITLE_FROM - _TITLE_TO
    setting = set_title(title, Room(width_px, height_px, range(84, 30, -4), 56))
    mask = Image.new("L", (width_px, side_px))
    setting.draw(mask, 0, _TITLE_FROM + (height_px - setting.height_px) / 2)
    return mask


def _light(picture: Image.Image) -> bytes:
    """Return the best JPEG under 150 kB, in full colour resolution: letters stay sharp."""
    for quality in _QUALITIES:
        written = BytesIO()
        picture.save(written, "JPEG", quality=quality, subsampling=0, optimize=True)
        if written.tell() < MOST_BYTES:
            break
    return written.getvalue()
