"""Blocks of samples become an encoded file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sendeturm.sound.decode import Block
from sendeturm.sound.frames import Mp3File, Mp3Format
from sendeturm.sound.mp3 import encoder, pcm
from sendeturm.sound.survey import Reached
from sendeturm.units import MS_PER_SECOND


def encode(
    blocks: Iterable[Block], form: Mp3Format, part: Path, total_ms: int, reached: Reached
) -> int:
    """Encode mastered blocks into the MP3 `part`; return the samples of each channel.

    `total_ms` is what progress counts up to. Raises OSError where the file cannot be written.
    """
    lame = encoder(form)
    samples = 0
    with part.open("wb") as out:
        mp3 = Mp3File(out, form)
        for block in blocks:
            mp3.write(lame.encode(pcm(block, form.bitrate_kbps)))
            samples += block.shape[1]
            done_ms = round(samples * MS_PER_SECOND / form.rate_hz)
            reached(min(done_ms, total_ms), total_ms)
        mp3.write(lame.flush())
        mp3.finish(samples)
    return samples
