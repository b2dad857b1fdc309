"""Sound as pictures: shapes that say what was measured, as SVG and as PNG."""

from __future__ import annotations

import io

import av
import numpy as np
import pytest
from lxml import etree

from sendeturm.pictures import Heard, Level, SoundChart, lettering, png_of, sound_sheet, svg_of
from sendeturm.pictures.plots import LEFT, RIGHT, wave_outline
from sendeturm.pictures.shapes import Sheet, Stroke, Words, box

NS = {"s": "http://www.w3.org/2000/svg"}
MINUTE_MS = 60_000


def heard(minutes: float = 10, lufs: float = -20.0, **more) -> Heard:
    seconds = round(60 * minutes)
    facts = {"waveform": (20, 255) * 200, "short_term_lufs": (lufs,) * max(0, seconds - 2)}
    return Heard("Grüße.wav", seconds * 1000, **(facts | more))


def chart(*sounds: Heard, **more) -> SoundChart:
    return SoundChart(
        **{
            "title": "Grüße <&> aus Übersee",
            "caption": "10:00",
            "sounds": sounds or (heard(),),
            "target": Level(-16, "Ziel −16 LUFS"),
            "axis": "Lautheit",
            "clock": "min",
        }
        | more
    )


def words_of(sheet: Sheet) -> dict[str, Words]:
    return {shape.text: shape for shape in sheet.shapes if isinstance(shape, Words)}


def test_loudness_stands_at_its_height_on_the_axis():
    sheet = sound_sheet(chart(heard(lufs=-20.0)))
    at = {text: shape.at[1] - 5 for text, shape in words_of(sheet).items()}
    curve = next(s for s in sheet.shapes if isinstance(s, Stroke) and len(s.points) > 100)
    assert {round(y, 3) for _, y in curve.points} == {round(at["−20"], 3)}
    # The target's words stand at its height: six tenths of the way from −10 to −20.
    assert at["Ziel −16 LUFS"] == pytest.approx(0.4 * at["−10"] + 0.6 * at["−20"])
    assert LEFT <= curve.points[0][0] < curve.points[-1][0] <= RIGHT


def test_silence_stays_inside():
    sheet = sound_sheet(chart(heard(lufs=-70.0)))
    floor = words_of(sheet)["−50"].at[1] - 5
    curve = next(s for s in sheet.shapes if isinstance(s, Stroke) and len(s.points) > 100)
    assert {y for _, y in curve.points} == {floor}


@pytest.mark.parametrize("minutes", [0.05, 0.5, 3, 42.5, 60, 185, 360])
def test_time_is_labelled_sparsely_at_any_length(minutes):
    said = words_of(sound_sheet(chart(heard(minutes))))
    times = sorted(shape.at[0] for text, shape in said.items() if ":" in text and shape.size == 14)
    assert 2 <= len(times) <= 13
    assert min(np.diff(times)) > 45


def test_hours_keep_the_picture_small():
    assert len(svg_of(sound_sheet(chart(heard(360))))) < 60_000


def test_words_of_levels_never_touch():
    voices = tuple(Level(lufs, f"Stimme {lufs}") for lufs in (-16, -16.2, -15.9, -17))
    said = words_of(sound_sheet(chart(voices=voices)))
    rows = sorted(shape.at[1] for text, shape in said.items() if text.startswith(("Sti", "Ziel")))
    assert len(rows) == 5
    assert min(np.diff(rows)) >= 18


def test_a_short_sound_beside_a_long_one_ends_where_it_ends():
    long, short = heard(10), heard(5)
    sheet = sound_sheet(chart(long, short))
    baselines = [
        shape.points
        for shape in sheet.shapes
        if isinstance(shape, Stroke) and len(shape.points) == 2 and shape.width == 1.0
    ]
    ends = {points[1][0] for points in baselines if points[0][0] == LEFT}
    assert (LEFT + RIGHT) / 2 in ends


@pytest.mark.parametrize(
    "sounds",
    [
        (heard(0.01, waveform=(), short_term_lufs=()),),
        (heard(0.01, waveform=(7,), short_term_lufs=(-20.0,)),),
        (heard(10), heard(10, marks=(0.0, 5.0, 40.0, 0.0), marked="Begrenzer")),
    ],
)
def test_svg_is_well_formed_and_says_its_words(sounds):
    root = etree.fromstring(svg_of(sound_sheet(chart(*sounds, title="a\x00<b>&\ud800"))))
    texts = root.xpath("//s:text/text()", namespaces=NS)
    assert "Ziel −16 LUFS" in texts
    assert any(text.startswith("a\N{REPLACEMENT CHARACTER}<b>&") for text in texts)
    assert root.get("role") == "img"
    assert "NaN" not in etree.tostring(root, encoding="unicode")


def test_marks_hang_only_where_something_was_too_much():
    marks = (0.0,) * 50 + (6.0,) + (0.0,) * 49
    plain, marked = sound_sheet(chart()), sound_sheet(chart(heard(marks=marks, marked="zu hoch")))
    assert len(marked.shapes) - len(plain.shapes) == 2  # one mark, and the words
    assert "zu hoch" in words_of(marked)
    assert "zu hoch" not in words_of(sound_sheet(chart(heard(marks=(0.0,) * 9, marked="zu hoch"))))


def test_names_of_any_length_stay_on_the_paper():
    sheet = sound_sheet(chart(heard(), title="W" * 300))
    assert max(len(shape.text) for shape in sheet.shapes if isinstance(shape, Words)) < 100


def test_a_waveform_is_mirrored_and_keeps_its_reach():
    points = wave_outline((0, 255, 128), 0, 100, 50, 40)
    assert points[:3] == ((0, 50), (50, 10), (100, pytest.approx(50 - 40 * 128 / 255)))
    assert points[4] == (50, 90)


def pixels(body: bytes):
    with av.open(io.BytesIO(body)) as opened:
        return next(opened.decode(video=0)).to_ndarray(format="rgb24").astype(int)


def test_png_shows_shapes_and_words_where_they_are(monkeypatch):
    monkeypatch.setattr(lettering, "_COMPUTER_FONTS", ())
    words = Words((100, 60), "Grüße", 20, "#0000ff", "end")
    dashes = Stroke(((0, 80), (100, 80)), "#00ff00", 2, 10)
    seen = pixels(png_of(Sheet(120, 100, "", (box(10, 10, 30, 20, "#ff0000"), words, dashes))))
    assert seen.shape == (200, 240, 3)
    assert tuple(seen[30, 40]) == (255, 0, 0)
    assert tuple(seen[44, 40]) == (251, 247, 239)
    blue = np.argwhere((seen[:, :, 2] > 200) & (seen[:, :, 0] < 100))
    assert 190 < blue[:, 1].max() <= 201
    assert 70 < blue[:, 0].min() < blue[:, 0].max() < 132
    green = (seen[160, :, 1] > 200) & (seen[160, :, 0] < 100)
    assert green[5]
    assert not green[30]
    assert green[45]


def test_the_whole_chart_as_png_is_quick_and_large_enough():
    seen = pixels(png_of(sound_sheet(chart(heard(), heard()))))
    assert seen.shape[1] == 2560
    assert seen.std() > 5
