"""Do what a plan says, in the order that leaves nothing half-published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sendeturm.errors import Problem, SendeturmError, Severity, fail
from sendeturm.events import Failed, Finished, Listener, Notice
from sendeturm.model import EpisodeFacts, Record, Rendition, ShowRecord
from sendeturm.publish.former import former_digests
from sendeturm.publish.gather import cache_folder, gather
from sendeturm.publish.history import new_publication, put_history
from sendeturm.publish.keys import SHOW_KEY, record_key
from sendeturm.publish.media import make_rendition, put_alternates, put_media
from sendeturm.publish.pictures import episode_pictures, with_pictures
from sendeturm.publish.plan import EpisodeStep, Plan, ShowStep
from sendeturm.publish.publication import plan_from
from sendeturm.publish.records import put_record, put_show
from sendeturm.publish.redrawing import redraw_cards
from sendeturm.publish.rendering import Rendered, Renderer
from sendeturm.publish.sidecars import put_chapters, put_cover, put_episode_cover, put_transcripts
from sendeturm.publish.site import put_site_files
from sendeturm.publish.situation import Situation
from sendeturm.publish.soundbites import refuse_lost_soundbites
from sendeturm.publish.wanted import Wanted, plain_notes
from sendeturm.publish.workshop import Master, Workshop
from sendeturm.sources import change_front, new_sidecar, write_front
from sendeturm.store.memory import learn
from sendeturm.store.protocol import ConditionFailedError, Store

MOST_TRIES = 8
"""Conflicts in a row about one record; each means that somebody else has published it."""
SHOW_SURELY: Mapping[str, str | None] = {SHOW_KEY: None}
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


@dataclass(slots=True)
class Outcome:
    """What applying a plan did."""

    published: list[Published] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)
    rendered: Rendered | None = None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return all that kept episodes from going out."""
        return tuple(p for failure in self.failed for p in failure.problems)


def apply(
    plan: Plan,
    situation: Situation,
    store: Store,
    listen: Listener,
    *,
    master: Master | None = None,
    writes_back: bool = True,
) -> Outcome:
    """Put show, episodes, pages and feed; an episode that fails does not stop the others.

    `writes_back` lets episodes' files be given what they lack (preview does not). A store that
    fails stops everything: SendeturmError is raised, and what was committed before shows at the
    next run.
    """
    outcome = Outcome()
    publication = new_publication(plan.now)
    if plan.show is not None or plan.episodes:
        learn(store, plan.now)
    shop = Workshop(
        store=store,
        show=_published_show(plan, situation),
        sound=situation.config.sound,
        rules=situation.config.check,
        cache=cache_folder(situation.folder),
        listen=listen,
        master=master or _master(),
        writes_back=writes_back,
    )
    surely: dict[str, str | None] = {}
    if plan.show is not None:
        shop = replace(shop, show=_try_show(plan, situation, publication, shop, surely))
    desk = _Desk(plan, publication, shop, dict(situation.published), surely)
    for step in plan.episodes:
        result = desk.try_episode(step, situation)
        if isinstance(result, Failed):
            outcome.failed.append(result)
            listen(result)
        elif result is not None:
            outcome.published.append(result)
            listen(Finished(result.stem, result.reused))
    has_work = plan.render or plan.show or outcome.published
    if has_work and _may_begin(outcome, plan, situation):
        renderer = Renderer(store, plan.now, shop.cache, listen, plan.may_empty, desk.surely)
        outcome.rendered = renderer.rebuild()
    return outcome


def _may_begin(outcome: Outcome, plan: Plan, situation: Situation) -> bool:
    """Say whether there may be a feed: the first one is not put if all went wrong."""
    has_something = bool(situation.feed or situation.records or outcome.published)
    return has_something or not (outcome.failed or plan.is_held_back)


def _master() -> Master:
    from sendeturm.sound import master  # noqa: PLC0415  # the signal's libraries are heavy

    return master


def _published_show(plan: Plan, situation: Situation) -> ShowRecord:
    if plan.show is not None:
        return plan.show.wanted
    assert situation.show is not None, "a plan without a show step has a published show"
    return situation.show.record


def _try_show(
    plan: Plan,
    situation: Situation,
    publication: str,
    shop: Workshop,
    surely: dict[str, str | None],
) -> ShowRecord:
    """Put the show's record; if somebody else did so meanwhile, plan and guard it anew.

    Cards of episodes that show its name or cover are drawn anew; `surely` gets their records.
    """
    busy = {step.wanted.guid for step in plan.episodes}
    step = plan.show
    assert step is not None
    for _ in range(MOST_TRIES):
        try:
            record = _show_with_pictures(step, situation, publication, shop)
            surely |= redraw_cards(record, situation, busy, publication, shop)
            return _put_show(record, situation, shop)
        except ConditionFailedError:
            situation = gather(situation.folder, situation.config, shop.store, surely=SHOW_SURELY)
            anew = plan_from(situation, plan.allowed, shop.show.address)
        about_show = [r.problem for r in anew.refusals if not r.whom]
        if about_show:
            raise SendeturmError(about_show)
        assert situation.show is not None, "somebody has just put it"
        if anew.show is None:
            return situation.show.record
        step = anew.show
    raise fail("publish.never-settles")


def _show_with_pictures(
    step: ShowStep, situation: Situation, publication: str, shop: Workshop
) -> ShowRecord:
    """Put what the show's record names, and return it."""
    record = step.wanted
    if step.new_cover and situation.cover_sha256:
        name = situation.config.show.cover
        cover = put_cover(shop, situation.folder / name, name, "show", situation.cover_sha256)
        record = record.model_copy(update={"cover": cover})
    put_site_files(shop.store, record.facts.site, situation.site_files)
    return with_pictures(record, shop).model_copy(update={"publication": publication})


def _put_show(record: ShowRecord, situation: Situation, shop: Workshop) -> ShowRecord:
    live = situation.show
    put_history(shop.store, live.record if live else None, record)
    return put_show(shop.store, record, live.etag if live else None).record


@dataclass(frozen=True, slots=True)
class _Desk:
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
