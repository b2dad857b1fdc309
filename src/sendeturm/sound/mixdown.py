"""Frames of any rate, format and layout become blocks of one rate, in mono or stereo."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from fractions import Fraction
from typing import Any

import av

from sendeturm.errors import fail
from sendeturm.sound.blocks import Block


class Mixdown:
    """Frames of any rate, format and layout become blocks of one rate and channel count."""

    def __init__(self, rate_hz: int, channels: int, file: str) -> None:
        self._file = file
        self._rate_hz = rate_hz
        self._channels = channels
        self._shape: tuple[Any, ...] | None = None
        self._waiting = 0
        self._push: Callable[[Any], None] | None = None
        self._pull: Callable[[], Any] | None = None

    def add(self, frame: Any) -> Iterator[Block]:
        """Take a frame and yield the blocks that are ready."""
        layout = frame.layout
        shape = (frame.sample_rate, frame.format.name, layout.name, layout.nb_channels)
        if shape != self._shape:  # the first frame, or a recording that changes in mid-stream
            yield from self.flush()
            self._build_for(*shape)
            self._shape = shape
        frame.pts = None  # gaps in the time stamps are told, not filled
        assert self._push is not None
        self._push(frame)
        self._waiting += frame.samples
        if self._waiting >= frame.sample_rate:
            self._waiting = 0
            yield from self._ready()

    def flush(self) -> Iterator[Block]:
        """Yield what is left in the filters."""
        if self._push is not None:
            self._push(None)
            yield from self._ready()
            self._push = None

    def _ready(self) -> Iterator[Block]:
        assert self._pull is not None
        while True:
            try:
                yield self._pull().to_ndarray()
            except (BlockingIOError, av.error.EOFError):
                return

    def _build_for(self, rate_hz: int, sample_format: str, layout: str, channels: int) -> None:
        if (known := known_layout(layout, channels)) is not None:
            with suppress(av.error.FFmpegError, ValueError):
                return self._build(rate_hz, sample_format, known)
        raise fail("sound.channels", file=self._file, channels=channels)

    def _build(self, rate_hz: int, sample_format: str, layout: str) -> None:
        graph = av.filter.Graph()
        source = graph.add_abuffer(
            sample_rate=rate_hz,
            format=sample_format,
            layout=layout,
            time_base=Fraction(1, rate_hz),
        )
        target = "mono" if self._channels == 1 else "stereo"
        shaped = f"sample_fmts=fltp:sample_rates={self._rate_hz}:channel_layouts={target}"
        sink = graph.add("abuffersink")
        graph.link_nodes(
            source,
            graph.add("aformat", shaped),
            graph.add("asetnsamples", f"n={self._rate_hz}:p=0"),
            sink,
        ).configure()
        self._graph = graph  # the filters live as long as their graph
        self._push = source.push
        self._pull = sink.pull


# Channels without names are taken in the usual order of their count.
USUAL_LAYOUTS = {
    1: "mono",
    2: "stereo",
    3: "2.1",
    4: "quad",
    5: "5.0",
    6: "5.1",
    7: "6.1",
    8: "7.1",
}


def known_layout(name: str, channels: int) -> str | None:
    """Return a layout's name, the usual one for a count of unnamed channels; None for too many."""
    return USUAL_LAYOUTS.get(channels) if name.endswith("channels") else name
