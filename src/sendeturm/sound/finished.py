"""Finished files, from Auphonic or Ultraschall: looked at and measured, never encoded again."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path

from sendeturm.errors import Param, Place, Problem, Severity, fail
from sendeturm.events import Listener, Progress, Stage
from sendeturm.model import AudioFacts, Loudness, Material, Rendition, SoundSettings
from sendeturm.sound.assembly import refuse
from sendeturm.sound.course import loudest_ms
from sendeturm.sound.decode import open_recording
from sendeturm.sound.kinds import KINDS, Kind, kind_of
from sendeturm.sound.program import Single
from sendeturm.sound.recipes import recipe
from sendeturm.sound.renditions import keep, writing
from sendeturm.sound.survey import Reached, Survey, survey
from sendeturm.sound.voices import voices_of

FAR_OFF_LU = 1.0
"""What is further from the target than this sounds louder or softer than other podcasts."""

NEAR_LU = 0.5
"""What is nearer to the target than this is not heard as louder or softer."""

_BITS = 8


@dataclass(frozen=True, slots=True)
class Stream:
    """What a finished file holds: its kind, and how many bytes its sound has."""

    kind: Kind
    channels: int
    rate_hz: int
    sound_bytes: int


def take_as_is(
    material: Material, settings: SoundSettings, cache: Path, subject: str, listen: Listener
) -> Rendition:
    """Return a finished file as it is, measured.

    Raises SendeturmError: `sound.not-finished` for anything but MP3, AAC in M4A, and Opus, and
    what mastering raises for files that nobody can hear.
    """
    (file,) = material.files

    def reached(done_ms: int, total_ms: int) -> None:
        listen(Progress(subject, Stage.MEASURE, done_ms, total_ms))

    stream = looked_at(file.path, file.file)
    single = Single(file.path, file.file)
    seen = survey(single, reached)
    refuse(material, seen)
    audio = _facts(stream, seen)
    notices = (*seen.notices, *_remarks(material, settings, audio))
    with writing(cache) as part:
        shutil.copyfile(file.path, part)
        if _sha256(part) != file.sha256:
            raise fail("sound.changed", file=file.file)
        asked = recipe(material, settings)
        return keep(part, asked, cache, audio, notices, kind=stream.kind)


def finished_loudness(path: Path, file: str, reached: Reached) -> Loudness | None:
    """Return the loudness of a file that could go out as it is, None for any other.

    Raises SendeturmError for what cannot be read.
    """
    with open_recording(path, file) as opened:
        if kind_of(opened.container, opened.facts.codec) is None or opened.has_video:
            return None
    return survey(Single(path, file), reached).loudness


def fits(loudness: Loudness, settings: SoundSettings) -> bool:
    """Say whether a finished file sounds as the settings want: nobody would hear a difference."""
    is_as_loud = abs(loudness.integrated_lufs - settings.loudness_lufs) <= NEAR_LU
    return is_as_loud and loudness.true_peak_dbtp <= settings.true_peak_dbtp


def was_finished(material: Material) -> bool:
    """Say whether mastered material could have gone out as it is, by the name of its file."""
    suffixes = {kind.suffix for kind in KINDS}
    is_alone = material.layout == "single" and not (material.intro or material.outro)
    return is_alone and material.files[0].path.suffix.lower() in suffixes


def looked_at(path: Path, file: str) -> Stream:
    """Return what the finished file at `path` holds; raises `sound.not-finished`."""
    with open_recording(path, file) as opened:
        kind = kind_of(opened.container, opened.facts.codec)
        if kind is None or opened.has_video:
            found = f"{opened.container.partition(',')[0]}, {opened.facts.codec}"
            raise fail("sound.not-finished", file=file, found=found)
        return Stream(
            kind=kind,
            channels=opened.facts.channels,
            rate_hz=opened.facts.sample_rate_hz,
            sound_bytes=opened.sound_bytes(),
        )


def _facts(stream: Stream, seen: Survey) -> AudioFacts:
    voices = voices_of(seen.profile)
    return AudioFacts(
        duration_ms=seen.duration_ms,
        channels=stream.channels,
        sample_rate_hz=stream.rate_hz,
        bitrate_kbps=round(stream.sound_bytes * _BITS / seen.duration_ms),
        before=seen.loudness,
        after=seen.loudness,
        voices_before=voices,
        voices_after=voices,
        gain_db=0.0,
        waveform=seen.profile.waveform,
        loudest_ms=loudest_ms(seen.profile),
    )


def _remarks(material: Material, settings: SoundSettings, audio: AudioFacts) -> tuple[Problem, ...]:
    params: dict[str, Param] = {
        "lufs": audio.after.integrated_lufs,
        "peak": audio.after.true_peak_dbtp,
        "target": settings.loudness_lufs,
    }
    place = Place(material.file)
    told = Problem("sound.as-is", params, place, Severity.NOTE)
    if abs(audio.after.integrated_lufs - settings.loudness_lufs) <= FAR_OFF_LU:
        return (told,)
    return told, Problem("sound.as-is-far-off", params, place, Severity.WARNING)


def _sha256(path: Path) -> str:
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
