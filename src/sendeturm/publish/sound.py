"""Published sound that is replaced: the former bytes are kept aside, so that they can come back."""

from __future__ import annotations

from pathlib import Path

from sendeturm.errors import fail
from sendeturm.model import StoredFile
from sendeturm.publish.keys import HASH_LENGTH
from sendeturm.store.protocol import Head, ObjectMeta, Store

MEDIA_CACHE = "max-age=604800"
"""A week: a corrected recording must reach apps that keep an address, so not for ever."""


def kept_key(sound: StoredFile) -> str:
    """Return where a sound's bytes are kept while others have its address."""
    return kept_key_of(sound.key, sound.sha256)


def kept_key_of(key: str, sha256: str) -> str:
    """Return the same for a key and the digest of what belongs there."""
    stem, _, suffix = key.rpartition(".")
    return f"{stem.removesuffix(sha256[:HASH_LENGTH])}{sha256}.{suffix}"


def keep_aside(store: Store, sound: StoredFile, folder: Path) -> None:
    """Keep a published sound before its address gets other bytes; a lost one cannot be kept."""
    if _has(store.head(kept_key(sound)), sound) or not _has(store.head(sound.key), sound):
        return
    path = folder / "former"
    path.unlink(missing_ok=True)
    if store.download(sound.key, path) is not None:
        put_at(store, sound, kept_key(sound), path)


def kept_sound(store: Store, sound: StoredFile, folder: Path) -> Path:
    """Return a copy of a sound that was published once; raises `publish.sound-lost`."""
    path = folder / "kept"
    for key in (kept_key(sound), sound.key):
        if _has(store.head(key), sound) and store.download(key, path) is not None:
            return path
    raise fail("publish.sound-lost", file=sound.key, place=store.label)


def put_at(store: Store, sound: StoredFile, key: str, path: Path) -> None:
    """Put a sound's bytes under another of its keys, unless they are there."""
    if not _has(store.head(key), sound):
        store.put(key, path, ObjectMeta(sound.type, MEDIA_CACHE))


def _has(head: Head | None, sound: StoredFile) -> bool:
    return head is not None and head.meta.metadata.get("sha256") == sound.sha256
