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
    "waiting": marked("sendeturm publish, it asks about every recording that waits"),
    "feed": marked("sendeturm feed, it puts on the air what is due"),
    "recording": marked("put a recording into episodes/, then sendeturm publish"),
    "lacking": marked("put the recording beside {file}, then sendeturm publish"),
    "draft": marked("take draft = true out of {file} when it is finished, then sendeturm publish"),
    "cron": marked("let cron run sendeturm feed, or nothing goes on the air by itself"),
    "address": marked("sendeturm preview; for listeners, give a public place under [storage]"),
    "new": marked("a new recording into episodes/, or begin with its title: sendeturm new"),
}
NO_RECORDING = "publish.no-recording"
"""The problem of a page whose recording is yet to come."""


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
        now, due = self.prepared.plan.now, self.due
        return [r for r in self.published if r.facts.published_at <= now and r not in due]

    @property
    def due(self) -> list[Record]:
        """Return what should be on the air and is not, as nobody has run `sendeturm feed`."""
        feed, now = self.prepared.situation.feed, self.prepared.plan.now
        if feed is None or feed.next_due is None:
            return []
        since = feed.next_due
        return [r for r in reversed(self.published) if since <= r.facts.published_at <= now]

    @property
    def lacking(self) -> list[str]:
        """Return the pages whose recordings are yet to come."""
        problems = self.prepared.plan.problems
        return [p.place.file for p in problems if p.code == NO_RECORDING and p.place.file]

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
        plan = self.prepared.plan
        if self.errors:
            return CHECK
        if plan.episodes:
            return PUBLISH
        if plan.waiting:
            return "waiting"
        if self.due:
            return "feed"
        if self.published and (plan.render or plan.show):
            return PUBLISH
        return self._next_at_rest()

    def _next_at_rest(self) -> str:
        """Return what is next where nothing could be published."""
        if self.scheduled and self._cron_is_missing:
            return "cron"
        if self.lacking:
            return "lacking"
        if self.prepared.plan.drafts:
            return "draft"
        if not self.published:
            return "recording"
        return "new" if self.prepared.show.config.storage.pages_address else "address"

    @property
    def next_words(self) -> str:
        """Return what is next, in words."""
        drafts = [f"episodes/{draft.stem}.md" for draft in self.prepared.plan.drafts]
        files = {"lacking": self.lacking, "draft": drafts}.get(self.next_step, [])
        return translate(NEXT[self.next_step]).format(file=one_line(files[0]) if files else "")

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
            "address": show.config.storage.pages_address,
            "on_air": [_record_document(r) for r in self.on_air],
            "due": [_record_document(r) for r in self.due],
            "scheduled": [_record_document(r) for r in self.scheduled],
            "to_publish": len(plan.episodes),
            "waiting": [recording_file(e, show.folder) for e in plan.waiting],
            "without_recording": self.lacking,
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
        yield marked("Cron"), translate("was last here {ago}").format(ago=ago)
    elif standing.scheduled or standing.due:
        yield marked("Cron"), translate("has never been here")


def _on_air_words(standing: Standing) -> str:
    if not standing.on_air:
        return translate("nothing yet")
    count = ngettext("{count} episode", "{count} episodes", len(standing.on_air))
    latest = standing.on_air[0].facts
    when = day(latest.published_at, zone_of_show(standing.prepared.show.config))
    words = translate("{count}, the latest: {title} ({day})")
    return words.format(count=count, title=one_line(latest.title), day=when)


def _scheduled_rows(standing: Standing) -> Iterator[tuple[str, str]]:
    zone = zone_of_show(standing.prepared.show.config)
    if standing.due:
        due = standing.due[0].facts
        words = translate("{title}, since {moment}, and not on the air yet")
        when = moment(due.published_at, zone)
        yield marked("Due"), words.format(title=one_line(due.title), moment=when)
    if not standing.scheduled:
        return
    count = ngettext("{count} episode", "{count} episodes", len(standing.scheduled))
    first = standing.scheduled[0].facts
    when = moment(first.published_at, zone)
    words = translate("{count}, the next: {title} on {moment}")
    yield marked("Scheduled"), words.format(count=count, title=one_line(first.title), moment=when)


def _home_rows(standing: Standing) -> Iterator[tuple[str, str]]:
    """Yield what is on this computer and not published."""
    plan, folder = standing.prepared.plan, standing.prepared.show.folder
    if plan.episodes:
        titles = [one_line(step.wanted.facts.title) for step in plan.episodes]
        yield marked("To be published"), _few(titles)
    if plan.waiting:
        count = ngettext("{count} recording", "{count} recordings", len(plan.waiting))
        names = _few([recording_file(e, folder) for e in plan.waiting])
        yield marked("Waiting"), f"{count}: {names}"
    if standing.lacking:
        yield marked("Without recording"), _few(standing.lacking)
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
