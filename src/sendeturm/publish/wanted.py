"""What the sources want the world to be told, episode by episode."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from sendeturm.model import (
    Chapter,
    Credit,
    Cut,
    Episode,
    EpisodeFacts,
    FrontMatter,
    Material,
    Record,
    Rendition,
    SourceDigests,
)
from sendeturm.model.vocabulary import EpisodeVocabulary, Soundbite
from sendeturm.publish.soundbites import soundbites_at
from sendeturm.text.stamps import has_stamps, retimed

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
AUDIO_CHANGE = "recording"
STEM_LENGTH = 40
NOTES_SUFFIX = ".md"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One episode as the sources want it, with the record it continues, if there is one.

    `file` names it in messages; `minted` is what the front matter lacks and gets before anything
    leaves. `guid` is the record's; `reissued_as` the identity under which corrected sound goes out
    as new. `pictures` are the files of chapters' pictures by their keys. `material` is what its
    sound is made of, None where that is not here. Chapters are in the time of the rendition that
    is published; `timed` brings them into a new one's.
    """

    episode: Episode
    file: str
    guid: str
    facts: EpisodeFacts
    digests: SourceDigests
    source_digest: str
    material: Material | None = None
    record: Record | None = None
    reissued_as: str | None = None
    minted: Mapping[str, object] = field(default_factory=dict)
    pictures: Mapping[str, Path] = field(default_factory=dict)

    @property
    def is_new(self) -> bool:
        """Say whether listeners have nothing of it: there is no record, or it was taken back."""
        return self.record is None or self.record.state == "tombstone"

    @property
    def shows_as_new(self) -> bool:
        """Say whether apps show it as an episode that they do not know yet."""
        return self.is_new or self.reissued_as is not None

    @property
    def item_guid(self) -> str:
        """Return the identity that the feed will name."""
        return self.reissued_as or (self.record.item_guid if self.record else self.guid)

    @property
    def can_be_reissued(self) -> bool:
        """Say whether it is on the air with another recording than the one that is here."""
        old = self.record
        return old is not None and old.is_on_air and self.needs_audio

    def reissued(self, guid: str, now: datetime) -> Wanted:
        """Return the same as a new episode, dated `now` unless its file has a new date."""
        assert self.record is not None, "only what was published is published as new"
        facts = self.facts
        if facts.published_at == self.record.facts.published_at:
            facts = facts.model_copy(update={"published_at": now})
        return replace(
            self,
            facts=facts,
            source_digest=_digest_of(facts, self.digests),
            reissued_as=guid,
            minted={"guid": guid, "published_at": facts.published_at},
        )

    @property
    def changes(self) -> tuple[str, ...]:
        """Return the names of what differs from the record: facts' fields and source files."""
        if self.record is None:
            return ()
        facts = _differing(self.facts, self.record.facts)
        digests = _differing(self.digests, self.record.digests)
        return facts + digests

    @property
    def needs_audio(self) -> bool:
        """Say whether a media object must be made: a new episode or a changed recording."""
        return self.is_new or AUDIO_CHANGE in self.changes

    def with_sound(self, rendition: Rendition) -> Wanted:
        """Return the same in the time of what will be heard, with the chapters that stand in it."""
        facts = self.timed(rendition.audio.timeline).facts
        if rendition.audio.has_own_chapters:
            facts = facts.model_copy(update={"chapters": rendition.chapters})
        # The next look at these sources is in this time: they must be known again by then.
        return replace(self, facts=facts, source_digest=_digest_of(facts, self.digests))

    @property
    def key_stem(self) -> str:
        """Return how the episode's objects begin: its slug, or for a private one what none guesses.

        It follows from the recording's digest, which only who has the recording can know.
        """
        if not self.facts.private:
            return self.facts.slug
        known = f"{self.guid}:{self.digests.recording}"
        return hashlib.sha256(known.encode()).hexdigest()[:STEM_LENGTH]

    def timed(self, timeline: tuple[Cut, ...]) -> Wanted:
        """Return the same, chapters, notes' time stamps and soundbites in a rendition's time."""
        episode, facts = self.episode, dict[str, Any]()
        if episode.chapters:
            facts["chapters"] = _chapters_at(episode.chapters, timeline)
        if has_stamps(episode.notes_markdown):
            facts |= _rendered_notes(episode.notes_markdown, timeline)
        if episode.front is not None and episode.front.soundbites:
            facts["soundbites"] = _soundbites(episode.front, self.record, timeline)
        return replace(self, facts=self.facts.model_copy(update=facts)) if facts else self

    def beside(self, path: Path) -> str:
        """Return how a file that lies beside the episode's own is named in messages."""
        return f"{self.file.rpartition('/')[0]}/{path.name}".lstrip("/")


def want(
    episode: Episode,
    *,
    file: str,
    front: FrontMatter,
    guid: str,
    digests: SourceDigests,
    material: Material | None,
    record: Record | None,
    now: datetime,
    taken_slugs: Collection[str],
) -> Wanted:
    """Return what `episode` wants; the record supplies what the sidecar lacks.

    Absence is never a step: chapters, transcript, cover or recording that are not here stay as
    they are published.
    """
    digests = _completed(digests, episode, record)
    timeline = record.audio.timeline if record and record.audio else ()
    told = _notes(episode, digests, record, timeline)
    if episode.chapters and not _stand_in_sound(episode, record):
        told["chapters"] = _chapters_at(episode.chapters, timeline)
    if front.soundbites:
        told["soundbites"] = _soundbites(front, record, timeline)
    facts = _facts(episode, front, record, now).model_copy(update=told)
    if record is None and front.slug is None:
        facts = facts.model_copy(update={"slug": _free_slug(front.title, taken_slugs)})
    return Wanted(
        episode=episode,
        file=file,
        guid=guid,
        facts=facts,
        digests=digests,
        source_digest=_digest_of(facts, digests),
        material=material,
        record=record,
        minted=_minted(front, guid, facts) if record is None else {},
    )


def has_chapter_file(episode: Episode) -> bool:
    """Say whether chapters stand in a file of their own, not in the notes or the sound."""
    name = episode.chapters_from.rpartition("/")[2]
    is_in_sound = episode.recording is not None and name == episode.recording.name
    return bool(episode.chapters) and not (is_in_sound or name.endswith(NOTES_SUFFIX))


def _stand_in_sound(episode: Episode, record: Record | None) -> bool:
    """Say whether the published chapters are those of a finished file, which notes do not alter."""
    audio = record.audio if record else None
    return audio is not None and audio.has_own_chapters and not has_chapter_file(episode)


def _facts(
    episode: Episode, front: FrontMatter, record: Record | None, now: datetime
) -> EpisodeFacts:
    old = record.facts if record else None
    return EpisodeFacts(
        title=front.title,
        published_at=episode.published_at or (old.published_at if old else now),
        slug=(old.slug if old else "") or front.slug or "",
        number=front.number or (old.number if old else None),
        season=front.season or (old.season if old else None),
        type=front.type,
        summary=front.summary or "",
        explicit=front.explicit,
        author=front.author or "",
        language=front.language or "",
        people=credits_of(front),
        chapters=old.chapters if old else (),
        **{name: getattr(front, name) for name in EpisodeVocabulary.model_fields},
    )


def credits_of(front: FrontMatter) -> tuple[Credit, ...]:
    """Return who takes part: who is named, and then the speakers of tracks."""
    named = [Credit.model_validate(person.model_dump()) for person in front.people]
    speakers = [Credit(name=t.speaker, role=t.role) for t in front.tracks if t.speaker]
    known = {person.name for person in named}
    return (*named, *{s.name: s for s in speakers if s.name not in known}.values())


def _chapters_at(chapters: tuple[Chapter, ...], timeline: tuple[Cut, ...]) -> tuple[Chapter, ...]:
    if not timeline:
        return chapters
    from sendeturm.text import shifted_chapters  # noqa: PLC0415  # few renditions are edited

    return shifted_chapters(chapters, timeline)


def _soundbites(
    front: FrontMatter, record: Record | None, timeline: tuple[Cut, ...]
) -> tuple[Soundbite, ...]:
    known = record.facts.soundbites if record else ()
    # A page that an earlier version pulled names them in the rendition's time already.
    return soundbites_at(front.soundbites, timeline if front.soundbites != known else ())


def _notes(
    episode: Episode, digests: SourceDigests, record: Record | None, timeline: tuple[Cut, ...]
) -> dict[str, Any]:
    """Return the notes as published while their Markdown is the same, else render them."""
    if record is not None and record.digests.notes == digests.notes:
        facts = record.facts
        return {"notes_html": facts.notes_html, "notes_text": facts.notes_text}
    return _rendered_notes(episode.notes_markdown, timeline)


def _rendered_notes(markdown: str, timeline: tuple[Cut, ...]) -> dict[str, Any]:
    from sendeturm.text import render_notes  # noqa: PLC0415  # Markdown's parser is heavy

    notes = render_notes(retimed(markdown, timeline))
    return {"notes_html": notes.html, "notes_text": notes.text}


def _free_slug(title: str, taken: Collection[str]) -> str:
    """Return a slug nobody has; the second of two equal titles gets a number."""
    from sendeturm.text import slug  # noqa: PLC0415  # once in an episode's life

    wished = slug(title)
    if wished not in taken:
        return wished
    return next(f"{wished}-{n}" for n in range(2, len(taken) + 3) if f"{wished}-{n}" not in taken)


def plain_notes(episode: Episode) -> str:
    """Return an episode's Markdown without comments, which are the writer's own business."""
    return _COMMENT.sub("", episode.notes_markdown).strip()


def _completed(digests: SourceDigests, episode: Episode, record: Record | None) -> SourceDigests:
    old = record.digests if record else SourceDigests()
    return SourceDigests(
        recording=digests.recording or old.recording,
        notes=hashlib.sha256(plain_notes(episode).encode()).hexdigest(),
        cover=digests.cover or old.cover,
        transcript=digests.transcript or old.transcript,
    )


def _minted(front: FrontMatter, guid: str, facts: EpisodeFacts) -> dict[str, object]:
    wished = {"guid": guid, "slug": facts.slug, "published_at": facts.published_at}
    return {key: value for key, value in wished.items() if getattr(front, key) is None}


def _differing(wanted: BaseModel, old: BaseModel) -> tuple[str, ...]:
    # Only the fields this version knows: what a newer one added is not ours to compare.
    return tuple(
        name for name in type(wanted).model_fields if getattr(wanted, name) != getattr(old, name)
    )


def _digest_of(facts: EpisodeFacts, digests: SourceDigests) -> str:
    # What a later version adds, and nobody has set, makes no other source of it.
    plain = [said.model_dump(mode="json", exclude_defaults=True) for said in (facts, digests)]
    # The same instant written with another offset is the same source.
    plain[0]["published_at"] = facts.published_at.timestamp()
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()
