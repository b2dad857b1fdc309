"""A rehearsal: some seconds encoded and measured, before hours are."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from sendeturm.sound.alternates import Form, encode_as
from sendeturm.sound.blocks import Block
from sendeturm.sound.chain import through
from sendeturm.sound.forecast import Plan, forecast_lufs
from sendeturm.sound.levelling import Curve
from sendeturm.sound.loudness import SILENT_LUFS
from sendeturm.sound.profile import Profiler
from sendeturm.sound.readback import read_back
from sendeturm.sound.survey import Excerpt, Survey, survey


def rehearse(before: Survey, curve: Curve | None, plan: Plan, form: Form, part: Path) -> float:
    """Encode the excerpts alone; return by how many LU they came out louder than foretold.

    They go through `curve` as the whole will: what the limiter has to do hangs on it.

    What the encoder adds (noise) or takes away (treble) depends on the material, and a second
    encoding of hours is dear.
    """
    profiler = Profiler(before.rate_hz, form.channels)
    rate_hz = before.rate_hz
    excerpts = [_levelled(one, curve, rate_hz)[: form.channels] for one in before.excerpts]
    for block in excerpts:
        profiler.add(block)
    expected_lufs = forecast_lufs(profiler.profile, plan.gain_db, plan.ceiling_dbtp)
    peak = max((float(np.abs(block).max(initial=0.0)) for block in excerpts), default=0.0)
    blocks = through(excerpts, rate_hz, peak, plan)
    encode_as(blocks, form, part, before.duration_ms, unheard)
    came_out = survey(read_back(part, form, before.duration_ms), unheard).loudness
    is_audible = expected_lufs > SILENT_LUFS < came_out.integrated_lufs
    return came_out.integrated_lufs - expected_lufs if is_audible else 0.0


def _levelled(one: Excerpt, curve: Curve | None, rate_hz: int) -> Block:
    """Return an excerpt after the levelling of its place in the program."""
    if curve is None:
        return one.block
    return one.block * curve.of_samples(one.start, one.block.shape[1], rate_hz)


def unheard(done_ms: int, total_ms: int) -> None:
    """Tell nobody how far it is."""
    del done_ms, total_ms
