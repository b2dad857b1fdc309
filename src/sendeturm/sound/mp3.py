"""MP3 out: LAME encodes blocks of samples into frames."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from sendeturm.sound.blocks import Block
from sendeturm.sound.frames import Mp3Format

QUALITY = 4
"""LAME's quality: 3 is its own default, 5 FFmpeg's; 4 keeps the best Huffman coding of 3."""

# LAME's presets turn the input down without a word, by bitrate (measured, all channel counts).
_SILENT_GAIN = ((256, 1.0), (224, 0.98), (192, 0.97), (0, 0.95))

SAMPLE_BYTES = 2

_FULL_SCALE = 32_768


def silent_gain(bitrate_kbps: int) -> float:
    """Return the ratio by which LAME turns its input down at a bitrate."""
    return next(ratio for least, ratio in _SILENT_GAIN if bitrate_kbps >= least)


def pcm(block: Block, bitrate_kbps: int) -> bytes:
    """Return the 16-bit interleaved samples that LAME encodes at the block's own level.

    No dither: MP3's own noise lies far above the rounding.
    """
    scaled = block * np.float32(_FULL_SCALE / silent_gain(bitrate_kbps))
    limit = _FULL_SCALE - 1
    np.rint(scaled, out=scaled).clip(-limit, limit, out=scaled)
    whole: npt.NDArray[np.int16] = scaled.astype("<i2")
    return whole.tobytes(order="F")


class Encoder(Protocol):
    """Turns 16-bit interleaved samples into MP3 frames."""

    def encode(self, samples: bytes) -> bytes:
        """Return the bytes that are ready."""

    def flush(self) -> bytes:
        """Return the last frames."""


class _Lameenc:
    def __init__(self, form: Mp3Format, lameenc: Any) -> None:
        self._lame = lameenc.Encoder()
        self._lame.silence()
        self._lame.set_bit_rate(form.bitrate_kbps)
        self._lame.set_in_sample_rate(form.rate_hz)
        self._lame.set_out_sample_rate(form.rate_hz)
        self._lame.set_channels(form.channels)
        self._lame.set_quality(QUALITY)

    def encode(self, samples: bytes) -> bytes:
        return bytes(self._lame.encode(samples))

    def flush(self) -> bytes:
        return bytes(self._lame.flush())


class _Libav:
    """PyAV's LAME, for machines that lameenc has no wheel for; three times the work."""

    def __init__(self, form: Mp3Format) -> None:
        import av  # noqa: PLC0415  # only where lameenc is missing

        self._av = av
        self._rate_hz = form.rate_hz
        self._layout = "mono" if form.channels == 1 else "stereo"
        self._channels = form.channels
        context: Any = av.CodecContext.create("libmp3lame", "w")
        context.sample_rate = form.rate_hz
        context.layout = self._layout
        context.format = "s16p"
        context.bit_rate = form.bitrate_kbps * 1000
        context.time_base = Fraction(1, form.rate_hz)
        context.options = {"compression_level": str(QUALITY)}
        self._context = context
        self._position = 0

    def encode(self, samples: bytes) -> bytes:
        planar = np.frombuffer(samples, dtype="<i2").reshape(-1, self._channels).T
        if not planar.size:
            return b""
        frame = self._av.AudioFrame.from_ndarray(
            np.ascontiguousarray(planar), format="s16p", layout=self._layout
        )
        frame.sample_rate = self._rate_hz
        frame.pts = self._position
        self._position += planar.shape[1]
        return b"".join(bytes(packet) for packet in self._context.encode(frame))

    def flush(self) -> bytes:
        return b"".join(bytes(packet) for packet in self._context.encode(None))


def encoder(form: Mp3Format) -> Encoder:
    """Return LAME: lameenc's where it is installed, PyAV's elsewhere."""
    try:
        import lameenc  # noqa: PLC0415  # has no wheel everywhere
    except ImportError:
        return _Libav(form)
    return _Lameenc(form, lameenc)
