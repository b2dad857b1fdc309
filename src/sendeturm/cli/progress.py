"""What is shown while it works: bars at a terminal, lines in a pipe, JSON lines for programs."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sendeturm.cli.jsonlines import JsonLines
from sendeturm.cli.pace import PUBLISHING, Pace, Reach
from sendeturm.cli.problems import one_line, tell
from sendeturm.cli.screen import can_redraw, console, say
from sendeturm.cli.spoken import marked
from sendeturm.errors import Problem, Severity
from sendeturm.events import Event, Failed, Finished, Listener, Notice, Progress, Stage, silence
from sendeturm.i18n import translate
from sendeturm.units import MS_PER_SECOND, clock_from_ms

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

    from sendeturm.cli.call import Call

STAGES = {
    Stage.DOWNLOAD: marked("downloading"),
    Stage.READ: marked("reading"),
    Stage.MEASURE: marked("measuring"),
    Stage.ENCODE: marked("encoding"),
    Stage.VERIFY: marked("listening back"),
    Stage.TAG: marked("writing title and chapters"),
    Stage.UPLOAD: marked("uploading"),
    Stage.RENDER: marked("feed and page"),
    Stage.TRANSCRIBE: marked("writing down what is said"),
    Stage.COPY: marked("copying"),
}
WHOLE = 100.0
TITLE_CHARS = 40
"""What a bar has room for."""
NO_TITLE = 20
"""What stands beside the title on a narrow screen: percents, and how long it still takes."""
LINES_APART_S = 10.0
"""How often a pipe hears at most how far it is."""
ROOM_FOR_BARS = 70
"""On a narrower screen percents and titles must do."""
MOST_BARS = 6
"""With more episodes than this, those that are through leave the screen."""


@dataclass
class Chronicle:
    """Keeps what a report needs from the events, and passes each on."""

    pass_on: Listener = silence
    notices: list[Problem] = field(default_factory=list)
    seconds: dict[str, dict[Stage, float]] = field(default_factory=dict)
    _last: tuple[str, float] = ("", 0.0)

    def __call__(self, event: Event) -> None:
        """Hear an event."""
        if isinstance(event, Notice):
            self.notices.append(event.problem)
        if isinstance(event, Progress):
            self._time(event)
        self.pass_on(event)

    def _time(self, event: Progress) -> None:
        """Count the time since the last event to the stage, unless that was another subject's."""
        now_s = time.monotonic()
        subject, last_s = self._last
        passed_s = now_s - last_s if subject == event.subject and last_s else 0.0
        stages = self.seconds.setdefault(event.subject, {})
        stages[event.stage] = stages.get(event.stage, 0.0) + passed_s
        self._last = (event.subject, now_s)


@contextmanager
def listening(
    call: Call, titles: Mapping[str, str], costs: Mapping[Stage, float] = PUBLISHING
) -> Iterator[Chronicle]:
    """Give a listener that shows what happens to the episodes of `titles` (by stem).

    `costs` weigh the stages they go through. What was odd is told at the end, when the bars are
    gone.
    """
    chronicle = Chronicle()
    pace = Pace(titles, costs)
    try:
        if call.as_json:
            chronicle.pass_on = JsonLines(pace)
            yield chronicle
        elif call.quiet:
            yield chronicle
        elif can_redraw():
            with _bars() as bars:
                chronicle.pass_on = Bars(bars, titles, pace)
                yield chronicle
        else:
            chronicle.pass_on = Lines(titles, pace)
            yield chronicle
    finally:
        if not call.as_json:
            tell(p for p in chronicle.notices if _is_worth_telling(call, p))


def _is_worth_telling(call: Call, found: Problem) -> bool:
    if found.severity is Severity.NOTE:
        return False  # what was done stands in the report
    return found.severity is Severity.ERROR or not call.quiet


def _bars() -> RichProgress:
    from rich.progress import (  # noqa: PLC0415  # only where something takes time
        BarColumn,
        TaskProgressColumn,
        TextColumn,
    )
    from rich.progress import Progress as Shown  # noqa: PLC0415  # the same

    screen = console(err=True)
    title, share = TextColumn("{task.description}", markup=False), TaskProgressColumn()
    left = TextColumn("{task.fields[left]}", markup=False, justify="right")
    stage = TextColumn("{task.fields[stage]}", markup=False)
    if screen.width < ROOM_FOR_BARS:
        return Shown(share, title, left, console=screen)
    return Shown(title, BarColumn(), share, left, stage, console=screen)


class Bars:
    """A bar for each episode, through all its stages, and one above for all together."""

    def __init__(self, bars: RichProgress, titles: Mapping[str, str], pace: Pace) -> None:
        """Draw into `bars`; `titles` name the stems."""
        self._bars = bars
        self._titles = titles
        self._pace = pace
        self._room = min(TITLE_CHARS, max(10, bars.console.width - NO_TITLE))
        self._tasks: dict[str, TaskID] = {}
        self._all: TaskID | None = None
        if len(titles) > 1:
            self._all = bars.add_task(translate("all together"), total=WHOLE, stage="", left="")

    def __call__(self, event: Event) -> None:
        """Move the bar the event is about, and the one of all."""
        self._pace.hear(event)
        if isinstance(event, Progress):
            self._move(event)
        elif isinstance(event, Finished):
            hidden = len(self._titles) > MOST_BARS
            task = self._task(event.subject)
            self._bars.update(task, completed=WHOLE, stage="", left="", visible=not hidden)
        elif isinstance(event, Failed):
            self._bars.update(self._task(event.subject), stage=translate("failed"), left="")
        if self._all is not None:
            reach = self._pace.whole()
            left = left_words(reach)
            self._bars.update(self._all, completed=WHOLE * reach.fraction, left=left)

    def _move(self, event: Progress) -> None:
        stage = translate(STAGES[event.stage])
        if not event.subject:
            done = WHOLE * event.done / max(event.total, 1)
            self._bars.update(self._task(""), completed=done, stage=stage)
            return
        reach, task = self._pace.of(event.subject), self._task(event.subject)
        done, left = WHOLE * reach.fraction, left_words(reach)
        self._bars.update(task, completed=done, stage=stage, left=left)

    def _task(self, subject: str) -> TaskID:
        if subject not in self._tasks:
            title = _title(subject, self._titles, self._room)
            self._tasks[subject] = self._bars.add_task(title, total=WHOLE, stage="", left="")
        return self._tasks[subject]


class Lines:
    """A line for each stage of an episode, and now and then how far it is: for pipes and mails."""

    def __init__(self, titles: Mapping[str, str], pace: Pace) -> None:
        """Name the stems by `titles`."""
        self._titles = titles
        self._pace = pace
        self._said: set[tuple[str, Stage]] = set()
        self._said_s = pace.clock()

    def __call__(self, event: Event) -> None:
        """Say the beginning of a stage once, and how far it is after some seconds of silence."""
        self._pace.hear(event)
        if not isinstance(event, Progress) or event.stage is Stage.RENDER:
            return
        is_new = (event.subject, event.stage) not in self._said
        if is_new or self._pace.clock() - self._said_s >= LINES_APART_S:
            self._said.add((event.subject, event.stage))
            self._said_s = self._pace.clock()
            self._say(event, "" if is_new else _reach_words(self._pace.of(event.subject)))

    def _say(self, event: Progress, how_far: str) -> None:
        title = _title(event.subject, self._titles)
        parts = (translate(STAGES[event.stage]), how_far)
        say(f"{title}: {', '.join(filter(None, parts))}", err=True)


def left_words(reach: Reach) -> str:
    """Return how long something still takes, in words; empty while nobody can tell."""
    if reach.remaining_s is None or reach.fraction >= 1:
        return ""
    left = clock_from_ms(math.ceil(reach.remaining_s) * MS_PER_SECOND)
    return translate("{time} left").format(time=left)


def _reach_words(reach: Reach) -> str:
    return ", ".join(filter(None, (f"{reach.percent} %", left_words(reach))))


def _title(subject: str, titles: Mapping[str, str], most: int = TITLE_CHARS) -> str:
    title = one_line(titles.get(subject, subject)) or translate("the show")
    return title if len(title) <= most else f"{title[: most - 1]}…"
