"""Files below a root: found without following links, written whole, errors in plain words."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from stat import S_ISREG

from sendeturm.errors import fail
from sendeturm.renaming import take_name

TRIES = 5
"""A deletion elsewhere may remove the empty folder that a file is about to move into."""

DRAFT_KEPT_S = 24 * 60 * 60
ETAG_STEP_NS = 1000
"""Coarser than the clock of any common file system but FAT: a later put is always newer."""

_CODES = {
    errno.ENOSPC: "store.disk-full",
    errno.EDQUOT: "store.disk-full",
    errno.EFBIG: "store.disk-full",
    errno.EACCES: "store.no-permission",
    errno.EPERM: "store.no-permission",
    errno.EROFS: "store.no-permission",
    errno.EEXIST: "store.name-taken",
    errno.EISDIR: "store.name-taken",
    errno.ENOTDIR: "store.name-taken",
    errno.ENOTEMPTY: "store.name-taken",
}


@contextmanager
def disk_told(label: str, key: str = "") -> Iterator[None]:
    """Turn an operating system's refusal into a SendeturmError about the place `label`."""
    try:
        yield
    except ConnectionError:
        raise  # no disk does this: somebody who listens to the progress hung up
    except OSError as error:
        code = _CODES.get(error.errno or 0, "store.disk-failed")
        raise fail(code, place=label, name=key, reason=error.strerror or str(error)) from error


def plain_path(root: Path, name: str) -> Path | None:
    """Return `name` (parts with `/` between) below `root`, None if a link is among its folders."""
    path = root
    *folders, last = name.split("/")
    for folder in folders:
        path /= folder
        if path.is_symlink():
            return None
    return path / last


def files_below(
    root: Path, folder: str, hidden: tuple[str, ...]
) -> Iterator[tuple[str, os.stat_result]]:
    """Yield each file's name below `root` and its facts; links are neither named nor followed.

    Looks into `folder` (`` for all), not into the `hidden` ones (written `a/b/`).
    """
    if folder and (root / folder).is_symlink():
        return
    waiting = [f"{folder}/" if folder else ""]
    while waiting:
        below = waiting.pop()
        for entry in [] if below in hidden else _entries(root / below):
            if entry.is_dir(follow_symlinks=False):
                waiting.append(f"{below}{entry.name}/")
            elif entry.is_file(follow_symlinks=False):
                with suppress(FileNotFoundError):  # removed meanwhile
                    yield below + entry.name, entry.stat(follow_symlinks=False)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except (FileNotFoundError, NotADirectoryError):
        return []


def fsync_new(path: Path, content: Iterable[bytes]) -> None:
    """Write a file that is not there yet, down to the disk."""
    with path.open("xb") as file:
        for chunk in content:
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())


def move_into_place(draft: Path, target: Path) -> None:
    """Move a finished file to its name, whose folders are made where they lack."""
    for left in reversed(range(TRIES)):
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            take_name(draft, target)
        except FileNotFoundError:
            if not left:
                raise
        else:
            return


def write_new(path: Path, content: Iterable[bytes]) -> None:
    """Write a file that is not there yet, and that may be lost when the power goes."""
    with path.open("xb") as file:
        for chunk in content:
            file.write(chunk)


def etag_of(stat: os.stat_result) -> str:
    """Return a file's ETag: its size and time of change, so that a listing reads no file."""
    return f"{stat.st_size:x}-{stat.st_mtime_ns:x}"


def modified_at(stat: os.stat_result) -> datetime:
    """Return a file's time of change, in UTC."""
    return datetime.fromtimestamp(stat.st_mtime, UTC)


def stamp(draft: Path, target: Path) -> str:
    """Make the draft newer than what it replaces, however coarse or wrong the clock is."""
    now_ns = time.time_ns()
    with suppress(FileNotFoundError, NotADirectoryError):
        now_ns = max(now_ns, target.lstat().st_mtime_ns + ETAG_STEP_NS)
    os.utime(draft, ns=(now_ns, now_ns))
    return etag_of(draft.stat())


def sweep(drafts: Path) -> None:
    """Remove what killed runs left behind."""
    before = time.time() - DRAFT_KEPT_S
    for draft in drafts.iterdir():
        with suppress(FileNotFoundError):
            if S_ISREG(draft.lstat().st_mode) and draft.lstat().st_mtime < before:
                draft.unlink()
