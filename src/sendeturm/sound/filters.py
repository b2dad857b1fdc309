"""Rumble and steady noise taken away, ahead of everything that is measured."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cache
from typing import Any

import av
import numpy as np

from sendeturm.sound.blocks import Block

# Two second-order sections make a Butterworth highpass of fourth order: 24 dB per octave.
_BUTTERWORTH_Q = (0.541196100146197, 1.306562964876377)
_REDUCTION_DB = 12
# afftdn has to be told how loud the noise is: its own tracking finds a third of what is there.
_USUAL_FLOOR_DBFS, _LEAST_FLOOR_DBFS, _MOST_FLOOR_DBFS = -50, -80, -35
_ABOVE_NOISE_DB = 3
_PRELUDE_S = 20  # the noise is read from
_PAUSE_PERCENTILE = 5
_MOMENTS_PER_SECOND = 20
_LAYOUTS = {1: "mono", 2: "stereo"}
_SILENCE = 1e-12

_Stage = tuple[str, str]


def filtered(
    blocks: Iterable[Block],
    rate_hz: int,
    channels: int,
    highpass_hz: int | None = None,
    *,
    denoise: bool = False,
) -> Iterator[Block]:
    """Yield the blocks without rumble below `highpass_hz`, and with less steady noise.

    Exactly as many samples come out as go in, none of them moved; with nothing to do, the blocks
    themselves.
    """
    if highpass_hz is not None:
        blocks = _aligned(blocks, _Chain(rate_hz, channels, _highpass(highpass_hz)), 0)
    if denoise:
        blocks = _denoised(blocks, rate_hz, channels)
    yield from blocks


def _highpass(highpass_hz: int) -> list[_Stage]:
    return [("highpass", f"f={highpass_hz}:t=q:w={q!r}:r=f64") for q in _BUTTERWORTH_Q]


def _denoise(floor_dbfs: int) -> list[_Stage]:
    return [("afftdn", f"nr={_REDUCTION_DB}:nf={floor_dbfs}")]


def _denoised(blocks: Iterable[Block], rate_hz: int, channels: int) -> Iterator[Block]:
    """Yield the blocks with less noise, as much of it as there is in the first seconds' pauses."""
    coming = iter(blocks)
    prelude: list[Block] = []
    while sum(block.shape[1] for block in prelude) < _PRELUDE_S * rate_hz:
        block = next(coming, None)
        if block is None:
            break
        prelude.append(block)
    chain = _Chain(rate_hz, channels, _denoise(_floor_dbfs(prelude, rate_hz)))
    yield from _aligned(_in_a_row(prelude, coming), chain, _delay(rate_hz))


def _in_a_row(prelude: list[Block], coming: Iterator[Block]) -> Iterator[Block]:
    """Yield all blocks, letting go of each."""
    while prelude:
        yield prelude.pop(0)
    yield from coming


def _floor_dbfs(prelude: list[Block], rate_hz: int) -> int:
    """Return the level that takes the noise in the prelude's pauses for noise.

    What is louder than any room is none; then, and in digital silence, the usual level serves.
    """
    moment = rate_hz // _MOMENTS_PER_SECOND
    mono = np.concatenate([np.square(block).mean(axis=0) for block in prelude] or [np.zeros(0)])
    mono = mono[: _PRELUDE_S * rate_hz]
    squares = mono[: len(mono) // moment * moment].reshape(-1, moment).mean(axis=1)
    squares = squares[squares > _SILENCE]
    if not len(squares):
        return _USUAL_FLOOR_DBFS
    noise_dbfs = 10 * np.log10(np.percentile(squares, _PAUSE_PERCENTILE))
    floor_dbfs = max(_LEAST_FLOOR_DBFS, round(noise_dbfs) + _ABOVE_NOISE_DB)
    return floor_dbfs if floor_dbfs <= _MOST_FLOOR_DBFS else _USUAL_FLOOR_DBFS


def _aligned(blocks: Iterable[Block], chain: _Chain, delay: int) -> Iterator[Block]:
    """Yield what comes out of the chain without its delay, and its last samples too."""
    late = delay
    for out in _through(blocks, chain, delay):
        skipped = min(late, out.shape[1])
        late -= skipped
        if skipped < out.shape[1]:
            yield out[:, skipped:]


def _through(blocks: Iterable[Block], chain: _Chain, delay: int) -> Iterator[Block]:
    """Yield what comes out of the chain, pushed out by `delay` samples of silence at the end."""
    channels = 1
    for block in blocks:
        channels = len(block)
        yield from chain.add(block)
    yield from chain.add(np.zeros((channels, delay), dtype=np.float32))
    yield from chain.finish()


class _Chain:
    """FFmpeg filters in a row, for blocks of float samples."""

    def __init__(self, rate_hz: int, channels: int, stages: list[_Stage]) -> None:
        self._rate_hz, self._layout = rate_hz, _LAYOUTS[channels]
        self._graph = av.filter.Graph()  # the filters live as long as their graph
        self._source = self._graph.add_abuffer(
            sample_rate=rate_hz,
            format="fltp",
            layout=self._layout,
            time_base=Fraction(1, rate_hz),
        )
        self._sink = self._graph.add("abuffersink")
        nodes = [self._graph.add(name, options) for name, options in stages]
        planar = self._graph.add("aformat", "sample_fmts=fltp")
        self._graph.link_nodes(self._source, *nodes, planar, self._sink).configure()

    def add(self, block: Block) -> Iterator[Block]:
        """Push a block and yield what is ready."""
        if block.shape[1]:
            frame = av.AudioFrame.from_ndarray(
                np.ascontiguousarray(block), format="fltp", layout=self._layout
            )
            frame.sample_rate = self._rate_hz
            self._source.push(frame)
            yield from self._ready()

    def finish(self) -> Iterator[Block]:
        """Yield what was still held."""
        self._source.push(None)
        yield from self._ready()

    def _ready(self) -> Iterator[Block]:
        while True:
            try:
                pulled: Any = self._sink.pull()
            except (BlockingIOError, av.error.EOFError):
                return
            yield pulled.to_ndarray()


@cache
def _delay(rate_hz: int) -> int:
    """Return by how many samples denoising comes late: heard from a click, as versions differ."""
    click = np.zeros((1, rate_hz // 2), dtype=np.float32)
    click[0, rate_hz // 4] = 0.5
    chain = _Chain(rate_hz, 1, _denoise(_USUAL_FLOOR_DBFS))
    heard = np.concatenate([*chain.add(click), *chain.finish()], axis=1)
    return int(heard[0].argmax()) - rate_hz // 4
