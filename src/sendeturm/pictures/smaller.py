"""Smaller pictures from a cover that is ready: for pages, and for the corner of a browser's tab."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

from PIL import Image

from sendeturm.pictures.opening import opened
from sendeturm.pictures.values import Picture

PAGE_SIDE_PX = 640
"""Twice the width at which pages show a cover."""

_QUALITY = 80


def page_cover(body: bytes) -> Picture:
    """Return a cover as pages show it: a JPEG of 640 × 640 px, well under 150 kB as a rule.

    Raises SendeturmError when `body` is no whole picture.
    """
    small = shrunk(body, PAGE_SIDE_PX)
    written = BytesIO()
    small.save(written, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
    return Picture(written.getvalue(), "image/jpeg", ".jpg", *small.size)


def icon(body: bytes, side_px: int) -> Picture:
    """Return a cover as a PNG of `side_px` squared in 256 colours, for tabs and home screens.

    Raises SendeturmError when `body` is no whole picture.
    """
    small = shrunk(body, side_px)
    written = BytesIO()
    small.quantize(256, Image.Quantize.MEDIANCUT).save(written, "PNG", optimize=True)
    return Picture(written.getvalue(), "image/png", ".png", *small.size)


@lru_cache(maxsize=4)
def shrunk(body: bytes, side_px: int) -> Image.Image:
    """Return the picture in `body` in RGB, at most `side_px` wide and high; not to be changed.

    It is kept for a while: a hundred cards may show the same cover.
    """
    with opened(body, None) as picture:
        # Unpacked in RGB it takes a fraction of the time: JPEG gives an eighth, a quarter, a half.
        picture.thumbnail((side_px, side_px), Image.Resampling.LANCZOS)
        small = picture.convert("RGB")
    small.info.clear()
    return small
