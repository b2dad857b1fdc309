"""Where a publication's episodes are put: sound, what belongs to it, and the record at the end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sendeturm.errors import Problem, SendeturmError, Severity, fail
from sendeturm.events import Failed, Notice
from sendeturm.model import EpisodeFacts, Record, Rendition
from sendeturm.publish.former import former_digests
from sendeturm.publish.gather import gather
from sendeturm.publish.history import put_history
from sendeturm.publish.keys import record_key
from sendeturm.publish.media import make_rendition, put_alternates, put_media
from sendeturm.publish.pictures import episode_pictures
from sendeturm.publish.plan import EpisodeStep, Plan
from sendeturm.publish.publication import plan_from
from sendeturm.publish.records import put_record
from sendeturm.publish.sidecars import put_chapters, put_episode_cover, put_transcripts
from sendeturm.publish.situation import Situation
from sendeturm.publish.soundbites import refuse_lost_soundbites
from sendeturm.publish.wanted import Wanted, plain_notes
from sendeturm.publish.workshop import Workshop
from sendeturm.sources import change_front, new_sidecar, write_front
from sendeturm.store.protocol import ConditionFailedError

MOST_TRIES = 8
"""Conflicts in a row about one record; each means that somebody else has published it."""
STORE_ROOM = "store."
WITH_TRANSCRIPT = ("title", "language", "people")
"""What stands in a transcript beside its words."""
LONGEST_MS = 360_000_000


@dataclass(frozen=True, slots=True)
class Published:
    """One episode that was put, with its record; `reused` if its sound came from the cache.

    `remarks` tell what was odd about its sound, and what was done.
    """

    stem: str
    record: Record
    is_new: bool
    is_scheduled: bool
    has_new_audio: bool
    reused: bool
    remarks: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a publication's episodes are put; `records` grow with each, `surely` as in reading."""

    plan: Plan
    publication: str
    shop: Workshop
    records: dict[str, Record]
    surely: dict[str, str | None] = field(default_factory=dict)

    def try_episode(self, step: EpisodeStep, situation: Situation) -> Published | Failed | None:
        """Put an episode; None if somebody else has put the same meanwhile.

        After a conflict it is planned and guarded anew: an old body is never put again.
        """
        stem, guid = step.wanted.episode.stem, step.wanted.guid
        try:
            for _ in range(MOST_TRIES):
                try:
                    return self._put_episode(step, situation)
                except ConditionFailedError:
                    anew = self._planned_anew(guid, stem, situation)
                if not isinstance(anew, tuple):
                    return anew
                step, situation = anew
            raise fail("publish.never-settles")
        except SendeturmError as error:
            if any(p.code.startswith(STORE_ROOM) for p in error.problems):
                raise  # the next episode would meet the same store
            return Failed(stem, error.problems)

    def _planned_anew(
        self, guid: str, stem: str, situation: Situation
    ) -> tuple[EpisodeStep, Situation] | Failed | None:
        self.surely[record_key(guid)] = None
        folder, config = situation.folder, situation.config
        found = gather(folder, config, self.shop.store, bare=(stem,), surely=self.surely)
        self.records.update(found.published)
        plan = plan_from(found, self.plan.allowed, self.shop.show.address)
        for step in plan.episodes:
            if step.wanted.episode.stem == stem:
                return step, found
        refused = tuple(r.problem for r in plan.refusals if r.whom in ("", stem))
        return Failed(stem, refused) if refused else None

    def _put_episode(self, step: EpisodeStep, situation: Situation) -> Published:
        item, shop = step.wanted, self.shop
        rendition = make_rendition(item, shop) if item.needs_audio else None
        if rendition is not None:
            item = item.with_sound(rendition)
        published = item.record.audio if item.record else None
        refuse_lost_soundbites(item, rendition.audio if rendition else published)
        if shop.writes_back:
            _write_minted(item)
        fields = _sidecar_fields(item, shop, rendition)
        cover = fields.get("cover", item.record.cover if item.record else None)
        audio = rendition.audio if rendition else published
        fields |= episode_pictures(item.facts, cover, audio, item.record, shop)
        if rendition is not None:
            enclosure, former = put_media(item, rendition, cover, shop)
            fields |= {"enclosure": enclosure, "former_keys": former}
            fields |= {"alternates": put_alternates(item, rendition, cover, shop)}
            fields |= {"audio": rendition.audio, "recipe": rendition.recipe}
        record = _record(item, fields, self.publication, self.plan)
        _check_record(record, self.records, shop, item.episode.stem)
        self._commit(record, situation)
        return Published(
            stem=item.episode.stem,
            record=record,
            is_new=item.shows_as_new,
            is_scheduled=step.is_scheduled,
            has_new_audio=rendition is not None,
            reused=rendition.reused if rendition else False,
            remarks=rendition.notices if rendition else (),
        )

    def _commit(self, record: Record, situation: Situation) -> None:
        before = situation.records.get(record.guid)
        put_history(self.shop.store, before.record if before else None, record)
        live = put_record(self.shop.store, record, before.etag if before else None)
        self.surely[live.key] = live.etag
        self.records[record.guid] = record


def _sidecar_fields(item: Wanted, shop: Workshop, rendition: Rendition | None) -> dict[str, Any]:
    """Put the small objects that differ and return the record's fields that name them."""
    changes, fields = item.changes, dict[str, Any]()
    published = item.record.audio if item.record else None
    known = published.timeline if published else ()
    timeline = rendition.audio.timeline if rendition else known
    if item.is_new or "cover" in changes:
        fields["cover"] = put_episode_cover(item, shop)
    if item.is_new or "chapters" in changes:
        fields["chapters"] = put_chapters(item, shop)
    if item.is_new or {"transcript", *WITH_TRANSCRIPT} & set(changes) or timeline != known:
        audio = rendition.audio if rendition else published
        duration_ms = audio.duration_ms if audio else LONGEST_MS
        fields["transcripts"] = put_transcripts(item, shop, timeline, duration_ms)
    return fields


def _write_minted(item: Wanted) -> None:
    """Write into the person's own file what identifies the episode, before anything leaves."""
    if not item.minted:
        return
    if item.episode.sidecar is not None:
        write = change_front if item.reissued_as else write_front
        write(item.episode.sidecar, item.minted, item.file)
    elif item.episode.recording is not None:
        folder = item.episode.folder
        beside = folder.with_name(f"{folder.name}.md") if folder else None
        path = beside or item.episode.recording.with_suffix(".md")
        values: dict[str, Any] = {"number": item.facts.number, **item.minted}
        new_sidecar(path, item.facts.title, **values)


def _record(item: Wanted, fields: dict[str, object], publication: str, plan: Plan) -> Record:
    fields |= {
        "digests": item.digests,
        "source_digest": item.source_digest,
        "notes_markdown": plain_notes(item.episode),
        "publication": publication,
        "changed_at": plan.now,
    }
    old = item.record
    if old is None:
        return Record.model_validate({"guid": item.guid, "facts": item.facts, **fields})
    known = {name: getattr(item.facts, name) for name in EpisodeFacts.model_fields}
    fields["former_source_digests"] = former_digests(old, item.source_digest)
    fields["facts"] = old.facts.model_copy(update=known)
    fields |= {"state": "published", "undone": ()}
    if item.reissued_as:
        others = dict.fromkeys((*old.other_guids, item.reissued_as))
        fields |= {"reissued_as": item.reissued_as, "other_guids": tuple(others)}
    return old.model_copy(update=fields)


def _check_record(
    record: Record, others: Mapping[str, Record], shop: Workshop, subject: str
) -> None:
    """Raise what directories would refuse about a record beside all the others; tell warnings."""
    from sendeturm.checks import check_records, selected  # noqa: PLC0415  # only before a put

    found = check_records(shop.show, list((dict(others) | {record.guid: record}).values()))
    own = [p for p in selected(found, shop.rules) if p.params.get("guid") == record.guid]
    if errors := [p for p in own if p.severity is Severity.ERROR]:
        raise SendeturmError(errors)
    for told in own:
        if told.severity is Severity.WARNING:
            shop.listen(Notice(subject, told))
