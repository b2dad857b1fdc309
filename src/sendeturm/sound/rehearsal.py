"""A rehearsal: some seconds encoded and measured, before hours are."""

from __future__ import annotations

from pathlib import Path

from sendeturm.sound.alternates import Form, encode_as
from sendeturm.sound.chain import through
from sendeturm.sound.forecast import Plan, forecast_lufs
from sendeturm.sound.loudness import SILENT_LUFS
from sendeturm.sound.profile import Profiler
from sendeturm.sound.program import Single
from sendeturm.sound.survey import Survey, survey


def rehearse(before: Survey, plan: Plan, form: Form, part: Path) -> float:
    """Encode the excerpts alone; return by how many LU they came out louder than foretold.

    What the encoder adds (noise) or takes away (treble) depends on the material, and a second
    encoding of hours is dear.
    """
    profiler = Profiler(before.rate_hz, form.channels)
    excerpts = [block[: form.channels] for block in before.excerpts]
    for block in excerpts:
        profiler.add(block)
    expected_lufs = forecast_lufs(profiler.profile, plan.gain_db, plan.ceiling_dbtp)
    blocks = through(excerpts, before.rate_hz, before.sample_peak, plan)
    encode_as(blocks, form, part, before.duration_ms, unheard)
    came_out = survey(Single(part, part.name), unheard).loudness
    is_audible = expected_lufs > SILENT_LUFS < came_out.integrated_lufs
    return came_out.integrated_lufs - expected_lufs if is_audible else 0.0


def unheard(done_ms: int, total_ms: int) -> None:
    """Tell nobody how far it is."""
    del done_ms, total_ms
