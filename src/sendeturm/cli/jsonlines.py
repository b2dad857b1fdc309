"""Events as JSON lines, for programs that call this one."""

from __future__ import annotations

import json

import click

from sendeturm.cli.pace import Pace
from sendeturm.cli.problems import problem_document
from sendeturm.events import Event, Failed, Finished, Notice, Progress, Stage


class JsonLines:
    """A JSON object per event on stderr; of a stage's progress, every percent once."""

    def __init__(self, pace: Pace) -> None:
        """Begin with nothing said."""
        self._pace = pace
        self._last: dict[tuple[str, Stage], int] = {}

    def __call__(self, event: Event) -> None:
        """Print the event."""
        self._pace.hear(event)
        document = event_document(event)
        if isinstance(event, Progress):
            if not self._is_worth_it(event):
                return
            document |= self._reach_document(event.subject)
        click.echo(json.dumps(document, ensure_ascii=False), err=True)

    def _reach_document(self, subject: str) -> dict[str, object]:
        """Return how far an episode is on its whole way, and all of them."""
        if not subject:
            return {}
        own, whole = self._pace.of(subject), self._pace.whole()
        seconds = [None if r.remaining_s is None else round(r.remaining_s) for r in (own, whole)]
        return {
            "percent": own.percent,
            "remaining_s": seconds[0],
            "whole_percent": whole.percent,
            "whole_remaining_s": seconds[1],
        }

    def _is_worth_it(self, event: Progress) -> bool:
        percent = 100 * event.done // max(event.total, 1)
        key = (event.subject, event.stage)
        is_new = self._last.get(key) != percent
        self._last[key] = percent
        return is_new


def event_document(event: Event) -> dict[str, object]:
    """Return an event as JSON has it."""
    document: dict[str, object] = {"event": type(event).__name__.lower(), "subject": event.subject}
    if isinstance(event, Progress):
        document |= {"stage": str(event.stage), "done": event.done, "total": event.total}
    elif isinstance(event, Notice):
        document["problem"] = problem_document(event.problem)
    elif isinstance(event, Finished):
        document["reused"] = event.reused
    elif isinstance(event, Failed):
        document["problems"] = [problem_document(p) for p in event.problems]
    return document
