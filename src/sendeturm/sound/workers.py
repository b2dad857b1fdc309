"""The threads that work on sound: as many as there are cores, shared by everything."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from functools import cache

_MOST = 4
"""One thread decodes for all the others: more of them would only hold memory and wait."""


def cores() -> int:
    """Return how many cores there are to work with, 1 to 4."""
    try:
        allowed = len(os.sched_getaffinity(0))
    except AttributeError:  # Linux alone can tell
        allowed = os.cpu_count() or 1
    return min(allowed, _MOST)


@cache
def executor() -> ThreadPoolExecutor:
    """Return the executor that all mastering shares."""
    return ThreadPoolExecutor(cores(), thread_name_prefix="sound")
