"""Covers from the old host, as files that directories take."""

from __future__ import annotations

from dataclasses import dataclass

from sendeturm.pictures import measure_body, small_cover, squared

LEAST_PX, MOST_PX = 1400, 3000
_ENDINGS = {"JPEG": ".jpg", "PNG": ".png"}


@dataclass(frozen=True, slots=True)
class FoundPicture:
    """A picture to be written; `was` tells the sides it had where they had to change.

    `is_drawn` says that it only stands for one that could not be had.
    """

    body: bytes
    ending: str
    was: str = ""
    is_drawn: bool = False


def found_picture(body: bytes, file: str) -> FoundPicture:
    """Return a cover as it is if directories take it, else as a square JPEG that is large enough.

    `file` is its name in messages. Raises SendeturmError when it is no whole picture.
    """
    sides = measure_body(body, file)
    ending = _ENDINGS.get(sides.format)
    is_square = sides.width_px == sides.height_px
    if ending and is_square and sides.width_px >= LEAST_PX:
        return FoundPicture(body, ending)
    was = f"{sides.width_px} × {sides.height_px}"
    is_as_shown = is_square and sides.width_px >= LEAST_PX
    return FoundPicture(squared(body, file).body, ".jpg", "" if is_as_shown else was)


def shown_picture(body: bytes, file: str) -> FoundPicture:
    """Return a picture of any sides, as it is or as a JPEG; raises as `found_picture`."""
    form = measure_body(body, file).format
    if form in _ENDINGS:
        return FoundPicture(body, _ENDINGS[form])
    return FoundPicture(small_cover(body, MOST_PX, file), ".jpg")
