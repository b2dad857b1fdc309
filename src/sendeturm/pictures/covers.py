"""Covers as directories and apps take them."""

from __future__ import annotations

from io import BytesIO
from itertools import product
from pathlib import Path

from PIL import Image, ImageCms

from sendeturm.errors import Problem, SendeturmError, problem
from sendeturm.pictures.opening import opened, read_picture, upright
from sendeturm.pictures.values import Cover

LEAST_SIDE_PX = 1400
MOST_SIDE_PX = 3000
MOST_BYTES = 500_000
"""Apple's sides; the weight is what users found refused above."""

_QUALITIES = (90, 84, 76)
_LAST_QUALITIES = (60, 40, 20, 5)
_TYPES = {"JPEG": ("image/jpeg", ".jpg"), "PNG": ("image/png", ".png")}
_PLAIN_SEGMENTS = {"APP0", "APP2", "APP14"}
"""What a JPEG may carry and stay as it is: JFIF, colour profile, Adobe's colour transform."""

_PLAIN_FACTS = {
    *("jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi", "adobe", "adobe_transform"),
    *("progressive", "progression", "icc_profile", "gamma", "srgb", "chromaticity", "aspect"),
}
"""Pillow's names of what says nothing about people and places; EXIF, XMP, texts are not there."""


def prepare_cover(path: Path, file: str) -> Cover:
    """Return the cover at `path` as an sRGB picture, square, 1400 to 3000 px, under 500 kB.

    A JPEG or PNG that is so already, and carries no EXIF, stays byte for byte; anything else
    becomes a JPEG, turned as EXIF says, without metadata, scaled down where it is larger.
    `file` is its name in messages. Raises SendeturmError as `measure_picture` does, for a
    damaged picture, and with all problems at once for one that is not square or too small.
    """
    body = read_picture(path, file)
    with opened(body, file) as picture:
        if problems := _wrong_sides(picture, file):
            raise SendeturmError(problems)
        picture.load()
        if _is_ready(picture, len(body)):
            kind, extension = _TYPES[str(picture.format)]
            return Cover(body, kind, extension, picture.width, picture.height)
        return jpeg_cover(_srgb(picture))


def small_cover(body: bytes, side_px: int = 600, file: str | None = None) -> bytes:
    """Return a picture's body as a small JPEG, at most `side_px` wide and high.

    `file` is its name in messages. Raises SendeturmError when `body` is no whole picture.
    """
    with opened(body, file) as picture:
        # JPEG unpacks to a half, a quarter or an eighth of its sides in a fraction of the time.
        picture.draft(None, (side_px, side_px))
        small = _srgb(picture)
        small.thumbnail((side_px, side_px), Image.Resampling.LANCZOS)
        return _jpeg(small, 85)


def squared(body: bytes, file: str | None = None) -> Cover:
    """Return any picture as a cover: square on its own edge's colour, and large enough.

    `file` is its name in messages. Raises SendeturmError when `body` is no whole picture.
    """
    with opened(body, file) as picture:
        plain = _srgb(picture)
    side_px = min(max(*plain.size, LEAST_SIDE_PX), MOST_SIDE_PX)
    scale = side_px / max(plain.size)
    size = (max(1, round(plain.width * scale)), max(1, round(plain.height * scale)))
    edge = plain.getpixel((0, 0))
    canvas = Image.new("RGB", (side_px, side_px), edge if isinstance(edge, tuple) else "white")
    scaled = plain.resize(size, Image.Resampling.LANCZOS)
    canvas.paste(scaled, ((side_px - size[0]) // 2, (side_px - size[1]) // 2))
    return jpeg_cover(canvas)


def jpeg_cover(picture: Image.Image) -> Cover:
    """Return an RGB picture as a cover: the best JPEG that stays under 500 kB."""
    for side_px, quality in _attempts(min(picture.width, MOST_SIDE_PX)):
        scaled = picture
        if side_px != picture.width:
            scaled = picture.resize((side_px, side_px), Image.Resampling.LANCZOS)
        body = _jpeg(scaled, quality)
        if len(body) <= MOST_BYTES:
            break
    return Cover(body, *_TYPES["JPEG"], side_px, side_px)


def _attempts(side_px: int) -> list[tuple[int, int]]:
    sides_px = [side for side in (side_px, 2000, LEAST_SIDE_PX) if side <= side_px]
    return [*product(sides_px, _QUALITIES), *product([LEAST_SIDE_PX], _LAST_QUALITIES)]


def _wrong_sides(picture: Image.Image, file: str) -> list[Problem]:
    found = []
    pixels = f"{picture.width} × {picture.height}"
    least_px = min(picture.size)
    if picture.width != picture.height:
        found.append(problem("pictures.not-square", file=file, pixels=pixels, side_px=least_px))
    if least_px < LEAST_SIDE_PX:
        found.append(
            problem("pictures.too-small", file=file, pixels=pixels, least_px=LEAST_SIDE_PX)
        )
    return found


def _is_ready(picture: Image.Image, size_bytes: int) -> bool:
    segments = {name for name, _ in getattr(picture, "applist", ())}
    return (
        picture.format in _TYPES
        and picture.mode == "RGB"
        and picture.width <= MOST_SIDE_PX
        and size_bytes <= MOST_BYTES
        and segments <= _PLAIN_SEGMENTS
        and set(picture.info) <= _PLAIN_FACTS
        and _is_srgb(picture.info.get("icc_profile"))
    )


def _is_srgb(profile: bytes | None) -> bool:
    if not profile:
        return True
    try:
        return "srgb" in ImageCms.getProfileDescription(BytesIO(profile)).lower()
    except (ImageCms.PyCMSError, OSError):
        return False


def _srgb(picture: Image.Image) -> Image.Image:
    profile = picture.info.get("icc_profile")
    plain = _flat(upright(picture))
    if profile and not _is_srgb(profile):
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            wanted = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(plain, source, wanted, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            # A profile that is broken or of other colours than the picture says nothing.
            return plain.convert("RGB")
        return converted if converted is not None else plain
    return plain.convert("RGB")


def _flat(picture: Image.Image) -> Image.Image:
    """Return `picture` in L, RGB or CMYK: eight bits, on white where it was transparent."""
    if picture.mode.startswith("I"):
        return picture.convert("I").point(lambda level: level * (1 / 256)).convert("L")
    if picture.has_transparency_data:
        seen = picture.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen).convert("RGB")
    return picture if picture.mode in ("L", "RGB", "CMYK") else picture.convert("RGB")


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    written = BytesIO()
    picture.info.clear()
    picture.save(written, "JPEG", quality=quality, optimize=True, progressive=True, dpi=(72, 72))
    return written.getvalue()
