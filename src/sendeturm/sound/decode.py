"""Any recording becomes blocks of float samples, guarded against what may lie in a file."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import Any

import av
import numpy as np

from sendeturm.errors import Param, Place, Problem, Severity, fail
from sendeturm.sound.blocks import Block, without_tail
from sendeturm.sound.damage import Tally
from sendeturm.sound.extent import Extent, extent_of
from sendeturm.sound.kinds import M4A
from sendeturm.sound.mixdown import Mixdown
from sendeturm.units import MS_PER_SECOND

FORMATS = "aac,aiff,caf,flac,matroska,webm,mov,mp3,ogg,w64,wav"
"""The containers that may be opened: none of them can name another file."""

# Large packets and few calls from Python: a call per 1,024 samples costs more than decoding.
PACKET_BYTES = 1 << 17
OPTIONS = {
    "protocol_whitelist": "file",
    "format_whitelist": FORMATS,
    "max_size": str(PACKET_BYTES),
    # FFmpeg looks whether a WAV holds DTS: two large packets tell, the 2,500 of its default last.
    "max_probe_packets": "2",
}
RATES_HZ = (48_000, 44_100)
MOST_CHANNELS = 2
_COVER = av.stream.Disposition.attached_pic
LIMIT = 4096.0  # +72 dB over full scale: nothing beyond it is sound
LOSS_TOLERANCE_MS = 100
MOST_TAIL_S = 0.25  # a frame of 2,048 samples at 8 kHz
PATIENCE = 100  # container errors in a row before the rest counts as lost

SEEKABLE = ("wav", "w64", "flac")
"""Containers in which any sample is found at once."""

# Formats without a length of their own: FFmpeg guesses it from size and bitrate.
GUESSED_LENGTH = ("mp3", "aac")


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """What a recording says of itself; `duration_ms` is 0 where it does not say."""

    duration_ms: int
    channels: int
    sample_rate_hz: int
    codec: str
    bit_rate_kbps: int


class Recording:
    """An opened recording; iterate `blocks` once, then ask for `notices`."""

    def __init__(self, container: Any, stream: Any, extent: Extent, file: str) -> None:
        """Wrap an opened PyAV container and its audio stream; `file` is the label."""
        self._container = container
        self._stream = stream
        self._extent = extent
        self.file = file
        self._declared_s = 0.0 if extent.is_open else _declared_s(container, stream)
        self._tally = Tally(stream.time_base)
        self.facts = _facts(container, stream, self._declared_s)

    @property
    def container(self) -> str:
        """Return FFmpeg's name of the container."""
        return str(self._container.format.name)

    @property
    def has_video(self) -> bool:
        """Say whether there are moving pictures; a cover is none."""
        return any(not s.disposition & _COVER for s in self._container.streams.video)

    def sound_bytes(self) -> int:
        """Return the bytes of the sound, without tags and container."""
        return sum(packet.size for packet in self._container.demux(self._stream))

    @property
    def rate_hz(self) -> int:
        """Return the rate to work at: 44.1 kHz material keeps its rate, all other is at 48 kHz."""
        source = self.facts.sample_rate_hz
        return source if source in RATES_HZ else RATES_HZ[0]

    @property
    def channels(self) -> int:
        """Return the channels to work with: 1 for mono, 2 for everything else."""
        return min(self.facts.channels, MOST_CHANNELS)

    def blocks(self, rate_hz: int, channels: int) -> Iterator[Block]:
        """Yield the whole recording in blocks of about a second, mixed down and resampled.

        Raises SendeturmError (`sound.no-sound`) where nothing can be decoded.
        """
        told = round(self._declared_s * rate_hz) if self._ends_within_a_frame else 0
        mixed = self._mixed(self._frames(), rate_hz, channels)
        for block in without_tail(mixed, told, MOST_TAIL_S * rate_hz):
            yield self._sane(block)
        if not self._tally.decoded_s:
            raise fail("sound.no-sound", file=self.file)

    @property
    def _ends_within_a_frame(self) -> bool:
        """Say whether the file tells by an edit list where in its last frame the sound ends."""
        return self.container == M4A.container and not self._extent.is_outdated

    @property
    def seekable_samples(self) -> int | None:
        """Return the length in samples where any second can be found at once, None elsewhere."""
        stream, extent = self._stream, self._extent
        is_exact = stream.time_base == Fraction(1, self.facts.sample_rate_hz)
        is_plain = self.container in SEEKABLE and self.facts.sample_rate_hz in RATES_HZ
        is_whole = not (extent.is_open or extent.missing_part or stream.start_time)
        return stream.duration if is_exact and is_plain and is_whole else None

    def blocks_from(self, second: int, channels: int) -> Generator[Block, None, None]:
        """Yield a seekable recording from a second on, at its own rate.

        Raises LookupError where that second is not found, or something is missing behind it.
        """
        wanted = second * self.rate_hz
        self._container.seek(wanted, stream=self._stream)
        frames = self._frames()
        first = next(frames, None)
        if first is None or first.pts is None or first.pts > wanted:
            raise LookupError(second)
        before = wanted - first.pts
        whole = _gapless(chain((first,), frames), first.pts)
        for block in self._mixed(whole, self.rate_hz, channels):
            skipped = min(before, block.shape[1])
            before -= skipped
            yield self._sane(block[:, skipped:])

    @property
    def is_clean(self) -> bool:
        """Say whether nothing odd was met so far."""
        return self._tally.is_clean

    @property
    def is_end_sure(self) -> bool:
        """Say whether the file knows where its sound ends, and goes as far.

        Complete once `blocks` is exhausted.
        """
        missing_s = self._declared_s - self._tally.span_s
        is_there = missing_s * MS_PER_SECOND <= LOSS_TOLERANCE_MS
        return bool(self._declared_s) and is_there and not self._extent.missing_part

    def notices(self) -> tuple[Problem, ...]:
        """Return what was damaged, as warnings; complete once `blocks` is exhausted."""
        found = []
        is_guessed = self.container in GUESSED_LENGTH
        lost_ms = self._tally.lost_ms(self._declared_s, self._extent, is_guessed=is_guessed)
        if self._extent.is_outdated:
            told_s = self._tally.decoded_s * self._extent.promised / self._extent.present
            found.append(self._warning("sound.unclosed", told_s=round(told_s, 1)))
        elif self._extent.is_open and self.container == "ogg":
            found.append(self._warning("sound.breaks-off"))
        if lost_ms > LOSS_TOLERANCE_MS or self._tally.bad_packets:
            lost_s = max(lost_ms, LOSS_TOLERANCE_MS) / MS_PER_SECOND
            found.append(self._warning("sound.damaged", lost_s=round(lost_s, 1)))
        if self._tally.senseless_samples:
            found.append(self._warning("sound.senseless", samples=self._tally.senseless_samples))
        return tuple(found)

    def _mixed(self, frames: Iterable[Any], rate_hz: int, channels: int) -> Iterator[Block]:
        mixer = Mixdown(rate_hz, channels, self.file)
        for frame in frames:
            yield from mixer.add(frame)
        yield from mixer.flush()

    def _warning(self, code: str, **params: Param) -> Problem:
        return Problem(code, params, Place(self.file), Severity.WARNING)

    def _frames(self) -> Iterator[Any]:
        for packet in self._packets():
            try:
                frames = packet.decode()
            except av.error.FFmpegError:
                self._tally.bad_packets += 1
                self._tally.bad_bytes += packet.size
                continue
            self._tally.good_bytes += packet.size
            for frame in frames:
                self._tally.decoded_s += frame.samples / frame.sample_rate
                yield frame

    def _packets(self) -> Iterator[Any]:
        failures = 0
        while failures < PATIENCE:
            try:
                for packet in self._container.demux(self._stream):
                    self._tally.note_time(packet)
                    failures = 0
                    yield packet
            except av.error.FFmpegError:
                failures += 1
                self._tally.bad_packets += 1
            else:
                return

    def _sane(self, block: Block) -> Block:
        """Replace what is no number, or absurdly large, by silence."""
        # A comparison with NaN is false, so this asks for both at once and rarely goes on.
        if block.min(initial=0.0) >= -LIMIT and block.max(initial=0.0) <= LIMIT:
            return block
        senseless = ~(np.abs(block) <= LIMIT)
        self._tally.senseless_samples += int(np.count_nonzero(senseless))
        return np.where(senseless, np.float32(0.0), block)


def _gapless(frames: Iterable[Any], position: int) -> Iterator[Any]:
    """Yield frames that follow each other from sample `position` on."""
    for frame in frames:
        if frame.pts != position:
            raise LookupError(position)
        position += frame.samples
        yield frame


@contextmanager
def open_recording(path: Path, file: str) -> Iterator[Recording]:
    """Open the recording at `path`, called `file` in messages.

    Raises SendeturmError: `sound.unreadable`, `sound.empty`, `sound.not-audio`, `sound.no-track`.
    """
    extent = _extent(path, file)
    options = OPTIONS | {"ignore_length": "1"} if extent.is_open else OPTIONS
    try:
        container = av.open(f"file:{path}", container_options=options, metadata_errors="replace")
    except av.error.FFmpegError as error:
        raise fail("sound.not-audio", file=file) from error
    with container:
        stream: Any = container.streams.best("audio")
        if stream is None:
            raise fail("sound.no-track", file=file)
        if not stream.codec_context.sample_rate:
            raise fail("sound.not-audio", file=file)
        yield Recording(container, stream, extent, file)


def _extent(path: Path, file: str) -> Extent:
    """Return what the file's header says; refuse what cannot be read."""
    try:
        if not path.is_file():
            raise fail("sound.no-file", file=file)
        if not path.stat().st_size:
            raise fail("sound.empty", file=file)
        return extent_of(path)
    except OSError as error:
        raise fail("sound.unreadable", file=file, reason=error.strerror or str(error)) from error


def _facts(container: Any, stream: Any, declared_s: float) -> SourceFacts:
    context = stream.codec_context
    bit_rate = context.bit_rate or container.bit_rate or 0
    duration_s = declared_s or (container.duration or 0) / av.time_base
    return SourceFacts(
        duration_ms=round(duration_s * MS_PER_SECOND),
        channels=context.channels,
        sample_rate_hz=context.sample_rate,
        codec=context.name,
        bit_rate_kbps=round(bit_rate / 1000),
    )


def _declared_s(container: Any, stream: Any) -> float:
    """Return the length that the file itself declares, 0.0 where it is only guessed."""
    # An MP3's length is known by its Info tag alone, and with it comes a start after 0.
    if container.format.name in GUESSED_LENGTH and not stream.start_time:
        return 0.0
    if stream.duration is not None:
        return float(stream.duration * stream.time_base)
    return float((container.duration or 0) / av.time_base)
