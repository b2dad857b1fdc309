"""What an audio file says about itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sendeturm.model import Chapter


@dataclass(frozen=True, slots=True, kw_only=True)
class Tags:
    """Everything that is written into a media object beside its sound.

    `published_at` is written to the minute, as the clock reads in its own zone; files know no
    zones, so `read_tags` gives it back without one. `language` is an ISO 639 code as in the show
    (`de`, `de-AT`). `notes` is plain text. `page_url` is the episode's page. `chapters` count
    from the start of the sound that lasts `duration_ms`; those at or after its end are left out.
    `pictures` are small JPEGs of chapters, by their `image`.
    `cover` is a small picture of `cover_type`.
    """

    title: str
    show: str = ""
    author: str = ""
    number: int | None = None
    season: int | None = None
    published_at: datetime | None = None
    language: str = ""
    notes: str = ""
    page_url: str | None = None
    copyright: str | None = None
    duration_ms: int = 0
    chapters: tuple[Chapter, ...] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    cover: bytes | None = None
    cover_type: str = "image/jpeg"
