"""What a show and an episode can say in podcasting's own vocabulary (the podcast: namespace).

The same values stand in the person's files and in the records. In records, keys of newer minor
versions survive; a person's files refuse them (`sources.validation`).
Source: https://github.com/Podcastindex-org/podcast-namespace/tree/main/docs/tags
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

WEB = r"^https?://[^\s]+$"
OTHER_TAGS = "tags that have no setting here, each as XML with its namespace declared on it"
_KNOWN_LICENSE = re.compile(
    r"cc0-1\.0|cc-pdm-1\.0|cc-by(-nc)?(-nd|-sa)?-(1\.0|2\.0|2\.5|3\.0|4\.0)(-[a-z]{2,4})?|v4v-4\.0"
)


class Told(BaseModel):
    """A value of this vocabulary: nothing changes afterwards."""

    model_config = ConfigDict(frozen=True, extra="allow", str_strip_whitespace=True)


class Funding(Told):
    """A place where listeners can support the show (podcast:funding)."""

    url: str = Field(pattern=WEB, description="where to go")
    text: str = Field(min_length=1, max_length=128, description="what apps show for it")


class Location(Told):
    """A place the show or the episode is about, or was made at (podcast:location)."""

    name: str = Field(min_length=1, max_length=128, description="as people call it")
    geo: str | None = Field(
        None,
        pattern=r"^(geo:)?-?\d{1,2}(\.\d+)?,-?\d{1,3}(\.\d+)?(,-?\d+(\.\d+)?)?(;.*)?$",
        description="latitude and longitude: 52.5208,13.4094",
    )
    osm: str | None = Field(
        None, pattern=r"^[NWR]\d+(#\d+)?$", description="the place in OpenStreetMap: R62422"
    )
    country: str | None = Field(
        None, pattern=r"^[A-Za-z]{2}$", description="the country's two letters: de"
    )
    rel: Literal["subject", "creator"] = Field(
        "subject", description="subject: what it is about; creator: where it was made"
    )


class License(Told):
    """Under which terms others may use the sound (podcast:license).

    A name alone may stand for it: `license = "cc-by-4.0"`.
    """

    name: str = Field(min_length=1, max_length=128, description="cc-by-4.0 … or a name of its own")
    url: str | None = Field(None, pattern=WEB, description="its text; a must for one of your own")

    @model_validator(mode="before")
    @classmethod
    def _named_alone(cls, value: object) -> object:
        return {"name": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _own_has_text(self) -> Self:
        if self.url is None and not _KNOWN_LICENSE.fullmatch(self.name.lower()):
            raise PydanticCustomError("sources.license-without-text", "url is missing")
        return self


class UpdateFrequency(Told):
    """How often new episodes come (podcast:updateFrequency)."""

    text: str = Field(min_length=1, max_length=128, description="in words: every second Friday")
    rrule: str | None = Field(
        None,
        pattern=r"^FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(;[A-Z]+=[A-Za-z0-9+:.,-]+)*$",
        description="for apps: FREQ=WEEKLY;INTERVAL=2;BYDAY=FR",
    )
    start: date | None = Field(None, description="since when; a must where the rule counts")

    @model_validator(mode="after")
    def _counted_from_a_day(self) -> Self:
        if "COUNT=" in (self.rrule or "") and self.start is None:
            raise PydanticCustomError("sources.count-without-start", "start is missing")
        return self


class Pause(Told):
    """The show rests, and is expected back."""

    until: date = Field(description="the day new episodes are expected again")
    text: str | None = Field(
        None, min_length=1, max_length=128, description="what apps show; unset: sendeturm's words"
    )


Medium = Literal["podcast", "music", "video", "film", "audiobook", "newsletter", "blog", "course"]


class RemoteShow(Told):
    """Another show that is recommended (podcast:remoteItem in podcast:podroll)."""

    feed_guid: UUID = Field(description="its podcast:guid; the Podcast Index shows it")
    feed_url: str | None = Field(None, pattern=WEB, description="its feed")
    title: str | None = Field(None, min_length=1, max_length=255, description="its name")
    medium: Medium | None = Field(None, description="if it is no podcast")


class SocialPost(Told):
    """Where a show or an episode is talked about (podcast:socialInteract)."""

    protocol: Literal[
        "activitypub", "atproto", "bluesky", "lightning", "matrix", "nostr", "twitter", "disabled"
    ] = Field("activitypub", description="how apps read it; disabled: no comments, please")
    url: str | None = Field(
        None, pattern=r"^[a-z][a-z0-9+.-]*:[^\s]+$", description="the first post"
    )
    account: str | None = Field(None, min_length=1, max_length=255, description="@name of the post")
    account_url: str | None = Field(None, pattern=WEB, description="the account's page")
    priority: int | None = Field(None, ge=0, description="of several, the lowest comes first")

    @model_validator(mode="after")
    def _a_post_has_an_address(self) -> Self:
        if self.protocol != "disabled" and self.url is None:
            raise PydanticCustomError("sources.post-without-address", "url is missing")
        return self


class Chat(Told):
    """Where listeners meet (podcast:chat)."""

    server: str = Field(
        pattern=r"^[A-Za-z0-9.-]+(:\d+)?$", max_length=255, description="irc.example.org"
    )
    protocol: Literal["irc", "xmpp", "nostr", "matrix"] = Field(description="of the server")
    account: str | None = Field(None, min_length=1, max_length=255, description="yours there")
    space: str | None = Field(None, min_length=1, max_length=255, description="the room")


class Txt(Told):
    """A line that some service asks for (podcast:txt)."""

    purpose: str | None = Field(
        None, min_length=1, max_length=128, description="applepodcastsverify, verify …"
    )
    text: str = Field(min_length=1, max_length=4000, description="what the service gave")


class Soundbite(Told):
    """A short stretch that stands for the episode (podcast:soundbite).

    In the person's file in seconds of the recording, in records of the rendition.
    """

    start_s: float = Field(ge=0, le=360_000, description="where it begins, in seconds")
    duration_s: float = Field(gt=0, le=600, description="how long it is; best 15 to 120 seconds")
    title: str = Field("", max_length=128, description="unset: the episode's title")


Service = Annotated[str, Field(pattern=r"^[a-z0-9]+([._-][a-z0-9]+)*$", max_length=64)]
SeasonNumber = Annotated[int, Field(ge=1)]
SeasonName = Annotated[str, Field(min_length=1, max_length=128)]


class Shared(BaseModel):
    """What a show and an episode can both say."""

    locations: tuple[Location, ...] = Field((), description="places it is about, or was made at")
    license: License | None = Field(None, description="under which terms others may use the sound")
    social: tuple[SocialPost, ...] = Field((), description="where it is talked about")
    chat: Chat | None = Field(None, description="where listeners meet")
    txt: tuple[Txt, ...] = Field((), description="lines that services ask for")
    cover_alt: str | None = Field(
        None, min_length=1, max_length=500, description="the cover in words, for who cannot see it"
    )
    private: bool = Field(
        default=False, description="true: only behind the private address, nowhere else"
    )
    ai_content: bool | None = Field(
        None, description="true if a machine made what is heard; false if people speak"
    )
    other_tags: tuple[str, ...] = Field((), description=OTHER_TAGS)


class ShowVocabulary(Shared):
    """What a show can say."""

    funding: tuple[Funding, ...] = Field((), description="where listeners can support the show")
    medium: Medium = Field("podcast", description="what the show is made of")
    update_frequency: UpdateFrequency | None = Field(None, description="how often episodes come")
    pause: Pause | None = Field(None, description="the show rests until a day")
    closed: bool = Field(
        default=False, description="true if no episode will come any more; all of them stay"
    )
    podroll: tuple[RemoteShow, ...] = Field((), description="shows you recommend")
    seasons: dict[SeasonNumber, SeasonName] = Field(
        default_factory=dict, description="names of seasons, by number"
    )
    block: tuple[Service, ...] = Field(
        (), description='directories that must not list the show: apple … or "all"'
    )
    hub: str | None = Field(
        None, pattern=WEB, description="a WebSub hub that tells apps of new episodes"
    )
    owner_email: str | None = Field(
        None,
        pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$",
        description="shown in the feed, for directories that send a code there",
    )
    new_feed_url: str | None = Field(
        None, pattern=WEB, description="where the feed has moved to; `sendeturm move` writes it"
    )
    podcast_index: bool = Field(
        default=False, description="true tells Podcast Index of every change of the feed"
    )


class EpisodeVocabulary(Shared):
    """What an episode can say."""

    number_shown: str | None = Field(
        None, min_length=1, max_length=32, description="what apps show for its number: Day 5"
    )
    soundbites: tuple[Soundbite, ...] = Field(
        (), description="short stretches that stand for the episode"
    )
