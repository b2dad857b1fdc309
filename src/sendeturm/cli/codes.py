"""What the shell is told."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """How a command ended."""

    DONE = 0
    MENDABLE = 1
    USAGE = 2
    BUG = 3
    CHANGES = 4
    INTERRUPTED = 130
