"""Local files written whole or not at all."""

from __future__ import annotations

import secrets
from pathlib import Path

from sendeturm.errors import fail


def write_whole(path: Path, body: bytes) -> None:
    """Write `body` beside `path` and rename; raises `publish.cannot-write`."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            part.write_bytes(body)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise fail("publish.cannot-write", file=path, reason=error.strerror or str(error)) from None
