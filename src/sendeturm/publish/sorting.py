"""Episodes of a folder sorted beside their records: wanted, waiting, drafts, and what is wrong."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sendeturm.errors import Problem, SendeturmError, Severity, fail, problem
from sendeturm.model import (
    FINISHED,
    UNTOUCHED,
    Config,
    Episode,
    FrontMatter,
    Material,
    Record,
    SourceDigests,
)
from sendeturm.publish.chapter_pictures import with_pictures
from sendeturm.publish.inside import PICTURES_CACHE, has_new_sound, recorded_chapters, with_chapters
from sendeturm.publish.materials import finished_material, recorded_material, shown, with_jingles
from sendeturm.publish.places import cache_folder
from sendeturm.publish.records import LiveRecord, by_identity
from sendeturm.publish.wanted import Wanted, want
from sendeturm.sources import EPISODES, Digests, first_guid, next_guid


def _front_of_bare(stem: str) -> FrontMatter:
    from sendeturm.text import number_from_stem, title_from_stem  # noqa: PLC0415  # rare

    return FrontMatter(title=title_from_stem(stem), number=number_from_stem(stem))


def _told(transcript: str | None, speakers: Mapping[str, str]) -> str | None:
    """Return the digest of a transcript and of who its speakers are said to be."""
    if transcript is None or not speakers:
        return transcript
    said = json.dumps([transcript, dict(speakers)], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


def _about_slug(item: Wanted, front: FrontMatter, taken: set[str]) -> list[Problem]:
    if front.slug and front.slug != item.facts.slug:
        return [
            problem(
                "publish.slug-is-fixed",
                file=item.file,
                key="slug",
                severity=Severity.WARNING,
                slug=item.facts.slug,
            )
        ]
    if item.is_new and front.slug in taken:
        return [problem("publish.slug-taken", file=item.file, key="slug", slug=front.slug)]
    return []


def _about_identity(item: Wanted, front: FrontMatter, guid: str) -> list[Problem]:
    """Tell that a file still has an identity from before the episode was published as new."""
    record = item.record
    if record is None or record.reissued_as is None or not (front.guid and record.is_on_air):
        return []
    if guid == item.item_guid or item.reissued_as:
        return []
    return [
        problem(
            "publish.former-identity",
            file=item.file,
            key="guid",
            severity=Severity.WARNING,
            guid=record.item_guid,
            date=record.facts.published_at.isoformat(),
        )
    ]


@dataclass
class Sorting:
    """Where episodes are sorted while the folder is read."""

    folder: Path
    config: Config
    digests: Digests
    records: Mapping[str, LiveRecord]
    now: datetime
    taken_slugs: frozenset[str]
    with_drafts: bool

    def __post_init__(self) -> None:
        self.wanted: list[Wanted] = []
        self.waiting: list[Episode] = []
        self.drafts: list[Episode] = []
        self.problems: list[Problem] = []
        self.slugs = set(self.taken_slugs)
        self.known = by_identity(self.records)

    def take(self, episodes: Iterable[Episode]) -> None:
        """Sort episodes with a sidecar into wanted, drafts and problems."""
        for episode in episodes:
            try:
                self._take_one(episode)
            except SendeturmError as error:  # a lost intro is told once for all episodes
                self.problems += [p for p in error.problems if p not in self.problems]

    def look_at_bare(self, episodes: Iterable[Episode], taken: Collection[str]) -> None:
        """Leave bare recordings waiting, unless they are published already or to be taken."""
        for episode in episodes:
            try:
                material = self._material(episode)
            except SendeturmError as error:
                self.problems += error.problems
                continue
            guid = first_guid(self.config.show.id, material.sha256 if material else "")
            if guid in self.known:
                continue
            if episode.stem in taken:
                self.take([episode.model_copy(update={"front": _front_of_bare(episode.stem)})])
            else:
                self.waiting.append(episode)

    def digest(self, path: Path | None) -> str | None:
        """Return a file's sha256, None for one that is not there."""
        return self.digests.sha256_of(path) if path is not None and path.is_file() else None

    def _take_one(self, episode: Episode) -> None:
        front = episode.front
        if front is None:
            return
        file = self._label(episode)
        material = self._material(episode)
        recording = material.sha256 if material else None
        guid = front.guid or (recording and first_guid(self.config.show.id, recording))
        record = self._record_of(guid, recording) if guid else None
        if front.draft and not self.with_drafts:
            self._take_draft(episode, file, record)
            return
        if guid is None or (recording is None and record is None):
            # Somebody began with the words: the episode waits for its sound, nothing is wrong.
            self.problems.append(
                problem("publish.no-recording", file=file, severity=Severity.WARNING)
            )
            return
        if material is not None and has_new_sound(material, record):
            episode = self._with_chapters_inside(episode, material)
        episode, pictures, problems = with_pictures(episode, self.folder / EPISODES, self.digest)
        self.problems += problems
        digests = SourceDigests(
            recording=recording,
            cover=self.digest(episode.cover),
            transcript=_told(self.digest(episode.transcript), front.speakers),
        )
        # A preview is on this computer alone.
        private = (front.private or self.config.show.private) and not self.with_drafts
        front = front.model_copy(update={"private": private})
        self._refuse_second(record, file)
        item = want(
            episode,
            file=file,
            front=front,
            guid=record.guid if record else guid,
            digests=digests,
            material=material,
            record=record,
            now=self.now,
            taken_slugs=self._taken(record),
        )
        if item.can_be_reissued and guid not in self.known:
            item = item.reissued(guid, self.now)  # its file has got this identity for that
        self.problems += _about_identity(item, front, guid)
        if item.needs_audio and material is not None:
            item = replace(item, material=self._complete(material, front, file))
        item = replace(item, pictures=pictures)
        self.problems += _about_slug(item, front, self._taken(record))
        self.slugs.add(item.facts.slug)
        self.wanted.append(item)

    def _with_chapters_inside(self, episode: Episode, material: Material) -> Episode:
        """Return the episode with the chapters of its recording, if nobody wrote others."""
        if episode.chapters or material.layout != "single":
            return episode
        place = cache_folder(self.folder) / PICTURES_CACHE
        chapters, problems = recorded_chapters(material.files[0], place)
        self.problems += problems
        return with_chapters(episode, chapters, material.file)

    def _refuse_second(self, record: Record | None, file: str) -> None:
        """Raise for a second file of one episode: one has the identity from before it was new."""
        for other in self.wanted:
            if record is not None and other.guid == record.guid:
                raise fail("publish.same-episode", file=file, key="guid", other=other.file)

    def _record_of(self, guid: str, recording: str | None) -> Record | None:
        """Return the record of an identity, be it the one that this recording brings as new."""
        if live := self.known.get(guid):
            return live.record
        show_id = self.config.show.id
        for live in self.records.values() if recording else ():
            if guid == next_guid(show_id, live.record.item_guid, recording or ""):
                return live.record
        return None

    def _material(self, episode: Episode) -> Material | None:
        return recorded_material(episode, self.folder, self.digests)

    def _complete(self, material: Material, front: FrontMatter, file: str) -> Material:
        """Return the material with intro and outro, or as it is."""
        sound = self.config.sound
        taking = front.sound or sound.recordings
        if taking in FINISHED:
            finished = finished_material(material, file, is_asked_for=front.sound is not None)
            return finished.model_copy(update={"is_untouched": taking == UNTOUCHED})
        return with_jingles(material, sound, self.folder, self.digests)

    def _take_draft(self, episode: Episode, file: str, record: Record | None) -> None:
        self.drafts.append(episode)
        if record is not None and record.is_on_air:
            self.problems.append(
                problem("publish.draft-on-air", file=file, severity=Severity.WARNING)
            )

    def _taken(self, record: Record | None) -> set[str]:
        return self.slugs - ({record.facts.slug} if record else set())

    def _label(self, episode: Episode) -> str:
        path = episode.sidecar or episode.recording
        assert path is not None, "sources yield no episode without a file"
        return shown(path, self.folder)
