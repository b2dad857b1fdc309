"""Rumble and steady noise taken away, ahead of everything that is measured."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cache
from typing import Any

import av
import numpy as np

from sendeturm.sound.decode import Block

# Two second-order sections make a Butterworth highpass of fourth order: 24 dB per octave.
_BUTTERWORTH_Q = (0.541196100146197, 1.306562964876377)
_REDUCTION_DB = 12
# Tracks the noise floor, and takes a quarter of an octave at a time rather than single bins.
_DENOISE = f"nr={_REDUCTION_DB}:tn=1"
_LAYOUTS = {1: "mono", 2: "stereo"}


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
    if highpass_hz is None and not denoise:
        yield from blocks
        return
    chain = _Chain(rate_hz, channels, _stages(highpass_hz, denoise=denoise))
    yield from _aligned(blocks, chain, _delay(rate_hz) if denoise else 0)


def _stages(highpass_hz: int | None, *, denoise: bool) -> list[tuple[str, str]]:
    sections = _BUTTERWORTH_Q if highpass_hz else ()
    stages = [("highpass", f"f={highpass_hz}:t=q:w={q!r}:r=f64") for q in sections]
    return [*stages, ("afftdn", _DENOISE)] if denoise else stages


def _aligned(blocks: Iterable[Block], chain: _Chain, delay: int) -> Iterator[Block]:
    """Yield what comes out of the chain without its delay, and its last samples too."""
    late = delay
    channels = 1
    for block in blocks:
        channels = len(block)
        for out in chain.add(block):
            kept = out[:, late:]
            late -= out.shape[1] - kept.shape[1]
            if kept.shape[1]:
                yield kept
    silence = np.zeros((channels, delay), dtype=np.float32)
    for out in (*chain.add(silence), *chain.finish()):
        kept = out[:, late:]
        late -= out.shape[1] - kept.shape[1]
        if kept.shape[1]:
            yield kept


class _Chain:
    """FFmpeg filters in a row, for blocks of float samples."""

    def __init__(self, rate_hz: int, channels: int, stages: list[tuple[str, str]]) -> None:
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
    chain = _Chain(rate_hz, 1, _stages(None, denoise=True))
    heard = np.concatenate([*chain.add(click), *chain.finish()], axis=1)
    return int(heard[0].argmax()) - rate_hz // 4
