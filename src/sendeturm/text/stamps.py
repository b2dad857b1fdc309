"""Time stamps in show notes: the chapters that Apple, Spotify and YouTube find there."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sendeturm.errors import Problem, Severity, problem
from sendeturm.model import Chapter, Cut
from sendeturm.text.cleaning import printable
from sendeturm.text.found import Found, Spot
from sendeturm.text.lines import ms_from_clock
from sendeturm.text.timeline import moment_at
from sendeturm.units import MS_PER_SECOND

FEWEST = 3
"""Fewer time stamps are no chapters to anybody."""

_STAMP = re.compile(
    r"(?P<lead>\s*(?:[-*+•]\s+|[0-9]{1,3}[.)]\s+)?(?:\*\*)?\\?[\[(]?)"
    r"(?P<time>(?:(?P<h>[0-9]{1,2}):)?(?P<m>[0-9]{1,3}):(?P<s>[0-9]{2}))(?![:.,]?[0-9])"
    r"(?P<after>\\?[\])]?(?:\*\*)?(?:\s+[-–—|:]|:)?\s+)(?P<title>\S.*)$"
)
_TIME = re.compile(r":[0-9]{2}")
_HOUR_MS = 3_600_000


@dataclass(frozen=True, slots=True)
class _Stamped:
    """A line of notes that begins with a time."""

    number: int  # from 0
    match: re.Match[str]
    start_ms: int


def note_chapters(
    markdown: str, file: str, first_line: int = 1
) -> tuple[tuple[Chapter, ...], list[Problem]]:
    """Return the chapters that show notes list, and what keeps a list from being one.

    They are lines `MM:SS Title`, also in brackets and lists: at least three, in the order of
    time, the first at 00:00. Whoever writes times for other reasons is told so by a note only.
    """
    lines = markdown.split("\n")
    stamped = _stamped(lines)
    if len(stamped) < FEWEST:
        return (), []
    if not _are_chapters(stamped):
        line = stamped[0].number + first_line
        return (), [problem("text.stamps", file=file, line=line, severity=Severity.NOTE)]
    found = Found(file)
    for one in stamped:
        title, url = _words(one.match["title"])
        found.add(Spot(one.number + first_line), one.start_ms, title, url=url)
    return found.finished()


def has_stamps(text: str) -> bool:
    """Say whether Markdown or plain notes list chapters by time stamps."""
    if _TIME.search(text) is None:
        return False
    stamped = _stamped(text.split("\n"))
    return len(stamped) >= FEWEST and _are_chapters(stamped)


def retimed(markdown: str, timeline: Sequence[Cut]) -> str:
    """Return show notes with their time stamps in the time of an edited rendition."""
    lines = markdown.split("\n")
    if not timeline or not has_stamps(markdown):
        return markdown
    for one in _stamped(lines):
        lead, after, title = (one.match[name] for name in ("lead", "after", "title"))
        width = len(one.match["time"])
        at_ms = moment_at(one.start_ms, timeline)
        lines[one.number] = f"{lead}{_as_wide(at_ms, width)}{after}{title}"
    return "\n".join(lines)


def stamps_html(chapters: Sequence[Chapter]) -> str:
    """Return a paragraph with a line `MM:SS Title` for each listed chapter, titles as links.

    It has `HH:MM:SS` where one is that late. It is empty where apps would not take it: for fewer
    than three, or if the first is not at the beginning.
    """
    stamped = _by_second(chapters)
    if len(stamped) < FEWEST or next(iter(stamped.values())).start_ms >= MS_PER_SECOND:
        return ""
    lines = (f"{time} {_linked(chapter)}" for time, chapter in stamped.items())
    return "<p>" + "<br>\n".join(lines) + "</p>"


def _by_second(chapters: Sequence[Chapter]) -> dict[str, Chapter]:
    """Return the first chapter of each second: apps refuse a list with equal times."""
    listed = [chapter for chapter in chapters if not chapter.is_hidden]
    has_hours = any(chapter.start_ms >= _HOUR_MS for chapter in listed)
    found: dict[str, Chapter] = {}
    for chapter in listed:
        found.setdefault(stamp(chapter.start_ms, with_hours=has_hours), chapter)
    return found


def _linked(chapter: Chapter) -> str:
    title = html.escape(printable(chapter.title), quote=False)
    if not chapter.url:
        return title
    return f'<a href="{html.escape(printable(chapter.url))}" rel="noopener">{title}</a>'


def stamp(time_ms: int, *, with_hours: bool) -> str:
    """Return a moment as `MM:SS`, with hours as `HH:MM:SS`."""
    minutes, seconds = divmod(time_ms // MS_PER_SECOND, 60)
    hours, minutes = divmod(minutes, 60) if with_hours else (0, minutes)
    return f"{hours:02}:{minutes:02}:{seconds:02}" if with_hours else f"{minutes:02}:{seconds:02}"


def begins_with_stamp(line: str) -> bool:
    """Say whether a line of notes begins with a time, as a chapter's does."""
    return _STAMP.match(line) is not None


def _stamped(lines: Sequence[str]) -> list[_Stamped]:
    found = []
    for number, line in enumerate(lines):
        if match := _STAMP.match(line):
            start_ms = ms_from_clock((match["h"], match["m"], match["s"], None))
            found += [] if start_ms is None else [_Stamped(number, match, start_ms)]
    return found


def _are_chapters(stamped: Sequence[_Stamped]) -> bool:
    in_order = all(one.start_ms < other.start_ms for one, other in pairwise(stamped))
    return stamped[0].start_ms == 0 and in_order


def _words(title: str) -> tuple[str, str | None]:
    """Return a title in Markdown as plain words, and the first link in it."""
    from sendeturm.text.notes import inline_words  # noqa: PLC0415  # Markdown's parser is heavy

    return inline_words(title.removesuffix("\\"))  # it breaks the line


def _as_wide(time_ms: int, width: int) -> str:
    """Return a time in the form somebody chose, `0:00`, `00:00` or `00:00:00`."""
    has_hours = time_ms >= _HOUR_MS or width >= len("0:00:00")
    time = stamp(time_ms, with_hours=has_hours)
    return time[1:] if width in (len("0:00"), len("0:00:00")) and time[0] == "0" else time
