"""Blocks of samples become an encoded file, on all cores."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from pathlib import Path
from types import TracebackType
from typing import Self

from sendeturm.sound.decode import Block
from sendeturm.sound.frames import FRAME_SAMPLES, Mp3File, Mp3Format
from sendeturm.sound.joins import WARM_UP, Joiner, Stretch
from sendeturm.sound.mp3 import SAMPLE_BYTES, pcm
from sendeturm.sound.survey import Reached
from sendeturm.sound.workers import cores, executor
from sendeturm.units import MS_PER_SECOND

STRETCH_FRAMES = 1568
"""Frames encoded in one go: 38 s.

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


class _SideBySide:
    """Cuts the signal into stretches, encodes them at the same time, joins them in order.

    A stretch more than there are cores is held at most, whatever the length of the signal.
    """

    def __init__(
        self, form: Mp3Format, write: Callable[[bytes], None], stretch_frames: int
    ) -> None:
        self._form = form
        self._joiner = Joiner(form, write)
        self._frames = stretch_frames
        self._bytes = stretch_frames * FRAME_SAMPLES * form.channels * SAMPLE_BYTES
        self._rest = bytearray()
        self._first = 0
        self._begun: deque[tuple[bytes, Future[Stretch]]] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for _, stretch in self._begun:  # something failed: nothing else is left here
            stretch.cancel()

    def add(self, samples: bytes) -> None:
        """Take samples, cut anywhere."""
        self._rest += samples
        while len(self._rest) >= self._bytes:
            whole = bytes(memoryview(self._rest)[: self._bytes])
            del self._rest[: self._bytes]
            self._begin(whole)

    def finish(self) -> None:
        """Encode what is left and write everything."""
        self._begin(bytes(self._rest))
        while self._begun:
            self._join()
        self._joiner.finish()

    def _begin(self, samples: bytes) -> None:
        while len(self._begun) > cores():
            self._join()
        stretch = executor().submit(_encoded, self._form, self._first, samples)
        self._begun.append((samples, stretch))
        self._first += self._frames

    def _join(self) -> None:
        samples, stretch = self._begun[0]
        self._joiner.add(stretch.result(), samples)
        self._begun.popleft()


def _encoded(form: Mp3Format, first: int, samples: bytes) -> Stretch:
    stretch = Stretch(form, first)
    stretch.add(samples)
    return stretch
