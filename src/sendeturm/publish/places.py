"""Where a show keeps on this computer what can be made again at any time."""

from __future__ import annotations

from pathlib import Path

CACHE_NAME = ".sendeturm"


def cache_folder(folder: Path) -> Path:
    """Return the show's local cache; it may be deleted at any time."""
    return folder / CACHE_NAME
