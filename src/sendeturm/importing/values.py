"""What was found in an old host's feed, on its way into a show's folder."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sendeturm.errors import Problem


@dataclass(frozen=True, slots=True)
class Sound:
    """An enclosure: its address, and what the feed says of type and size (0 where it does not)."""

    url: str
    type: str = ""
    size_bytes: int = 0


@dataclass(frozen=True, slots=True)
class FoundTranscript:
    """A transcript's address, type and language, as the feed names them."""

    url: str
    type: str = ""
    language: str = ""


@dataclass(slots=True)
class FoundEpisode:
    """An item as an episode: `front` are settings of its front matter, `notes` Markdown.

    `guid` and `published_at` are the feed's own; without a date it must stay a draft. `listed` are
    chapters in the feed itself, as JSON chapters; `chapters_url` leads to others. `stem` is the
    name of its files.
    """

    title: str
    guid: str
    sound: Sound
    published_at: datetime | None = None
    number: int | None = None
    season: int | None = None
    type: str = "full"
    front: dict[str, object] = field(default_factory=dict)
    notes: str = ""
    cover_url: str = ""
    listed: bytes = b""
    chapters_url: str = ""
    transcripts: tuple[FoundTranscript, ...] = ()
    stem: str = ""
    problems: list[Problem] = field(default_factory=list)
    other_names: tuple[str, ...] = ()
    left_names: tuple[str, ...] = ()


@dataclass(slots=True)
class FoundShow:
    """A channel as a show: `settings` are those of `[show]`, without an id.

    `lock_owner` is None where the old host does not forbid to import the show, else whom it names
    as the owner, which may be nobody.
    """

    settings: dict[str, object]
    cover_url: str = ""
    lock_owner: str | None = None
    episodes: list[FoundEpisode] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    other_names: tuple[str, ...] = ()
    left_names: tuple[str, ...] = ()
