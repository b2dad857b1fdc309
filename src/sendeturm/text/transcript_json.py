"""Transcripts in JSON: that of the podcast namespace, and what Whisper's programs write."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from sendeturm.model import Cue
from sendeturm.text.chapter_json import ms_of
from sendeturm.text.cleaning import clean
from sendeturm.text.cues import Cues

LINE_CHARACTERS = 80
"""How long single words become when they are joined to lines."""

_PAUSE_MS = 1000
_MOST_WORDS = 1.5
_LAST_MS = 2000
_SENTENCE_ENDS = (".", "!", "?", "…")


def read_json(text: str, cues: Cues) -> None:
    """Add the segments of `{"segments": [{"speaker", "startTime", "endTime", "body"}]}`.

    Whisper's `start`, `end` and `text` are known as well. An end that is missing is where the
    next segment begins. Source: podcast-namespace, docs/examples/transcripts/transcripts.md.
    """
    try:
        document = json.loads(clean(text))
    except json.JSONDecodeError as error:
        cues.wrong("text.broken-json", error.lineno, reason=error.msg)
        return
    except (RecursionError, ValueError):  # lists in lists in lists; a number of 5,000 digits
        cues.wrong("text.broken-json", None, reason="–")
        return
    segments = document.get("segments") if isinstance(document, dict) else None
    if not isinstance(segments, list):
        cues.wrong("text.no-json-transcript", None)
        return
    for cue, key in _joined(_with_ends(list(_segments(segments, cues)))):
        cues.add(cue.start_ms, cue.end_ms, cue.text, cue.speaker, key=key)


def _segments(entries: Iterable[Any], cues: Cues) -> Iterator[tuple[Cue, str]]:
    """Yield each segment that says something; an end that is not told is 0."""
    for number, entry in enumerate(entries, 1):
        values, key = entry if isinstance(entry, dict) else {}, f"segments[{number}]"
        start_ms = ms_of(values.get("startTime", values.get("start")))
        end = values.get("endTime", values.get("end"))
        end_ms = 0 if end is None else ms_of(end)
        words = _text(values.get("body", values.get("text")))
        if start_ms is None or end_ms is None:
            cues.wrong("text.segment-without-times", None, key)
        elif words:
            speaker = _text(values.get("speaker")) or None
            yield Cue(start_ms=start_ms, end_ms=end_ms, text=words, speaker=speaker), key


def _text(value: Any) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _with_ends(segments: list[tuple[Cue, str]]) -> list[tuple[Cue, str]]:
    """Give each segment an end."""
    if not segments:
        return []
    starts_ms = [cue.start_ms for cue, _ in segments]
    nexts_ms = [*(after for _, after in pairwise(starts_ms)), starts_ms[-1] + _LAST_MS]
    return [
        (cue if cue.end_ms else cue.model_copy(update={"end_ms": next_ms}), key)
        for (cue, key), next_ms in zip(segments, nexts_ms, strict=True)
    ]


def _joined(segments: list[tuple[Cue, str]]) -> list[tuple[Cue, str]]:
    """Join segments that are single words, as some services export them, to lines."""
    words = sum(len(cue.text.split()) for cue, _ in segments)
    if not segments or words > len(segments) * _MOST_WORDS:
        return segments
    lines = segments[:1]
    for cue, key in segments[1:]:
        last, first_key = lines[-1]
        if _goes_on(last, cue):
            end = {"end_ms": cue.end_ms, "text": f"{last.text} {cue.text}"}
            lines[-1] = last.model_copy(update=end), first_key
        else:
            lines.append((cue, key))
    return lines


def _goes_on(last: Cue, cue: Cue) -> bool:
    fits = len(last.text) + len(cue.text) < LINE_CHARACTERS
    is_near = last.start_ms <= cue.start_ms <= last.end_ms + _PAUSE_MS
    return fits and is_near and cue.speaker == last.speaker and _is_open(last.text)


def _is_open(words: str) -> bool:
    return not words.endswith(_SENTENCE_ENDS)
