"""Transcripts in plain text: paragraphs, with or without times and names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from sendeturm.text.cues import Cues
from sendeturm.text.lines import CLOCK, lines_of, ms_from_clock

_STAMP = re.compile(rf"\s*(?P<open>[\[(])?{CLOCK}(?(open)[\])])(?:\s*[-–—|:])?(?:\s+|$)")
_WORDS_PER_SECOND = 2.5
_TIMED = 2 / 3


def read_plain(text: str, cues: Cues) -> None:
    """Add a cue for each paragraph.

    Where most of them begin with a time (`[00:01:02] Anna: …`, or a time on its own line), those
    count, and a paragraph ends where the next one begins. Else no cue has a time: all are 0.
    """
    paragraphs = [(line, words, _STAMP.match(words)) for line, words in _paragraphs(text)]
    timed = [entry for entry in paragraphs if entry[2]]
    if not paragraphs or len(timed) < len(paragraphs) * _TIMED:
        for _, words, _ in paragraphs:
            cues.take(0, 0, words, None)
        return
    spoken = list(_spoken(paragraphs, cues))
    starts_ms = [start_ms for _, start_ms, _ in spoken]
    ends_ms = [*(after for _, after in pairwise(starts_ms)), 0]
    for (line, start_ms, words), end_ms in zip(spoken, ends_ms, strict=True):
        cues.add(start_ms, end_ms or _spoken_until(start_ms, words), words, None, line=line)


def _spoken(
    paragraphs: list[tuple[int, str, re.Match[str] | None]], cues: Cues
) -> Iterator[tuple[int, int, str]]:
    """Yield line, start and words; a paragraph without a time goes on from the one above."""
    last: tuple[int, int, str] | None = None
    for line, words, stamp in paragraphs:
        start_ms = ms_from_clock(stamp.groups()[1:5]) if stamp else None
        if stamp is None and last is not None:
            last = (*last[:2], f"{last[2]} {words}")
        elif stamp is None or start_ms is None:
            cues.wrong("text.paragraph-without-time", line)
        else:
            if last is not None and last[2]:
                yield last
            last = line, start_ms, words[stamp.end() :]
    if last is not None and last[2]:
        yield last


def _spoken_until(start_ms: int, words: str) -> int:
    return start_ms + max(1000, round(len(words.split()) / _WORDS_PER_SECOND * 1000))


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Yield stretches between blank lines, or before a time, with their first line's number."""
    first, words = 0, list[str]()
    for number, line in enumerate([*lines_of(text), ""], 1):
        if words and (not line.strip() or _STAMP.match(line)):
            yield first, " ".join(words)
            words = []
        if line.strip():
            first = number if not words else first
            words.append(" ".join(line.split()))
