"""Reading with limits, writing beside and renaming; errors that a person can mend."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

from sendeturm.errors import SendeturmError, fail
from sendeturm.renaming import take_name

MAX_TEXT_BYTES = 1_000_000
MAX_TRANSCRIPT_BYTES = 20_000_000


def unreadable(file: object, error: OSError) -> SendeturmError:
    """Return the error of a file that cannot be read; `file` as the person would write it."""
    return fail("sources.unreadable", file=file, reason=error.strerror or str(error))


def read_text(path: Path, file: str, limit_bytes: int = MAX_TEXT_BYTES) -> str:
    """Return the text at `path` (UTF-8, a byte order mark is dropped); `file` names it in errors.

    Raises SendeturmError if it cannot be read, is longer than `limit_bytes`, or is no UTF-8.
    """
    try:
        with path.open("rb") as opened:
            content = opened.read(limit_bytes + 1)
    except OSError as error:
        raise unreadable(file, error) from error
    if len(content) > limit_bytes:
        raise fail("sources.file-too-long", file=file, limit_mb=limit_bytes // 1_000_000)
    return _decoded(content, file)


def _decoded(content: bytes, file: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise fail("sources.not-utf8", file=file, line=line) from error


def replace_file(path: Path, content: bytes) -> None:
    """Write `content` beside `path` and rename: whoever reads sees the old or the new whole.

    A link stays a link, permissions stay as they are. Raises OSError.
    """
    target = path.resolve()
    with _written_beside(target, content) as beside:
        with contextlib.suppress(FileNotFoundError):
            shutil.copymode(target, beside)
        take_name(beside, target)


def create_file(path: Path, content: bytes) -> None:
    """Write `content` to a new file, whole or not at all.

    Raises FileExistsError if there is one already, and any other OSError.
    """
    with _written_beside(path, content) as beside:
        try:
            os.link(beside, path)  # unlike a rename, it never takes another's place
        except FileExistsError:
            raise
        except OSError:  # a file system without hard links
            if path.exists():
                raise FileExistsError(str(path)) from None
            beside.replace(path)


@contextlib.contextmanager
def _written_beside(path: Path, content: bytes) -> Iterator[Path]:
    beside = path.with_name(f".{uuid4().hex}.tmp")
    try:
        with beside.open("xb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        yield beside
    finally:
        beside.unlink(missing_ok=True)
