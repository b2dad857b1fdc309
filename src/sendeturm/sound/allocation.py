"""Memory given back as soon as it is free."""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3  # of malloc.h
_LARGE_BYTES = 1 << 20
_SPARE_BYTES = 1 << 21  # kept for the next second of sound, which takes as much as the last one


def give_back_large_blocks() -> None:
    """Let glibc return every freed block of a megabyte and more to the system.

    Otherwise it learns from each large block that is freed to keep the next ones of that size:
    what planning an hour takes for a moment would be held for as long as the program runs.
    Elsewhere nothing happens.
    """
    if sys.platform == "linux":
        with suppress(AttributeError):  # other C libraries have no mallopt
            mallopt = ctypes.CDLL(None).mallopt
            mallopt(_M_MMAP_THRESHOLD, _LARGE_BYTES)
            mallopt(_M_TRIM_THRESHOLD, _SPARE_BYTES)
