"""Chapters that a recording carries inside."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import av

from sendeturm.errors import Problem
from sendeturm.model import Chapter
from sendeturm.sound.cuepoints import cue_points
from sendeturm.sound.decode import OPTIONS
from sendeturm.text.found import fitting
from sendeturm.units import MS_PER_SECOND

_URL = re.compile(r"CHAPTER([0-9]{1,4})URL", re.IGNORECASE)


def chapters_inside(path: Path, file: str) -> tuple[tuple[Chapter, ...], list[Problem]]:
    """Return the chapters in the recording at `path`, `file` in messages, and what is odd.

    They are ID3 chapters, those of MP4 and Matroska, Vorbis comments (with `CHAPTER001URL`), or
    the named cue points of a WAVE. One without a title, or at the same moment as another, is
    nothing to jump to and is left out, and so is a file's that cannot be opened.
    """
    return fitting(_marks(path), file)


def _marks(path: Path) -> Iterator[tuple[int, str, str | None]]:
    with contextlib.suppress(OSError, av.error.FFmpegError, UnicodeDecodeError):
        yield from ((at_ms, label, None) for at_ms, label in cue_points(path))
        with av.open(str(path), options=OPTIONS, metadata_errors="replace") as container:
            streams = container.streams.audio
            links = dict(_links(container.metadata))
            links |= dict(_links(streams[0].metadata)) if streams else {}
            for chapter in container.chapters():
                start_ms = round(chapter["start"] * (chapter["time_base"] or 1) * MS_PER_SECOND)
                yield start_ms, chapter["metadata"].get("title", ""), links.get(chapter["id"])


def _links(metadata: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    """Yield the links of Vorbis comments by their chapter's number."""
    for name, value in metadata.items():
        if match := _URL.fullmatch(name):
            yield int(match[1]), value
