"""Chapter files: what editors export and people type, and the JSON that apps read."""

from __future__ import annotations

import json
import re
from itertools import pairwise

from sendeturm.errors import Problem, problem
from sendeturm.model import Chapter
from sendeturm.text.lines import CLOCK, lines_of, ms_from_clock, ms_from_fraction, told

_CLOCK_LINE = re.compile(rf"\s*{CLOCK}(?:\s+(?:[-–—|:]\s+)?(.*))?$")
_LABEL_LINE = re.compile(r"([0-9]{1,7})(?:[.,]([0-9]{1,9}))?\t[0-9.,]+\t(.*)$")
_LINK = re.compile(r"\s*<(https?://[^\s<>]+)>\s*$")


def parse_chapters(text: str, file: str) -> tuple[tuple[Chapter, ...], list[Problem]]:
    """Return the chapters of a `.chapters.txt`, in the order of time, and what is wrong with it.

    A line is `HH:MM:SS.mmm Title <https://…>`, `MM:SS Title`, or an Audacity label
    (`start⇥end⇥title`, in seconds). `file` is its name in problems, which carry 1-based lines.
    """
    found: list[tuple[Chapter, int]] = []
    problems: list[Problem] = []
    for number, line in enumerate(lines_of(text), 1):
        # Audacity writes a label's frequencies on a line of their own, after a backslash.
        if not line.strip() or line.startswith("\\"):
            continue
        chapter = _parse_line(line, number, file)
        if isinstance(chapter, Problem):
            problems.append(chapter)
        else:
            found.append((chapter, number))
    found.sort(key=lambda entry: entry[0].start_ms)
    problems += _same_times(found, file)
    return tuple(chapter for chapter, _ in found), told(problems, file)


def _parse_line(line: str, number: int, file: str) -> Chapter | Problem:
    start_ms, rest = _split(line)
    if start_ms is None:
        return problem("text.no-chapter", file=file, line=number, text=line.strip()[:60])
    link = _LINK.search(rest)
    title = (rest[: link.start()] if link else rest).strip()
    if not title:
        return problem("text.chapter-without-title", file=file, line=number)
    return Chapter(start_ms=start_ms, title=title, url=link[1] if link else None)


def _split(line: str) -> tuple[int | None, str]:
    """Return a line's time in ms, None if there is none, and what follows it."""
    if label := _LABEL_LINE.match(line):
        seconds, fraction, title = label.groups()
        return int(seconds) * 1000 + ms_from_fraction(fraction), title
    if clock := _CLOCK_LINE.match(line):
        return ms_from_clock(clock.groups()[:4]), clock[5] or ""
    return None, ""


def _same_times(found: list[tuple[Chapter, int]], file: str) -> list[Problem]:
    """Tell of chapters that begin at one moment: players would show one of them at random."""
    return [
        problem("text.chapters-at-once", file=file, line=max(line, other), other=min(line, other))
        for (chapter, line), (following, other) in pairwise(found)
        if chapter.start_ms == following.start_ms
    ]


def chapters_json(chapters: tuple[Chapter, ...]) -> bytes:
    """Return JSON chapters, version 1.2.0 (podcast:chapters), in UTF-8."""
    entries = [_entry(chapter) for chapter in chapters]
    text = json.dumps({"version": "1.2.0", "chapters": entries}, ensure_ascii=False, indent=1)
    return f"{text}\n".encode()


def _entry(chapter: Chapter) -> dict[str, str | int | float]:
    seconds, ms = divmod(chapter.start_ms, 1000)
    start: int | float = seconds if ms == 0 else chapter.start_ms / 1000
    entry: dict[str, str | int | float] = {"startTime": start, "title": chapter.title}
    return entry | ({"url": chapter.url} if chapter.url else {})
