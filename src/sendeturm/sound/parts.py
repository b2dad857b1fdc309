"""The first pass over a WAV or FLAC in parts, on all cores."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, wait
from contextlib import closing
from dataclasses import dataclass, field
from threading import Event

from sendeturm.errors import SendeturmError
from sendeturm.sound.blocks import Block
from sendeturm.sound.decode import open_recording
from sendeturm.sound.loudness import HOP_MS
from sendeturm.sound.program import Program, Single
from sendeturm.sound.streams import Reader
from sendeturm.sound.survey import Excerpt, Excerpts, Reached, Survey, Surveyor, survey
from sendeturm.sound.workers import cores, executor
from sendeturm.units import MS_PER_SECOND

PART_S = 120
"""Seconds of a part. Fixed, so that the result does not depend on the number of cores."""

LEAD_S = 1
"""What is heard before a part: the K-weighting forgets within a tenth of it."""

_TELL_S = 0.2


def surveyed(program: Program, reached: Reached) -> Survey:
    """Measure a program, side by side where it is one whole recording that can be cut anywhere.

    Wherever a part meets something odd, the whole is measured from start to end, which tells what
    it is. Raises what decoding the program raises.
    """
    if isinstance(program, Single) and cores() > 1:
        found = _InParts(program).run(reached)
        if found is not None:
            return found
    return survey(program, reached)


class _OddError(Exception):
    """A part is not as the recording promised."""


@dataclass(slots=True)
class _Part:
    """What is measured of a part, and the excerpts that lie in it."""

    surveyor: Surveyor
    excerpts: list[Excerpt] = field(default_factory=list)
    done_ms: int = 0


class _InParts:
    """A recording being measured in parts."""

    def __init__(self, single: Single) -> None:
        self._single = single
        self._stop = Event()
        self._highest = 0.0
        with open_recording(single.path, single.file) as opened:
            self._samples = opened.seekable_samples if opened.rate_hz == single.rate_hz else None
        seconds = -(-(self._samples or 0) // single.rate_hz)
        self._starts = range(0, seconds, PART_S)
        kept: Excerpts[int] = Excerpts()
        for second in range(seconds):
            kept.add(second)
        self._kept = frozenset(kept.blocks)

    def run(self, reached: Reached) -> Survey | None:
        """Return the survey, None where it takes one pass from start to end."""
        if len(self._starts) <= 1:
            return None
        parts = [_Part(self._surveyor()) for _ in self._starts]
        work = [
            executor().submit(self._measure, part, start)
            for part, start in zip(parts, self._starts, strict=True)
        ]
        try:
            self._watch(parts, work, reached)
        except (_OddError, LookupError, SendeturmError):
            return None
        finally:
            self._stop.set()
            wait([future for future in work if not future.cancel()])
        return self._joined(parts)

    def _surveyor(self) -> Surveyor:
        return Surveyor(self._single.rate_hz, self._single.channels)

    def _watch(self, parts: list[_Part], work: list[Future[None]], reached: Reached) -> None:
        total_ms = (self._samples or 0) * MS_PER_SECOND // self._single.rate_hz
        waiting = set(work)
        while waiting:
            done, waiting = wait(waiting, _TELL_S)
            for future in done:
                future.result()
            reached(min(total_ms, sum(part.done_ms for part in parts)), total_ms)

    def _measure(self, part: _Part, start: int) -> None:
        single = self._single
        lead = LEAD_S if start else 0
        with (
            open_recording(single.path, single.file) as opened,
            closing(opened.blocks_from(start - lead, single.channels)) as blocks,
        ):
            seconds = _seconds(Reader(blocks, single.channels), single.rate_hz, lead + PART_S)
            for second, block in enumerate(seconds, start - lead):
                if self._stop.is_set():
                    return
                self._take(part, second, block, is_lead=second < start)
            if not opened.is_clean:
                raise _OddError

    def _take(self, part: _Part, second: int, block: Block, *, is_lead: bool) -> None:
        if is_lead:
            part.surveyor.hear(block)
            return
        part.surveyor.share_peak(self._highest)
        part.done_ms = part.surveyor.add(block)
        # Another thread may have gone further meanwhile: what is lost is a moment's knowledge.
        self._highest = part.surveyor.share_peak(self._highest)
        if second in self._kept:
            part.excerpts.append(Excerpt(second * self._single.rate_hz, block))

    def _joined(self, parts: list[_Part]) -> Survey | None:
        whole = parts[0].surveyor
        for part in parts[1:]:
            whole.append(part.surveyor, LEAD_S * MS_PER_SECOND // HOP_MS)
        excerpts = tuple(one for part in parts for one in part.excerpts)
        found = whole.finish((), excerpts)
        self._single.ensure_unchanged()
        return found if found.samples == self._samples else None


def _seconds(reader: Reader, rate_hz: int, most: int) -> Iterator[Block]:
    """Yield the next blocks of a second each."""
    for _ in range(most):
        block = reader.take(rate_hz)
        if not block.shape[1]:
            return
        yield block
