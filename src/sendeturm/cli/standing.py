"""Where a show stands: what is on the air, what is scheduled, what waits, and what is next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sendeturm.cli.moments import day, days_ago, moment, zone_of_show
from sendeturm.cli.ontime import is_cron_missing
from sendeturm.cli.planning import recording_file
from sendeturm.cli.preparing import plan_with
from sendeturm.cli.problems import one_line
from sendeturm.cli.spoken import marked
from sendeturm.errors import Severity
from sendeturm.i18n import ngettext, translate
from sendeturm.publish import last_heartbeat

if TYPE_CHECKING:
    from sendeturm.cli.call import OpenShow
    from sendeturm.cli.preparing import Prepared
    from sendeturm.model import Record

PUBLISH = "sendeturm publish"
CHECK = "sendeturm check"
NEXT = {
    CHECK: marked("sendeturm check, it says what to mend"),
    PUBLISH: marked("sendeturm publish"),
    "recording": marked("put a recording into episodes/, then sendeturm publish"),
    "cron": marked("let cron run sendeturm feed, or nothing goes on the air by itself"),
    "address": marked("sendeturm preview; for listeners, give a public place under [storage]"),
    "new": marked("a new recording into episodes/, or begin with its title: sendeturm new"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A plan, and when `sendeturm feed` last ran from anywhere."""

    prepared: Prepared
    last_feed_run: datetime | None

    @property
    def published(self) -> list[Record]:
        """Return the episodes listeners have or will have, the latest first."""
        records = self.prepared.situation.published.values()
        on_air = (record for record in records if record.is_on_air)
        return sorted(on_air, key=lambda record: record.facts.published_at, reverse=True)

    @property
    def on_air(self) -> list[Record]:
        """Return what listeners have now, the latest first."""
        return [r for r in self.published if r.facts.published_at <= self.prepared.plan.now]

    @property
    def scheduled(self) -> list[Record]:
        """Return what goes on the air later, the next one first."""
        now = self.prepared.plan.now
        return [r for r in reversed(self.published) if r.facts.published_at > now]

    @property
    def errors(self) -> int:
        """Return how many errors stop something, refusals among them."""
        problems = self.prepared.plan.problems
        found = sum(p.severity is Severity.ERROR for p in problems)
        return found + len(self.prepared.plan.refusals)

    @property
    def next_step(self) -> str:
        """Return a key of `NEXT`: what helps most now."""
        plan, config = self.prepared.plan, self.prepared.show.config
        if self.errors:
            return CHECK
        if plan.episodes or plan.waiting or (plan.show and self.published) or plan.render:
            return self._first_publish_or_more()
        if not self.published:
            return "recording"
        if self.scheduled and self._cron_is_missing:
            return "cron"
        return "new" if config.storage.address else "address"

    def _first_publish_or_more(self) -> str:
        plan = self.prepared.plan
        is_bare_show = not (self.published or plan.episodes or plan.waiting)
        return "recording" if is_bare_show else PUBLISH

    @property
    def next_words(self) -> str:
        """Return what is next, in words."""
        return translate(NEXT[self.next_step])

    @property
    def _cron_is_missing(self) -> bool:
        return is_cron_missing(self.last_feed_run, self.prepared.plan.now)

    def document(self) -> dict[str, object]:
        """Return where the show stands as JSON has it."""
        show, plan = self.prepared.show, self.prepared.plan
        return {
            "folder": str(show.folder),
            "title": show.config.show.title,
            "place": show.store.label,
            "address": show.config.storage.address,
            "on_air": [_record_document(r) for r in self.on_air],
            "scheduled": [_record_document(r) for r in self.scheduled],
            "to_publish": len(plan.episodes),
            "waiting": [recording_file(e, show.folder) for e in plan.waiting],
            "drafts": [draft.stem for draft in plan.drafts],
            "errors": self.errors,
            "last_feed_run": self.last_feed_run.isoformat() if self.last_feed_run else None,
            "next": self.next_step,
        }


def look(show: OpenShow) -> Standing:
    """Return where the show stands; raises SendeturmError if its storage does not answer."""
    return Standing(plan_with(show, (), ()), last_heartbeat(show.store))


def rows(standing: Standing) -> Iterator[tuple[str, str]]:
    """Yield a heading and its words for everything worth a line."""
    yield marked("On the air"), _on_air_words(standing)
    yield from _scheduled_rows(standing)
    yield from _home_rows(standing)
    if standing.errors:
        yield marked("Mistakes"), ngettext("{count} error", "{count} errors", standing.errors)
    if standing.last_feed_run is not None:
        ago = days_ago(standing.last_feed_run, standing.prepared.plan.now)
        yield marked("Last sendeturm feed"), ago


def _on_air_words(standing: Standing) -> str:
    count = ngettext("{count} episode", "{count} episodes", len(standing.on_air))
    if not standing.on_air:
        return count
    latest = standing.on_air[0].facts
    when = day(latest.published_at, zone_of_show(standing.prepared.show.config))
    words = translate("{count}, the latest: {title} ({day})")
    return words.format(count=count, title=one_line(latest.title), day=when)


def _scheduled_rows(standing: Standing) -> Iterator[tuple[str, str]]:
    if not standing.scheduled:
        return
    count = ngettext("{count} episode", "{count} episodes", len(standing.scheduled))
    first = standing.scheduled[0].facts
    when = moment(first.published_at, zone_of_show(standing.prepared.show.config))
    words = translate("{count}, the next: {title} on {moment}")
    yield marked("Scheduled"), words.format(count=count, title=one_line(first.title), moment=when)


def _home_rows(standing: Standing) -> Iterator[tuple[str, str]]:
    """Yield what is on this computer and not published."""
    plan, folder = standing.prepared.plan, standing.prepared.show.folder
    if plan.episodes:
        titles = [one_line(step.wanted.facts.title) for step in plan.episodes]
        yield marked("To be published"), _few(titles)
    if plan.waiting:
        yield marked("Waiting"), _few([recording_file(e, folder) for e in plan.waiting])
    if plan.drafts:
        yield marked("Drafts"), _few([draft.stem for draft in plan.drafts])


def _few(names: list[str], most: int = 3) -> str:
    shown = ", ".join(one_line(name) for name in names[:most])
    more = len(names) - most
    return f"{shown}, {ngettext('{count} more', '{count} more', more)}" if more > 0 else shown


def _record_document(record: Record) -> dict[str, object]:
    facts = record.facts
    return {
        "guid": record.item_guid,
        "title": facts.title,
        "published_at": facts.published_at.isoformat(),
        "slug": facts.slug,
    }
