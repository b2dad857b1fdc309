"""What mastering takes and gives: an episode's material, its rendition and how it was made."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Literal

from pydantic import Field

from sendeturm.errors import Problem
from sendeturm.model.base import Kept
from sendeturm.model.common import Chapter, Loudness


class SoundFile(Kept):
    """A file with sound: where it lies, `file` as the person would write it, its sha256 in hex.

    A track has a speaker, and `starts_at_ms` is when it begins in the conversation; what lies
    before the conversation's start is not heard.
    """

    path: Path
    file: str
    sha256: str
    speaker: str | None = None
    starts_at_ms: int = 0


class Material(Kept):
    """What an episode's sound is made of: its recording, intro and outro.

    `files` are one recording, parts heard one after the other, or tracks heard together.
    `is_finished` says that the recording goes out as it is, `is_untouched` that its tags do, too.
    """

    layout: Literal["single", "parts", "tracks"] = "single"
    files: tuple[SoundFile, ...] = Field(min_length=1)
    intro: SoundFile | None = None
    outro: SoundFile | None = None
    is_finished: bool = False
    is_untouched: bool = False

    @property
    def file(self) -> str:
        """Return what messages call the recording: its file, or the folder of its files."""
        first = self.files[0].file
        return first if self.layout == "single" else first.rpartition("/")[0] or first

    @property
    def sha256(self) -> str:
        """Return the digest (hex) of all that is recorded and how it is put together.

        It is the file's own for a single one. Speakers' names are no part of it.
        """
        if self.layout == "single":
            return self.files[0].sha256
        parts = [[file.sha256, file.starts_at_ms] for file in self.files]
        return hashlib.sha256(json.dumps([self.layout, *parts]).encode()).hexdigest()


class Cut(Kept):
    """A stretch of the recording that the rendition keeps.

    Recording time `start_ms` up to `end_ms` stands at `at_ms` in the rendition.
    """

    start_ms: int
    end_ms: int
    at_ms: int


ALIKE_LU = 3.0
"""Nearer to each other than this, louder and quieter turns are one voice's own dynamics."""


class Voices(Kept):
    """How loud the louder and the quieter voices of an episode are, and the pauses, in LUFS.

    With one voice alone, or where nobody can tell them by their loudness, both are the same.
    `floor_lufs` is what is left between words, −70 at least.
    """

    louder_lufs: float
    quieter_lufs: float
    floor_lufs: float

    @property
    def difference_lu(self) -> float:
        """Return by how much the louder voices are louder."""
        return self.louder_lufs - self.quieter_lufs


class AudioFacts(Kept):
    """What is known of a rendition's sound.

    `before` is the recording, `after` the encoded file as measured. `waveform` holds peaks, 0 to
    255, evenly spaced over the length. `timeline` is empty where nothing was cut or moved.
    `limited` says, as evenly spaced, by how many tenths of a decibel the limiter turned down at
    most; `most_limited_ms` is where that was most, None where it had nothing to do.
    `loudest_ms` is where the loudest three seconds begin. The voices are those of the recording
    and what levelling and gain made of them, None where nobody speaks. `has_own_chapters` says
    that the chapters stood in a finished file that went out as it is.
    """

    duration_ms: int
    channels: int
    sample_rate_hz: int
    bitrate_kbps: int
    before: Loudness
    after: Loudness
    voices_before: Voices | None = None
    voices_after: Voices | None = None
    gain_db: float
    waveform: tuple[int, ...] = ()
    timeline: tuple[Cut, ...] = ()
    limited: tuple[int, ...] = ()
    loudest_ms: int | None = None
    most_limited_ms: int | None = None
    has_own_chapters: bool = False


class Measurement(Kept):
    """What measuring an audio file tells; nothing is written.

    `sample_peak_dbfs` and a true peak are −120 for silence, `duration_ms` is what could be
    decoded, `waveform` as in AudioFacts, `notices` what was damaged. `short_term_lufs` holds for
    every second the loudness of the three seconds from there on (EBU Tech 3341), −70 for silence;
    `over_s` are the seconds in which the true peak exceeds what was asked about, −1 dBTP else;
    `voices` is None where nobody speaks.
    """

    duration_ms: int
    channels: int
    sample_rate_hz: int
    codec: str
    bit_rate_kbps: int
    loudness: Loudness
    voices: Voices | None = None
    sample_peak_dbfs: float
    waveform: tuple[int, ...] = ()
    short_term_lufs: tuple[float, ...] = ()
    over_s: tuple[int, ...] = ()
    notices: tuple[Problem, ...] = ()


class Recipe(Kept):
    """All inputs that shape a rendition; `digest` is their hash and the cache's key.

    Settings and stage versions stand apart from the recording, so that an upgrade of sendeturm
    alone never asks for encoding again what is on the air.
    """

    recording_sha256: str
    settings: dict[str, str | int | float | bool | None] = Field(default_factory=dict)
    versions: dict[str, int] = Field(default_factory=dict)
    digest: str = ""


class Rendition(Kept):
    """One encoded audio file before tags, in the cache, with `notices` of what was odd.

    `chapters` are those of a finished file that goes out as it is, once they were read.
    `alternates` are the same sound in other forms.
    """

    path: Path
    type: str
    audio: AudioFacts
    recipe: Recipe
    notices: tuple[Problem, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    alternates: tuple[Rendition, ...] = ()
    reused: bool = False
