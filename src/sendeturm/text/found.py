"""Chapters as a file has them, one after the other, and what is wrong with each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from sendeturm.errors import Param, Problem, Severity, problem
from sendeturm.model import Chapter
from sendeturm.text.cleaning import clean
from sendeturm.text.lines import told

MAX_CHAPTERS = 1000
MAX_TITLE = 255
MAX_ADDRESS = 2000

_WEB = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_FILE = re.compile(r"[^/\\:*?\"<>|.][^/\\:*?\"<>|]{0,200}\.(?:jpe?g|png)", re.IGNORECASE)


def is_web_address(address: str) -> bool:
    """Say whether a chapter's link or picture leads to the web."""
    return bool(_WEB.fullmatch(address)) and len(address) <= MAX_ADDRESS


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in its file a chapter stands: a 1-based line, or a key where lines are not known."""

    line: int | None = None
    key: str | None = None


@dataclass
class Found:
    """The chapters read from one file so far; `file` is its name in problems."""

    file: str
    problems: list[Problem] = field(default_factory=list)
    _chapters: list[tuple[Chapter, Spot]] = field(default_factory=list)

    def wrong(self, code: str, spot: Spot, **params: Param) -> None:
        """Note something that must be mended."""
        self._note(Severity.ERROR, code, spot, params)

    def odd(self, code: str, spot: Spot, **params: Param) -> None:
        """Note something that was left out."""
        self._note(Severity.WARNING, code, spot, params)

    def _note(self, severity: Severity, code: str, spot: Spot, params: dict[str, Param]) -> None:
        found = problem(
            code, file=self.file, line=spot.line, key=spot.key, severity=severity, **params
        )
        self.problems.append(found)

    def add(
        self,
        spot: Spot,
        start_ms: int,
        title: str,
        *,
        url: str | None = None,
        image: str | None = None,
        is_hidden: bool = False,
    ) -> None:
        """Take a chapter, its texts cleaned; links and pictures that lead nowhere are left out."""
        words = " ".join(clean(title).split())
        if not words and not is_hidden:
            self.wrong("text.chapter-without-title", spot)
        elif len(words) > MAX_TITLE:
            self.wrong("text.long-chapter", spot, limit=MAX_TITLE)
        else:
            chapter = Chapter(
                start_ms=start_ms,
                title=words,
                url=self._address(spot, url, "text.odd-link"),
                image=self._address(spot, image, "text.odd-picture", _FILE),
                is_hidden=is_hidden,
            )
            self._chapters.append((chapter, spot))

    def _address(
        self, spot: Spot, value: str | None, code: str, other: re.Pattern[str] | None = None
    ) -> str | None:
        address = clean(value or "").strip()
        if not address:
            return None
        is_name = other is not None and other.fullmatch(address) is not None
        if is_web_address(address) or is_name:
            return address
        self.odd(code, spot, value=address[:60])
        return None

    def finished(self) -> tuple[tuple[Chapter, ...], list[Problem]]:
        """Return the chapters in the order of time, and what is wrong with them."""
        self._chapters.sort(key=lambda entry: (entry[0].start_ms, entry[0].is_hidden))
        if len(self._chapters) > MAX_CHAPTERS:
            count = len(self._chapters)
            self.wrong("text.many-chapters", Spot(), count=count, limit=MAX_CHAPTERS)
        else:
            self._look_for_same_times()
        chapters = tuple(chapter for chapter, _ in self._chapters[:MAX_CHAPTERS])
        return chapters, told(self.problems, self.file)

    def _look_for_same_times(self) -> None:
        """Tell of chapters that begin at one moment: players would show one of them at random."""
        listed = [(c.start_ms, c, spot) for c, spot in self._chapters if not c.is_hidden]
        for (first_ms, first, one), (second_ms, second, other) in pairwise(listed):
            if first_ms != second_ms:
                continue
            if one.line is None or other.line is None:
                titles = {"title": first.title, "other": second.title}
                self.wrong("text.chapters-same-time", other, **titles)
            else:
                lines = sorted((one.line, other.line))
                self.wrong("text.chapters-at-once", Spot(lines[1]), other=lines[0])


def fitting(
    marks: Iterable[tuple[int, str, str | None]], file: str
) -> tuple[tuple[Chapter, ...], list[Problem]]:
    """Return time, title and link of what a recording carries inside as chapters that are fit.

    Nobody can correct it there: long titles are cut; what has no title, or begins with another, is
    left out. `file` is its name in problems.
    """
    found, seen = Found(file), set[int]()
    for start_ms, title, url in marks:
        words = " ".join(clean(title).split())[:MAX_TITLE]
        if words and start_ms >= 0 and start_ms not in seen and len(seen) < MAX_CHAPTERS:
            seen.add(start_ms)
            found.add(Spot(), start_ms, words, url=url)
    return found.finished()
