"""Chapters and transcripts from the old host, as files that publish reads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from sendeturm.errors import Problem, Severity
from sendeturm.importing.values import FoundTranscript
from sendeturm.model import Chapter, Cue
from sendeturm.text.chapter_json import chapters_json
from sendeturm.text.chapters import ChapterKind, parse_chapters
from sendeturm.text.found import fitting
from sendeturm.text.notes import sanitize
from sendeturm.text.plain import plain_text
from sendeturm.text.transcript_forms import vtt
from sendeturm.text.transcripts import TranscriptKind, parse_transcript

CHAPTERS_ENDING: Final = ".chapters.json"
_ENDINGS: dict[TranscriptKind, str] = {
    "vtt": ".vtt",
    "srt": ".srt",
    "json": ".transcript.json",
    "text": ".transcript.txt",
}
_TYPES: dict[str, TranscriptKind] = {
    "text/vtt": "vtt",
    "application/x-subrip": "srt",
    "application/srt": "srt",
    "text/srt": "srt",
    "application/json": "json",
    "text/plain": "text",
    "text/html": "text",
}
_BEST_FIRST = ("text/vtt", "application/json", "application/x-subrip", "application/srt")
_NAMED: dict[str, TranscriptKind] = {"vtt": "vtt", "srt": "srt", "json": "json"}
_HTML = re.compile(r"<(?:!doctype|html|body|p|div|cite|time)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FoundText:
    """A file to be written beside an episode; `is_mended` says that it is not as it was."""

    ending: str
    body: bytes
    is_mended: bool = False


def decoded(body: bytes) -> str:
    """Return text in UTF-8, or in what Windows took for it."""
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("cp1252", errors="replace")


def found_chapters(body: bytes, file: str) -> tuple[FoundText | None, tuple[Chapter, ...]]:
    """Return a file of chapters, mended where it is broken, and the chapters; None without any."""
    text = decoded(body)
    kind: ChapterKind = "psc" if text.lstrip().startswith("<") else "json"
    chapters, problems = parse_chapters(text, file, kind)
    if not chapters:
        return None, ()
    if kind == "json" and not _errors(problems):
        return FoundText(CHAPTERS_ENDING, text.encode()), chapters
    if _errors(problems):
        chapters = fitting(((c.start_ms, c.title, c.url) for c in chapters), file)[0]
    mended = FoundText(CHAPTERS_ENDING, chapters_json(chapters), bool(_errors(problems)))
    return mended, chapters


def heard_chapters(chapters: Iterable[Chapter], duration_ms: int) -> FoundText | None:
    """Return a file of those chapters that begin before the end; None if all of them do.

    Without any that could be heard, it lists the beginning alone.
    """
    listed = tuple(chapters)
    heard = tuple(chapter for chapter in listed if chapter.start_ms < duration_ms)
    if len(heard) == len(listed) or not duration_ms:
        return None
    first = listed[0].model_copy(update={"start_ms": 0})
    return FoundText(CHAPTERS_ENDING, chapters_json(heard or (first,)), is_mended=True)


def with_pictures(
    found: FoundText, chapters: Iterable[Chapter], files: Mapping[str, str]
) -> FoundText:
    """Return a file of chapters that names pictures' files instead of their addresses."""
    if not files:
        return found
    listed = parse_chapters(decoded(found.body), "", "json")[0] or tuple(chapters)
    named = (c.model_copy(update={"image": files.get(c.image or "", c.image)}) for c in listed)
    return replace(found, body=chapters_json(tuple(named)))


def best_first(transcripts: Iterable[FoundTranscript], language: str) -> list[FoundTranscript]:
    """Return transcripts in the order they are wanted: the show's language, then what says most."""

    def rank(one: FoundTranscript) -> tuple[bool, int]:
        spoken = one.language.partition("-")[0].lower()
        is_other = spoken not in {"", language.partition("-")[0]}
        known = _BEST_FIRST.index(one.type) if one.type in _BEST_FIRST else len(_BEST_FIRST)
        return is_other, known + (one.type == "text/html")

    return sorted(transcripts, key=rank)


def found_transcript(body: bytes, asked: FoundTranscript, file: str) -> FoundText | None:
    """Return a transcript's file, mended where its times are wrong; None if nothing is said."""
    text = decoded(body)
    kind = _kind(text, asked)
    if kind == "text" and _HTML.search(text[:2000]):
        text = plain_text(sanitize(text))
    cues, problems = parse_transcript(text, kind, file)
    if not cues:
        return None
    if not _errors(problems):
        return FoundText(_ENDINGS[kind], text.encode())
    return FoundText(_ENDINGS["vtt"], vtt(_in_order(cues)), is_mended=True)


def _kind(text: str, asked: FoundTranscript) -> TranscriptKind:
    """Return what a transcript is: what it looks like counts more than what it is called."""
    start = text.lstrip()
    if start.startswith("WEBVTT"):
        return "vtt"
    if start.startswith("{"):
        return "json"
    ending = asked.url.partition("?")[0].rpartition(".")[2].lower()
    return _TYPES.get(asked.type.partition(";")[0]) or _NAMED.get(ending, "text")


def _in_order(cues: Iterable[Cue]) -> list[Cue]:
    timed = (cue for cue in cues if cue.end_ms > cue.start_ms)
    return sorted(timed, key=lambda cue: cue.start_ms)


def _errors(problems: Iterable[Problem]) -> list[Problem]:
    return [found for found in problems if found.severity is Severity.ERROR]
