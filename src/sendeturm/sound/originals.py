"""Recordings as browsers can play them, for comparing them with what was made of them."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np

from sendeturm.errors import fail
from sendeturm.sound.blocks import Block
from sendeturm.sound.decode import Recording, open_recording
from sendeturm.sound.prefetch import ahead
from sendeturm.sound.survey import Reached
from sendeturm.units import MS_PER_SECOND

FOLDER = "originals"
PART = ".part"

# Containers by FFmpeg's name, with the codecs that the usual browsers play from them.
_PLAYED = {
    "wav": ("audio/wav", ("pcm_u8", "pcm_s16le", "pcm_s24le", "pcm_f32le")),
    "flac": ("audio/flac", ("flac",)),
    "mp3": ("audio/mpeg", ("mp3", "mp3float")),
    "ogg": ("audio/ogg", ("vorbis", "opus", "libopus", "flac")),
    "mov,mp4,m4a,3gp,3g2,mj2": ("audio/mp4", ("aac",)),
    "matroska,webm": ("audio/webm", ("vorbis", "opus", "libopus")),
}
_MATROSKA = ".webm"
"""What browsers play has this ending; other Matroska files they do not."""

_FLAC = "audio/flac"
_FULL_SCALE = 1 << 31


@dataclass(frozen=True, slots=True)
class Original:
    """A recording that a browser can play: the file itself, or a copy of its sound."""

    path: Path
    type: str
    duration_ms: int


def playable(path: Path, file: str, sha256: str, cache: Path, reached: Reached) -> Original:
    """Return a recording as browsers can play it; what they cannot is decoded to FLAC, once.

    The copy lies in `<cache>/originals/<sha256>.flac`, at the rate and with the channels that
    mastering hears. Raises what `open_recording` raises, `sound.no-cache` for a cache that cannot
    be written.
    """
    with open_recording(path, file) as opened:
        known = _type_of(opened, path)
        if known:
            return Original(path, known, opened.facts.duration_ms)
        copy = cache / FOLDER / f"{sha256}.flac"
        if not copy.is_file():
            _copy(opened, copy, reached)
    with open_recording(copy, file) as made:
        return Original(copy, _FLAC, made.facts.duration_ms)


def forget_others(cache: Path, kept: set[Path]) -> None:
    """Remove the copies that nobody listens to any more."""
    for copy in (cache / FOLDER).glob("*.flac"):
        if copy not in kept:
            copy.unlink(missing_ok=True)


def _type_of(opened: Recording, path: Path) -> str:
    """Return the media type under which browsers play a recording, empty if they do not."""
    kind, codecs = _PLAYED.get(opened.container, ("", ()))
    if opened.facts.codec not in codecs:
        return ""
    if kind == "audio/wav" and not _is_whole_wav(path):
        return ""
    return "" if kind == "audio/webm" and path.suffix.lower() != _MATROSKA else kind


def _is_whole_wav(path: Path) -> bool:
    """Tell a WAV whose header knows its size from a stream, RF64, or one that was cut off."""
    with path.open("rb") as wav:
        head = wav.read(8)
    return head[:4] == b"RIFF" and int.from_bytes(head[4:], "little") + 8 == path.stat().st_size


def _copy(opened: Recording, copy: Path, reached: Reached) -> None:
    part = copy.with_name(secrets.token_hex(8) + PART)
    try:
        copy.parent.mkdir(parents=True, exist_ok=True)
        try:
            _write_flac(opened, part, reached)
            part.replace(copy)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise fail("sound.no-cache", file=copy.parent, reason=reason) from error


def _write_flac(opened: Recording, part: Path, reached: Reached) -> None:
    rate_hz, channels = opened.rate_hz, opened.channels
    expected_ms = opened.facts.duration_ms
    with av.open(f"file:{part}", "w", format="flac") as container:
        stream: Any = container.add_stream("flac", rate=rate_hz)
        stream.layout = "mono" if channels == 1 else "stereo"
        stream.format = "s32"
        with closing(ahead(opened.blocks(rate_hz, channels))) as blocks:
            samples = 0
            for frame in _frames(blocks, rate_hz):
                frame.pts = samples
                samples += frame.samples
                container.mux(stream.encode(frame))
                done_ms = samples * MS_PER_SECOND // rate_hz
                reached(done_ms, max(expected_ms, done_ms))
        container.mux(stream.encode(None))


def _frames(blocks: Iterator[Block], rate_hz: int) -> Iterator[Any]:
    """Yield blocks as FFmpeg's frames of 24 bits in 32."""
    for block in blocks:
        whole = np.clip(block.T.astype(np.float64) * _FULL_SCALE, -_FULL_SCALE, _FULL_SCALE - 256)
        plain = np.ascontiguousarray(whole.astype(np.int32).reshape(1, -1))
        layout = "mono" if len(block) == 1 else "stereo"
        frame = av.AudioFrame.from_ndarray(plain, format="s32", layout=layout)
        frame.sample_rate = rate_hz
        frame.time_base = Fraction(1, rate_hz)
        yield frame
