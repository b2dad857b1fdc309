"""Measuring an audio file as a report wants it, without making anything of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import numpy as np

from sendeturm.events import Listener, Progress, Stage, silence
from sendeturm.model import Measurement
from sendeturm.sound.blocks import Block
from sendeturm.sound.course import short_term_course
from sendeturm.sound.parts import surveyed
from sendeturm.sound.peaks import AFTER, BEFORE, Places, curve_above
from sendeturm.sound.prefetch import ahead
from sendeturm.sound.program import Program, Single
from sendeturm.sound.survey import Survey
from sendeturm.sound.voices import voices_of
from sendeturm.units import ratio_from_db

USUAL_CEILING_DBTP = -1.0


def measure(
    path: Path,
    file: str,
    listen: Listener = silence,
    *,
    ceiling_dbtp: float = USUAL_CEILING_DBTP,
) -> Measurement:
    """Measure any audio file as `master` would hear it; `file` is its name in messages and events.

    `over_s` of the result counts peaks above `ceiling_dbtp`. Raises SendeturmError for what cannot
    be decoded.
    """

    def reached(done_ms: int, total_ms: int) -> None:
        listen(Progress(file, Stage.MEASURE, done_ms, total_ms))

    single = Single(path, file)
    seen = surveyed(single, reached)
    return Measurement(
        duration_ms=seen.duration_ms,
        channels=single.source.channels,
        sample_rate_hz=single.source.sample_rate_hz,
        codec=single.source.codec,
        bit_rate_kbps=single.source.bit_rate_kbps,
        loudness=seen.loudness,
        voices=voices_of(seen.profile),
        sample_peak_dbfs=seen.sample_peak_dbfs,
        waveform=seen.profile.waveform,
        short_term_lufs=short_term_course(seen.profile),
        over_s=seconds_over(single, seen, ceiling_dbtp),
        notices=seen.notices,
    )


def seconds_over(program: Program, seen: Survey, ceiling_dbtp: float) -> tuple[int, ...]:
    """Return the seconds of a surveyed program in which its true peak exceeds a ceiling.

    Takes a second look at it, and only where there is something to find.
    """
    if seen.loudness.true_peak_dbtp <= ceiling_dbtp:
        return ()
    found: set[int] = set()
    with closing(ahead(program.blocks())) as coming:
        for places in _places_over(coming, ratio_from_db(ceiling_dbtp)):
            found |= set(np.unique(np.maximum(places, 0) // seen.rate_hz).tolist())
    return tuple(sorted(found))


def _places_over(blocks: Iterable[Block], ceiling: float) -> Iterator[Places]:
    """Yield for each block the samples whose curve exceeds `ceiling`, counted from the start."""
    first = -AFTER
    context: Block | None = None
    for block in _and_silence(blocks):
        if context is None:
            context = np.zeros((len(block), BEFORE + AFTER), dtype=np.float32)
        padded = np.concatenate((context, block), axis=1)
        for channel in padded:
            places, curve = curve_above(channel, ceiling)
            yield places[curve > ceiling] + first
        first += block.shape[1]
        context = padded[:, -(BEFORE + AFTER) :]


def _and_silence(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks and what the curve behind the last sample needs."""
    channels = 0
    for block in blocks:
        channels = len(block)
        yield block
    yield np.zeros((channels, AFTER), dtype=np.float32)
