"""What publish will do, as plain values: the difference between sources and records. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sendeturm.errors import Problem, Severity, problem
from sendeturm.model import Episode, ShowRecord
from sendeturm.publish.guard import Refusal
from sendeturm.publish.wanted import Wanted
from sendeturm.sources import next_guid

AS_NEW = "as-new="
"""Before the stem of an episode whose other recording goes out as a new episode."""
AGAIN = "again="
"""Before the name of what was taken back and shall be on the air again."""


@dataclass(frozen=True, slots=True)
class ShowStep:
    """Put the show's record; `changes` are the facts that differ (empty for a first time)."""

    wanted: ShowRecord
    changes: tuple[str, ...]
    new_cover: bool


@dataclass(frozen=True, slots=True)
class EpisodeStep:
    """Put an episode's media (if `wanted.needs_audio`), its sidecars and its record."""

    wanted: Wanted
    is_scheduled: bool


@dataclass(frozen=True, slots=True)
class RenderStep:
    """Rebuild feed and pages."""

    reason: str


@dataclass(frozen=True, slots=True)
class ListenersView:
    """What podcast apps will do once this is applied."""

    new: int = 0
    changed: int = 0
    downloaded_again: int = 0
    scheduled: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """Steps in the order they are done, and what stands beside them."""

    show: ShowStep | None
    episodes: tuple[EpisodeStep, ...]
    render: RenderStep | None
    refusals: tuple[Refusal, ...]
    problems: tuple[Problem, ...]
    waiting: tuple[Episode, ...]
    drafts: tuple[Episode, ...]
    unchanged: int
    now: datetime
    next_due: datetime | None
    allowed: frozenset[str] = frozenset()

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing to do."""
        return self.show is None and not self.episodes and self.render is None

    @property
    def may_empty(self) -> bool:
        """Say whether a feed may lose its last episode."""
        return "empty-feed" in self.allowed

    @property
    def is_held_back(self) -> bool:
        """Say whether something does not go out that a person must look at."""
        return bool(self.refusals) or any(p.severity is Severity.ERROR for p in self.problems)

    @property
    def listeners(self) -> ListenersView:
        """Count what listeners' apps will see."""
        new = [s for s in self.episodes if s.wanted.shows_as_new]
        old = [s for s in self.episodes if not s.wanted.shows_as_new]
        return ListenersView(
            new=sum(not s.is_scheduled for s in new),
            changed=len(old),
            downloaded_again=sum(s.wanted.needs_audio and not s.is_scheduled for s in old),
            scheduled=sum(s.is_scheduled for s in new),
        )


def split_refusals(
    refusals: Collection[Refusal], allowed: Collection[str]
) -> tuple[tuple[Refusal, ...], frozenset[str]]:
    """Return the refusals that stand and the stems they hold back (empty stem: everything)."""
    standing = tuple(r for r in refusals if not (r.can_be_allowed and r.permit in allowed))
    return standing, frozenset(r.whom for r in standing)


def allows_nothing(refusals: Collection[Refusal], allowed: Collection[str]) -> list[Problem]:
    """Return a warning for each permit that nothing waits for."""
    waiting = {r.permit for r in refusals if r.can_be_allowed} | {"empty-feed"}
    return [
        problem("publish.allows-nothing", severity=Severity.WARNING, permit=permit)
        for permit in sorted(set(allowed) - waiting)
        if not permit.startswith(AGAIN)
    ]


def reissued_episodes(
    wanted: Iterable[Wanted], allowed: Collection[str], show_id: UUID, now: datetime
) -> list[Wanted]:
    """Let other recordings of what listeners have go out as new, where that is asked for."""
    return [
        _reissued(item, show_id, now) if f"{AS_NEW}{item.episode.stem}" in allowed else item
        for item in wanted
    ]


def _reissued(item: Wanted, show_id: UUID, now: datetime) -> Wanted:
    old, recording = item.record, item.digests.recording
    if old is None or recording is None or item.reissued_as or not item.can_be_reissued:
        return item
    if old.facts.published_at > now:
        return item  # nobody has it yet
    return item.reissued(next_guid(show_id, old.item_guid, recording), now)


def episode_steps(
    wanted: Collection[Wanted], held_back: Collection[str], now: datetime
) -> tuple[EpisodeStep, ...]:
    """Return a step for each new or changed episode, oldest date first."""
    todo = [w for w in wanted if (w.is_new or w.changes) and w.episode.stem not in held_back]
    todo.sort(key=lambda item: (item.facts.published_at, item.guid))
    return tuple(EpisodeStep(item, item.facts.published_at > now) for item in todo)
