"""`sendeturm.toml` as values: the show, the sound, the storage."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import ConfigDict, Field, field_validator

from sendeturm.model.base import Written
from sendeturm.model.common import Person
from sendeturm.model.other_tags import ShowTags
from sendeturm.model.site import SiteSettings
from sendeturm.model.vocabulary import OTHER_TAGS, WEB, ShowVocabulary

Taking = Literal["mastered", "as is", "untouched"]
"""What becomes of a recording: brought to the show's sound, only tagged, or every byte kept."""

AS_IS: Taking = "as is"
UNTOUCHED: Taking = "untouched"
FINISHED: tuple[Taking, ...] = (AS_IS, UNTOUCHED)

LOCAL_ADDRESS = "http://127.0.0.1:4242"
"""Where `sendeturm preview` serves; URLs carry it while there is no public address."""


class ShowSettings(ShowVocabulary, Written):
    """The table `[show]`: what the world is told about the podcast (the RSS channel)."""

    id: UUID = Field(description="made once by `sendeturm init`; episodes' identities hang on it")
    title: str = Field(min_length=1, max_length=255, description="the show's name")
    description: str = Field(
        min_length=1, max_length=4000, description="what the show is about, in a few sentences"
    )
    language: str = Field(
        pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", description="ISO 639 code: de, en, de-AT …"
    )
    author: str = Field(min_length=1, max_length=255, description="who speaks here")
    email: str | None = Field(
        None, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$", description="where listeners can answer"
    )
    voice_message: str | None = Field(
        None,
        pattern=r"^(https?://|tel:|sms:|mailto:|sip:)[^\s]+$",
        description="where listeners can leave a voice message: https://… or tel:+49…",
    )
    link: str | None = Field(
        None, pattern=r"^https?://", description="the show's page, if it is not sendeturm's own"
    )
    categories: tuple[str, ...] = Field(
        ("Society & Culture > Personal Journals",),
        min_length=1,
        description="Apple's categories, a subcategory after ` > `; the first counts",
    )
    explicit: bool = Field(default=False, description="true if the show is not for children")
    cover: str = Field("cover.jpg", description="the cover picture, square, 1400 to 3000 pixels")
    timezone: str | None = Field(None, description="for dates without a zone: Europe/Berlin …")
    type: Literal["episodic", "serial"] = Field(
        "episodic", description="serial: to be heard in order"
    )
    copyright: str | None = Field(None, max_length=255, description="the copyright line")
    people: tuple[Person, ...] = Field((), description="who makes the show")
    locked: bool = Field(default=True, description="true forbids other hosts to import the show")
    podcast_guid: UUID | None = Field(
        None, description="the show's podcast:guid, if it has one from before"
    )
    former_feeds: tuple[Annotated[str, Field(pattern=WEB)], ...] = Field(
        (), description="addresses the feed had at former hosts, which must lead here"
    )
    other_tags: ShowTags = Field((), description=OTHER_TAGS)


class SoundSettings(Written):
    """The table `[sound]`: how recordings are mastered."""

    recordings: Taking = Field(
        "mastered",
        description="as is: finished MP3, M4A and Opus files are only tagged;"
        " untouched: they are not even that",
    )
    loudness_lufs: float = Field(-16.0, ge=-31, le=-9, description="target loudness in LUFS")
    true_peak_dbtp: float = Field(
        -1.0, ge=-9, le=0, description="ceiling of true peaks in dBTP, in the encoded file"
    )
    bitrate_kbps: int | None = Field(
        None, ge=32, le=320, description="MP3 bitrate in kbit/s; unset: 128 for stereo, 96 for mono"
    )
    alternates: tuple[Literal["opus", "m4a"], ...] = Field(
        (), max_length=2, description="further forms beside the MP3: opus, m4a (AAC)"
    )
    levelling: Literal["off", "gentle", "strong"] = Field(
        "gentle", description="how much quiet and loud voices are brought together"
    )
    highpass_hz: int | None = Field(
        None,
        ge=20,
        le=200,
        description="takes rumble below this frequency (hertz) away; unset: nothing",
    )
    denoise: bool = Field(default=False, description="true takes steady noise away")
    trim_silence: bool = Field(default=False, description="true takes silence at both ends away")
    longest_pause_s: float | None = Field(
        None,
        ge=0.3,
        le=60,
        description="longer pauses become this long, in seconds; unset: they stay",
    )
    fade_in_ms: int = Field(
        0, ge=0, le=20_000, description="fade at the beginning, in milliseconds"
    )
    fade_out_ms: int = Field(0, ge=0, le=20_000, description="fade at the end, in milliseconds")
    intro: str | None = Field(None, description="a sound file before every episode")
    outro: str | None = Field(None, description="a sound file after every episode")
    jingles: Literal["crossfade", "under"] = Field(
        "crossfade", description="intro and outro overlap the speech, or lie under it"
    )
    overlap_ms: int = Field(
        1000,
        ge=0,
        le=30_000,
        description="how long intro and outro overlap the speech, in milliseconds",
    )


class StorageSettings(Written):
    """The table `[storage]`: where the show lives and under which address it is heard."""

    place: str = Field(
        "public", min_length=1, description="a folder, or s3://bucket/prefix (prefix may be absent)"
    )
    address: str | None = Field(
        None, pattern=r"^https?://[^\s]+$", description="public address of the place"
    )
    endpoint: str | None = Field(
        None, pattern=r"^https?://[^\s]+$", description="S3 endpoint; unset: AWS"
    )
    region: str | None = Field(None, description="S3 region, if the provider asks for one")
    profile: str | None = Field(None, description="profile in the standard AWS credentials file")
    addressing_style: Literal["path", "virtual", "auto"] = Field(
        "path", description="how the bucket is named in S3 requests"
    )

    webspace: str | None = Field(
        None, min_length=1, description="a folder for feed and pages, if they live elsewhere"
    )
    webspace_address: str | None = Field(
        None, pattern=r"^https?://[^\s]+$", description="public address of that folder"
    )
    webspace_command: tuple[Annotated[str, Field(min_length=1)], ...] = Field(
        (), description='carries that folder away when it has changed: ["rsync", "-rt", …]'
    )

    @property
    def is_bucket(self) -> bool:
        """Tell a bucket from a folder."""
        return self.place.lower().startswith("s3://")

    @property
    def pages_address(self) -> str | None:
        """Return where feed and pages are read, None where nobody can; no slash at its end."""
        address = self.webspace_address if self.webspace else self.address
        return (address or self.address or "").rstrip("/") or None


class CheckSettings(Written):
    """The table `[check]`: which rules count, by their codes."""

    model_config = ConfigDict(populate_by_name=True)

    ignore: tuple[str, ...] = Field((), description="rules that are not to be told: SND201 …")
    raised: tuple[str, ...] = Field(
        (), alias="raise", description="rules that are to keep publish from going ahead: SND204 …"
    )


class Config(Written):
    """The whole of `sendeturm.toml`."""

    show: ShowSettings
    sound: SoundSettings = SoundSettings()
    storage: StorageSettings = StorageSettings()
    site: SiteSettings = SiteSettings()
    check: CheckSettings = CheckSettings()

    @field_validator("sound", mode="before")
    @classmethod
    def _take_the_short_form(cls, value: object) -> object:
        """Take `sound = "as is"`, which is what front matter has, for the whole show."""
        return {"recordings": value} if value in FINISHED else value
