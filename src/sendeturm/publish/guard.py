"""What publish refuses unless it is allowed for that one thing. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sendeturm.errors import Problem, problem
from sendeturm.model import Record, ShowRecord
from sendeturm.publish.wanted import Wanted


@dataclass(frozen=True, slots=True)
class Refusal:
    """One thing the guard stops: `what` it is, `whom` it concerns (a stem; empty: the show)."""

    what: str
    whom: str
    problem: Problem
    can_be_allowed: bool = True

    @property
    def permit(self) -> str:
        """Return what `--allow` takes to let this one thing through."""
        return f"{self.what}={self.whom}" if self.whom else self.what


def refuse_episodes(
    wanted: Sequence[Wanted], claimed: Collection[str], records: Iterable[Record], now: datetime
) -> list[Refusal]:
    """Return what must not happen to episodes without being asked for.

    `claimed` are the identities that the sources know.
    """
    orphans = [r for r in records if r.is_on_air and r.guid not in claimed]
    refusals: list[Refusal] = []
    for item in wanted:
        if item.record is None:
            refusals += _about_identity(item, orphans)
        elif item.changes and not item.shows_as_new:
            refusals += _about_change(item, item.record, now)
    return refusals


def refuse_show(wanted: ShowRecord | None, live: ShowRecord | None) -> list[Refusal]:
    """Return what must not happen to the show: another one's place, another address, old words.

    `wanted` is None where nothing about the show would change.
    """
    if live is None or wanted is None:
        return []
    if live.facts.id != wanted.facts.id:
        found = problem("publish.other-show", key="show.id", title=live.facts.title)
        return [Refusal("other-show", "", found, can_be_allowed=False)]
    if live.is_public and live.address != wanted.address:
        found = problem(
            "publish.moved-address", key="storage.address", old=live.address, new=wanted.address
        )
        return [Refusal("moved-address", "", found)]
    former, new = live.pages_address or live.address, wanted.pages_address or wanted.address
    if live.is_public and former != new:
        key = "storage.webspace_address"
        found = problem("publish.moved-address", key=key, old=former, new=new)
        return [Refusal("moved-address", "", found)]
    if wanted.source_digest in live.former_source_digests:
        return [Refusal("older-show", "", problem("publish.older-show", key="show"))]
    return []


def _about_identity(item: Wanted, orphans: Sequence[Record]) -> list[Refusal]:
    """Refuse a known episode under a new GUID: every app would download it again."""
    for record in orphans:
        if record.facts.slug == item.facts.slug:
            return [_identity(item, record, can_be_allowed=False)]
        if record.digests.recording and record.digests.recording == item.digests.recording:
            return [_identity(item, record, can_be_allowed=True)]
    return []


def _identity(item: Wanted, record: Record, *, can_be_allowed: bool) -> Refusal:
    found = problem(
        "publish.new-identity",
        file=item.file,
        key="guid",
        title=record.facts.title,
        guid=record.guid,
    )
    return Refusal("new-identity", item.episode.stem, found, can_be_allowed)


def _about_change(item: Wanted, record: Record, now: datetime) -> list[Refusal]:
    refusals = []
    if _is_older(item, record):
        refusals.append(_refusal(item, "older-source", "publish.older-source"))
    if record.facts.published_at > now:
        return refusals  # nobody has it yet: date and sound may still change
    if "published_at" in item.changes:
        before = record.facts.published_at.isoformat()
        refusals.append(
            _refusal(item, "moved-date", "publish.moved-date", key="published_at", before=before)
        )
    if item.needs_audio:
        refusals.append(_refusal(item, "new-audio", "publish.new-audio"))
    return refusals


def _is_older(item: Wanted, record: Record) -> bool:
    return item.source_digest in record.former_source_digests


def _refusal(
    item: Wanted, what: str, code: str, *, key: str | None = None, before: str = ""
) -> Refusal:
    stem = item.episode.stem
    permit = f"{what}={stem}"
    found = problem(code, file=item.file, key=key, permit=permit, stem=stem, before=before)
    return Refusal(what, stem, found)
