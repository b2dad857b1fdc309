"""Transcripts from files: WebVTT, SubRip, JSON and plain text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Literal

from sendeturm.errors import Problem
from sendeturm.model import Cue
from sendeturm.text.cleaning import clean
from sendeturm.text.cues import Cues
from sendeturm.text.lines import CLOCK, lines_of, ms_from_clock
from sendeturm.text.transcript_json import read_json
from sendeturm.text.transcript_lines import read_plain

TranscriptKind = Literal["vtt", "srt", "json", "text"]

_TIMES = re.compile(rf"\s*{CLOCK}\s*-->\s*{CLOCK}(?:\s|$)")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?(?:\s+([^>]*))?>")
_VTT_TAG = re.compile(r"</?[a-zA-Z][^>]*>|<[0-9:.]+>|</>")
_SRT_TAG = re.compile(r"</?(?:[biu]|font[^>]*)>|\{\\[^}]*\}", re.IGNORECASE)
_ASIDE = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")


def parse_transcript(
    text: str, kind: TranscriptKind, file: str
) -> tuple[tuple[Cue, ...], list[Problem]]:
    """Return the cues of a transcript and what is wrong with it.

    A WebVTT cue in several voices gives several cues of the same times. Tags are left out,
    entities decoded, lines kept. Plain text may have no times (see `transcript_lines`). Cues that
    overlap get one warning, as speakers may do so; cues that go back in time or end before they
    begin are errors. Problems carry 1-based lines, or keys where lines are not known.
    """
    cues = Cues(file)
    if kind == "json":
        read_json(text, cues)
    elif kind == "text":
        read_plain(text, cues)
    else:
        _read_blocks(text, kind, cues)
    return cues.finished()


def _read_blocks(text: str, kind: TranscriptKind, cues: Cues) -> None:
    lines = lines_of(text)
    if kind == "vtt" and not re.match(r"WEBVTT(?:\s|$)", lines[0]):
        cues.wrong("text.no-webvtt", 1)
    for first, block in _blocks(lines):
        _read_block(kind, cues, first, block)


def _blocks(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield stretches between blank lines, each with the number of its first line."""
    block: list[str] = []
    for number, line in enumerate([*lines, ""], 1):
        if line.strip():
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []


def _read_block(kind: TranscriptKind, cues: Cues, first: int, block: list[str]) -> None:
    if kind == "vtt" and (_ASIDE.match(block[0]) or block[0].startswith("WEBVTT")):
        return
    at = 0 if "-->" in block[0] else 1  # a name or number may stand before the times
    times = _TIMES.match(block[at]) if at < len(block) else None
    if times is None:
        cues.wrong("text.cue-without-times", first)
    elif any("-->" in line and _TIMES.match(line) for line in block[at + 1 :]):
        cues.wrong("text.cues-without-gap", first + at)
    else:
        _read_cue(kind, cues, first + at, times, "\n".join(block[at + 1 :]))


def _read_cue(
    kind: TranscriptKind, cues: Cues, line: int, times: re.Match[str], payload: str
) -> None:
    start_ms, end_ms = ms_from_clock(times.groups()[:4]), ms_from_clock(times.groups()[4:])
    if start_ms is None or end_ms is None:
        cues.wrong("text.cue-without-times", line)
        return
    cues.look_at(start_ms, end_ms, line)
    for speaker, words in _voices(payload, kind):
        cues.take(start_ms, end_ms, words, speaker)


def _voices(payload: str, kind: TranscriptKind) -> Iterator[tuple[str | None, str]]:
    """Yield who says what in one cue; silent stretches are left out."""
    if kind == "srt":
        parts: list[str | None] = [_tidy(_SRT_TAG.sub("", payload))]
    else:
        # With one group in the pattern, split gives words, name, words, name, words.
        parts = [part and _decoded(part) for part in _VOICE.split(payload)]
    for speaker, words in zip([None, *parts[1::2]], parts[::2], strict=True):
        if words:
            yield speaker or None, words


def _decoded(payload: str) -> str:
    if "<" in payload:
        payload = _VTT_TAG.sub("", payload)
    return _tidy(clean(html.unescape(payload)) if "&" in payload else payload)


def _tidy(words: str) -> str:
    if "\n" not in words:
        return words.strip()
    return "\n".join(line.strip() for line in words.split("\n") if line.strip())
