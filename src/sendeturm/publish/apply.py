"""Do what a plan says, in the order that leaves nothing half-published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sendeturm.errors import Problem, SendeturmError, fail
from sendeturm.events import Failed, Finished, Listener
from sendeturm.model import ShowRecord
from sendeturm.publish.desk import MOST_TRIES, Desk, Published
from sendeturm.publish.gather import gather
from sendeturm.publish.history import new_publication, put_history
from sendeturm.publish.keys import SHOW_KEY
from sendeturm.publish.pictures import with_pictures
from sendeturm.publish.places import cache_folder
from sendeturm.publish.plan import Plan, ShowStep
from sendeturm.publish.publication import plan_from
from sendeturm.publish.records import put_show
from sendeturm.publish.redrawing import redraw_cards
from sendeturm.publish.rendering import Rendered, Renderer
from sendeturm.publish.sidecars import put_cover
from sendeturm.publish.site import put_site_files
from sendeturm.publish.situation import Situation
from sendeturm.publish.workshop import Master, Workshop
from sendeturm.store.memory import learn
from sendeturm.store.protocol import ConditionFailedError, Store

SHOW_SURELY: Mapping[str, str | None] = {SHOW_KEY: None}


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
    desk = Desk(plan, publication, shop, dict(situation.published), surely)
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
