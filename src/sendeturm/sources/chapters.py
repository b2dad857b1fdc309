"""An episode's chapters: in which of its files they stand, and whose count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sendeturm.errors import Problem, SendeturmError, Severity, problem
from sendeturm.model import Chapter
from sendeturm.sources.files import MAX_TEXT_BYTES, read_text
from sendeturm.sources.folder import Files, Kind, name_of
from sendeturm.text.chapters import ChapterKind, is_chapter_list, parse_chapters
from sendeturm.text.stamps import note_chapters
from sendeturm.units import MS_PER_SECOND

MAX_PROJECT_BYTES = 50_000_000
"""A REAPER project holds the settings of all its plugins."""

_RICHEST_FIRST: tuple[tuple[str, ChapterKind], ...] = (
    (".chapters.json", "json"),
    (".psc", "psc"),
    (".xml", "psc"),
    (".chapters.txt", "text"),
    (".json", "json"),
    (".txt", "text"),
    (".rpp", "reaper"),
)


@dataclass(frozen=True, slots=True)
class Listed:
    """The chapters of one file, and what is wrong with them."""

    file: str
    chapters: tuple[Chapter, ...]
    problems: Sequence[Problem] = ()


def chapters_in_files(files: Files) -> list[Listed]:
    """Return the chapters beside a recording, the form that says most first.

    Raises SendeturmError if a file cannot be read.
    """
    paths = [*files.of.get(Kind.CHAPTERS, ()), *files.of.get(Kind.MAYBE, ())]
    ranked = sorted((_rank(path), path) for path in paths)
    read = (_read(path, _RICHEST_FIRST[rank][1]) for rank, path in ranked)
    return [listed for listed in read if listed is not None]


def chapters_in_notes(notes: str, file: str, first_line: int) -> list[Listed]:
    """Return the chapters that show notes list by time stamps."""
    chapters, problems = note_chapters(notes, file, first_line)
    return [Listed(file, chapters, problems)] if chapters or problems else []


def chosen_chapters(sources: Sequence[Listed]) -> tuple[Listed | None, list[Problem]]:
    """Return the first source that lists chapters, and what is to be told of all.

    A file is chosen even if it is broken: what somebody wrote must not be passed over silently.
    """
    found = [one for one in sources if one.chapters or _is_broken(one)]
    if not found:
        return None, [p for one in sources for p in one.problems]
    chosen, *others = found
    differing = [one for one in others if not is_same(chosen.chapters, one.chapters)]
    warnings = [differ(one.file, chosen.file) for one in differing if chosen.chapters]
    return chosen, [*chosen.problems, *warnings]


def differ(file: str, chosen: str) -> Problem:
    """Return the warning that `file` lists other chapters than the one that counts."""
    severity = Severity.WARNING
    return problem("sources.chapters-differ", file=file, severity=severity, other=chosen)


def is_same(one: Iterable[Chapter], other: Iterable[Chapter]) -> bool:
    """Say whether two lists name the same chapters, to the second."""
    first, second = ([c for c in chapters if not c.is_hidden] for chapters in (one, other))
    return len(first) == len(second) and all(map(_is_near, first, second))


def _is_near(one: Chapter, other: Chapter) -> bool:
    distance_ms = abs(one.start_ms - other.start_ms)
    return distance_ms < MS_PER_SECOND and one.title.casefold() == other.title.casefold()


def _rank(path: Path) -> int:
    name = path.name.lower()
    suffixes = [suffix for suffix, _ in _RICHEST_FIRST]
    return next(rank for rank, suffix in enumerate(suffixes) if name.endswith(suffix))


def _read(path: Path, kind: ChapterKind) -> Listed | None:
    file = name_of(path)
    text = _chapter_text(path, kind) if is_unnamed(file) else read_text(path, file)
    if text is None:
        return None
    chapters, problems = parse_chapters(text, file, kind)
    return Listed(file, chapters, problems)


def is_unnamed(file: str) -> bool:
    """Say whether a file's name leaves open that it holds chapters."""
    name = file.lower()
    return not (name.endswith((".psc", ".xml")) or ".chapters." in name)


def _chapter_text(path: Path, kind: ChapterKind) -> str | None:
    """Return the text of a file that turns out to list chapters; others are none of ours."""
    limit_bytes = MAX_PROJECT_BYTES if kind == "reaper" else MAX_TEXT_BYTES
    try:
        text = read_text(path, name_of(path), limit_bytes)
    except SendeturmError:  # too long, or in an encoding of its own
        return None
    if kind == "text":
        return text if is_chapter_list(text) else None
    return text if kind == "reaper" or '"chapters"' in text else None


def _is_broken(listed: Listed) -> bool:
    return any(found.severity is Severity.ERROR for found in listed.problems)
