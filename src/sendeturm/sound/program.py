"""What is heard before gain and limiter; one recording as it is makes the simplest program."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from sendeturm.errors import Problem, fail
from sendeturm.sound.blocks import Block
from sendeturm.sound.decode import open_recording

FRESH_S = 10.0
"""A file changed so recently may still grow: recorders write every few seconds."""

_State = tuple[int, int]  # size in bytes, mtime in ns


class Program(Protocol):
    """A stream of samples that is the same however often it is read.

    Its blocks have `channels` (1 or 2) channels at `rate_hz`; `expected_ms` is its length as far
    as that is known before anything is decoded, 0 if it is not. Messages call it `file`.
    """

    @property
    def file(self) -> str:
        """Return what messages call it."""

    @property
    def rate_hz(self) -> int:
        """Return the samples per second of each channel."""

    @property
    def channels(self) -> int:
        """Return the number of channels, 1 or 2."""

    @property
    def expected_ms(self) -> int:
        """Return the length to expect, 0 where nobody knows."""

    def blocks(self) -> Iterator[Block]:
        """Yield the whole program in blocks of about a second."""

    def notices(self) -> tuple[Problem, ...]:
        """Return what was odd; complete once `blocks` is exhausted."""


class Single:
    """One recording as it is; `source` says what the file tells of itself.

    Raises what `open_recording` raises.
    """

    def __init__(self, path: Path, file: str, rate_hz: int | None = None) -> None:
        """Look at the recording at `path`, called `file` in messages.

        It is heard at `rate_hz`, or at the rate that fits it best.
        """
        self.path = path
        self.file = file
        with open_recording(path, file) as opened:
            self._state = _state(path)
            self._age_s = time.time() - path.stat().st_mtime
            self.source = opened.facts
            self.rate_hz = rate_hz or opened.rate_hz
            self.channels = opened.channels
        self._notices: tuple[Problem, ...] = ()

    @property
    def expected_ms(self) -> int:
        """Return the length by the file's own words."""
        return self.source.duration_ms

    def blocks(self) -> Iterator[Block]:
        """Yield the recording in its own channels.

        Raises SendeturmError where it cannot be decoded, `sound.changed` where somebody still
        writes to it, and `sound.still-written` where that may be so.
        """
        with open_recording(self.path, self.file) as opened:
            yield from opened.blocks(self.rate_hz, self.channels)
            self._notices = opened.notices()
            is_end_sure = opened.is_end_sure
        self.ensure_unchanged()
        if not is_end_sure and 0 <= self._age_s < FRESH_S:
            raise fail("sound.still-written", file=self.file, age_s=round(self._age_s))

    def ensure_unchanged(self) -> None:
        """Raise SendeturmError (`sound.changed`) where somebody has written to the file."""
        if _state(self.path) != self._state:
            raise fail("sound.changed", file=self.file)

    def notices(self) -> tuple[Problem, ...]:
        """Return what was damaged, as warnings."""
        return self._notices


def _state(path: Path) -> _State:
    found = os.stat(path)  # noqa: PTH116  # a link's target may be swapped: ask for it each time
    return found.st_size, found.st_mtime_ns
