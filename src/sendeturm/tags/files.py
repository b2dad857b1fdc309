"""Write and read tags by the kind of file; what the disk refuses becomes a problem."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from mutagen import MutagenError

from sendeturm.errors import fail
from sendeturm.tags import m4a, mp3, opus
from sendeturm.tags.values import Tags

_KINDS: dict[str, ModuleType] = {".mp3": mp3, ".m4a": m4a, ".opus": opus}
"""One module per kind of file, each with `write` and `read`."""

_CODES = {
    errno.ENOSPC: "tags.disk-full",
    errno.EDQUOT: "tags.disk-full",
    errno.EFBIG: "tags.disk-full",
    errno.EACCES: "tags.read-only",
    errno.EPERM: "tags.read-only",
    errno.EROFS: "tags.read-only",
    errno.ENOENT: "tags.missing",
}


def write_tags(path: Path, tags: Tags, *, keeps_chapters: bool = False) -> None:
    """Replace all tags of the file at `path`, in place; its sound stays as it is, bit for bit.

    `keeps_chapters` leaves the file's own chapters as they are; those of an M4A stay in any case,
    because they are no tags. The same tags give the same bytes. `path` is a copy that the caller
    may lose: a full disk leaves it unfinished. Raises SendeturmError when the file cannot be
    written or is no `.mp3`, `.m4a` or `.opus`.
    """
    with _problems_of(path):
        path.stat()  # mutagen would make a missing file
        _kind_of(path).write(path, tags, keeps_chapters=keeps_chapters)


def read_tags(path: Path) -> Tags:
    """Return the tags of the file at `path`; one without any gives an empty title.

    Raises SendeturmError when the file cannot be read, its tags are broken, or its kind is unknown.
    """
    with _problems_of(path):
        tags: Tags = _kind_of(path).read(path)
        return tags


def chapter_pictures(path: Path) -> dict[int, bytes]:
    """Return the pictures of the chapters in the MP3 at `path`, by their times in ms.

    Raises SendeturmError when the file cannot be read or its tags are broken.
    """
    with _problems_of(path):
        return mp3.read_chapter_pictures(path)


def _kind_of(path: Path) -> ModuleType:
    try:
        return _KINDS[path.suffix.lower()]
    except KeyError:
        raise fail("tags.unknown-kind", file=path, suffix=path.suffix or "–") from None


@contextmanager
def _problems_of(path: Path) -> Iterator[None]:
    try:
        yield
    except (MutagenError, OSError) as error:
        # mutagen wraps the operating system's error as its first argument.
        inner = error.args[0] if error.args and isinstance(error.args[0], OSError) else error
        code = _CODES.get(getattr(inner, "errno", None) or 0, "tags.broken")
        reason = getattr(inner, "strerror", None) or str(inner)
        raise fail(code, file=path, reason=reason) from error
