"""Local files written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from sendeturm.errors import fail


def write_whole(path: Path, body: bytes) -> None:
    """Write `body` beside `path` and rename; raises `publish.cannot-write`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as target:
                target.write(body)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise fail("publish.cannot-write", file=path, reason=error.strerror or str(error)) from None
