"""What lies in `episodes/`: files sorted by stem and kind, nothing of them read."""

from __future__ import annotations

import os
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from sendeturm.errors import Problem, SendeturmError, Severity, problem
from sendeturm.sources.files import unreadable

EPISODES = "episodes"

RECORDING_SUFFIXES = frozenset(
    {".wav", ".flac", ".mp3", ".m4a", ".aac", ".ogg", ".opus", ".aiff", ".aif", ".caf"}
    | {".w64", ".rf64", ".mp4", ".mov", ".mkv", ".webm"}
)
"""What a recording's name may end with, in any case."""


class Kind(StrEnum):
    """What a file is to its episode."""

    SIDECAR = "sidecar"
    RECORDING = "recording"
    FOLDER = "folder"
    CHAPTERS = "chapters"
    TRANSCRIPT = "transcript"
    COVER = "cover"
    MAYBE = "maybe"
    """Chapters, a transcript or nothing of ours, which its content tells."""


_KINDS = (
    dict.fromkeys((".chapters.txt", ".chapters.json", ".chapters.psc", ".psc"), Kind.CHAPTERS)
    | dict.fromkeys((".chapters.xml", ".psc.xml"), Kind.CHAPTERS)
    | dict.fromkeys((".txt", ".json", ".rpp"), Kind.MAYBE)
    | {".md": Kind.SIDECAR}
    | dict.fromkeys((".vtt", ".srt", ".transcript.vtt", ".transcript.srt"), Kind.TRANSCRIPT)
    | dict.fromkeys((".transcript.json", ".transcript.txt"), Kind.TRANSCRIPT)
    | {".jpg": Kind.COVER, ".jpeg": Kind.COVER, ".png": Kind.COVER}
    | dict.fromkeys(sorted(RECORDING_SUFFIXES), Kind.RECORDING)
)


@dataclass(frozen=True, slots=True)
class Files:
    """The files of one stem (in Unicode's composed form), by kind."""

    stem: str
    of: dict[Kind, list[Path]] = field(default_factory=lambda: defaultdict(list))

    def first(self, kind: Kind) -> Path | None:
        """Return the file of this kind, if there is one."""
        paths = self.of.get(kind)
        return paths[0] if paths else None


def name_of(path: Path) -> str:
    """Return a file in `episodes/` as the person would write it."""
    return f"{EPISODES}/{unicodedata.normalize('NFC', path.name)}"


def sorted_files(folder: Path) -> tuple[list[Files], list[Problem]]:
    """Return the files of `folder`'s episodes by stem, and what is odd about the names there.

    A missing folder is an empty one, with a warning. Raises SendeturmError if it is unreadable.
    """
    by_stem: dict[str, Files] = {}
    problems: list[Problem] = []
    for path in _listed(folder / EPISODES, problems):
        try:
            found = _odd(path) or _sort_in(by_stem, path)
        except OSError as error:  # the folder may be listed but not entered
            problems += unreadable(name_of(path), error).problems
        except SendeturmError as error:
            problems += error.problems
        else:
            problems += [found] if found else []
    return [by_stem[stem] for stem in sorted(by_stem)], problems


def stem_of(name: str) -> str | None:
    """Return the stem of the episode that a file in `episodes/` belongs to, by its name.

    None for what is none of ours, and for a picture: any episode may name it.
    """
    kind, stem = _kind_and_stem(name)
    return None if kind in (None, Kind.COVER) else stem


def _listed(episodes: Path, problems: list[Problem]) -> Iterator[Path]:
    """Yield what is visible in `episodes`, in the order of names."""
    try:
        names = sorted(os.listdir(episodes))  # noqa: PTH208  # twice as fast for thousands of files
    except FileNotFoundError:
        warning = Severity.WARNING
        problems.append(problem("sources.no-episodes", file=f"{EPISODES}/", severity=warning))
        return
    except OSError as error:
        raise unreadable(f"{EPISODES}/", error) from error
    for name in names:
        if not name.startswith((".", "~")):
            yield episodes / name


def _odd(path: Path) -> Problem | None:
    """Return the problem of a name or folder that cannot be an episode's."""
    if not path.name.isprintable():  # bytes that are no text, or control characters
        shown = "".join(sign if sign.isprintable() else "?" for sign in path.name)
        return problem("sources.odd-name", file=f"{EPISODES}/{shown}")
    return None


def recordings_in(folder: Path) -> list[Path]:
    """Return the recordings of an episode's folder in the order of names.

    Raises SendeturmError if the folder cannot be read.
    """
    shown = f"{name_of(folder)}/"
    try:
        paths = sorted(folder.iterdir())
    except OSError as error:
        raise unreadable(shown, error) from error
    visible = [path for path in paths if not path.name.startswith((".", "~"))]
    return [path for path in visible if _kind_and_stem(path.name)[0] is Kind.RECORDING]


def _sort_folder_in(by_stem: dict[str, Files], path: Path) -> None:
    """Take a folder that holds recordings for an episode's."""
    stem = unicodedata.normalize("NFC", path.name)
    if any(found.is_file() for found in recordings_in(path)):
        by_stem.setdefault(stem, Files(stem)).of[Kind.FOLDER].append(path)


def _sort_in(by_stem: dict[str, Files], path: Path) -> Problem | None:
    if path.is_dir():
        _sort_folder_in(by_stem, path)
        return None
    kind, stem = _kind_and_stem(path.name)
    if kind is None:
        return None
    if not path.exists():  # a link to a disk that is not here now
        return problem("sources.lost-link", file=name_of(path), severity=Severity.WARNING)
    files = by_stem.setdefault(stem, Files(stem))
    files.of[kind].append(path)
    return None


def _kind_and_stem(name: str) -> tuple[Kind | None, str]:
    """Return what a file is by its name; None for files that are none of ours."""
    composed = unicodedata.normalize("NFC", name)
    parts = composed.lower().split(".")
    for suffix in (f".{'.'.join(parts[-2:])}", f".{parts[-1]}"):  # the longer one says more
        stem = composed[: -len(suffix)]
        kind = _KINDS.get(suffix)
        if kind and stem and stem.lower() != "readme":
            return kind, stem
    return None, ""
