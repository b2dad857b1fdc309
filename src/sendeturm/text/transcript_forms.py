"""Transcripts as they leave: WebVTT, SubRip, HTML and plain text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence

from sendeturm.model import Cue
from sendeturm.text.cleaning import clean
from sendeturm.units import clock_from_ms, timecode_from_ms

MADE_BY = "NOTE made by:"
_HEAD_LINES = 10
_PAUSE_MS = 2000
_TAG = re.compile(r"<(/?[a-zA-Z][^<>]*)>")


def vtt(cues: Iterable[Cue], made_by: str = "") -> bytes:
    """Return WebVTT in UTF-8, speakers as `<v Name>`; a note says which machine made it."""
    head = ["WEBVTT", *([f"{MADE_BY} {_one_line(made_by)}"] if made_by else [])]
    return "\n\n".join([*head, *(_vtt_cue(cue) for cue in cues)]).encode() + b"\n"


def maker_of(webvtt: str) -> str:
    """Return the machine that a WebVTT file says it was made by; empty if it says none."""
    lines = clean(webvtt).split("\n", _HEAD_LINES)[:_HEAD_LINES]
    return next((_one_line(x.removeprefix(MADE_BY)) for x in lines if x.startswith(MADE_BY)), "")


def _vtt_cue(cue: Cue) -> str:
    times = f"{timecode_from_ms(cue.start_ms)} --> {timecode_from_ms(cue.end_ms)}"
    # Hyphens before the closing bracket would make an arrow, and with it a line of times.
    speaker = _one_line(cue.speaker or "").rstrip("-")
    voice = f"<v {_escaped(speaker)}>" if speaker else ""
    return f"{times}\n{voice}{_escaped(_tidy(clean(cue.text)))}"


def srt(cues: Iterable[Cue]) -> bytes:
    """Return SubRip in UTF-8; a speaker is named where one begins to speak (`Anna: …`)."""
    blocks, last = list[str](), ""
    for number, cue in enumerate(cues, 1):
        speaker = _one_line(cue.speaker or "")
        name = f"{speaker}: " if speaker and speaker != last else ""
        times = f"{timecode_from_ms(cue.start_ms)} --> {timecode_from_ms(cue.end_ms)}"
        # SubRip knows no escapes: what would be taken for times or a tag is written otherwise.
        words = _TAG.sub(r"‹\1›", f"{name}{_tidy(clean(cue.text))}".replace("-->", "→"))
        blocks.append(f"{number}\n{times.replace('.', ',')}\n{words}\n")
        last = speaker
    return "\n".join(blocks).encode()


def transcript_html(cues: Sequence[Cue], title: str, language: str) -> bytes:
    """Return a page of its own in UTF-8: `<cite>` who speaks, `<time>` when, `<p>` what.

    Source: podcast-namespace, docs/examples/transcripts/transcripts.md.
    """
    name, code = _escaped(_one_line(title)), html.escape(language)
    head = f'<!DOCTYPE html>\n<html lang="{code}">\n<meta charset="utf-8">\n<title>{name}</title>'
    body = "\n".join(_html_turn(turn) for turn in turns(cues))
    return f"{head}\n{body}\n</html>\n".encode()


def _html_turn(turn: Sequence[Cue]) -> str:
    first = turn[0]
    speaker = _escaped(_one_line(first.speaker or ""))
    cite = f"<cite>{speaker}:</cite>\n" if speaker else ""
    time = f"<time>{clock_from_ms(first.start_ms)}</time>\n" if first.is_timed else ""
    words = " ".join(_one_line(cue.text) for cue in turn)
    return f"{cite}{time}<p>{_escaped(words)}</p>"


def transcript_text(cues: Iterable[Cue]) -> str:
    """Return what is said as plain text, a paragraph for each turn: `Anna: …`.

    Where nobody is named, a pause of two seconds begins a new paragraph.
    """
    return "\n\n".join(_plain_turn(turn) for turn in turns(cues))


def _plain_turn(turn: Sequence[Cue]) -> str:
    name = f"{_one_line(turn[0].speaker)}: " if turn[0].speaker else ""
    return name + " ".join(_one_line(cue.text) for cue in turn)


def turns(cues: Iterable[Cue]) -> Iterator[list[Cue]]:
    """Yield what one person says in one go; a cue without times is one by itself."""
    turn: list[Cue] = []
    for cue in cues:
        if turn and _is_new_turn(turn[-1], cue):
            yield turn
            turn = []
        turn.append(cue)
    if turn:
        yield turn


def _is_new_turn(last: Cue, cue: Cue) -> bool:
    paused = cue.speaker is None and cue.start_ms - last.end_ms >= _PAUSE_MS
    return not cue.is_timed or paused or cue.speaker != last.speaker


def _one_line(words: str) -> str:
    return " ".join(clean(words).split())


def _tidy(words: str) -> str:
    return "\n".join(line.strip() for line in words.split("\n") if line.strip())


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
