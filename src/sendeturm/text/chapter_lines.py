"""Chapters a line each: Audacity's labels, mp4chaps and its kin, time stamps, Vorbis comments."""

from __future__ import annotations

import re

from sendeturm.text.found import Found, Spot
from sendeturm.text.lines import CLOCK, ms_from_clock, ms_from_fraction

_CLOCK_LINE = re.compile(
    rf"\s*(?:[-*•]\s+)?(?P<open>[\[(])?{CLOCK}(?(open)[\])])(?:\s+(?:[-–—|:]\s+)?(?P<rest>.*))?$"
)
_LABEL_LINE = re.compile(r"([0-9]{1,7})(?:[.,]([0-9]{1,9}))?\t[0-9.,]+\t(.*)$")
_LINK = re.compile(r"\s*<(https?://[^\s<>]+)>\s*$")
_COMMENT = re.compile(r"\s*CHAPTER([0-9]{1,4})(NAME|URL)?\s*=(.*)$", re.IGNORECASE)
_FEWEST = 2 / 3
_MOST_CHARACTERS = 80
"""As long is a line of chapters on average, time and link included."""


def read_lines(lines: list[str], found: Found) -> None:
    """Add the chapters of cleaned `lines`.

    A line is `HH:MM:SS.mmm Title <https://…>` (mp4chaps, Ultraschall, Auphonic), `MM:SS Title`
    with or without brackets, hyphens and list marks, or an Audacity label (`start⇥end⇥title`, in
    seconds). Vorbis comments take two lines or three: `CHAPTER001=HH:MM:SS.mmm`,
    `CHAPTER001NAME=…`, `CHAPTER001URL=…`.
    """
    comments: dict[int, dict[str, tuple[int, str]]] = {}
    for number, line in enumerate(lines, 1):
        if _is_empty(line):
            continue
        if comment := _COMMENT.match(line):
            values = comments.setdefault(int(comment[1]), {})
            values[(comment[2] or "").upper()] = (number, comment[3].strip())
        else:
            _read_line(line, number, found)
    for values in comments.values():
        _read_comment(values, found)


def looks_like_chapters(lines: list[str]) -> bool:
    """Say whether most of cleaned `lines` are chapters: a text of any other kind has few.

    A transcript with times has them too, but what it says after them is longer than titles are.
    """
    full = [line for line in lines if not _is_empty(line)]
    hits = [line for line in full if _COMMENT.match(line) or _split(line)[0] is not None]
    is_list = bool(full) and len(hits) >= len(full) * _FEWEST
    return is_list and sum(map(len, hits)) <= len(hits) * _MOST_CHARACTERS


def _is_empty(line: str) -> bool:
    # Audacity writes a label's frequencies on a line of their own, after a backslash.
    return not line.strip() or line.startswith("\\")


def _read_line(line: str, number: int, found: Found) -> None:
    start_ms, rest = _split(line)
    if start_ms is None:
        found.wrong("text.no-chapter", Spot(number), text=line.strip()[:60])
        return
    link = _LINK.search(rest)
    title = rest[: link.start()] if link else rest
    found.add(Spot(number), start_ms, title, url=link[1] if link else None)


def _split(line: str) -> tuple[int | None, str]:
    """Return a line's time in ms, None if there is none, and what follows it."""
    if label := _LABEL_LINE.match(line):
        seconds, fraction, title = label.groups()
        return int(seconds) * 1000 + ms_from_fraction(fraction), title
    if clock := _CLOCK_LINE.match(line):
        return ms_from_clock(clock.groups()[1:5]), clock["rest"] or ""
    return None, ""


def _read_comment(values: dict[str, tuple[int, str]], found: Found) -> None:
    line, time = values.get("", (next(iter(values.values()))[0], ""))
    clock = re.fullmatch(CLOCK, time)
    start_ms = ms_from_clock(clock.groups()) if clock else None
    if start_ms is None:
        found.wrong("text.comment-without-time", Spot(line))
        return
    title, url = (values.get(name, (line, ""))[1] for name in ("NAME", "URL"))
    found.add(Spot(line), start_ms, title, url=url or None)
