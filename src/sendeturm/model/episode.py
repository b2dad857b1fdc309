"""An episode as the person's folder has it, and what the world is told about it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Literal

from pydantic import AwareDatetime, Field

from sendeturm.model.base import Kept, Written
from sendeturm.model.common import Chapter, Credit, Cue, Person, Role
from sendeturm.model.config import Taking
from sendeturm.model.other_tags import EpisodeTags
from sendeturm.model.vocabulary import OTHER_TAGS, EpisodeVocabulary

EpisodeType = Literal["full", "trailer", "bonus"]


class Track(Written):
    """One speaker's recording of a conversation, in the episode's folder."""

    file: str = Field(min_length=1, description="the recording's name in the folder")
    speaker: str | None = Field(None, max_length=128, description="who speaks on it")
    role: Role = Field("host", description="what the person does: host, guest …")
    starts_at_s: float = Field(
        0.0, ge=-36_000, le=36_000, description="when it begins in the episode, in seconds"
    )


class FrontMatter(EpisodeVocabulary, Written):
    """The TOML between the +++ lines of an episode's `.md` file."""

    title: str = Field(min_length=1, max_length=255, description="without the episode's number")
    published_at: datetime | date | None = Field(
        None, description="when it goes on the air; in the future: scheduled"
    )
    guid: str | None = Field(
        None, min_length=1, max_length=1000, description="permanent identity; written once"
    )
    slug: str | None = Field(
        None,
        pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$",
        max_length=100,
        description="the last part of the page's address; fixed at first publication",
    )
    number: int | None = Field(None, ge=1, description="the episode's number")
    season: int | None = Field(None, ge=1, description="the season's number")
    type: EpisodeType = Field("full", description="full, trailer or bonus")
    summary: str | None = Field(None, max_length=4000, description="one or two plain sentences")
    explicit: bool | None = Field(None, description="unset: as the show")
    author: str | None = Field(None, max_length=255, description="unset: the show's author")
    language: str | None = Field(
        None,
        pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
        description="of the transcript, if it is not the show's",
    )
    people: tuple[Person, ...] = Field((), description="who takes part, beside the show's people")
    cover: str | None = Field(None, description="a picture beside this file, if not the same stem")
    speakers: dict[str, str] = Field(
        default_factory=dict,
        max_length=100,
        description='who is meant by a name in the transcript: { SPEAKER_00 = "Anna" }',
    )
    sound: Taking | None = Field(
        None,
        description="as is: a finished MP3, M4A or Opus file is only tagged;"
        " untouched: it is not even that",
    )
    draft: bool = Field(default=False, description="true keeps the episode at home")
    parts: tuple[str, ...] = Field(
        (), description="recordings in the episode's folder, heard one after the other"
    )
    tracks: tuple[Track, ...] = Field(
        (), description="recordings in the episode's folder, heard together"
    )
    other_tags: EpisodeTags = Field((), description=OTHER_TAGS)


class Recorded(Kept):
    """One of several files that an episode was recorded in; speaker and start are a track's."""

    path: Path
    speaker: str | None = None
    starts_at_ms: int = 0


class Episode(Kept):
    """Our source of one episode: what lies in `episodes/` under one stem.

    `front` is None for a bare recording; `recording` is None where only the sidecar is here, and
    where `parts` or `tracks` in `recordings` make the episode. They lie in `folder`.
    `published_at` is the front matter's date, made aware with the show's zone.
    `chapters` and `cues` are in the recording's time; `chapters_from` names, for messages, the
    file whose chapters they are. Paths are as given by the folder, absolute.
    """

    stem: str
    front: FrontMatter | None = None
    published_at: AwareDatetime | None = None
    notes_markdown: str = ""
    sidecar: Path | None = None
    recording: Path | None = None
    folder: Path | None = None
    layout: Literal["single", "parts", "tracks"] = "single"
    recordings: tuple[Recorded, ...] = ()
    cover: Path | None = None
    transcript: Path | None = None
    chapters: tuple[Chapter, ...] = ()
    chapters_from: str = ""
    cues: tuple[Cue, ...] = ()


class EpisodeFacts(EpisodeVocabulary, Kept):
    """What the world is told about an episode, but for its sound and pictures.

    `notes_html` is clean HTML, `notes_text` its plain form; `chapters` are in the edited time.
    `explicit` None, `author` and `language` empty mean: as the show.
    """

    title: str
    published_at: AwareDatetime
    slug: str
    number: int | None = None
    season: int | None = None
    type: EpisodeType = "full"
    summary: str = ""
    notes_html: str = ""
    notes_text: str = ""
    explicit: bool | None = None
    author: str = ""
    language: str = ""
    people: tuple[Credit, ...] = ()
    chapters: tuple[Chapter, ...] = ()
