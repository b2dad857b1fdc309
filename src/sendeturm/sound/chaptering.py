"""Chapters of an M4A: a track of texts (QuickTime) and a list (Nero), beside untouched frames."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import av

from sendeturm.errors import fail
from sendeturm.model import Chapter
from sendeturm.sound.decode import OPTIONS
from sendeturm.units import MS_PER_SECOND


def muxer_options(rate_hz: int) -> dict[str, str]:
    """Return FFmpeg's options for an M4A that starts to play before it is loaded.

    Lengths in its edit list count samples, not thousandths of a second.
    """
    return {"movflags": "+faststart", "movie_timescale": str(rate_hz)}


def put_chapters_in(
    source: Path, target: Path, chapters: Sequence[Chapter], duration_ms: int
) -> None:
    """Write the M4A `source` to `target` with these chapters instead of its own.

    The frames of its sound are copied bit for bit, tags are left out. Raises SendeturmError
    (`sound.no-cache`) where `target` cannot be written.
    """
    try:
        _copy(source, target, _plain(chapters, duration_ms))
    except OSError as error:
        raise fail("sound.no-cache", file=target, reason=error.strerror or str(error)) from error


def _copy(source: Path, target: Path, chapters: list[Any]) -> None:
    with av.open(f"file:{source}", container_options=OPTIONS) as read:
        sound: Any = read.streams.best("audio")
        options = muxer_options(sound.codec_context.sample_rate)
        with av.open(f"file:{target}", "w", format="ipod", options=options) as written:
            stream = written.add_stream_from_template(sound)
            written.set_chapters(chapters)
            for packet in read.demux(sound):
                if packet.size:
                    packet.stream = stream
                    written.mux(packet)


def _plain(chapters: Sequence[Chapter], duration_ms: int) -> list[Any]:
    heard = [c for c in chapters if c.start_ms < duration_ms and not c.is_hidden]
    heard.sort(key=lambda chapter: chapter.start_ms)
    ends_ms = [*(after.start_ms for _, after in pairwise(heard)), duration_ms]
    return [
        {
            "id": number,
            "start": chapter.start_ms,
            "end": end_ms,
            "time_base": Fraction(1, MS_PER_SECOND),
            "metadata": {"title": chapter.title},
        }
        for number, (chapter, end_ms) in enumerate(zip(heard, ends_ms, strict=True))
    ]
