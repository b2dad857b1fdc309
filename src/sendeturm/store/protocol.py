"""What every store can do: objects under keys, each with a type, a cache rule and metadata."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from sendeturm.errors import Problem
from sendeturm.store.capabilities import Capabilities

BytesDone = Callable[[int], None]
"""Called with the number of bytes sent so far."""
Notify = Callable[[Problem], None]
"""Called, from any thread, with what a person may want to know while it lasts: a try again."""


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


@dataclass(frozen=True, slots=True)
class Condition:
    """What must hold for a write: the object has this ETag, or (None) there is none."""

    etag: str | None = None


ABSENT = Condition()
"""Nothing is there yet: create only."""


class ConditionFailedError(Exception):
    """Somebody else wrote first: nothing was changed. To be met, not shown."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(key)


class ConditionUnsupportedError(Exception):
    """The store was not shown to keep such a condition, or refuses it: nothing was changed."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(key)


def ignore(problem: Problem) -> None:
    """Let nobody know."""
    del problem


class Store(Protocol):
    """A place where a show lives: a folder or a bucket with a prefix.

    Keys are relative to the place, ASCII, with `/` between parts. Every method raises
    SendeturmError with one problem when the place cannot be reached or refuses. What
    `capabilities` do not name is not tried; `notify` hears of tries again.
    """

    capabilities: Capabilities
    notify: Notify

    @property
    def label(self) -> str:
        """Return the place as a person wrote it: `public/`, `s3://bucket/prefix`."""

    @property
    def endpoint(self) -> str:
        """Return scheme, host and port that requests go to; empty for a folder."""

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
        self,
        key: str,
        body: bytes | Path,
        meta: ObjectMeta,
        progress: BytesDone | None = None,
        *,
        only_if: Condition | None = None,
    ) -> str:
        """Store an object whole or not at all and return its ETag.

        The body's sha256 (hex) is added to the metadata as `sha256`. Of several writers with the
        same condition one succeeds; one's own write whose answer was lost is recognised. Raises
        ConditionFailedError, ConditionUnsupportedError, and ValueError for types, cache rules and
        metadata keys that HTTP headers cannot carry.
        """

    def delete(self, key: str, *, only_if: Condition | None = None) -> None:
        """Remove an object; one that is not there is no error.

        With a condition about its ETag, raises ConditionFailedError if it has another one now
        (not if it has gone already), and ConditionUnsupportedError.
        """

    def clock(self) -> datetime | None:
        """Return the store's own time as last seen in an answer, None if it has none."""
