"""The second pass: the signal through gain, limiter and encoder into a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from sendeturm.errors import fail
from sendeturm.sound.decode import Block, open_recording
from sendeturm.sound.forecast import Plan, forecast_lufs
from sendeturm.sound.frames import Mp3File, Mp3Format
from sendeturm.sound.limiter import Limiter
from sendeturm.sound.loudness import SILENT_LUFS
from sendeturm.sound.mp3 import encoder, pcm
from sendeturm.sound.prefetch import ahead
from sendeturm.sound.profile import Profiler
from sendeturm.sound.segments import amplified
from sendeturm.sound.survey import Reached, Survey, survey
from sendeturm.units import MS_PER_SECOND, ratio_from_db


def encode(before: Survey, plan: Plan, form: Mp3Format, part: Path, reached: Reached) -> None:
    """Master the surveyed recording as planned into the MP3 `part`.

    Raises SendeturmError (`sound.changed`) where the recording is no longer what was measured,
    OSError where the file cannot be written.
    """
    with closing(ahead(_recorded(before, plan, form.channels))) as blocks:
        samples = _write(part, blocks, form, before.duration_ms, reached)
    if samples != before.samples:
        raise fail("sound.changed", file=before.file)


def rehearse(before: Survey, plan: Plan, form: Mp3Format, part: Path) -> float:
    """Encode the excerpts alone; return by how many LU they came out louder than foretold.

    What the encoder adds (noise) or takes away (treble) depends on the material, and a second
    encoding of hours is dear.
    """
    profiler = Profiler(before.rate_hz, form.channels)
    excerpts = [block[: form.channels] for block in before.excerpts]
    for block in excerpts:
        profiler.add(block)
    expected_lufs = forecast_lufs(profiler.profile, plan.gain_db, plan.ceiling_dbtp)
    _write(part, _through(excerpts, before, plan), form, before.duration_ms, unheard)
    came_out = survey(part, before.file, unheard).loudness
    is_audible = expected_lufs > SILENT_LUFS < came_out.integrated_lufs
    return came_out.integrated_lufs - expected_lufs if is_audible else 0.0


def unheard(done_ms: int, total_ms: int) -> None:
    """Tell nobody how far it is."""
    del done_ms, total_ms


def _recorded(before: Survey, plan: Plan, channels: int) -> Iterator[Block]:
    with open_recording(before.path, before.file) as opened:
        blocks = (block[:channels] for block in opened.blocks(before.rate_hz, before.channels))
        yield from _through(blocks, before, plan)


def _through(blocks: Iterable[Block], before: Survey, plan: Plan) -> Iterator[Block]:
    """Yield the blocks after gain and limiter."""
    limiter: Limiter | None = None
    for block in amplified(blocks, before.rate_hz, plan.gain_db, before.sample_peak):
        limiter = limiter or Limiter(ratio_from_db(plan.ceiling_dbtp), len(block))
        yield limiter.add(block)
    if limiter:
        yield limiter.finish()


def _write(
    part: Path, blocks: Iterable[Block], form: Mp3Format, total_ms: int, reached: Reached
) -> int:
    """Encode the blocks into a file; return the samples of each channel."""
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
