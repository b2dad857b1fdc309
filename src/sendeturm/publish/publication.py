"""Publishing as a whole: gather, check, plan, guard; and the plan that comes of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sendeturm.errors import Problem, Severity, problem
from sendeturm.model import LOCAL_ADDRESS, Config, ShowFacts, ShowRecord
from sendeturm.model.addresses import feed_url, podcast_guid
from sendeturm.publish.checking import check_episodes, check_show, has_errors
from sendeturm.publish.former import former_digests
from sendeturm.publish.gather import gather
from sendeturm.publish.guard import refuse_episodes, refuse_show
from sendeturm.publish.keeping import kept_settings
from sendeturm.publish.pictures import lacks_pictures
from sendeturm.publish.plan import (
    AS_NEW,
    EpisodeStep,
    Plan,
    RenderStep,
    ShowStep,
    allows_nothing,
    episode_steps,
    reissued_episodes,
    split_refusals,
)
from sendeturm.publish.rendering import reason_to_render
from sendeturm.publish.respecting import respected_episodes, respected_show
from sendeturm.publish.situation import Situation
from sendeturm.sources import CONFIG_NAME
from sendeturm.store.protocol import Store

OWN = ("address", "pages_address", "podcast_guid")
"""What of the show's record is its own, beside facts and pictures."""


def make_plan(
    folder: Path,
    config: Config,
    store: Store,
    *,
    allowed: Collection[str] = (),
    bare: Collection[str] = (),
) -> tuple[Plan, Situation]:
    """Return what publish would do, and the situation it was made from.

    `allowed` are the guard's permits (`new-audio=007-winter`), `bare` the stems of recordings
    without a sidecar that shall go along (`apply` writes one). Problems that stop the whole show
    raise SendeturmError; an episode's problems leave that episode out.
    """
    situation = gather(folder, config, store, bare=bare)
    return plan_from(situation, allowed), situation


def plan_from(
    situation: Situation, allowed: Collection[str] = (), address: str = LOCAL_ADDRESS
) -> Plan:
    """Return the plan for a situation; `address` counts where there is no public one. Pure."""
    wished = _show_step(situation, _wanted_show(situation, address))
    wished, about_undone = respected_show(wished, situation, allowed)
    respected, taken_back = respected_episodes(situation.wanted, allowed)
    show_id = situation.config.show.id
    respected = reissued_episodes(respected, allowed, show_id, situation.now)
    refusals = refuse_show(
        wished.wanted if wished else None, situation.show.record if situation.show else None
    )
    claimed = {item.guid for item in situation.wanted}
    refusals += refuse_episodes(respected, claimed, situation.published.values(), situation.now)
    standing, held_back = split_refusals(refusals, allowed)
    about_show, about_episodes = check_show(situation), check_episodes(situation)
    problems = (*about_show, *situation.problems, *about_episodes, *about_undone, *taken_back)
    used = {f"{AS_NEW}{item.episode.stem}" for item in respected if item.reissued_as}
    problems += tuple(allows_nothing(refusals, set(allowed) - used))
    is_blocked = "" in held_back or has_errors(about_show)
    held_back |= _stems_with_errors(situation, problems)
    steps = () if is_blocked else episode_steps(respected, held_back, situation.now)
    problems += _about_closing(situation, steps)
    show_step = None if is_blocked else wished
    has_steps = bool(steps or show_step)
    return Plan(
        show=show_step,
        episodes=steps,
        render=None if is_blocked else _render_step(situation, has_steps=has_steps),
        refusals=standing,
        problems=problems,
        waiting=situation.waiting,
        drafts=situation.drafts,
        unchanged=len(situation.wanted) - len(steps),
        now=situation.now,
        next_due=_next_due(situation, steps),
        allowed=frozenset(allowed),
    )


def _about_closing(situation: Situation, steps: Sequence[EpisodeStep]) -> tuple[Problem, ...]:
    """Warn of a new episode of a show that was closed: many apps look no more."""
    if not (situation.show_facts.closed and any(step.wanted.is_new for step in steps)):
        return ()
    severity = Severity.WARNING
    return (problem("publish.closed", file=CONFIG_NAME, key="closed", severity=severity),)


def _wanted_show(situation: Situation, local_address: str) -> ShowRecord:
    """Return the show's record as the sources want it, the published cover still in place."""
    address = (situation.config.storage.address or local_address).rstrip("/")
    is_public = situation.config.storage.address is not None
    live = situation.show.record if situation.show else None
    fields = {
        "facts": situation.show_facts,
        "address": address,
        "is_public": is_public,
        "pages_address": _pages_address(situation.config),
        "source_digest": _show_digest(situation, live),
        "settings": kept_settings(situation.config),
        "changed_at": situation.now,
    }
    if live is None:
        first = ShowRecord.model_validate(fields)
        return first.model_copy(update={"podcast_guid": _podcast_guid(situation, first)})
    fields["former_source_digests"] = former_digests(live, str(fields["source_digest"]))
    fields["undone"] = ()
    known = {name: getattr(situation.show_facts, name) for name in ShowFacts.model_fields}
    next_one = live.model_copy(update=fields | {"facts": live.facts.model_copy(update=known)})
    return next_one.model_copy(update={"podcast_guid": _podcast_guid(situation, next_one)})


def _pages_address(config: Config) -> str | None:
    """Return where feed and pages are read, if it is another place than the media's."""
    storage = config.storage
    if storage.webspace is None or storage.webspace_address is None:
        return None
    return storage.webspace_address.rstrip("/")


def _show_digest(situation: Situation, live: ShowRecord | None) -> str:
    """Return what tells this state of the settings and the cover from others."""
    published = live.cover.source_sha256 if live and live.cover else None
    # What a later version adds, and nobody has set, makes no other source of it.
    facts = situation.show_facts.model_dump(mode="json", exclude_defaults=True)
    plain = [facts, situation.cover_sha256 or published]
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()


def _podcast_guid(situation: Situation, show: ShowRecord) -> UUID | None:
    """Return the show's permanent podcast:guid: assigned once, never computed again."""
    given = show.podcast_guid or situation.config.show.podcast_guid
    return given if given or not show.is_public else podcast_guid(feed_url(show))


def _show_step(situation: Situation, wanted: ShowRecord) -> ShowStep | None:
    live = situation.show.record if situation.show else None
    published_cover = live.cover.source_sha256 if live and live.cover else None
    as_stored = live.cover.sha256 if live and live.cover else None  # what `pull` has brought
    new_cover = situation.cover_sha256 not in (None, published_cover, as_stored)
    if live is None:
        return ShowStep(wanted, (), new_cover)
    facts = [
        name
        for name in ShowFacts.model_fields
        if getattr(wanted.facts, name) != getattr(live.facts, name)
    ]
    own = [n for n in OWN if getattr(wanted, n) != getattr(live, n)]
    pictures = ["cover"] if new_cover else ["pictures"] if lacks_pictures(live) else []
    settings = ["settings"] if wanted.settings != live.settings else []
    changes = (*facts, *own, *pictures, *(() if facts else settings))
    return ShowStep(wanted, changes, new_cover) if changes else None


def _render_step(situation: Situation, *, has_steps: bool) -> RenderStep | None:
    if has_steps:
        return RenderStep("changed" if situation.feed else "first")
    if situation.show is None:
        return None
    reason = reason_to_render(
        situation.feed, situation.fingerprint, situation.records, situation.now
    ) or ("changed" if situation.is_unfinished else "")
    return RenderStep(reason) if reason else None


def _stems_with_errors(situation: Situation, problems: Collection[Problem]) -> frozenset[str]:
    files = {p.place.file for p in problems if p.severity is Severity.ERROR}
    return frozenset(w.episode.stem for w in situation.wanted if w.file in files)


def _next_due(situation: Situation, steps: Sequence[EpisodeStep]) -> datetime | None:
    """Return when the next scheduled episode goes on the air, with this plan applied."""
    dates = {r.guid: r.facts.published_at for r in situation.published.values() if r.is_on_air}
    dates |= {step.wanted.guid: step.wanted.facts.published_at for step in steps}
    return min((date for date in dates.values() if date > situation.now), default=None)
