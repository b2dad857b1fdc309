"""A publication as JSON has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sendeturm.cli.listeners import changes_document
from sendeturm.cli.planning import plan_document
from sendeturm.cli.problems import problem_document
from sendeturm.cli.report import changes_of

if TYPE_CHECKING:
    from sendeturm.cli.preparing import Prepared
    from sendeturm.cli.progress import Chronicle
    from sendeturm.publish import Outcome, Published, Rendered


def seconds_document(chronicle: Chronicle) -> dict[str, dict[str, float]]:
    """Return how long each stage took, by episode."""
    return {
        subject: {str(stage): round(seconds, 3) for stage, seconds in stages.items()}
        for subject, stages in chronicle.seconds.items()
    }


def outcome_document(
    outcome: Outcome | None, prepared: Prepared, chronicle: Chronicle | None
) -> dict[str, object]:
    """Return a publication as JSON has it."""
    rendered = outcome.rendered if outcome else None
    return {
        "plan": plan_document(prepared.plan, prepared.situation),
        "published": [_published_document(p) for p in outcome.published] if outcome else [],
        "failed": [
            {"stem": f.subject, "problems": [problem_document(p) for p in f.problems]}
            for f in (outcome.failed if outcome else [])
        ],
        "notices": [problem_document(p) for p in chronicle.notices] if chronicle else [],
        "seconds": seconds_document(chronicle) if chronicle else {},
        "feed": _feed_document(rendered) if rendered else None,
        "next_due": _iso_next_due(outcome, prepared),
    }


def _feed_document(rendered: Rendered) -> dict[str, object]:
    return {
        "items": rendered.items,
        "pages_put": rendered.pages_put,
        "changes": changes_document(changes_of(rendered)),
    }


def _iso_next_due(outcome: Outcome | None, prepared: Prepared) -> str | None:
    rendered = outcome.rendered if outcome else None
    due = rendered.next_due if rendered else prepared.plan.next_due
    return due.isoformat() if due else None


def _published_document(published: Published) -> dict[str, object]:
    record = published.record
    audio = record.audio.model_dump(mode="json", exclude={"waveform"}) if record.audio else None
    return {
        "stem": published.stem,
        "guid": record.item_guid,
        "title": record.facts.title,
        "published_at": record.facts.published_at.isoformat(),
        "is_new": published.is_new,
        "is_scheduled": published.is_scheduled,
        "has_new_audio": published.has_new_audio,
        "reused": published.reused,
        "enclosure": record.enclosure.model_dump(mode="json") if record.enclosure else None,
        "alternates": [file.model_dump(mode="json") for file in record.alternates],
        "audio": audio,
    }
