"""The cache after runs that were killed: nobody could tidy up then, so the next one does."""

from __future__ import annotations

import shutil
import time
from contextlib import suppress
from pathlib import Path

OLD_S = 24 * 60 * 60
"""Nothing that is still written to is as old as this."""

PASSING = ("tagging-*", "fetched-*")
"""Folders that a run makes for itself and removes when it ends."""


def sweep(cache: Path) -> None:
    """Remove the folders in `cache` that killed runs left behind a day ago or longer."""
    before = time.time() - OLD_S
    for pattern in PASSING:
        for folder in cache.glob(pattern):
            with suppress(OSError):
                if folder.stat().st_mtime < before:
                    shutil.rmtree(folder, ignore_errors=True)
