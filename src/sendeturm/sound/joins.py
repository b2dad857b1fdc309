"""MP3 streams encoded side by side become one, without a gap or a garbled frame.

Encoders that begin at different frames of the same signal write nearly the same frames once the
later one has warmed up. One stream can go on as the other where two things hold:

- Both have long blocks in the frame before and the frame after the cut: then the overlapping
  halves of their transforms fit together.
- The later frame's main data begins no further back than the earlier stream has room to spare.
  A frame may keep the beginning of its data in the frames before it (the bit reservoir): these
  bytes move along, into the earlier stream's free tail.

Source: ISO/IEC 11172-3, 2.4.1.7 (side information) and 2.4.3.4 (main data, overlap).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sendeturm.sound.frames import FRAME_SAMPLES, HEADER_BYTES, Mp3Format, SideInfo, frame_length
from sendeturm.sound.mp3 import SAMPLE_BYTES, encoder

WARM_UP = 36
"""Frames after which an encoder has forgotten that it began in mid-signal.

Frames next to a join are as near to the signal as those of one stream: 0.3 % more noise on
average over speech, music and clicks at 64 to 128 kbit/s; after 24 frames it was 2 %.
"""

REACH = 12
"""More frames than main data can lie back: 511 bytes in the smallest frames."""

_PORTION = 16  # frames encoded at a time: a second portion of overlap is rarely needed


class Stretch:
    """Frames of one encoder that began at frame `first` of the file."""

    def __init__(self, form: Mp3Format, first: int) -> None:
        """Begin with an encoder that has heard nothing."""
        self.first = first
        self.form = form
        self._lame = encoder(form)
        self._stream = bytearray()
        self._starts = [0]  # of each whole frame, and where the next one will begin

    @property
    def end(self) -> int:
        """Return the number after the last whole frame's."""
        return self.first + len(self._starts) - 1

    def add(self, samples: bytes) -> None:
        """Encode more of the signal, 16-bit interleaved samples."""
        self._take(self._lame.encode(samples))

    def finish(self) -> None:
        """Let the encoder write its last frames."""
        self._take(self._lame.flush())

    def side(self, number: int) -> SideInfo:
        """Return what frame `number` says of itself."""
        start = self._starts[number - self.first] + HEADER_BYTES
        return SideInfo.of(self._stream[start : start + self.form.side_bytes])

    def main_data(self, number: int, count: int) -> bytes:
        """Return the last `count` bytes of main data before frame `number`."""
        slices = reversed(list(self._before(number, count)))
        return b"".join(self._stream[part] for part in slices)

    def put_main_data(self, number: int, tail: bytes) -> None:
        """Replace the last bytes of main data before frame `number`."""
        left = len(tail)
        for part in self._before(number, len(tail)):
            length = part.stop - part.start
            self._stream[part] = tail[left - length : left]
            left -= length

    def pop(self, number: int) -> bytes:
        """Return all frames before `number`, and forget them."""
        count = number - self.first
        length = self._starts[count]
        popped = bytes(self._stream[:length])
        del self._stream[:length]
        self._starts = [start - length for start in self._starts[count:]]
        self.first = number
        return popped

    def _take(self, piece: bytes) -> None:
        self._stream += piece
        start = self._starts[-1]
        while start + HEADER_BYTES <= len(self._stream):
            start += frame_length(self._stream[start : start + HEADER_BYTES])
            if start > len(self._stream):
                return
            self._starts.append(start)

    def _before(self, number: int, count: int) -> Iterator[slice]:
        """Yield where the `count` bytes of main data before a frame lie, the last ones first."""
        beside = HEADER_BYTES + self.form.side_bytes
        place = number - self.first
        while count:
            start, end = self._starts[place - 1] + beside, self._starts[place]
            length = min(count, end - start)
            yield slice(end - length, end)
            count -= length
            place -= 1


class Joiner:
    """Takes stretches in order and writes one stream."""

    def __init__(self, write: Callable[[bytes], None]) -> None:
        """Hand finished frames to `write`."""
        self._write = write
        self._open: Stretch | None = None
        self._seen = 0

    def open(self, first: Stretch) -> None:
        """Begin with the first stretch of all."""
        self._open = first

    def join(self, later: Stretch, samples: bytes) -> bool:
        """Encode the open stretch on into `samples`; say whether `later` has taken over.

        The samples are the next ones of those that `later` has encoded. Where the cut lies does
        not depend on how many of them come at a time.
        """
        earlier = self._open
        assert earlier is not None
        # The very first frame may need data from before it.
        begin = max(later.first + WARM_UP + 1, self._seen)
        for portion in portions(samples, later.form):
            earlier.add(portion)
            cut = find_cut(earlier, later, begin)
            if cut is not None:
                self._take_over(earlier, later, cut)
                return True
            begin = self._seen = max(begin, min(earlier.end, later.end))
        return False

    def go_on(self) -> None:
        """Give up the later stretch: there was no cut, so the open one has taken its place."""
        if self._open:
            self._write(self._open.pop(max(self._open.first, self._open.end - REACH)))

    def finish(self) -> None:
        """Write what is left."""
        if self._open:
            self._open.finish()
            self._write(self._open.pop(self._open.end))

    def _take_over(self, earlier: Stretch, later: Stretch, cut: int) -> None:
        tail = later.main_data(cut, later.side(cut).main_data_begin)
        earlier.put_main_data(cut, tail)
        self._write(earlier.pop(cut))
        later.pop(cut)
        self._open = later


def find_cut(earlier: Stretch, later: Stretch, begin: int) -> int | None:
    """Return the first frame from `begin` on at which the later stream can take over."""
    begin = max(begin, earlier.first + REACH)
    numbers = range(begin, min(earlier.end, later.end))
    return next((number for number in numbers if _fits(earlier, later, number)), None)


def _fits(earlier: Stretch, later: Stretch, number: int) -> bool:
    ends, begins = earlier.side(number), later.side(number)
    return (
        begins.main_data_begin <= ends.main_data_begin
        and ends.is_long
        and begins.is_long
        and earlier.side(number - 1).is_long
        and later.side(number - 1).is_long
    )


def portions(samples: bytes, form: Mp3Format) -> Iterator[bytes]:
    """Yield samples in the portions that are encoded at a time while a cut is looked for."""
    length = _PORTION * FRAME_SAMPLES * form.channels * SAMPLE_BYTES
    for start in range(0, len(samples), length):
        yield samples[start : start + length]
