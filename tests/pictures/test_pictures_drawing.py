from __future__ import annotations

import io
import subprocess
import sys

import av
import numpy as np
import pytest
from PIL import ImageFont

from sendeturm.pictures import draw_cover, lettering, prepare_cover
from sendeturm.pictures.lettering import lettering_for


def seen_by_ffmpeg(body):
    """Return every fifth pixel in both directions as FFmpeg sees it: 600 × 600."""
    with av.open(io.BytesIO(body)) as opened:
        pixels = next(opened.decode(video=0)).to_ndarray(format="rgb24")
    return pixels[::5, ::5].astype(int)


@pytest.fixture
def no_fonts(monkeypatch):
    monkeypatch.setattr(lettering, "_COMPUTER_FONTS", ())


@pytest.mark.parametrize(
    "title",
    [
        "Grüße aus Übersee",
        "Ein Titel mit genau sechzig Zeichen, damit er umbrechen muss",
        "Donaudampfschifffahrtsgesellschaftskapitänsmütze" * 2,
        "日本語 بودكاست 🎙",
        "",
    ],
)
def test_a_drawn_cover_is_ready_for_directories(title, tmp_path):
    path = tmp_path / "cover.jpg"
    path.write_bytes(draw_cover(title, "Jörg Straße"))
    cover = prepare_cover(path, "cover.jpg")
    assert cover.body == path.read_bytes()
    assert (cover.width_px, cover.height_px) == (3000, 3000)
    assert seen_by_ffmpeg(cover.body).shape == (600, 600, 3)


@pytest.mark.slow
def test_the_same_words_give_the_same_picture():
    assert draw_cover("Einfach tun", "Jule") == draw_cover("Einfach tun", "Jule")


@pytest.mark.slow
def test_title_and_author_are_where_they_belong():
    empty = seen_by_ffmpeg(draw_cover("🎙", ""))
    author = np.abs(seen_by_ffmpeg(draw_cover("🎙", "Jule")) - empty).max(axis=-1) > 60
    rows, columns = np.nonzero(author)
    assert rows.min() > 500
    assert 40 < columns.min() < columns.max() < 360
    titled = seen_by_ffmpeg(draw_cover("Übermut und noch viel mehr davon", ""))
    rows, columns = np.nonzero((titled > 235).all(axis=-1))
    assert 20 < rows.min() < rows.max() < 400
    assert 30 < columns.min() < columns.max() < 580
    assert len(rows) > 8_000


def test_letters_that_the_font_lacks_are_built_or_spelled(no_fonts):
    assert lettering_for("Grüße – „ja“ 🎙") == ("Gru\u0308ße - ,,ja“", None)
    assert lettering_for("Bjørn Łódź") == ("Bjorn Lo\u0301dz\u0301", None)
    assert lettering_for("日本 Radio") == ("Radio", None)
    assert lettering_for("a\x00b\u200d") == ("ab", None)


def test_no_box_is_drawn_for_any_german_or_french_letter(no_fonts):
    letters = "äöüÄÖÜßéèêëàâçîïôùûœÉÀÇñãõåčšžřůěőű"
    text, font_file = lettering_for(letters)
    assert font_file is None
    font = ImageFont.load_default(64)
    box = bytes(font.getmask("\uffff"))
    bare = [c for c in text if c != "ß" and not "\u0300" <= c <= "\u036f"]
    assert all(bytes(font.getmask(sign)) != box for sign in bare)
    assert len(bare) >= len(letters) - 1


def test_pillow_is_paid_for_at_first_use():
    code = "import sys, sendeturm.pictures as p; p.Cover; sys.exit('PIL' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
