"""What was just encoded, read back to be measured."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av

from sendeturm.errors import Problem
from sendeturm.sound.alternates import Form
from sendeturm.sound.blocks import Block
from sendeturm.sound.frames import Mp3Format
from sendeturm.sound.program import Program, Single


def read_back(path: Path, form: Form, expected_ms: int) -> Program:
    """Return the file at `path`, encoded as `form`, as a program."""
    if isinstance(form, Mp3Format):
        return _Encoded(path, form, expected_ms)
    return Single(path, path.name)


class _Encoded:
    """Our own MP3 as a program; FFmpeg reads and decodes it without coming back to Python.

    A stranger's file is opened with more care and slower, by `Single`.
    """

    def __init__(self, path: Path, form: Mp3Format, expected_ms: int) -> None:
        self.file = path.name
        self.rate_hz = form.rate_hz
        self.channels = form.channels
        self.expected_ms = expected_ms
        self._path = path

    def blocks(self) -> Iterator[Block]:
        """Yield the whole file in blocks of a second."""
        graph, sink = self._graph()
        while True:
            try:
                yield sink.pull().to_ndarray()
            except av.error.EOFError:
                del graph  # the filters live as long as their graph
                return

    def notices(self) -> tuple[Problem, ...]:
        """Return nothing: what was made a moment ago is not damaged."""
        return ()

    def _graph(self) -> tuple[av.filter.Graph, Any]:
        graph = av.filter.Graph()
        graph.threads = 1
        layout = "mono" if self.channels == 1 else "stereo"
        shape = f"sample_fmts=fltp:sample_rates={self.rate_hz}:channel_layouts={layout}"
        sink = graph.add("abuffersink")
        graph.link_nodes(
            graph.add("amovie", filename=f"file:{self._path}", format_name="mp3"),
            graph.add("aformat", shape),
            graph.add("asetnsamples", f"n={self.rate_hz}:p=0"),
            sink,
        ).configure()
        return graph, sink
