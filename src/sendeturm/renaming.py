"""A finished file takes its name, also where somebody reads the one that has it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

READERS_BLOCK = os.name == "nt"
"""Windows neither replaces nor removes a file that a server, a player or a virus scanner reads."""
TRIES = 50
PAUSE_S = 0.1


def take_name(draft: Path, target: Path) -> None:
    """Move a file to a name, in place of what has it, at once or after its readers; OSError."""
    _patiently(lambda: draft.replace(target))


def remove(path: Path) -> None:
    """Remove a file if it is there, at once or after its readers; raises OSError."""
    _patiently(lambda: path.unlink(missing_ok=True))


def _patiently(act: Callable[[], object]) -> None:
    for left in reversed(range(TRIES if READERS_BLOCK else 1)):
        try:
            act()
        except PermissionError:
            if not left:
                raise
            time.sleep(PAUSE_S)
        else:
            return
