"""Cards beside links, covers for pages and icons, looked at by FFmpeg."""

from __future__ import annotations

import io

import av
import numpy as np
import pytest
from PIL import Image, features

from sendeturm.errors import SendeturmError
from sendeturm.pictures import Card, draw_card, icon, lettering, page_cover

WAVE = tuple(int(200 * abs(np.sin(i / 7))) for i in range(400))


def pixels(body):
    """Return the picture as FFmpeg sees it: rows, columns, red, green, blue."""
    with av.open(io.BytesIO(body)) as opened:
        return next(opened.decode(video=0)).to_ndarray(format="rgb24").astype(int)


def a_cover(side_px=1400, *, noise=False):
    if noise:
        picture = Image.frombytes(
            "RGB", (side_px, side_px), np.random.default_rng(7).bytes(3 * side_px**2)
        )
    else:
        picture = Image.new("RGB", (side_px, side_px), (0, 90, 200))
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=90)
    return written.getvalue()


@pytest.fixture
def no_fonts(monkeypatch):
    monkeypatch.setattr(lettering, "_COMPUTER_FONTS", ())


@pytest.mark.parametrize(
    ("title", "has_noise"),
    [
        ("Grüße aus Übersee", True),
        ("Ein Titel von dreihundert Zeichen. " * 9, False),
        ("Donaudampfschifffahrtsgesellschaftskapitänsmütze" * 6, False),
        ("Привет, мир! 日本語 بودكاست 🎙", False),
        ("", False),
    ],
)
def test_a_card_has_the_size_and_weight_that_messengers_take(title, has_noise):
    card = draw_card(Card(title, "Türme & Töne", "Folge 7", WAVE), a_cover(noise=has_noise))
    assert pixels(card.body).shape == (630, 1200, 3)
    assert (card.width_px, card.height_px, card.type) == (1200, 630, "image/jpeg")
    assert len(card.body) < 150_000


def test_the_same_card_has_the_same_bytes():
    card = Card("Grüße aus Übersee", "Türme & Töne", "Folge 7", WAVE)
    assert draw_card(card, a_cover()) == draw_card(card, a_cover())


def test_cover_title_and_waveform_have_places_of_their_own():
    blank = pixels(draw_card(Card("", waveform=(0, 0)), None).body)
    waved = pixels(draw_card(Card("", waveform=WAVE), None).body)
    rows, _ = np.nonzero(np.abs(waved - blank).max(axis=-1) > 60)
    assert 460 < rows.min() < 490
    assert 555 < rows.max() < 585
    covered = pixels(draw_card(Card("", waveform=(0, 0)), a_cover()).body)
    rows, columns = np.nonzero(np.abs(covered - (0, 90, 200)).max(axis=-1) < 30)
    assert (rows.min(), rows.max()) == pytest.approx((60, 449), abs=2)
    assert (columns.min(), columns.max()) == pytest.approx((72, 461), abs=2)
    titled = pixels(draw_card(Card("Grüße " * 60, waveform=(0, 0)), a_cover()).body)
    rows, columns = np.nonzero(np.abs(titled - covered).max(axis=-1) > 60)
    assert 60 < rows.min() < rows.max() < 455
    assert 480 < columns.min() < columns.max() < 1180
    assert len(rows) > 5_000


@pytest.mark.parametrize("title", ["日本語の番組", "Привет", "بودكاست", "🎙🎙", "\x00\u202e"])
def test_letters_that_no_font_has_leave_no_boxes(title, no_fonts):
    above, below = "Türme", "Folge 7"
    drawn = draw_card(Card(title, above, below, WAVE), a_cover())
    assert drawn.body == draw_card(Card("", above, below, WAVE), a_cover()).body


def test_the_font_that_has_most_letters_is_taken(monkeypatch):
    if not lettering.has_sign("DejaVuSans.ttf", "Привет"):
        assert lettering.lettering_for("Привет 𓀀") == ("", None)  # no letters on this computer
        return
    monkeypatch.setattr(lettering, "_COMPUTER_FONTS", ("nowhere.ttf", "DejaVuSans.ttf"))
    assert lettering.lettering_for("Привет, Anna 𓀀") == ("Привет, Anna", "DejaVuSans.ttf")
    assert lettering.lettering_for("Grüße 𓀀") == ("Gru\u0308ße", None)


def test_letters_that_would_stand_apart_are_left_out(monkeypatch):
    monkeypatch.setattr(features, "check", lambda feature: False)
    assert lettering.lettering_for("بودكاست") == ("", None)
    assert lettering.lettering_for("Türme שלום") == ("Tu\u0308rme", None)


def test_hebrew_stands_at_the_right():
    if not lettering.has_sign("DejaVuSans.ttf", "שלום"):
        monkeyed = lettering.lettering_for("שלום")
        assert monkeyed == ("", None)  # this computer has no letters for it
        return
    blank = pixels(draw_card(Card(""), None).body)
    _, columns = np.nonzero(np.abs(pixels(draw_card(Card("שלום"), None).body) - blank).max(-1) > 60)
    assert columns.min() > 700
    assert columns.max() > 1100


def test_a_cover_for_pages_is_small_and_shows_the_same():
    whole = a_cover(3000)
    small = page_cover(whole)
    assert pixels(small.body).shape == (640, 640, 3)
    assert np.abs(pixels(small.body) - (0, 90, 200)).max() < 6
    assert len(page_cover(a_cover(1400, noise=True)).body) < 300_000


@pytest.mark.parametrize("side_px", [96, 180])
def test_an_icon_is_a_small_png(side_px):
    made = icon(a_cover(), side_px)
    assert made.body.startswith(b"\x89PNG")
    assert pixels(made.body).shape == (side_px, side_px, 3)
    assert np.abs(pixels(made.body) - (0, 90, 200)).max() < 6
    assert len(icon(a_cover(noise=True), side_px).body) < 40_000


def test_what_is_no_picture_is_refused():
    for make in (page_cover, lambda body: icon(body, 96), lambda body: draw_card(Card("A"), body)):
        with pytest.raises(SendeturmError):
            make(b"no picture")
