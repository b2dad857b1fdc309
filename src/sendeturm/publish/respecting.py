"""What was taken back stays away until somebody says `--again`, or the sources change. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sendeturm.errors import Problem, Severity, problem
from sendeturm.publish.former import field_digests, was_undone
from sendeturm.publish.plan import AGAIN, ShowStep
from sendeturm.publish.situation import Situation
from sendeturm.publish.wanted import Wanted

SHOW_NAME = "show"


def respected_episodes(
    wanted: Iterable[Wanted], allowed: Collection[str]
) -> tuple[list[Wanted], list[Problem]]:
    """Leave out episodes that were taken back, or would only bring back what was undone."""
    kept, told, called = [], [], set[str]()
    for item in wanted:
        names = {f"{AGAIN}{name}" for name in (item.episode.stem, item.facts.slug, item.item_guid)}
        found = _taken_back(item)
        if found is None or names & set(allowed):
            kept.append(item)
            called |= names if found else set()
        else:
            told.append(found)
    return kept, [*told, *_unknown(allowed, called)]


def respected_show(
    step: ShowStep | None, situation: Situation, allowed: Collection[str]
) -> tuple[ShowStep | None, list[Problem]]:
    """Leave the show as it is where the settings would only bring back what was undone."""
    if step is None or situation.show is None or f"{AGAIN}{SHOW_NAME}" in allowed:
        return step, []
    wanted = field_digests(
        step.wanted.facts, address=step.wanted.address, cover=situation.cover_sha256
    )
    changes = [name for name in step.changes if name not in ("pictures", "settings")]
    if not was_undone(changes, wanted, situation.show.record.undone):
        return step, []
    return None, [problem("publish.show-undone", key="show", severity=Severity.WARNING)]


def _taken_back(item: Wanted) -> Problem | None:
    if item.record is None:
        return None
    stem = item.episode.stem
    if item.record.state == "tombstone":
        code = "publish.taken-back"
    elif was_undone(item.changes, field_digests(item.facts, item.digests), item.record.undone):
        code = "publish.undone"
    else:
        return None
    return problem(code, file=item.file, severity=Severity.WARNING, stem=stem)


def _unknown(allowed: Collection[str], called: Collection[str]) -> list[Problem]:
    """Return a warning for each `--again` that brings nothing back."""
    names = {permit for permit in allowed if permit.startswith(AGAIN)} - set(called)
    return [
        problem(
            "publish.nothing-again",
            severity=Severity.WARNING,
            name=name.removeprefix(AGAIN),
        )
        for name in sorted(names - {f"{AGAIN}{SHOW_NAME}"})
    ]
