"""Open pictures that nobody vouches for: known formats only, within limits."""

from __future__ import annotations

import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError, WebPImagePlugin

from sendeturm.errors import fail
from sendeturm.model import Pixels

FORMATS = ("JPEG", "PNG", WebPImagePlugin.WebPImageFile.format)
"""What is opened; a JPEG with a second picture, as phones write it, is among them (MPO)."""

MOST_BYTES = 50_000_000
MOST_PIXELS = 50_000_000
"""What is larger is no cover, and unpacked it would fill a small computer."""

_SIDEWAYS = (5, 6, 7, 8)
"""The values of EXIF's orientation that swap width and height."""

_DAMAGE = (OSError, SyntaxError, ValueError, EOFError, struct.error)
"""What Pillow raises when a file breaks off or contradicts itself."""


def measure_picture(path: Path, file: str) -> Pixels:
    """Return what the header of the picture at `path` says, without unpacking it.

    `file` is its name in messages. Raises SendeturmError when it cannot be read, is empty or too
    large, or is no JPEG, PNG or WebP; that it breaks off later is found by `prepare_cover`.
    """
    return measure_body(read_picture(path, file), file)


def measure_body(body: bytes, file: str) -> Pixels:
    """Return what the header of the picture in `body` says; raises as `measure_picture` does."""
    with opened(body, file) as picture:
        width_px, height_px = picture.size[::-1] if _lies_on_its_side(picture) else picture.size
        return Pixels(
            width_px=width_px,
            height_px=height_px,
            format=str(picture.format),
            mode=picture.mode,
            size_bytes=len(body),
        )


def read_picture(path: Path, file: str) -> bytes:
    """Return the bytes of the file at `path`; raise SendeturmError as `measure_picture` does."""
    try:
        with path.open("rb") as source:
            body = source.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise fail("pictures.missing", file=file) from None
    except OSError as error:
        raise fail("pictures.unreadable", file=file, reason=error.strerror) from error
    if not body:
        raise fail("pictures.empty", file=file)
    if len(body) > MOST_BYTES:
        raise fail("pictures.too-heavy", file=file, most_mb=MOST_BYTES // 1_000_000)
    return body


@contextmanager
def opened(body: bytes, file: str | None) -> Iterator[Image.Image]:
    """Open the picture in `body`; what goes wrong with it meanwhile becomes a SendeturmError."""
    try:
        with _quiet(), Image.open(BytesIO(body), formats=FORMATS) as picture:
            _limit(picture)
            yield picture
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise fail(
            "pictures.too-many-pixels", file=file, most_megapixels=MOST_PIXELS // 1_000_000
        ) from None
    except UnidentifiedImageError:
        raise fail("pictures.not-a-picture", file=file) from None
    except _DAMAGE as error:
        raise fail("pictures.damaged", file=file) from error


def upright(picture: Image.Image) -> Image.Image:
    """Return `picture` turned as its EXIF says; EXIF that is broken says nothing."""
    try:
        return ImageOps.exif_transpose(picture)
    except _DAMAGE:
        return picture


def _lies_on_its_side(picture: Image.Image) -> bool:
    try:
        return picture.getexif().get(ExifTags.Base.Orientation) in _SIDEWAYS
    except _DAMAGE:
        return False


def _limit(picture: Image.Image) -> None:
    if picture.width * picture.height > MOST_PIXELS:
        raise Image.DecompressionBombError


@contextmanager
def _quiet() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        yield
