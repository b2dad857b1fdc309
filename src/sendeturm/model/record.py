"""The records: everything the world is told, kept in the bucket as small JSON documents."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from sendeturm.model.base import Kept
from sendeturm.model.common import AlternateFile, Credit, ImageFacts, StoredFile, TranscriptFile
from sendeturm.model.episode import EpisodeFacts
from sendeturm.model.site import SiteFacts
from sendeturm.model.sound import AudioFacts, Recipe
from sendeturm.model.vocabulary import ShowVocabulary

FORMAT_MAJOR = 1
FORMAT = f"{FORMAT_MAJOR}.0"


class ShowFacts(ShowVocabulary, Kept):
    """What the world is told about the show (the RSS channel), its cover apart."""

    id: UUID
    title: str
    description: str
    language: str
    author: str
    email: str | None = None
    voice_message: str | None = None
    link: str | None = None
    categories: tuple[str, ...] = ()
    explicit: bool = False
    type: Literal["episodic", "serial"] = "episodic"
    copyright: str | None = None
    people: tuple[Credit, ...] = ()
    locked: bool = True
    site: SiteFacts = SiteFacts()


class ShowRecord(Kept):
    """`.sendeturm/show.json`: the show as published; rendering needs it and the records alone.

    `address` is the public address without a trailing slash, or preview's loopback address.
    `pages_address` is where feed and pages are read, if it is another one than the media's.
    `podcast_guid` is assigned once, when there is a public address, and never computed again.
    `page_cover` is the cover as pages show it, the icons are for tabs and home screens, `card`
    stands beside links to the show (OpenGraph); older records name none of them.
    `source_digest`, `former_source_digests`, `undone` and `publication` are as a `Record` has them.
    `settings` are the tables of `sendeturm.toml` that are no secret, for `sendeturm pull`.
    """

    format: str = FORMAT
    facts: ShowFacts
    address: str
    is_public: bool
    pages_address: str | None = None
    podcast_guid: UUID | None = None
    cover: ImageFacts | None = None
    page_cover: ImageFacts | None = None
    icon: ImageFacts | None = None
    touch_icon: ImageFacts | None = None
    card: ImageFacts | None = None
    source_digest: str = ""
    former_source_digests: tuple[str, ...] = ()
    undone: tuple[dict[str, str], ...] = ()
    settings: dict[str, Any] = Field(default_factory=dict)
    publication: str = ""
    changed_at: AwareDatetime


class SourceDigests(Kept):
    """sha256 (hex) of what an episode was made from; None where there was none.

    `notes` is the digest of the Markdown without comments: while it is the same, the published
    HTML stays, however newer versions might render it.
    """

    recording: str | None = None
    notes: str | None = None
    cover: str | None = None
    transcript: str | None = None


class Record(Kept):
    """`.sendeturm/episodes/<guid>.json`: the published facts of one episode, the commit point.

    A tombstone keeps identity and slug and nothing that could be heard. `source_digest` names
    the state of the sources this was made from, `former_source_digests` the ones before it.
    `alternates` are the enclosure's sound in other forms.
    `former_keys` are media keys that once stood in the feed and serve the same bytes now.
    `undone` are states that were taken back, as digests of their fields: they stay away.
    `reissued_as` is the identity that the feed names instead of `guid`, once corrected sound was
    published as new; `other_guids` are all that it ever had beside `guid`.
    `notes_markdown` is what the notes were rendered from, without comments, for `sendeturm pull`.
    `page_cover` is its own cover as pages show it, `card` the picture beside links (OpenGraph).
    """

    format: str = FORMAT
    guid: str
    reissued_as: str | None = None
    other_guids: tuple[str, ...] = ()
    state: Literal["published", "tombstone"] = "published"
    facts: EpisodeFacts
    enclosure: StoredFile | None = None
    alternates: tuple[AlternateFile, ...] = ()
    audio: AudioFacts | None = None
    recipe: Recipe | None = None
    cover: ImageFacts | None = None
    page_cover: ImageFacts | None = None
    card: ImageFacts | None = None
    chapters: StoredFile | None = None
    transcripts: tuple[TranscriptFile, ...] = ()
    former_keys: tuple[str, ...] = ()
    digests: SourceDigests = Field(default_factory=SourceDigests)
    source_digest: str = ""
    former_source_digests: tuple[str, ...] = ()
    undone: tuple[dict[str, str], ...] = ()
    notes_markdown: str = ""
    publication: str = ""
    changed_at: AwareDatetime

    @property
    def item_guid(self) -> str:
        """Return the identity that the feed names, by which apps know the episode."""
        return self.reissued_as or self.guid

    @property
    def guids(self) -> tuple[str, ...]:
        """Return every identity it ever had, the first one first."""
        return (self.guid, *self.other_guids)

    @property
    def object_keys(self) -> tuple[str, ...]:
        """Return the keys of all objects that this record names."""
        single = (self.enclosure, self.cover, self.page_cover, self.card, self.chapters)
        files = [file for file in single if file] + [*self.alternates, *self.transcripts]
        former = (key for file in self.alternates for key in file.former_keys)
        pictures = (key for c in self.facts.chapters if (key := c.own_picture))
        return (*(file.key for file in files), *self.former_keys, *former, *pictures)

    @property
    def is_on_air(self) -> bool:
        """Say whether this is something to hear, now or when it falls due."""
        return self.state == "published" and self.enclosure is not None
