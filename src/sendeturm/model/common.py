"""Small values that shows, episodes and records share."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, ConfigDict, Field, model_validator

from sendeturm.model.base import Kept, Written
from sendeturm.model.taxonomy import group_of, known_group, known_role

Role = Annotated[str, AfterValidator(known_role)]


class Person(Written):
    """Somebody who takes part (podcast:person)."""

    name: str = Field(min_length=1, max_length=128, description="the person's name")
    role: Role = Field("host", description="what the person does: host, guest, audio editor …")
    group: Annotated[str, AfterValidator(known_group)] = Field(
        "cast", description="the role's group in the podcast taxonomy; unset: the role's own"
    )
    url: str | None = Field(None, description="the person's page (https)")
    image: str | None = Field(None, description="address of a picture (https)")

    @model_validator(mode="before")
    @classmethod
    def _in_the_roles_group(cls, values: Any) -> Any:
        if not isinstance(values, dict) or "group" in values:
            return values
        group = group_of(str(values.get("role", "host")))
        return values | {"group": group} if group else values


class Credit(Person):
    """A person as published: keys of newer minor versions survive a rewrite, and any role."""

    model_config = ConfigDict(extra="allow")

    role: str = "host"
    group: str = "cast"


class Chapter(Kept):
    """A part of an episode that can be jumped to; `start_ms` counts from the episode's start.

    `image` is a picture's address (https), or a file: in `episodes/` where the person's own files
    are read, an object's key once it is published. A hidden chapter changes the picture while it
    is heard and is listed nowhere (JSON chapters' `toc`).
    """

    start_ms: int = Field(ge=0)
    title: str
    url: str | None = None
    image: str | None = None
    is_hidden: bool = False

    @property
    def own_picture(self) -> str | None:
        """Return the picture's file or key; None where it is an address, or there is none."""
        return self.image if self.image and "://" not in self.image else None


class Cue(Kept):
    """A stretch of a transcript with who says it; times count from the episode's start.

    In a plain text that names no times both are 0.
    """

    start_ms: int = Field(ge=0)
    end_ms: int = Field(ge=0)
    text: str
    speaker: str | None = None

    @property
    def is_timed(self) -> bool:
        """Say whether it is known when this is said."""
        return self.end_ms > 0


class StoredFile(Kept):
    """An object in the store: key, size in bytes, Content-Type, sha256 in hex."""

    key: str
    size_bytes: int
    type: str
    sha256: str


class Loudness(Kept):
    """Measured loudness (ITU-R BS.1770-4, EBU Tech 3342).

    `integrated_lufs` is −70 for silence; `true_peak_dbtp` is read with at least 4× oversampling.
    """

    integrated_lufs: float
    true_peak_dbtp: float
    lra_lu: float


class AlternateFile(StoredFile):
    """A stored file with an episode's sound in another form (podcast:alternateEnclosure).

    `name` is what people call the form, `codecs` what RFC 6381 does; `loudness` was measured in
    the encoded file. `former_keys` once stood in the feed and serve the same bytes now.
    """

    name: str
    codecs: str
    bitrate_kbps: int
    loudness: Loudness
    former_keys: tuple[str, ...] = ()


class ImageFacts(StoredFile):
    """A stored picture; `source_sha256` is the digest of what it was made from.

    That is the person's own file, the cover for a smaller one, or all that a card shows.
    """

    width_px: int
    height_px: int
    source_sha256: str


class TranscriptFile(StoredFile):
    """A stored transcript in one format and language.

    `made_by` names the machine that wrote it down (`faster-whisper small`), and is empty where
    people did, or have read and corrected it.
    """

    language: str
    made_by: str = ""
