"""Titles set as large as their room allows."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image, ImageDraw

from sendeturm.pictures.lettering import (
    Lettering,
    has_sign,
    lettering_for,
    runs_from_the_right,
)

_CAPITALS_EM = 0.78
_LINE_EM = 1.08
_MORE = "…"


@dataclass(frozen=True, slots=True)
class Room:
    """Where a title may stand: a width, a height, and sizes of letters from large to small.

    Words are broken only below `breaks_below_px`, where the letters would become too small.
    """

    width_px: int
    height_px: int
    sizes_px: range
    breaks_below_px: int


@dataclass(frozen=True, slots=True)
class Setting:
    """Lines of letters that fit their room; what was too much ends in an ellipsis."""

    letters: Lettering
    lines: tuple[str, ...]
    width_px: int

    @property
    def height_px(self) -> float:
        """Return how high the lines stand."""
        return len(self.lines) * self.letters.size_px * _LINE_EM

    def draw(self, mask: Image.Image, x_px: float, top_px: float) -> None:
        """Draw the lines white, from the room's left edge; Hebrew and the like from its right."""
        canvas = ImageDraw.Draw(mask)
        size_px = self.letters.size_px
        is_from_right = runs_from_the_right(" ".join(self.lines))
        for number, line in enumerate(self.lines):
            baseline_px = top_px + size_px * (_CAPITALS_EM + number * _LINE_EM)
            spare_px = self.width_px - self.letters.width_px(line) if is_from_right else 0
            self.letters.draw(canvas, x_px + spare_px, baseline_px, line)


def set_title(title: str, room: Room) -> Setting:
    """Return `title` at the largest size that fits; letters that no font has are left out."""
    text, font_file = lettering_for(title)
    for size_px in room.sizes_px:
        letters = Lettering(size_px, font_file)
        lines = _wrapped(text, letters, room)
        if lines is not None and len(lines) <= _most_lines(room, size_px):
            return Setting(letters, tuple(lines), room.width_px)
    return _shortened(text, Lettering(room.sizes_px[-1], font_file), room)


def _most_lines(room: Room, size_px: int) -> int:
    return int(room.height_px / (size_px * _LINE_EM))


def _shortened(text: str, letters: Lettering, room: Room) -> Setting:
    lines = (_wrapped(text, letters, room) or [])[: _most_lines(room, letters.size_px)]
    if lines and has_sign(letters.font_file, _MORE):
        last = lines[-1]
        while last and letters.width_px(last + _MORE) > room.width_px:
            last = last[:-1]
        lines[-1] = last.rstrip() + _MORE
    return Setting(letters, tuple(lines), room.width_px)


def _wrapped(text: str, letters: Lettering, room: Room) -> list[str] | None:
    """Return `text` in lines, or None where a word is too wide and the letters are still large."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if letters.width_px(longer) <= room.width_px:
            lines[-1] = longer
        elif letters.width_px(word) <= room.width_px:
            lines.append(word)
        elif letters.size_px >= room.breaks_below_px:
            return None
        else:
            lines += _broken(word, letters, room)
    return [line for line in lines if line]


def _broken(word: str, letters: Lettering, room: Room) -> list[str]:
    """Return a word in pieces, with hyphens in scripts that have capitals, as Latin has."""
    hyphen = "-" if word.lower() != word.upper() else ""
    pieces = [""]
    for sign in word:
        if letters.width_px(f"{pieces[-1]}{sign}{hyphen}") > room.width_px and pieces[-1]:
            pieces[-1] += hyphen
            pieces.append("")
        pieces[-1] += sign
    return pieces
