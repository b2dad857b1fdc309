"""What an episode's sound is made of: its recordings, and the show's intro and outro."""

from __future__ import annotations

from pathlib import Path

from sendeturm.errors import SendeturmError, fail, problem
from sendeturm.model import (
    Episode,
    Material,
    Recorded,
    SoundFile,
    SoundSettings,
)
from sendeturm.sources import CONFIG_NAME, Digests

JINGLES = ("intro", "outro")

FINISHED_SUFFIXES = frozenset({".mp3", ".m4a", ".mp4", ".opus", ".ogg"})
"""What the name of a file that apps play may end with."""


def recorded_material(episode: Episode, folder: Path, digests: Digests) -> Material | None:
    """Return what was recorded, without intro and outro; None where not all of it is here.

    Raises SendeturmError if a file cannot be read.
    """
    single = (Recorded(path=episode.recording),) if episode.recording else ()
    recordings = episode.recordings or single
    if not recordings or not all(one.path.is_file() for one in recordings):
        return None
    files = tuple(_sound_file(one, folder, digests) for one in recordings)
    return Material(layout=episode.layout, files=files)


def finished_material(material: Material, file: str, *, is_asked_for: bool) -> Material:
    """Return the material as one that goes out as it is; the episode's own `file` asked for it.

    Raises `publish.several-as-is`, and `sound.not-finished` for what is so by its name alone; what
    is in the file is looked at when it is taken.
    """
    path = material.files[0].path
    if material.layout != "single":
        raise fail("publish.several-as-is", file=file, key="sound" if is_asked_for else None)
    if path.suffix.lower() not in FINISHED_SUFFIXES:
        raise fail("sound.not-finished", file=material.file, found=path.suffix)
    return material.model_copy(update={"is_finished": True})


def with_jingles(
    material: Material, sound: SoundSettings, folder: Path, digests: Digests
) -> Material:
    """Return the material with the show's intro and outro, as they are now.

    Raises SendeturmError (`publish.no-jingle`) with all that are not there.
    """
    names = {name: getattr(sound, name) for name in JINGLES if getattr(sound, name)}
    missing = [
        problem("publish.no-jingle", file=CONFIG_NAME, key=f"sound.{name}", value=value)
        for name, value in names.items()
        if not (folder / value).is_file()
    ]
    if missing:
        raise SendeturmError(missing)
    files = {
        name: SoundFile(path=folder / value, file=value, sha256=digests.sha256_of(folder / value))
        for name, value in names.items()
    }
    return material.model_copy(update=files)


def _sound_file(recorded: Recorded, folder: Path, digests: Digests) -> SoundFile:
    path = recorded.path
    return SoundFile(
        path=path,
        file=shown(path, folder),
        sha256=digests.sha256_of(path),
        speaker=recorded.speaker,
        starts_at_ms=recorded.starts_at_ms,
    )


def shown(path: Path, folder: Path) -> str:
    """Return a path as the person would write it, seen from the show's folder."""
    for root in (folder, folder.absolute()):
        if path.is_relative_to(root):
            return path.relative_to(root).as_posix()
    return str(path)
