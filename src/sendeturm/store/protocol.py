"""What every store can do: objects under keys, each with a type, a cache rule and metadata."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

BytesDone = Callable[[int], None]
"""Called with the number of bytes sent so far."""


@dataclass(frozen=True, slots=True)
class ObjectMeta:
    """How an object is to be served; `metadata` keys are lower-case ASCII words with hyphens.

    Metadata's values may be any text; an empty one is not kept.
    """

    content_type: str
    cache_control: str = "max-age=300"
    metadata: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Listed:
    """An object as a listing names it; `etag` is opaque, unquoted, another for another body."""

    key: str
    size_bytes: int
    etag: str
    modified_at: datetime


@dataclass(frozen=True, slots=True)
class Head:
    """An object's facts without its body; `metadata` keys are lower-case."""

    key: str
    size_bytes: int
    etag: str
    modified_at: datetime
    meta: ObjectMeta


@dataclass(frozen=True, slots=True)
class Stored:
    """An object with its body."""

    head: Head
    body: bytes


class Store(Protocol):
    """A place where a show lives: a folder or a bucket with a prefix.

    Keys are relative to the place, ASCII, with `/` between parts. Every method raises
    SendeturmError with one problem when the place cannot be reached or refuses.
    """

    @property
    def label(self) -> str:
        """Return the place as a person wrote it: `public/`, `s3://bucket/prefix`."""

    def list_objects(self, prefix: str = "") -> list[Listed]:
        """Return all objects whose key starts with `prefix`, ordered by key."""

    def head(self, key: str) -> Head | None:
        """Return an object's facts, None if there is no such object."""

    def get(self, key: str) -> Stored | None:
        """Return an object, None if there is none; for small objects, held in memory."""

    def download(self, key: str, path: Path) -> Head | None:
        """Write an object's body to the new file `path` and return its facts, None as in `get`.

        However large it is, little of it is in memory at a time.
        """

    def put(
        self, key: str, body: bytes | Path, meta: ObjectMeta, progress: BytesDone | None = None
    ) -> str:
        """Store an object whole or not at all and return its ETag.

        The body's sha256 (hex) is added to the metadata as `sha256`. Raises ValueError for types,
        cache rules and metadata keys that HTTP headers cannot carry.
        """

    def delete(self, key: str) -> None:
        """Remove an object; one that is not there is no error."""

    def clock(self) -> datetime | None:
        """Return the store's own time as last seen in an answer, None if it has none."""
