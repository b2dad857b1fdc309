from __future__ import annotations

import io
import warnings

import av
import numpy as np
import pytest
from PIL import Image, ImageCms

from sendeturm.errors import SendeturmError
from sendeturm.i18n import word
from sendeturm.pictures import measure_picture, prepare_cover, small_cover

SIDE = 1400


def colours(side_px=SIDE):
    ramp = np.linspace(0, 255, side_px).astype("uint8")
    across = np.tile(ramp, (side_px, 1))
    return Image.fromarray(np.stack([across, across.T, np.full_like(across, 90)], -1))


@pytest.fixture(scope="module")
def picture():
    return colours()


@pytest.fixture
def saved(tmp_path):
    def save(image, name="cover.jpg", kind="JPEG", **options):
        path = tmp_path / name
        image.save(path, kind, **options)
        return path

    return save


def seen_by_ffmpeg(body):
    """Return a picture's pixels as FFmpeg sees them, an independent reader."""
    with av.open(io.BytesIO(body)) as opened:
        return next(opened.decode(video=0)).to_ndarray(format="rgb24")


def mean_colour(pixels):
    """Return the mean colour of a patch left of the middle."""
    return pixels[680:720, 280:320].mean(axis=(0, 1)).tolist()


def prepared(path):
    return prepare_cover(path, path.name)


def codes(path, ask=prepare_cover):
    with pytest.raises(SendeturmError) as error:
        ask(path, "episodes/" + path.name)
    for found in error.value.problems:
        assert found.place.file == "episodes/" + path.name
        assert all(word(found.code, found.params).__dataclass_fields__)
    return [found.code for found in error.value.problems]


def has_been_made_plain(cover):
    assert (cover.type, cover.extension) == ("image/jpeg", ".jpg")
    assert cover.body[:3] == b"\xff\xd8\xff"
    assert len(cover.body) <= 500_000
    assert b"Exif" not in cover.body
    assert seen_by_ffmpeg(cover.body).shape == (cover.height_px, cover.width_px, 3)


@pytest.mark.parametrize(
    ("kind", "name"),
    [("JPEG", "a.jpg"), ("PNG", "a.png"), ("PNG", "a.jpg"), ("JPEG", "a.png")],
)
def test_what_fits_stays_byte_for_byte_under_its_true_kind(picture, saved, kind, name):
    path = saved(picture, name, kind)
    cover = prepared(path)
    assert cover.body == path.read_bytes()
    true_kind = {"JPEG": ("image/jpeg", ".jpg"), "PNG": ("image/png", ".png")}[kind]
    assert (cover.type, cover.extension) == true_kind
    assert (cover.width_px, cover.height_px) == (SIDE, SIDE)


@pytest.mark.parametrize(
    ("mode", "kind"),
    [("CMYK", "JPEG"), ("L", "JPEG"), ("L", "PNG"), ("P", "PNG"), ("RGB", "WEBP"), ("RGBA", "PNG")],
)
def test_other_colours_and_kinds_become_rgb_jpeg(picture, saved, mode, kind):
    cover = prepared(saved(picture.convert(mode), kind=kind))
    has_been_made_plain(cover)
    wanted = np.asarray(picture.convert(mode).convert("RGB"))
    assert mean_colour(seen_by_ffmpeg(cover.body)) == pytest.approx(mean_colour(wanted), abs=4)


def test_sixteen_bits_keep_their_greys(saved):
    ramp = np.tile(np.linspace(0, 65535, SIDE).astype("uint16"), (SIDE, 1))
    cover = prepared(saved(Image.fromarray(ramp), "cover.png", "PNG"))
    has_been_made_plain(cover)
    assert int(seen_by_ffmpeg(cover.body)[10, 700, 0]) == pytest.approx(127, abs=3)


def test_transparency_becomes_white(picture, saved):
    clear = picture.convert("RGBA")
    clear.putalpha(0)
    cover = prepared(saved(clear, "cover.png", "PNG"))
    assert seen_by_ffmpeg(cover.body).min() > 250


def test_a_place_in_the_metadata_is_gone_and_the_picture_stands_upright(picture, saved):
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned a quarter clockwise
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 30.0, 0.0)})
    path = saved(picture, exif=exif)
    assert b"Exif" in path.read_bytes()
    cover = prepared(path)
    has_been_made_plain(cover)
    turned = np.rot90(np.asarray(picture), -1)[200, 900].astype(int)
    assert abs(seen_by_ffmpeg(cover.body)[200, 900] - turned).max() < 8


def test_other_notes_in_a_picture_are_gone_too(picture, saved):
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>52.5N 13.4E</x:xmpmeta>"
    for path in (saved(picture, xmp=xmp), saved(picture, "b.jpg", comment=b"52.5N 13.4E")):
        assert b"52.5N" in path.read_bytes()
        assert b"52.5N" not in prepared(path).body


def test_exif_that_is_broken_stops_nothing(picture, saved):
    has_been_made_plain(prepared(saved(picture, exif=b"Exif\0\0not so")))


def test_colours_of_another_profile_are_converted(saved):
    # sRGB with red and blue exchanged, under another name.
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = profile.replace(b"rXYZ", b"????").replace(b"bXYZ", b"rXYZ").replace(b"????", b"bXYZ")
    swapped = swapped.replace("sRGB".encode("utf-16-be"), "qRGB".encode("utf-16-be"))
    red = Image.new("RGB", (SIDE, SIDE), (230, 20, 20))
    cover = prepared(saved(red, icc_profile=swapped))
    seen = seen_by_ffmpeg(cover.body)[700, 700]
    assert seen[2] > 200
    assert seen[0] < 60
    kept = saved(red, "srgb.jpg", icc_profile=profile)
    assert prepared(kept).body == kept.read_bytes()


def test_a_profile_that_is_broken_says_nothing(saved):
    red = Image.new("RGB", (SIDE, SIDE), (230, 20, 20))
    cover = prepared(saved(red, icc_profile=b"no profile at all"))
    assert seen_by_ffmpeg(cover.body)[700, 700][0] > 200


def test_what_is_larger_is_scaled_down(saved):
    cover = prepared(saved(colours(3600), "cover.png", "PNG"))
    has_been_made_plain(cover)
    assert (cover.width_px, cover.height_px) == (3000, 3000)


@pytest.mark.slow
def test_what_is_heavy_becomes_light(saved):
    noise = np.random.default_rng(7).integers(0, 256, (2000, 2000, 3), dtype="uint8")
    path = saved(Image.fromarray(noise), quality=95)
    assert path.stat().st_size > 3_000_000
    cover = prepared(path)
    has_been_made_plain(cover)
    assert cover.width_px >= SIDE


def test_the_same_picture_gives_the_same_bytes(picture, saved):
    path = saved(picture.convert("L"))
    first = prepared(path).body
    assert prepared(path).body == first
    assert small_cover(first) == small_cover(first)


def test_a_small_cover_for_tags(picture, saved):
    body = prepared(saved(picture, "cover.png", "PNG")).body
    small = small_cover(body)
    assert seen_by_ffmpeg(small).shape == (600, 600, 3)
    assert len(small) < 100_000
    assert seen_by_ffmpeg(small_cover(body, 90)).shape == (90, 90, 3)


def test_too_small_and_not_square_are_told_at_once(picture, saved):
    assert codes(saved(picture.resize((1399, 1399)))) == ["pictures.too-small"]
    assert codes(saved(picture.resize((1600, 1500)))) == ["pictures.not-square"]
    path = saved(picture.resize((900, 700)))
    assert codes(path) == ["pictures.not-square", "pictures.too-small"]
    with pytest.raises(SendeturmError) as error:
        prepared(path)
    for found in error.value.problems:
        assert "900 × 700" in word(found.code, found.params).what


@pytest.mark.parametrize("ask", [prepare_cover, measure_picture])
def test_what_is_no_picture(tmp_path, ask):
    path = tmp_path / "cover.jpg"
    assert codes(path, ask) == ["pictures.missing"]
    path.write_bytes(b"")
    assert codes(path, ask) == ["pictures.empty"]
    path.write_bytes(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n")
    assert codes(path, ask) == ["pictures.not-a-picture"]
    path.write_bytes(b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    assert codes(path, ask) == ["pictures.not-a-picture"]
    path.unlink()
    path.mkdir()
    assert codes(path, ask) == ["pictures.unreadable"]


@pytest.mark.parametrize(
    ("kind", "name"), [("JPEG", "a.jpg"), ("PNG", "a.png"), ("WEBP", "a.webp")]
)
def test_a_picture_that_breaks_off(picture, saved, kind, name):
    path = saved(picture, name, kind)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert codes(path) == ["pictures.damaged"]


@pytest.mark.parametrize("side_px", [7200, 9800, 20_000])
def test_a_picture_that_would_fill_the_memory(saved, side_px):
    path = saved(Image.new("1", (side_px, side_px)), "bomb.png", "PNG")
    assert path.stat().st_size < 100_000
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert codes(path) == ["pictures.too-many-pixels"]
        assert codes(path, measure_picture) == ["pictures.too-many-pixels"]


def test_a_file_too_heavy_to_be_a_cover(tmp_path):
    path = tmp_path / "cover.png"
    with path.open("wb") as sparse:
        sparse.truncate(60_000_000)
    assert codes(path) == ["pictures.too-heavy"]


def test_pixels_are_measured_as_they_are_seen(picture, saved):
    exif = Image.Exif()
    exif[0x0112] = 8
    path = saved(picture.resize((300, 200)).convert("CMYK"), exif=exif)
    assert measure_picture(path, path.name).model_dump() == {
        "width_px": 200,
        "height_px": 300,
        "format": "JPEG",
        "mode": "CMYK",
        "size_bytes": path.stat().st_size,
    }
