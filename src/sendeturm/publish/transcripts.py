"""Transcripts as they are published, and read back from the store for the pages."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sendeturm.errors import fail
from sendeturm.model import Cue, Record, TranscriptFile
from sendeturm.publish.writing import write_whole
from sendeturm.store.protocol import Store
from sendeturm.units import clock_from_ms

VTT = "text/vtt"
SRT = "application/x-subrip"
HTML = "text/html"
PLAIN = "text/plain"
FETCHERS = 8


def transcript_bodies(
    cues: Sequence[Cue], title: str, language: str, made_by: str = ""
) -> dict[str, bytes]:
    """Return a transcript in every form it is published in, by Content-Type."""
    from sendeturm.text import (  # noqa: PLC0415  # few episodes have a transcript
        srt,
        transcript_html,
        transcript_text,
        vtt,
    )

    page = {HTML: transcript_html(cues, title, language)}
    if all(cue.is_timed for cue in cues):
        return {VTT: vtt(cues, made_by), SRT: srt(cues)} | page
    return page | {PLAIN: f"{transcript_text(cues)}\n".encode()}


def within(cues: Sequence[Cue], duration_ms: int, file: str) -> tuple[Cue, ...]:
    """Return the cues, the last ones ended with the sound.

    Raises `publish.transcript-too-late` if one begins after it: it is another recording's.
    """
    refuse_late(cues, duration_ms, file)
    return tuple(
        cue.model_copy(update={"end_ms": duration_ms}) if cue.end_ms > duration_ms else cue
        for cue in cues
    )


def refuse_late(cues: Sequence[Cue], end_ms: int, file: str) -> None:
    """Raise `publish.transcript-too-late` if a cue begins at `end_ms` or after it."""
    late = [cue for cue in cues if cue.is_timed and cue.start_ms >= end_ms]
    if late:
        at, end = clock_from_ms(late[0].start_ms), clock_from_ms(end_ms)
        raise fail("publish.transcript-too-late", file=file, at=at, end=end)


def read_transcripts(
    store: Store, records: Sequence[Record], cache: Path | None
) -> dict[str, tuple[Cue, ...]]:
    """Return the cues of every record that has a transcript in WebVTT or plain text, by GUID."""
    files = {record.guid: _readable(record) for record in records}
    found = {guid: file for guid, file in files.items() if file is not None}
    with ThreadPoolExecutor(FETCHERS) as pool:
        cues = list(pool.map(lambda file: _read(store, file, cache), found.values()))
    return {guid: one for guid, one in zip(found, cues, strict=True) if one}


def _readable(record: Record) -> TranscriptFile | None:
    by_type = {file.type: file for file in record.transcripts}
    return by_type.get(VTT) or by_type.get(PLAIN)


def _read(store: Store, file: TranscriptFile, cache: Path | None) -> tuple[Cue, ...]:
    from sendeturm.text import (  # noqa: PLC0415  # only shows with transcripts
        parse_transcript,
        tied_cues,
    )

    key = file.key
    local = cache / key if cache else None
    if local is not None and local.is_file():
        body = local.read_bytes()
    else:
        stored = store.get(key)
        if stored is None:
            return ()
        body = stored.body
        if local is not None:
            write_whole(local, body)  # named by content: it never changes
    words = body.decode("utf-8", "replace")
    if file.type == VTT:
        return parse_transcript(words, "vtt", key)[0]
    return tied_cues(parse_transcript(words, "text", key)[0], ())
