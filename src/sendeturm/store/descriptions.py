"""What a folder cannot say about a file itself: type, cache rule and metadata.

A description file holds the newest few descriptions of one key, each with the ETag of the body it
belongs to. It is written before the body takes its place; so moving the body is the one step that
changes an object, and a crash before it leaves the old body with its old description.
"""

from __future__ import annotations

from pathlib import PurePosixPath

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sendeturm.store.keys import HEADER
from sendeturm.store.protocol import ObjectMeta

KEPT = 4
"""As many writers of one key at once can meet without one's description being lost."""

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".m4a": "audio/x-m4a",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".png": "image/png",
    ".srt": "application/x-subrip; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".vtt": "text/vtt; charset=utf-8",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml; charset=utf-8",
}
"""Types of files that nobody described, the same on every machine."""
_HEADER = rf"^{HEADER.pattern}\z"


class Description(BaseModel):
    """How one body under a key is to be served."""

    model_config = ConfigDict(frozen=True)

    etag: str
    content_type: str = Field(pattern=_HEADER)
    cache_control: str = Field(pattern=_HEADER)
    metadata: dict[str, str]

    @property
    def meta(self) -> ObjectMeta:
        """Return it without the ETag."""
        return ObjectMeta(self.content_type, self.cache_control, self.metadata)


class Descriptions(BaseModel):
    """The content of a description file, the newest first."""

    model_config = ConfigDict(frozen=True)

    descriptions: tuple[Description, ...] = ()

    def of(self, etag: str) -> Description | None:
        """Return the description of the body with this ETag."""
        return next((d for d in self.descriptions if d.etag == etag), None)

    def of_content(self, sha256: str) -> Description | None:
        """Return the description of a body with this content: its file was copied or touched."""
        return next((d for d in self.descriptions if d.metadata.get("sha256") == sha256), None)

    def with_newest(self, description: Description) -> Descriptions:
        """Return these with one more, without the oldest beyond the kept number."""
        return Descriptions(descriptions=(description, *self.descriptions)[:KEPT])


def read_descriptions(content: bytes) -> Descriptions:
    """Return what a description file says; a damaged one says nothing."""
    try:
        return Descriptions.model_validate_json(content)
    except ValidationError:
        return Descriptions()


def guessed_meta(key: str, sha256: str) -> ObjectMeta:
    """Return how to serve a file that nobody described: its type is told from its name."""
    content_type = TYPES.get(PurePosixPath(key).suffix.lower(), "application/octet-stream")
    return ObjectMeta(content_type, metadata={"sha256": sha256})
