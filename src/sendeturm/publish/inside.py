"""Chapters inside a recording: read when its sound is new, and only where nobody wrote others."""

from __future__ import annotations

from sendeturm.errors import Problem, SendeturmError
from sendeturm.model import Chapter, Episode, Material, Record, SoundFile
from sendeturm.text.found import is_web_address


def has_new_sound(material: Material, record: Record | None) -> bool:
    """Say whether the recording is not yet the published one."""
    return record is None or record.digests.recording != material.sha256


def recorded_chapters(recording: SoundFile) -> tuple[tuple[Chapter, ...], list[Problem]]:
    """Return the chapters in a recording, those of an MP3 with their links, and what is odd."""
    from sendeturm.sound import chapters_inside  # noqa: PLC0415  # the signal's libraries are heavy

    chapters, problems = chapters_inside(recording.path, recording.file)
    links = _links(recording) if chapters and recording.path.suffix.lower() == ".mp3" else {}
    linked = (c.model_copy(update={"url": links.get(c.start_ms, c.url)}) for c in chapters)
    return tuple(linked), problems


def _links(recording: SoundFile) -> dict[int, str | None]:
    """Return the links of ID3 chapters, which FFmpeg passes over, by their times."""
    from sendeturm.tags import read_tags  # noqa: PLC0415  # mutagen is heavy

    try:
        chapters = read_tags(recording.path).chapters
    except SendeturmError:  # FFmpeg reads more than mutagen does
        return {}
    return {c.start_ms: c.url for c in chapters if c.url and is_web_address(c.url)}


def with_chapters(episode: Episode, chapters: tuple[Chapter, ...], file: str) -> Episode:
    """Return the episode with chapters that stand in `file`."""
    if not chapters:
        return episode
    return episode.model_copy(update={"chapters": chapters, "chapters_from": file})
