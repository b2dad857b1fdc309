"""What is shown while it works: bars at a terminal, lines in a pipe, JSON lines for programs."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from sendeturm.cli.problems import one_line, problem_document, tell
from sendeturm.cli.screen import console, say
from sendeturm.cli.spoken import marked
from sendeturm.errors import Problem, Severity
from sendeturm.events import Event, Failed, Finished, Listener, Notice, Progress, Stage, silence
from sendeturm.i18n import translate

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

    from sendeturm.cli.call import Call

STAGES = {
    Stage.READ: marked("reading"),
    Stage.MEASURE: marked("measuring"),
    Stage.ENCODE: marked("encoding"),
    Stage.VERIFY: marked("listening back"),
    Stage.TAG: marked("writing title and chapters"),
    Stage.UPLOAD: marked("uploading"),
    Stage.RENDER: marked("feed and page"),
}
SHARES = {
    Stage.READ: 5,
    Stage.MEASURE: 20,
    Stage.ENCODE: 50,
    Stage.VERIFY: 10,
    Stage.TAG: 5,
    Stage.UPLOAD: 10,
}
"""How much of an episode's bar each stage takes, in percent."""
WHOLE = 100.0
TITLE_CHARS = 40
"""What a bar has room for."""


@dataclass
class Chronicle:
    """Keeps what a report needs from the events, and passes each on."""

    pass_on: Listener = silence
    notices: list[Problem] = field(default_factory=list)
    seconds: dict[str, dict[Stage, float]] = field(default_factory=dict)
    _began: dict[tuple[str, Stage], float] = field(default_factory=dict)

    def __call__(self, event: Event) -> None:
        """Hear an event."""
        if isinstance(event, Notice):
            self.notices.append(event.problem)
        if isinstance(event, Progress):
            self._time(event)
        self.pass_on(event)

    def _time(self, event: Progress) -> None:
        now = time.monotonic()
        began = self._began.setdefault((event.subject, event.stage), now)
        self.seconds.setdefault(event.subject, {})[event.stage] = now - began


@contextmanager
def listening(call: Call, titles: Mapping[str, str]) -> Iterator[Chronicle]:
    """Give a listener that shows what happens to the episodes of `titles` (by stem).

    What was odd is told at the end, when the bars are gone.
    """
    chronicle = Chronicle()
    try:
        if call.as_json:
            chronicle.pass_on = JsonLines()
            yield chronicle
        elif call.quiet:
            yield chronicle
        elif sys.stderr.isatty():
            with _bars() as bars:
                chronicle.pass_on = Bars(bars, titles)
                yield chronicle
        else:
            chronicle.pass_on = Lines(titles)
            yield chronicle
    finally:
        if not call.as_json:
            tell(p for p in chronicle.notices if _is_worth_telling(call, p))


def _is_worth_telling(call: Call, found: Problem) -> bool:
    if found.severity is Severity.NOTE:
        return call.verbose
    return found.severity is Severity.ERROR or not call.quiet


def _bars() -> RichProgress:
    from rich.progress import (  # noqa: PLC0415  # only where something takes time
        BarColumn,
        TaskProgressColumn,
        TextColumn,
        TimeElapsedColumn,
    )
    from rich.progress import Progress as Shown  # noqa: PLC0415  # the same

    return Shown(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[stage]}", markup=False),
        console=console(err=True),
    )


class Bars:
    """A bar for each episode, through all its stages."""

    def __init__(self, bars: RichProgress, titles: Mapping[str, str]) -> None:
        """Draw into `bars`; `titles` name the stems."""
        self._bars = bars
        self._titles = titles
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, event: Event) -> None:
        """Move the bar the event is about."""
        if isinstance(event, Progress):
            self._bars.update(
                self._task(event.subject),
                completed=whole_done(event),
                stage=translate(STAGES[event.stage]),
            )
        elif isinstance(event, Finished):
            self._bars.update(self._task(event.subject), completed=WHOLE, stage="")
        elif isinstance(event, Failed):
            self._bars.update(self._task(event.subject), stage=translate("failed"))

    def _task(self, subject: str) -> TaskID:
        if subject not in self._tasks:
            title = _title(subject, self._titles)
            self._tasks[subject] = self._bars.add_task(title, total=WHOLE, stage="")
        return self._tasks[subject]


class Lines:
    """A line for each stage of an episode, for pipes and cron's mails."""

    def __init__(self, titles: Mapping[str, str]) -> None:
        """Name the stems by `titles`."""
        self._titles = titles
        self._said: set[tuple[str, Stage]] = set()

    def __call__(self, event: Event) -> None:
        """Say the beginning of a stage, once."""
        if not isinstance(event, Progress) or (event.subject, event.stage) in self._said:
            return
        self._said.add((event.subject, event.stage))
        if event.stage is not Stage.RENDER:
            title = _title(event.subject, self._titles)
            say(f"{title}: {translate(STAGES[event.stage])}", err=True)


class JsonLines:
    """A JSON object per event on stderr; of a stage's progress, every percent once."""

    def __init__(self) -> None:
        """Begin with nothing said."""
        self._last: dict[tuple[str, Stage], int] = {}

    def __call__(self, event: Event) -> None:
        """Print the event."""
        if isinstance(event, Progress) and not self._is_worth_it(event):
            return
        click.echo(json.dumps(event_document(event), ensure_ascii=False), err=True)

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


def whole_done(event: Progress) -> float:
    """Return how far an episode is, in percent of its whole way."""
    fraction = min(1.0, event.done / event.total) if event.total else 1.0
    if event.stage not in SHARES:
        return WHOLE * fraction
    before = sum(share for stage, share in SHARES.items() if _comes_before(stage, event.stage))
    return before + SHARES[event.stage] * fraction


def _comes_before(stage: Stage, other: Stage) -> bool:
    order = list(Stage)
    return order.index(stage) < order.index(other)


def _title(subject: str, titles: Mapping[str, str]) -> str:
    title = one_line(titles.get(subject, subject)) or translate("the show")
    return title if len(title) <= TITLE_CHARS else f"{title[: TITLE_CHARS - 1]}…"
