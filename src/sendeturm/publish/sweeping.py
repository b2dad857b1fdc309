"""The cache after runs that were killed: nobody could tidy up then, so the next one does."""

from __future__ import annotations

import shutil
import time
from contextlib import suppress
from pathlib import Path

OLD_S = 24 * 60 * 60
"""Nothing that is still written to is as old as this."""

PASSING = ("tagging-*", "fetched-*", "originals/*.part", "preview/*")
"""What a run makes for itself and removes when it ends."""


def sweep(cache: Path) -> None:
    """Remove what killed runs left behind in `cache` a day ago or longer."""
    before = time.time() - OLD_S
    for left in (path for pattern in PASSING for path in cache.glob(pattern)):
        with suppress(OSError):
            if left.stat().st_mtime >= before:
                continue
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink()
