"""Measurements as pictures, with words in the person's language."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sendeturm.cli.moments import length
from sendeturm.cli.subjects import format_words
from sendeturm.i18n import figure, translate
from sendeturm.units import MS_PER_SECOND

if TYPE_CHECKING:
    from sendeturm.cli.subjects import Sound, Subject
    from sendeturm.model import Measurement, SoundSettings
    from sendeturm.pictures import Heard, Level

SUFFIXES = (".png", ".svg")
_MARKS = 400
_OVER_DB = 3.0
"""How high a mark stands that says only that a peak was too high."""


def picture_path(wished: Path, name: str) -> Path:
    """Return where the picture of `name` goes: `wished` itself, or a PNG in that folder."""
    if wished.suffix.lower() in SUFFIXES and not wished.is_dir():
        return wished
    return wished / f"{Path(name).name}.png"


def draw(
    subject: Subject,
    measured: Sequence[tuple[Sound, Measurement]],
    settings: SoundSettings,
    path: Path,
) -> None:
    """Draw a subject's sounds into one picture, PNG or SVG by the ending of `path`.

    Raises `publish.cannot-write` if the file cannot be written.
    """
    from sendeturm import pictures  # noqa: PLC0415  # only if a picture is asked for
    from sendeturm.publish.writing import write_whole  # noqa: PLC0415  # the same

    chart = pictures.SoundChart(
        title=subject.title or Path(subject.name).name,
        caption=_caption(measured),
        sounds=tuple(_heard(sound, measurement, settings) for sound, measurement in measured),
        target=pictures.Level(
            settings.loudness_lufs,
            translate("target {target} LUFS").format(target=figure(settings.loudness_lufs)),
        ),
        axis=translate("Loudness over three seconds, LUFS"),
        clock=translate("minutes"),
        voices=_voices(measured[-1][1]),
    )
    sheet = pictures.sound_sheet(chart)
    is_svg = path.suffix.lower() == ".svg"
    write_whole(path, pictures.svg_of(sheet) if is_svg else pictures.png_of(sheet))


def _voices(measurement: Measurement) -> tuple[Level, ...]:
    """Return lines at the loudness of the voices, one where they are equally loud."""
    from sendeturm.pictures import Level  # noqa: PLC0415  # only if a picture is asked for

    found = measurement.voices
    if found is None:
        return ()
    if not found.difference_lu:
        words = translate("voices {lufs} LUFS").format(lufs=figure(found.louder_lufs))
        return (Level(found.louder_lufs, words),)
    louder = translate("louder voices {lufs} LUFS").format(lufs=figure(found.louder_lufs))
    quieter = translate("quieter voices {lufs} LUFS").format(lufs=figure(found.quieter_lufs))
    return (Level(found.louder_lufs, louder), Level(found.quieter_lufs, quieter))


def _caption(measured: Sequence[tuple[Sound, Measurement]]) -> str:
    """Return length and format of the last sound, the one that is heard."""
    _, last = measured[-1]
    return f"{length(last.duration_ms)} · {format_words(last)}"


def _heard(sound: Sound, measurement: Measurement, settings: SoundSettings) -> Heard:
    from sendeturm.pictures import Heard  # noqa: PLC0415  # only if a picture is asked for

    marks, words = _marks(sound, measurement, settings)
    loudness = measurement.loudness
    return Heard(
        name=sound.words,
        duration_ms=measurement.duration_ms,
        waveform=measurement.waveform,
        short_term_lufs=measurement.short_term_lufs,
        marks=marks,
        marked=words,
        figures=(
            f"{figure(loudness.integrated_lufs)} LUFS",
            translate("peak {peak} dB").format(peak=figure(loudness.true_peak_dbtp)),
            translate("range {range} LU").format(range=figure(loudness.lra_lu)),
        ),
    )


def _marks(
    sound: Sound, measurement: Measurement, settings: SoundSettings
) -> tuple[tuple[float, ...], str]:
    """Return where the limiter worked, or for other files where it would have something to do."""
    limited = tuple(tenths / 10 for tenths in sound.audio.limited) if sound.audio else ()
    if any(limited):
        words = translate("here the limiter worked, by up to {most} dB")
        return limited, words.format(most=figure(max(limited)))
    words = translate("here the peak exceeds {ceiling} dB")
    return _over(measurement), words.format(ceiling=figure(settings.true_peak_dbtp))


def _over(measurement: Measurement) -> tuple[float, ...]:
    if not measurement.over_s:
        return ()
    marks = [0.0] * _MARKS
    for second in measurement.over_s:
        place = second * MS_PER_SECOND * _MARKS // max(1, measurement.duration_ms)
        marks[min(place, _MARKS - 1)] = _OVER_DB
    return tuple(marks)
