"""Letters for drawn covers, from the one font that is always there.

Pillow's own font knows ASCII only. Accents are set over its letters here and ß is drawn, so that
German, French or Czech titles look the same on every computer. For other scripts a font of the
computer is used; what none of them has is left out rather than shown as a box.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from PIL import ImageDraw, ImageFont, features

from sendeturm.pictures.strokes import DOTS, MARKS, SHARP_S, SHARP_S_WIDTH, Stroke

_COMPUTER_FONTS = (
    *("DejaVuSans.ttf", "NotoSans-Regular.ttf", "segoeui.ttf", "arial.ttf", "Arial Unicode.ttf"),
    *("NotoSansArabic-Regular.ttf", "NotoSansHebrew-Regular.ttf", "NotoSansDevanagari-Regular.ttf"),
    *("NotoSansCJK-Regular.ttc", "msyh.ttc", "malgun.ttf", "Hiragino Sans GB.ttc"),
)
_SIGNS = str.maketrans(
    {"„": ",,", "‚": ",", "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "•": "·", "€": "EUR"}
)
_SPELLED = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE"}
    | {"đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i", "ẞ": "SS"}
)
_NO_LETTER = "\uffff"
_STEM_EM = 0.085
_BOLDER_EM = 0.018
_GAP_EM = 0.1


@dataclass(frozen=True)
class Lettering:
    """Letters of `size_px`, of Pillow's own font or of the computer's `font_file`."""

    size_px: int
    font_file: str | None = None
    is_bold: bool = True

    @cached_property
    def font(self) -> ImageFont.FreeTypeFont:
        """Return the font at this size."""
        if self.font_file:
            return ImageFont.truetype(self.font_file, self.size_px)
        own = ImageFont.load_default(self.size_px)
        assert isinstance(own, ImageFont.FreeTypeFont)  # Pillow is required with FreeType
        return own

    @property
    def bolder_px(self) -> int:
        """Return by how much each outline is widened: there is no bold face."""
        return round(self.size_px * _BOLDER_EM) if self.is_bold else 0

    def width_px(self, text: str) -> float:
        """Return how wide `text` runs."""
        if not self._is_own:
            return self.font.getlength(text)
        return sum(self._run_width_px(run) for run in _runs(text))

    def draw(self, canvas: ImageDraw.ImageDraw, x_px: float, baseline_px: float, text: str) -> None:
        """Draw `text` white, from `x_px` on the baseline."""
        if not self._is_own:
            self._draw_plain(canvas, x_px, baseline_px, text)
            return
        for run in _runs(text):
            if run == "ß":
                self._draw_strokes(canvas, SHARP_S, x_px, baseline_px)
            else:
                self._draw_run(canvas, x_px, baseline_px, run)
            x_px += self._run_width_px(run)

    @property
    def _is_own(self) -> bool:
        return self.font_file is None

    def _run_width_px(self, run: str) -> float:
        return SHARP_S_WIDTH * self.size_px if run == "ß" else self.font.getlength(_bare(run))

    def _draw_plain(
        self, canvas: ImageDraw.ImageDraw, x_px: float, baseline_px: float, text: str
    ) -> None:
        canvas.text(
            (x_px, baseline_px),
            text,
            fill="white",
            font=self.font,
            anchor="ls",
            stroke_width=self.bolder_px,
        )

    def _draw_run(
        self, canvas: ImageDraw.ImageDraw, x_px: float, baseline_px: float, run: str
    ) -> None:
        self._draw_plain(canvas, x_px, baseline_px, _bare(run))
        before = ""
        for sign in run:
            if not unicodedata.combining(sign):
                before += sign
                continue
            centre_px = x_px + self.font.getlength(before) - self.font.getlength(before[-1:]) / 2
            self._draw_mark(canvas, centre_px, baseline_px, before[-1:], sign)

    def _draw_mark(
        self,
        canvas: ImageDraw.ImageDraw,
        centre_px: float,
        baseline_px: float,
        letter: str,
        mark: str,
    ) -> None:
        is_below = unicodedata.combining(mark) < 220  # noqa: PLR2004  # Unicode's classes
        top_px = -self.font.getbbox(letter, anchor="ls")[1] + _GAP_EM * self.size_px
        y_px = baseline_px if is_below else baseline_px - top_px
        self._draw_strokes(canvas, MARKS.get(mark, ()), centre_px, y_px)
        radius_px = 0.052 * self.size_px + self.bolder_px
        for x_em, y_em in DOTS.get(mark, ()):
            x, y = centre_px + x_em * self.size_px, y_px - y_em * self.size_px
            canvas.circle((x, y), radius_px, "white")

    def _draw_strokes(
        self, canvas: ImageDraw.ImageDraw, strokes: tuple[Stroke, ...], x_px: float, y_px: float
    ) -> None:
        width_px = round(_STEM_EM * self.size_px) + 2 * self.bolder_px
        for stroke in strokes:
            points = [(x_px + x * self.size_px, y_px - y * self.size_px) for x, y in stroke]
            canvas.line(points, "white", width_px)
            for x, y in points:  # round joints and ends
                canvas.circle((x, y), width_px / 2, "white")


def lettering_for(text: str) -> tuple[str, str | None]:
    """Return `text` as it can be drawn, and the font file of the computer that it takes, if any.

    Where no font has all its letters, the one that has most of them is taken.
    """
    plain = " ".join(
        "".join(sign for sign in text if unicodedata.category(sign) not in _UNDRAWN).split()
    )
    composed = unicodedata.normalize("NFD", plain.translate(_SIGNS)).replace("\ufe0f", "")
    if _covers(None, composed):
        return composed, None
    for file in _COMPUTER_FONTS:
        if _covers(file, plain):
            return plain, file
    spelled = _what_is_there(composed.translate(_SPELLED))
    parts = [(spelled, None), *((_part_of(plain, file), file) for file in _COMPUTER_FONTS)]
    most, font_file = max(parts, key=lambda part: len(unicodedata.normalize("NFC", part[0])))
    return " ".join(most.split()), font_file


_UNDRAWN = ("So", "Sk", "Cc", "Cf", "Co", "Cs", "Cn")
"""Unicode's categories of emoji, controls and the like: no text font has them."""


def has_sign(font_file: str | None, sign: str) -> bool:
    """Say whether the font at `font_file` (Pillow's own for None) can draw `sign`."""
    return _covers(font_file, sign)


def runs_from_the_right(text: str) -> bool:
    """Say whether `text` begins in a script that is written from right to left."""
    kinds = (unicodedata.bidirectional(sign) for sign in text)
    return next((kind for kind in kinds if kind in ("L", *_FROM_THE_RIGHT)), "L") != "L"


_FROM_THE_RIGHT = ("R", "AL")


def _covers(font_file: str | None, text: str) -> bool:
    if font_file and _needs_shaping(text) and not features.check("raqm"):
        return False  # the letters are there, but would stand apart and in the wrong order
    try:
        return not text or _what_is_there(text, font_file) == text
    except OSError:
        return False  # the computer has no such font


def _part_of(text: str, font_file: str) -> str:
    """Return what of `text` a font of the computer can draw."""
    if _needs_shaping(text) and not features.check("raqm"):
        return ""
    try:
        return _what_is_there(text, font_file)
    except OSError:
        return ""


def _needs_shaping(text: str) -> bool:
    return any(
        unicodedata.bidirectional(sign) in _FROM_THE_RIGHT or unicodedata.category(sign) == "Mc"
        for sign in text
    )


def _what_is_there(text: str, font_file: str | None = None) -> str:
    font = Lettering(64, font_file).font
    missing = bytes(font.getmask(_NO_LETTER))

    def is_there(sign: str) -> bool:
        if font_file is None and (sign == "ß" or sign in MARKS or sign in DOTS):
            return True
        return sign.isspace() or bytes(font.getmask(sign)) != missing

    return "".join(sign for sign in text if is_there(sign))


def _runs(text: str) -> Iterator[str]:
    """Yield `text` in pieces, each ß alone."""
    for i, piece in enumerate(text.split("ß")):
        if i:
            yield "ß"
        if piece:
            yield piece


def _bare(text: str) -> str:
    return "".join(sign for sign in text if not unicodedata.combining(sign))
