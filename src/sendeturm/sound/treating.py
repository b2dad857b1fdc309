"""A program after something that changes its samples and not its length."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from sendeturm.errors import Problem
from sendeturm.model import SoundSettings
from sendeturm.sound.blocks import Block
from sendeturm.sound.envelopes import Points, shaped
from sendeturm.sound.filters import filtered
from sendeturm.sound.levelling import Curve, levelled
from sendeturm.sound.program import Program

Treat = Callable[[Iterator[Block]], Iterator[Block]]


class Treated:
    """A program whose blocks go through a function."""

    def __init__(self, program: Program, treat: Treat) -> None:
        """Treat `program`."""
        self._program = program
        self._treat = treat
        self.file = program.file
        self.rate_hz = program.rate_hz
        self.channels = program.channels

    @property
    def expected_ms(self) -> int:
        """Return the program's length, as far as it is known."""
        return self._program.expected_ms

    def blocks(self) -> Iterator[Block]:
        """Yield the treated blocks."""
        return self._treat(self._program.blocks())

    def notices(self) -> tuple[Problem, ...]:
        """Return what was odd about the program."""
        return self._program.notices()


def cleaned(program: Program, settings: SoundSettings) -> Program:
    """Return the program without rumble and noise, as far as the settings ask for it."""
    highpass_hz, denoise = settings.highpass_hz, settings.denoise
    if highpass_hz is None and not denoise:
        return program
    rate_hz, channels = program.rate_hz, program.channels
    return Treated(
        program, lambda blocks: filtered(blocks, rate_hz, channels, highpass_hz, denoise=denoise)
    )


def centred(program: Program, offsets: tuple[float, ...]) -> Program:
    """Return the program with each channel's offset taken away.

    Not by a filter: that would begin with a thump.
    """
    means = np.array(offsets, dtype=np.float32)[:, None]
    return Treated(program, lambda blocks: (block - means for block in blocks))


def level(program: Program, curve: Curve | None) -> Program:
    """Return the program after a levelling."""
    if curve is None:
        return program
    rate_hz = program.rate_hz
    return Treated(program, lambda blocks: levelled(blocks, curve, rate_hz))


def faded(program: Program, points: Points) -> Program:
    """Return the program after gains over time."""
    rate_hz, channels = program.rate_hz, program.channels
    return Treated(program, lambda blocks: shaped(blocks, points, rate_hz, channels))
