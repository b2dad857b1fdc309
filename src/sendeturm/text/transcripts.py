"""Transcripts: WebVTT and SubRip in, WebVTT and plain text out."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from sendeturm.errors import Problem, Severity, problem
from sendeturm.model import Cue
from sendeturm.text.cleaning import clean
from sendeturm.text.lines import CLOCK, lines_of, ms_from_clock, told
from sendeturm.units import timecode_from_ms

TranscriptKind = Literal["vtt", "srt"]

_TIMES = re.compile(rf"\s*{CLOCK}\s*-->\s*{CLOCK}(?:\s|$)")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?(?:\s+([^>]*))?>")
_VTT_TAG = re.compile(r"</?[a-zA-Z][^>]*>|<[0-9:.]+>|</>")
_SRT_TAG = re.compile(r"</?(?:[biu]|font[^>]*)>|\{\\[^}]*\}", re.IGNORECASE)
_ASIDE = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")
_PAUSE_MS = 2000


@dataclass
class _Reading:
    """What has been read of one file so far."""

    kind: TranscriptKind
    file: str
    cues: list[Cue] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    overlaps: list[int] = field(default_factory=list)  # lines

    def wrong(self, code: str, line: int) -> None:
        self.problems.append(problem(code, file=self.file, line=line))


def parse_transcript(
    text: str, kind: TranscriptKind, file: str
) -> tuple[tuple[Cue, ...], list[Problem]]:
    """Return the cues of a transcript and what is wrong with it.

    A WebVTT cue in several voices gives several cues of the same times. Tags are left out,
    entities decoded, lines kept. Cues that overlap get one warning, as speakers may do so;
    cues that go back in time or end before they begin are errors. Lines are 1-based.
    """
    reading = _Reading(kind, file)
    lines = lines_of(text)
    if kind == "vtt" and not re.match(r"WEBVTT(?:\s|$)", lines[0]):
        reading.wrong("text.no-webvtt", 1)
    for first, block in _blocks(lines):
        _read_block(reading, first, block)
    if not reading.cues and not reading.problems:
        reading.wrong("text.empty-transcript", 1)
    return tuple(reading.cues), [*told(reading.problems, file), *_overlaps(reading)]


def _blocks(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield stretches between blank lines, each with the number of its first line."""
    block: list[str] = []
    for number, line in enumerate([*lines, ""], 1):
        if line.strip():
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []


def _read_block(reading: _Reading, first: int, block: list[str]) -> None:
    if reading.kind == "vtt" and (_ASIDE.match(block[0]) or block[0].startswith("WEBVTT")):
        return
    at = 0 if "-->" in block[0] else 1  # a name or number may stand before the times
    times = _TIMES.match(block[at]) if at < len(block) else None
    if times is None:
        reading.wrong("text.cue-without-times", first)
    elif any("-->" in line and _TIMES.match(line) for line in block[at + 1 :]):
        reading.wrong("text.cues-without-gap", first + at)
    else:
        _read_cue(reading, first + at, times, "\n".join(block[at + 1 :]))


def _read_cue(reading: _Reading, line: int, times: re.Match[str], payload: str) -> None:
    start_ms, end_ms = ms_from_clock(times.groups()[:4]), ms_from_clock(times.groups()[4:])
    if start_ms is None or end_ms is None:
        reading.wrong("text.cue-without-times", line)
        return
    if end_ms <= start_ms:
        reading.wrong("text.cue-ends-early", line)
    elif reading.cues:
        _compare(reading, line, start_ms, end_ms)
    for speaker, words in _voices(payload, reading.kind):
        # Built without validation: an hour of speech has a thousand cues, all of them ours.
        reading.cues.append(
            Cue.model_construct(start_ms=start_ms, end_ms=end_ms, text=words, speaker=speaker)
        )


def _compare(reading: _Reading, line: int, start_ms: int, end_ms: int) -> None:
    last = reading.cues[-1]
    if start_ms < last.start_ms:
        reading.wrong("text.cue-goes-back", line)
    elif start_ms < last.end_ms and (start_ms, end_ms) != (last.start_ms, last.end_ms):
        reading.overlaps.append(line)


def _overlaps(reading: _Reading) -> list[Problem]:
    if not reading.overlaps:
        return []
    first, count = reading.overlaps[0], len(reading.overlaps)
    code, weight = "text.cues-overlap", Severity.WARNING
    return [problem(code, file=reading.file, line=first, severity=weight, count=count)]


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


def vtt(cues: Iterable[Cue]) -> bytes:
    """Return WebVTT in UTF-8, speakers as `<v Name>`."""
    return "\n\n".join(["WEBVTT", *(_vtt_cue(cue) for cue in cues)]).encode() + b"\n"


def _vtt_cue(cue: Cue) -> str:
    times = f"{timecode_from_ms(cue.start_ms)} --> {timecode_from_ms(cue.end_ms)}"
    # Hyphens before the closing bracket would make an arrow, and with it a line of times.
    speaker = " ".join(clean(cue.speaker or "").split()).rstrip("-")
    voice = f"<v {_escaped(speaker)}>" if speaker else ""
    return f"{times}\n{voice}{_escaped(_tidy(clean(cue.text)))}"


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def transcript_text(cues: Iterable[Cue]) -> str:
    """Return what is said as plain text, a paragraph for each turn: `Anna: …`.

    Where nobody is named, a pause of two seconds begins a new paragraph.
    """
    turns: list[list[str]] = []
    last: Cue | None = None
    for cue in cues:
        words = " ".join(cue.text.split())
        if last is None or _is_new_turn(last, cue):
            turns.append([f"{cue.speaker}: {words}" if cue.speaker else words])
        else:
            turns[-1].append(words)
        last = cue
    return "\n\n".join(" ".join(turn) for turn in turns)


def _is_new_turn(last: Cue, cue: Cue) -> bool:
    paused = cue.speaker is None and cue.start_ms - last.end_ms >= _PAUSE_MS
    return paused or cue.speaker != last.speaker
