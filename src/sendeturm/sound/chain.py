"""The second pass: the signal through gain and limiter."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator

from sendeturm.sound.blocks import Block
from sendeturm.sound.forecast import Plan
from sendeturm.sound.limiter import Limiter
from sendeturm.sound.program import Program
from sendeturm.sound.segments import amplified
from sendeturm.units import ratio_from_db


def mastered(
    program: Program, sample_peak: float, plan: Plan, channels: int
) -> Generator[Block, None, None]:
    """Yield the first `channels` channels of a program as planned.

    `sample_peak` is the program's largest sample.
    """
    heard = (block[:channels] for block in program.blocks())
    yield from through(heard, program.rate_hz, sample_peak, plan)


def through(
    blocks: Iterable[Block], rate_hz: int, sample_peak: float, plan: Plan
) -> Iterator[Block]:
    """Yield the blocks after gain and limiter."""
    limiter: Limiter | None = None
    for block in amplified(blocks, rate_hz, plan.gain_db, sample_peak):
        limiter = limiter or Limiter(ratio_from_db(plan.ceiling_dbtp), len(block))
        yield limiter.add(block)
    if limiter:
        yield limiter.finish()
