"""Chapters inside a recording: read when its sound is new, and only where nobody wrote others."""

from __future__ import annotations

import hashlib
from pathlib import Path

from sendeturm.errors import Problem, SendeturmError
from sendeturm.model import Chapter, Episode, Material, Record, SoundFile
from sendeturm.publish.chapter_pictures import SHOWN_PX
from sendeturm.publish.writing import write_whole
from sendeturm.text.found import fitting

PICTURES_CACHE = "chapter-pictures"


def has_new_sound(material: Material, record: Record | None) -> bool:
    """Say whether the recording is not yet the published one."""
    return record is None or record.digests.recording != material.sha256


def recorded_chapters(
    recording: SoundFile, cache: Path
) -> tuple[tuple[Chapter, ...], list[Problem]]:
    """Return the chapters in a recording, and what is odd.

    Those of an MP3 come with links and pictures; the latter are laid into `cache`.
    """
    from sendeturm.sound import chapters_inside  # noqa: PLC0415  # the signal's libraries are heavy

    chapters, problems = _id3_chapters(recording, cache)
    return (chapters, problems) if chapters else chapters_inside(recording.path, recording.file)


def _id3_chapters(recording: SoundFile, cache: Path) -> tuple[tuple[Chapter, ...], list[Problem]]:
    """Return the chapters of an MP3; FFmpeg passes over links and large ones."""
    if recording.path.suffix.lower() != ".mp3":
        return (), []
    from sendeturm.tags import chapter_pictures, read_tags  # noqa: PLC0415  # mutagen is heavy

    try:
        read = read_tags(recording.path).chapters
        bodies = chapter_pictures(recording.path)
    except SendeturmError:  # FFmpeg reads more than mutagen does
        return (), []
    marks = ((c.start_ms, c.title, c.url) for c in read)
    chapters, problems = fitting(marks, recording.file)
    shown = {start_ms: _kept(body, cache) for start_ms, body in bodies.items()}
    return (
        tuple(c.model_copy(update={"image": shown.get(c.start_ms)}) for c in chapters),
        problems,
    )


def _kept(body: bytes, cache: Path) -> str | None:
    """Lay a picture into the cache, named by content, and return where; None if it is none."""
    from sendeturm.pictures import small_cover  # noqa: PLC0415  # Pillow is heavy

    try:
        jpeg = small_cover(body, SHOWN_PX)
    except SendeturmError:
        return None
    path = cache / f"{hashlib.sha256(jpeg).hexdigest()}.jpg"
    if not path.is_file():
        write_whole(path, jpeg)
    return str(path.absolute())


def with_chapters(episode: Episode, chapters: tuple[Chapter, ...], file: str) -> Episode:
    """Return the episode with chapters that stand in `file`."""
    if not chapters:
        return episode
    return episode.model_copy(update={"chapters": chapters, "chapters_from": file})
