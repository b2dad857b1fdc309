"""sha256 of the podcaster's files, remembered so that an unchanged show is never read again."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from pathlib import Path
from threading import Lock

from sendeturm.errors import fail
from sendeturm.sources.files import replace_file, unreadable
from sendeturm.sources.pulled import read_pulled

RACY_NS = 2_000_000_000
"""A file changed so recently may change again without its time stamp showing it (FAT: 2 s)."""

_State = tuple[int, int, int]  # size in bytes, mtime in ns, inode


class Digests:
    """Digests of files, kept in `digests.json` below the cache folder.

    A digest counts while path, size, time stamp and inode stay the same. A damaged or missing
    cache only means that files are read again.
    """

    def __init__(self, cache_folder: Path) -> None:
        """Remember digests in `cache_folder`, which is made when there is something to keep."""
        self._file = cache_folder / "digests.json"
        self._lock = Lock()
        self._known = _load(self._file)
        self._pulled = read_pulled(cache_folder.parent)

    def sha256_of(self, path: Path) -> str:
        """Return the sha256 (hex) of the file at `path`, or of what a pulled file stands for.

        Raises SendeturmError if it cannot be read or is being written meanwhile.
        """
        try:
            state = _state(path.stat())
            digest = self._recall(path, state)
            own = digest or self._learn(path)
        except OSError as error:
            raise unreadable(self._shown(path), error) from error
        return self._pulled.get(own, own)

    def _shown(self, path: Path) -> Path:
        """Return `path` as the person would write it, seen from the show's folder."""
        folder = self._file.parent.parent
        return path.relative_to(folder) if path.is_relative_to(folder) else path

    def _recall(self, path: Path, state: _State) -> str | None:
        *known, digest = self._known.get(_name(path), (0, 0, 0, None))
        return str(digest) if digest and tuple(known) == state else None

    def _learn(self, path: Path) -> str:
        with path.open("rb") as opened:
            before = _state(os.fstat(opened.fileno()))
            digest = hashlib.file_digest(opened, "sha256").hexdigest()
            after = _state(os.fstat(opened.fileno()))
        if before != after:
            raise fail("sources.still-written", file=self._shown(path))
        if time.time_ns() - after[1] > RACY_NS:
            self._keep(path, after, digest)
        return digest

    def _keep(self, path: Path, state: _State, digest: str) -> None:
        with self._lock:
            self._known[_name(path)] = (*state, digest)
            text = json.dumps(self._known, indent=0)
            # Without the cache everything is right, only slower: on a read-only disk, say.
            with contextlib.suppress(OSError):
                self._file.parent.mkdir(parents=True, exist_ok=True)
                replace_file(self._file, text.encode("utf-8", "surrogateescape"))


def _name(path: Path) -> str:
    return str(path.absolute())


def _state(stat: os.stat_result) -> _State:
    return (stat.st_size, stat.st_mtime_ns, stat.st_ino)


def _load(file: Path) -> dict[str, tuple[int, int, int, str]]:
    try:
        kept = json.loads(file.read_bytes())
        return {
            str(name): (int(size), int(mtime_ns), int(inode), str(digest))
            for name, (size, mtime_ns, inode, digest) in kept.items()
        }
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return {}
