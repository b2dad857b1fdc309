"""How far it is and how long it still takes, with a clock that the tests turn."""

from __future__ import annotations

import json

import pytest

from sendeturm.cli.jsonlines import JsonLines
from sendeturm.cli.pace import MEASURING, PUBLISHING, Pace
from sendeturm.cli.progress import Chronicle, Lines
from sendeturm.events import Failed, Finished, Progress, Stage

HOUR_MS = 3_600_000


class Clock:
    def __init__(self) -> None:
        self.now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> Clock:
    return Clock()


def work(hear, clock: Clock, subject: str, sound_ms: int, *, seconds_per_cost: float) -> None:
    """Go through all stages at a pace that fits what they are said to cost."""
    steps = 50
    for stage, cost in PUBLISHING.items():
        for step in range(1, steps + 1):
            clock.now_s += cost * seconds_per_cost / steps
            hear(Progress(subject, stage, sound_ms * step // steps, sound_ms))


def test_the_remaining_time_comes_true(clock):
    pace = Pace(["one"], clock=clock)
    foretold = []

    def hear(event):
        pace.hear(event)
        reach = pace.of("one")
        if reach.remaining_s is not None and reach.fraction > 0.1:
            foretold.append(clock.now_s + reach.remaining_s)

    work(hear, clock, "one", HOUR_MS, seconds_per_cost=1.0)
    assert len(foretold) > 100
    assert all(abs(end_s - clock.now_s) < 2.5 for end_s in foretold)


def test_all_together_counts_long_episodes_more(clock):
    pace = Pace(["short", "long"], clock=clock)
    pace.hear(Progress("long", Stage.MEASURE, 0, 9 * HOUR_MS))
    work(pace.hear, clock, "short", HOUR_MS, seconds_per_cost=1.0)
    pace.hear(Finished("short"))
    assert pace.of("short").percent == 100
    assert pace.whole().fraction == pytest.approx(0.1, rel=0.01)
    assert pace.whole().remaining_s == pytest.approx(900, rel=0.01)


def test_what_comes_from_the_cache_is_no_work_done(clock):
    pace = Pace(["kept", "new"], clock=clock)
    clock.now_s += 1
    pace.hear(Progress("kept", Stage.TAG, 1, 1))
    clock.now_s += 1
    pace.hear(Progress("kept", Stage.UPLOAD, 5, 5))
    pace.hear(Finished("kept", reused=True))
    clock.now_s += 1
    assert pace.of("kept").percent == 100
    assert pace.whole().fraction < 0.2


def test_encoding_again_never_goes_back(clock):
    pace = Pace(["one"], clock=clock)
    reached = []
    for stage in (Stage.MEASURE, Stage.ENCODE, Stage.VERIFY, Stage.ENCODE, Stage.VERIFY):
        for done in (0, 50, 100):
            clock.now_s += 1
            pace.hear(Progress("one", stage, done, 100))
            reached.append(pace.of("one").fraction)
    assert reached == sorted(reached)
    assert reached[-1] < 1


def test_nothing_is_promised_at_the_beginning(clock):
    pace = Pace(["one"], clock=clock)
    pace.hear(Progress("one", Stage.MEASURE, 50, 100))
    assert pace.of("one").remaining_s is None
    assert pace.of("unheard of").percent == 0


def test_failed_ones_are_out_of_the_way(clock):
    pace = Pace(["one", "two"], clock=clock)
    pace.hear(Failed("one", ()))
    assert pace.whole().percent == 0
    work(pace.hear, clock, "two", HOUR_MS, seconds_per_cost=1.0)
    assert pace.whole().percent == 100


def test_measuring_alone_reaches_the_end(clock):
    pace = Pace((), MEASURING, clock=clock)
    pace.hear(Progress("a.wav", Stage.MEASURE, 100, 100))
    assert pace.of("a.wav").percent == 100


def test_a_pipe_hears_each_stage_and_every_ten_seconds_how_far_it_is(clock, capsys):
    lines = Lines({"001-wind": "Wind"}, Pace(["001-wind"], clock=clock))
    work(lines, clock, "001-wind", HOUR_MS, seconds_per_cost=1.0)
    said = capsys.readouterr().err.splitlines()
    assert said[0] == "Wind: reading"
    assert "Wind: encoding" in said
    assert next(line for line in said if "%" in line).startswith("Wind: measuring, 1")
    assert all("left" in line for line in said if "%" in line)
    # A hundred seconds of work: six stages and no more than a line each ten seconds.
    assert 6 + 5 <= len(said) <= 6 + 10


def test_programs_hear_percent_and_seconds(clock, capsys):
    heard = JsonLines(Pace(["one"], clock=clock))
    clock.now_s += 10
    heard(Progress("one", Stage.ENCODE, 50, 100))
    clock.now_s += 10
    heard(Progress("one", Stage.ENCODE, 60, 100))
    last = json.loads(capsys.readouterr().err.splitlines()[-1])
    assert last["event"] == "progress"
    assert 0 < last["percent"] < 100
    assert last["remaining_s"] > 0
    assert last["whole_percent"] == last["percent"]


def test_time_goes_to_the_stage_it_passed_in(clock, monkeypatch):
    monkeypatch.setattr("time.monotonic", clock)
    chronicle = Chronicle()
    for stage, seconds in (
        (Stage.MEASURE, 0),
        (Stage.MEASURE, 3),
        (Stage.ENCODE, 10),
        (Stage.VERIFY, 2),
        (Stage.ENCODE, 10),
    ):
        clock.now_s += seconds
        chronicle(Progress("one", stage, 1, 2))
    assert chronicle.seconds["one"] == {Stage.MEASURE: 3, Stage.ENCODE: 20, Stage.VERIFY: 2}
