"""What is known of a picture before it is stored."""

from __future__ import annotations

from sendeturm.model.base import Kept


class Pixels(Kept):
    """A picture as measured: `format` as Pillow names it (JPEG, PNG …), `mode` too (RGB, CMYK …).

    `width_px` and `height_px` are as it is seen, after any rotation that its metadata ask for.
    """

    width_px: int
    height_px: int
    format: str
    mode: str
    size_bytes: int
