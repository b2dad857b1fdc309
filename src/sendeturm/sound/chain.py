"""The second pass: the signal through gain, limiter and encoder into a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from sendeturm.errors import fail
from sendeturm.sound.decode import Block, open_recording
from sendeturm.sound.forecast import Plan
from sendeturm.sound.frames import Mp3File, Mp3Format
from sendeturm.sound.limiter import Limiter
from sendeturm.sound.mp3 import encoder, pcm
from sendeturm.sound.prefetch import ahead
from sendeturm.sound.segments import amplified
from sendeturm.sound.survey import Reached, Survey
from sendeturm.units import MS_PER_SECOND, ratio_from_db


def encode(before: Survey, plan: Plan, form: Mp3Format, part: Path, reached: Reached) -> None:
    """Master the surveyed recording as planned into the MP3 `part`.

    Raises SendeturmError (`sound.changed`) where the recording is no longer what was measured,
    OSError where the file cannot be written.
    """
    blocks = mastered(before, plan, form.channels)
    with part.open("wb") as out, closing(ahead(blocks)) as ready:
        samples = _write(Mp3File(out, form), ready, form, before.duration_ms, reached)
        if samples != before.samples:
            raise fail("sound.changed", file=before.file)


def mastered(before: Survey, plan: Plan, channels: int) -> Iterator[Block]:
    """Yield the recording after gain and limiter."""
    with open_recording(before.path, before.file) as opened:
        blocks = (block[:channels] for block in opened.blocks(before.rate_hz, before.channels))
        louder = amplified(blocks, before.rate_hz, plan.gain_db, before.sample_peak)
        yield from limited(louder, plan.ceiling_dbtp, channels)


def limited(blocks: Iterable[Block], ceiling_dbtp: float, channels: int) -> Iterator[Block]:
    """Yield the blocks with their true peaks held at a ceiling."""
    limiter = Limiter(ratio_from_db(ceiling_dbtp), channels)
    for block in blocks:
        yield limiter.add(block)
    yield limiter.finish()


def _write(
    mp3: Mp3File, blocks: Iterable[Block], form: Mp3Format, total_ms: int, reached: Reached
) -> int:
    """Encode the blocks into an open file; return the samples of each channel."""
    lame = encoder(form)
    samples = 0
    for block in blocks:
        mp3.write(lame.encode(pcm(block, form.bitrate_kbps)))
        samples += block.shape[1]
        done_ms = samples * MS_PER_SECOND // form.rate_hz
        reached(min(done_ms, total_ms), total_ms)
    mp3.write(lame.flush())
    mp3.finish(samples)
    return samples
