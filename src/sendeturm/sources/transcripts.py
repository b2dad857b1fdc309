"""An episode's transcript: in which of its files it stands."""

from __future__ import annotations

from pathlib import Path

from sendeturm.errors import Problem, SendeturmError
from sendeturm.model import Cue
from sendeturm.sources.files import MAX_TRANSCRIPT_BYTES, read_text
from sendeturm.sources.folder import Files, Kind, name_of
from sendeturm.text.transcript_forms import maker_of
from sendeturm.text.transcripts import TranscriptKind, parse_transcript

_RICHEST_FIRST: dict[str, TranscriptKind] = {
    ".vtt": "vtt",
    ".json": "json",
    ".srt": "srt",
    ".txt": "text",
}


def transcript_in(files: Files) -> Path | None:
    """Return the file with the transcript, the form that says most; None if there is none."""
    named = files.of.get(Kind.TRANSCRIPT, [])
    paths = named or [path for path in files.of.get(Kind.MAYBE, ()) if _is_transcript(path)]
    ranks = list(_RICHEST_FIRST)
    return min(paths, key=lambda path: ranks.index(path.suffix.lower()), default=None)


def _is_transcript(path: Path) -> bool:
    """Say whether a file of open purpose holds a transcript; plain text says so by its name."""
    if path.suffix.lower() != ".json":
        return False
    try:
        return '"segments"' in read_text(path, name_of(path), MAX_TRANSCRIPT_BYTES)
    except SendeturmError:  # too long, or in an encoding of its own
        return False


def read_cues(path: Path) -> tuple[tuple[Cue, ...], list[Problem]]:
    """Return the cues of the transcript at `path` and what is wrong with it.

    Raises SendeturmError if it cannot be read.
    """
    file = name_of(path)
    text = read_text(path, file, MAX_TRANSCRIPT_BYTES)
    return parse_transcript(text, _RICHEST_FIRST[path.suffix.lower()], file)


def transcript_maker(path: Path) -> str:
    """Return the machine that wrote the transcript at `path`; only WebVTT says so.

    Raises SendeturmError if it cannot be read.
    """
    if path.suffix.lower() != ".vtt":
        return ""
    return maker_of(read_text(path, name_of(path), MAX_TRANSCRIPT_BYTES))
