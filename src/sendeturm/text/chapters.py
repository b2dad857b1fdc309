"""Chapter files: what editors export and people type."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from sendeturm.errors import Problem
from sendeturm.model import Chapter
from sendeturm.text.chapter_json import read_json
from sendeturm.text.chapter_lines import looks_like_chapters, read_lines
from sendeturm.text.found import Found
from sendeturm.text.lines import lines_of
from sendeturm.text.reaper import read_markers

ChapterKind = Literal["text", "json", "psc", "reaper"]


def parse_chapters(
    text: str, file: str, kind: ChapterKind = "text"
) -> tuple[tuple[Chapter, ...], list[Problem]]:
    """Return the chapters of a file, in the order of time, and what is wrong with it.

    `text` has a chapter on each line (see `chapter_lines`), `json` is that of podcast:chapters
    or of Podlove, `psc` Podlove Simple Chapters, `reaper` a project with markers. `file` is its
    name in problems, which carry 1-based lines, or keys where lines are not known. Warnings
    (links that lead nowhere) leave the chapter in.
    """
    found = Found(file)
    _READERS[kind](text, found)
    return found.finished()


def is_chapter_list(text: str) -> bool:
    """Say whether a text file of unknown purpose is a list of chapters."""
    return looks_like_chapters(lines_of(text))


def _read_text(text: str, found: Found) -> None:
    read_lines(lines_of(text), found)


def _read_psc(text: str, found: Found) -> None:
    from sendeturm.text.psc import read_psc  # noqa: PLC0415  # lxml is heavy

    read_psc(text, found)


_READERS: dict[ChapterKind, Callable[[str, Found], None]] = {
    "text": _read_text,
    "json": read_json,
    "psc": _read_psc,
    "reaper": read_markers,
}
