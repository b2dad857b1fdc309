"""How far the work is and how long it will still take, told from its events."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from sendeturm.events import Event, Failed, Finished, Progress, Stage

PUBLISHING: Mapping[Stage, float] = {
    Stage.READ: 0.5,
    Stage.MEASURE: 14.0,
    Stage.ENCODE: 60.0,
    Stage.VERIFY: 14.0,
    Stage.TAG: 0.5,
    Stage.UPLOAD: 11.0,
}
"""What each stage of an episode costs beside the others, as measured on an hour of speech.

The upload's share is that of a line with 10 MB a second; a slower one corrects itself.
"""
MEASURING: Mapping[Stage, float] = {Stage.MEASURE: 1.0}
COPYING: Mapping[Stage, float] = {Stage.COPY: 1.0}
DOWNLOADING: Mapping[Stage, float] = {Stage.DOWNLOAD: 1.0}
TRANSCRIBING: Mapping[Stage, float] = {Stage.TRANSCRIBE: 1.0}

SURE_S = 2.0
"""Sooner than this nobody can tell how long it will take."""
_SURE_FRACTION = 0.02


@dataclass(frozen=True, slots=True)
class Reach:
    """How far something is: a fraction from 0 to 1, and the seconds it still needs, if known."""

    fraction: float = 0.0
    remaining_s: float | None = None

    @property
    def percent(self) -> int:
        """Return the whole percents that are done."""
        return int(100 * self.fraction)


@dataclass
class _Way:
    """One subject on its way; costs count from the stage it began with."""

    began_s: float
    skipped: float
    whole: float
    sound_ms: int = 0
    done: float = 0.0

    @property
    def fraction(self) -> float:
        return self.done / self.whole if self.whole else 1.0


@dataclass
class Pace:
    """Follows every subject through its stages, weighed by what each costs.

    `subjects` are those that are known to come. What came from the cache skips the dear stages,
    and they do not count as work done.
    """

    subjects: Iterable[str] = ()
    costs: Mapping[Stage, float] = field(default_factory=lambda: PUBLISHING)
    clock: Callable[[], float] = time.monotonic

    def __post_init__(self) -> None:
        """Begin with nothing heard."""
        self._expected = tuple(dict.fromkeys(self.subjects))
        self._ways: dict[str, _Way] = {}
        self._began_s = self.clock()

    def hear(self, event: Event) -> None:
        """Take an event into account; the show's own are no subject's."""
        if not event.subject:
            return
        if isinstance(event, Progress) and event.stage in self.costs:
            self._hear_progress(event)
        elif isinstance(event, Finished | Failed):
            way = self._way(event.subject, self._total)
            way.done = way.whole

    def of(self, subject: str) -> Reach:
        """Return how far a subject is."""
        way = self._ways.get(subject)
        if way is None:
            return Reach()
        return self._reach(way.fraction, self.clock() - way.began_s)

    def whole(self) -> Reach:
        """Return how far all subjects are together, long ones counting more."""
        known_ms = [way.sound_ms for way in self._ways.values() if way.sound_ms]
        usual_ms = sum(known_ms) / len(known_ms) if known_ms else 1.0
        done = sum((way.sound_ms or usual_ms) * way.done for way in self._ways.values())
        ahead = sum(name not in self._ways for name in self._expected) * usual_ms * self._total
        work = ahead + sum((way.sound_ms or usual_ms) * way.whole for way in self._ways.values())
        return self._reach(done / work if work else 0.0, self.clock() - self._began_s)

    def _hear_progress(self, event: Progress) -> None:
        before = self._before(event.stage)
        way = self._way(event.subject, before)
        if event.stage in {Stage.MEASURE, Stage.DOWNLOAD}:
            way.sound_ms = max(way.sound_ms, event.total)
        share = min(1.0, event.done / event.total) if event.total else 1.0
        here = before + self.costs[event.stage] * share - way.skipped
        way.done = min(way.whole, max(way.done, here))  # what is encoded again does not go back

    def _way(self, subject: str, skipped: float) -> _Way:
        if subject not in self._ways:
            self._ways[subject] = _Way(self.clock(), skipped, self._total - skipped)
        return self._ways[subject]

    def _before(self, stage: Stage) -> float:
        order = list(Stage)
        return sum(
            cost for other, cost in self.costs.items() if order.index(other) < order.index(stage)
        )

    @property
    def _total(self) -> float:
        return sum(self.costs.values())

    @staticmethod
    def _reach(fraction: float, elapsed_s: float) -> Reach:
        if fraction >= 1:
            return Reach(1.0, 0.0)
        if fraction < _SURE_FRACTION or elapsed_s < SURE_S:
            return Reach(fraction)
        return Reach(fraction, elapsed_s * (1 - fraction) / fraction)
