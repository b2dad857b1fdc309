"""Blocks of samples become an encoded file, on all cores."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Self

from sendeturm.sound.blocks import Block
from sendeturm.sound.frames import FRAME_SAMPLES, Mp3File, Mp3Format
from sendeturm.sound.joins import WARM_UP, Joiner, Stretch
from sendeturm.sound.mp3 import SAMPLE_BYTES, pcm
from sendeturm.sound.survey import Reached
from sendeturm.sound.workers import cores, executor
from sendeturm.units import MS_PER_SECOND

STRETCH_FRAMES = 1568
"""Frames encoded by one encoder: 38 s.

A multiple of 49, after which the lengths of frames repeat at 44.1 kHz: so they fall as they would
in one stream. Fixed, so that the file does not depend on the number of cores.
"""


def seams_ms(duration_ms: int, rate_hz: int) -> tuple[int, ...]:
    """Return where an MP3 of this length goes from one stretch's frames to the next's.

    It does so in the first frames that fit, mostly a few after these moments.
    """
    frame_ms = FRAME_SAMPLES * MS_PER_SECOND / rate_hz
    first = STRETCH_FRAMES + WARM_UP + 1
    last = round(duration_ms / frame_ms)
    return tuple(round(number * frame_ms) for number in range(first, last, STRETCH_FRAMES))


def encode(
    blocks: Iterable[Block],
    form: Mp3Format,
    part: Path,
    total_ms: int,
    reached: Reached,
    *,
    stretch_frames: int = STRETCH_FRAMES,
) -> int:
    """Encode mastered blocks into the MP3 `part`; return the samples of each channel.

    `total_ms` is what progress counts up to. Raises OSError where the file cannot be written.
    """
    samples = 0
    with part.open("wb") as out:
        mp3 = Mp3File(out, form)
        with _SideBySide(form, mp3.write, stretch_frames) as lame:
            for block in blocks:
                lame.add(pcm(block, form.bitrate_kbps))
                samples += block.shape[1]
                done_ms = round(samples * MS_PER_SECOND / form.rate_hz)
                reached(min(done_ms, total_ms), total_ms)
            lame.finish()
        mp3.finish(samples)
    return samples


class _Lane:
    """A stretch that a worker encodes while its samples still come."""

    def __init__(self, form: Mp3Format, first: int) -> None:
        self.stretch = Stretch(form, first)
        self._taken = Lock()  # held by whoever works on the stretch
        self._next = Lock()  # held by whoever works on it next
        self.begun: deque[bytes] | None = deque()
        """What is encoded so far, for the stretch before to go on into; None once they are one."""
        self._waiting: deque[bytes] = deque()
        self._work: Future[None] | None = None

    @property
    def is_idle(self) -> bool:
        """Say whether all samples so far are encoded."""
        return not self._waiting and (self._work is None or self._work.done())

    def add(self, samples: bytes) -> None:
        """Let a worker encode more samples."""
        self._waiting.append(samples)
        if self._work is None or self._work.done():
            self._work = executor().submit(self._encode)

    def wait(self) -> None:
        """Wait until all samples so far are encoded; raises what encoding raised."""
        while self._work is not None:
            self._work.result()
            # What came while the worker was leaving is still there.
            self._work = executor().submit(self._encode) if self._waiting else None

    def cancel(self) -> None:
        """Encode nothing more."""
        self._waiting.clear()

    def join(self, joiner: Joiner) -> bool:
        """Let the stretch before go on into this one; say whether this one has taken over."""
        with self._alone():
            while self.begun:
                if joiner.join(self.stretch, self.begun.popleft()):
                    self.begun = None
                    return True
        return False

    def _encode(self) -> None:
        while self._waiting:
            samples = self._waiting.popleft()
            with self._alone():
                self.stretch.add(samples)
                if self.begun is not None:
                    self.begun.append(samples)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Give the stretch to one thread at a time, in turn.

        Whoever joins would wait for all samples to be encoded otherwise: the worker that lets go
        of a lock has it again before anybody wakes up.
        """
        with self._next:
            self._taken.acquire()
        try:
            yield
        finally:
            self._taken.release()


class _SideBySide:
    """Cuts the signal into stretches, encodes them at the same time, joins them in order.

    One stretch more than there are cores is open at most, whatever the length of the signal.
    """

    def __init__(
        self, form: Mp3Format, write: Callable[[bytes], None], stretch_frames: int
    ) -> None:
        self._form = form
        self._joiner = Joiner(write)
        self._frames = stretch_frames
        self._first = 0
        self._room = 0  # bytes that the last lane still takes
        self._lanes: deque[_Lane] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for lane in self._lanes:  # something failed: nothing else is left here
            lane.cancel()

    def add(self, samples: bytes) -> None:
        """Take samples, cut anywhere."""
        left = memoryview(samples)
        while left:
            if not self._room:
                self._begin()
            piece, left = left[: self._room], left[self._room :]
            self._lanes[-1].add(bytes(piece))
            self._room -= len(piece)
        self._join()

    def finish(self) -> None:
        """Encode what is left and write everything."""
        if not self._lanes:
            self._begin()
        self._room = 0
        for lane in tuple(self._lanes):
            lane.wait()
            self._join()
        self._joiner.finish()

    def _begin(self) -> None:
        """Begin a lane as soon as there is a core for it."""
        self._join()
        while lane := self._in_the_way():
            lane.wait()
            self._join()
        lane = _Lane(self._form, self._first)
        if not self._lanes:
            lane.begun = None
            self._joiner.open(lane.stretch)
        self._lanes.append(lane)
        self._first += self._frames
        self._room = self._frames * FRAME_SAMPLES * self._form.channels * SAMPLE_BYTES

    def _in_the_way(self) -> _Lane | None:
        """Return the lane to wait for where one more would only hold memory."""
        busy = [lane for lane in self._lanes if not lane.is_idle]
        is_crowded = len(busy) >= cores() or len(self._lanes) > cores()
        return [*busy, self._lanes[0]][0] if is_crowded else None

    def _join(self) -> None:
        """Join all that can be joined by now."""
        while len(self._lanes) > 1 and self._lanes[0].is_idle:
            self._lanes[0].wait()
            later = self._lanes[1]
            is_whole = later.is_idle and (later is not self._lanes[-1] or not self._room)
            if later.join(self._joiner):
                self._lanes.popleft()
            elif is_whole:
                later.wait()
                self._joiner.go_on()
                del self._lanes[1]
            else:
                return
