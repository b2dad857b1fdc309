"""A store in a folder: objects are plain files, ready to be served by any web server."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from io import BufferedReader
from pathlib import Path

from sendeturm.errors import fail
from sendeturm.renaming import remove
from sendeturm.store.bodies import CHUNK_BYTES, chunks
from sendeturm.store.capabilities import FOLDER
from sendeturm.store.descriptions import (
    Description,
    Descriptions,
    guessed_meta,
    read_descriptions,
)
from sendeturm.store.disk import (
    disk_told,
    etag_of,
    files_below,
    fsync_new,
    modified_at,
    move_into_place,
    plain_path,
    stamp,
    sweep,
    write_new,
)
from sendeturm.store.keys import checked_key, checked_meta, is_key, kept_metadata
from sendeturm.store.locking import locked
from sendeturm.store.protocol import (
    BytesDone,
    Condition,
    ConditionFailedError,
    ConditionUnsupportedError,
    Head,
    Listed,
    Notify,
    ObjectMeta,
    Stored,
    ignore,
)

OWN = ".sendeturm/"
META = f"{OWN}meta/"
DRAFTS = f"{OWN}drafts/"
LOCK = f"{OWN}lock~"
"""Held while a file takes its place; no key has a tilde."""


class FolderStore:
    """Objects as files below `root`, which is made when the first one is put.

    What a file cannot say (type, cache rule, metadata) lies in `.sendeturm/meta/`, bodies that are
    being written in `.sendeturm/drafts/`; neither is listed. Symbolic links below `root` are no
    objects and are never followed, and files with names that no key can have are not seen. A store
    that is not `lasting` is fast: nothing waits for the disk.
    """

    def __init__(self, root: Path, label: str, *, lasting: bool = True) -> None:
        self.root = root
        self.capabilities = FOLDER
        self.notify: Notify = ignore
        self._label = label
        self._swept = False
        self._lasting = lasting

    def __repr__(self) -> str:
        """Name the place."""
        return f"FolderStore({self._label!r})"

    @property
    def label(self) -> str:
        """Return the folder as the person wrote it."""
        return self._label

    @property
    def endpoint(self) -> str:
        """Return nothing: no request leaves this computer."""
        return ""

    def list_objects(self, prefix: str = "") -> list[Listed]:
        """Return all objects whose key starts with `prefix`, ordered by key."""
        folder = prefix.rpartition("/")[0]
        with disk_told(self._label):
            if folder and (not is_key(folder) or plain_path(self.root, folder) is None):
                return []
            found = [
                Listed(key, stat.st_size, etag_of(stat), modified_at(stat))
                for key, stat in files_below(self.root, folder, hidden=(META, DRAFTS))
                if key.startswith(prefix) and _is_object(key)
            ]
        return sorted(found, key=lambda listed: listed.key)

    def head(self, key: str) -> Head | None:
        """Return an object's facts, None if there is no such object."""
        opened = self.open(key)
        if opened is None:
            return None
        head, file = opened
        file.close()
        return head

    def get(self, key: str) -> Stored | None:
        """Return an object, None if there is none."""
        opened = self.open(key)
        if opened is None:
            return None
        head, file = opened
        with file, disk_told(self._label, key):
            return Stored(head, file.read())

    def download(self, key: str, path: Path) -> Head | None:
        """Copy an object's body to the new file `path`, None if there is no such object."""
        opened = self.open(key)
        if opened is None:
            return None
        head, file = opened
        with file, disk_told(str(path.parent), path.name), path.open("xb") as copy:
            shutil.copyfileobj(file, copy, CHUNK_BYTES)
        return head

    def open(self, key: str) -> tuple[Head, BufferedReader] | None:
        """Return an object's facts and its file, to be read and closed by the caller.

        A put meanwhile changes neither. None if there is no such object.
        """
        with disk_told(self._label, key):
            path = self._plain_file(_checked(key))
            if path is None:
                return None
            try:
                file = path.open("rb")
            except FileNotFoundError:
                return None
            try:
                return self._head(key, file), file
            except BaseException:
                file.close()
                raise

    def put(
        self,
        key: str,
        body: bytes | Path,
        meta: ObjectMeta,
        progress: BytesDone | None = None,
        *,
        only_if: Condition | None = None,
    ) -> str:
        """Store an object whole or not at all and return its ETag.

        Raises SendeturmError for a full disk, a missing permission, a link in the way, a name
        that a folder has (or a folder's name that an object has), an unreadable body.
        """
        _checked(key)
        checked_meta(meta)
        with disk_told(self._label, key):
            target = self._writable(key)
            draft = self._new_draft()
            try:
                sha256 = self._fill(draft, body, progress)
                with self._alone(key, only_if):
                    description = _description(stamp(draft, target), meta, sha256)
                    self._describe(key, description)
                    move_into_place(draft, target)
            finally:
                draft.unlink(missing_ok=True)
            if self._descriptions(key).of(description.etag) is None:
                self._describe(key, description)  # another writer came between, without locks
        return description.etag

    def delete(self, key: str, *, only_if: Condition | None = None) -> None:
        """Remove an object, its description, and the folders that it leaves empty."""
        names = (_checked(key), _meta_name(key))
        with disk_told(self._label, key):
            if not any(self._plain_file(name) for name in names):
                return  # looking makes no folder
            with self._alone(key, only_if):
                for path in filter(None, map(self._plain_file, names)):
                    remove(path)
                    self._remove_empty_folders(path.parent)

    def clock(self) -> datetime | None:
        """Return None: a folder has no clock of its own."""
        return None

    @contextmanager
    def _alone(self, key: str, only_if: Condition | None) -> Iterator[None]:
        """Let no other process or thread write meanwhile; refuse if the condition does not hold.

        Where the file system has no locks, only writes without a condition are done.
        """
        with locked(self._writable(LOCK)) as is_alone:
            if only_if is not None and not is_alone:
                raise ConditionUnsupportedError(key)
            if only_if is not None and only_if.etag != self._etag(key):
                raise ConditionFailedError(key)
            yield

    def _etag(self, key: str) -> str | None:
        path = self._plain_file(key)
        return etag_of(path.stat()) if path else None

    def _head(self, key: str, file: BufferedReader) -> Head:
        stat = os.fstat(file.fileno())
        etag = etag_of(stat)
        return Head(key, stat.st_size, etag, modified_at(stat), self._meta(key, etag, file))

    def _meta(self, key: str, etag: str, file: BufferedReader) -> ObjectMeta:
        known = self._descriptions(key)
        description = known.of(etag)
        if description is None:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            file.seek(0)
            description = known.of_content(sha256)
            return description.meta if description else guessed_meta(key, sha256)
        return description.meta

    def _descriptions(self, key: str) -> Descriptions:
        path = self._plain_file(_meta_name(key))
        if path is None:
            return Descriptions()
        with suppress(FileNotFoundError):
            return read_descriptions(path.read_bytes())
        return Descriptions()

    def _describe(self, key: str, newest: Description) -> None:
        target = self._writable(_meta_name(key))
        draft = self._new_draft()
        try:
            text = self._descriptions(key).with_newest(newest).model_dump_json()
            self._write(draft, [text.encode()])
            move_into_place(draft, target)
        finally:
            draft.unlink(missing_ok=True)

    def _fill(self, draft: Path, body: bytes | Path, progress: BytesDone | None) -> str:
        sha256 = hashlib.sha256()
        done = 0

        def counted() -> Iterator[bytes]:
            nonlocal done
            for chunk in chunks(body):
                sha256.update(chunk)
                yield chunk
                done += len(chunk)
                if progress is not None:
                    progress(done)

        self._write(draft, counted())
        return sha256.hexdigest()

    def _write(self, draft: Path, content: Iterable[bytes]) -> None:
        write = fsync_new if self._lasting else write_new
        write(draft, content)

    def _plain_file(self, name: str) -> Path | None:
        path = plain_path(self.root, name)
        return path if path and path.is_file() and not path.is_symlink() else None

    def _writable(self, name: str) -> Path:
        path = plain_path(self.root, name)
        if path is None:
            raise fail("store.link-in-the-way", place=self._label, name=name)
        return path

    def _new_draft(self) -> Path:
        folder = self._writable(f"{DRAFTS}draft").parent
        folder.mkdir(parents=True, exist_ok=True)
        if not self._swept:
            sweep(folder)
            self._swept = True
        return folder / secrets.token_hex(8)

    def _remove_empty_folders(self, folder: Path) -> None:
        with suppress(OSError):  # not empty: done
            while folder != self.root:
                folder.rmdir()
                folder = folder.parent


def _is_object(key: str) -> bool:
    name = f"{key.lower()}/"
    return is_key(key) and name != OWN and not name.startswith((META, DRAFTS))


def _checked(key: str) -> str:
    if not _is_object(checked_key(key)):
        raise fail("store.bad-name", name=key)
    return key


def _meta_name(key: str) -> str:
    return f"{META}{key}~.json"  # no key has a tilde: no file here is in a folder's way


def _description(etag: str, meta: ObjectMeta, sha256: str) -> Description:
    return Description(
        etag=etag,
        content_type=meta.content_type,
        cache_control=meta.cache_control,
        metadata=kept_metadata(meta, sha256),
    )
