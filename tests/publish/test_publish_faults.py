"""Killed at any step, two at once: nothing is lost and no reader is led to a missing file."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import shows
from sendeturm.events import silence
from sendeturm.publish import run_feed
from sendeturm.store.protocol import Store
from shows import items, place_of, planned, published

EPISODES = {
    "001-erste": 'title = "Erste"\npublished_at = 2026-11-01T06:00:00+01:00',
    "002-zweite": 'title = "Zweite"\npublished_at = 2026-11-08T06:00:00+01:00',
}
ADDRESS = "https://example.org/turm/"


class Killed(BaseException):
    """The laptop's lid was closed."""


class Watched:
    """A store that runs `step` before and after every call, as an adversary or a witness."""

    def __init__(self, store: Store, step: Callable[[str], None]) -> None:
        self._store = store
        self._step = step

    def __getattr__(self, name: str):
        attribute = getattr(self._store, name)
        if name not in ("put", "delete", "get", "head", "list_objects"):
            return attribute

        def watched(*args, **options):
            self._step(f"before {name}")
            result = attribute(*args, **options)
            self._step(f"after {name}")
            return result

        return watched


def killer(at: int) -> Callable[[str], None]:
    count = iter(range(at + 1))

    def step(when: str) -> None:
        if ("put" in when or "delete" in when) and next(count, None) == at:
            raise Killed

    return step


def assert_feed_is_whole(folder: shows.Folder) -> None:
    if not (folder.root / "public/feed.xml").exists():
        return
    for item in items(folder):
        media = folder.root / "public" / item["url"].removeprefix(ADDRESS)
        assert media.stat().st_size == int(item["length"])


@pytest.fixture(autouse=True)
def _now(monkeypatch):
    monkeypatch.setenv("SENDETURM_NOW", shows.NOW.isoformat())


def folders(root: Path) -> Iterator[shows.Folder]:
    for number in range(1000):
        yield shows.new_folder(root / f"show{number}", storage=shows.PUBLIC)


@pytest.mark.slow
def test_killed_at_any_write_a_rerun_converges(tmp_path):
    making = folders(tmp_path)
    whole = next(making)
    for stem, front in EPISODES.items():
        whole.write_episode(stem, front)
    published(whole)
    expected = (whole.root / "public/feed.xml").read_bytes()
    for at in range(1000):
        folder = next(making)
        for stem, front in EPISODES.items():
            folder.write_episode(stem, front)
        try:
            published(folder, Watched(place_of(folder), killer(at)))
        except Killed:
            assert_feed_is_whole(folder)
        else:
            break
        published(folder)
        assert (folder.root / "public/feed.xml").read_bytes() == expected
        assert planned(folder).is_empty
    assert at > 20, "every write of the publication was the last one once"


class Turns:
    """Lets one of two threads do one store call at a time, in a given order."""

    def __init__(self, order: list[int]) -> None:
        self._order = iter(order)
        self._condition = threading.Condition()
        self._running = {0, 1}
        self._turn = next(self._order, 0)

    def store(self, whose: int, store: Store) -> Watched:
        def step(when: str) -> None:
            if when.startswith("before"):
                self._wait(whose)

        return Watched(store, step)

    def _wait(self, whose: int) -> None:
        with self._condition:
            self._condition.wait_for(lambda: self._turn == whose, timeout=60)
            self._next()

    def _next(self) -> None:
        turn = next(self._order, None)
        if turn is None:
            turn = 1 - self._turn
        self._turn = turn if turn in self._running else next(iter(self._running), turn)
        self._condition.notify_all()

    def leave(self, whose: int) -> None:
        with self._condition:
            self._running.discard(whose)
            if self._turn == whose and self._running:
                self._turn = next(iter(self._running))
            self._condition.notify_all()


def run_together(order: list[int], *jobs: Callable[[Callable[[Store], Watched]], object]) -> None:
    turns, errors = Turns(order), []

    def run(whose: int, job) -> None:
        try:
            job(lambda store: turns.store(whose, store))
        except BaseException as error:  # noqa: BLE001  # it is raised again in the test's thread
            errors.append(error)
        finally:
            turns.leave(whose)

    threads = [threading.Thread(target=run, args=(n, job)) for n, job in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    if errors:
        raise errors[0]


@pytest.mark.slow
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(order=st.lists(st.integers(0, 1), max_size=120))
def test_two_publishers_in_any_order_lose_nothing(order, tmp_path_factory):
    root = tmp_path_factory.mktemp("two")
    place = f'{shows.PUBLIC}\nplace = "{root / "bucket"}"'
    laptops = [shows.new_folder(root / name, storage=place) for name in ("one", "two")]
    for laptop, (stem, front) in zip(laptops, EPISODES.items(), strict=True):
        laptop.write_episode(stem, front)
    run_together(
        order,
        *(lambda w, laptop=laptop: published(laptop, w(place_of(laptop))) for laptop in laptops),
    )
    (root / "public").symlink_to(root / "bucket")
    seen = shows.Folder(root)
    assert {item["title"] for item in items(seen)} == {"Erste", "Zweite"}
    assert_feed_is_whole(seen)
    assert all(planned(laptop).is_empty for laptop in laptops)


def test_a_stale_feed_put_last_is_noticed_by_its_own_publisher(tmp_path):
    """A lists; B commits, renders and looks again; A puts its stale feed."""
    root = tmp_path
    place = f'{shows.PUBLIC}\nplace = "{root / "bucket"}"'
    laptop = shows.new_folder(root / "laptop", storage=place)
    laptop.write_episode(*next(iter(EPISODES.items())))
    published(laptop)
    laptop.write_episode("002-zweite", EPISODES["002-zweite"])
    (root / "bucket/feed.xml").unlink()
    waits, goes_on = threading.Event(), threading.Event()

    def hold(when: str) -> None:
        if when == "before put" and threading.current_thread() is cron and not waits.is_set():
            waits.set()
            goes_on.wait(60)

    stale_store = Watched(place_of(laptop), hold)
    cron = threading.Thread(target=run_feed, args=(stale_store, None, silence))
    cron.start()
    assert waits.wait(60)
    published(laptop)
    goes_on.set()
    cron.join(60)
    (root / "public").symlink_to(root / "bucket")
    assert {item["title"] for item in items(shows.Folder(root))} == {"Erste", "Zweite"}
