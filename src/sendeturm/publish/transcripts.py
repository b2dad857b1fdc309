"""The published transcripts, read back from the store for the pages."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sendeturm.model import Cue, Record
from sendeturm.publish.writing import write_whole
from sendeturm.store.protocol import Store

VTT = "text/vtt"
FETCHERS = 8


def read_transcripts(
    store: Store, records: Sequence[Record], cache: Path | None
) -> dict[str, tuple[Cue, ...]]:
    """Return the cues of every record that has a WebVTT transcript, by GUID."""
    keys = {
        record.guid: file.key
        for record in records
        for file in record.transcripts
        if file.type == VTT
    }
    with ThreadPoolExecutor(FETCHERS) as pool:
        cues = list(pool.map(lambda key: _read(store, key, cache), keys.values()))
    return {guid: found for guid, found in zip(keys, cues, strict=True) if found}


def _read(store: Store, key: str, cache: Path | None) -> tuple[Cue, ...]:
    from sendeturm.text import parse_transcript  # noqa: PLC0415  # only shows with transcripts

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
    cues, _ = parse_transcript(body.decode("utf-8", "replace"), "vtt", key)
    return cues
