"""Publishers and cron held at the very request where it hurts, and let go in every order."""

from __future__ import annotations

import itertools
import shutil
import threading

import pytest
from lxml import etree

import shows
from sendeturm.events import silence
from sendeturm.publish import run_feed
from sendeturm.publish.keys import FEED_KEY, RECORDS_PREFIX
from sendeturm.store import Capabilities, ConditionUnsupportedError
from shows import place_of, planned, published

pytestmark = pytest.mark.slow

FRONT = 'title = "{}"\npublished_at = 2026-11-0{}T06:00:00+01:00'
WAIT_S = 60
ORDERS = list(itertools.permutations(("one", "two", "cron")))
CASES = [*((order, False) for order in ORDERS), *((order, True) for order in ORDERS[::3])]
"""Where a store can compare, whoever comes late is refused, in whatever order."""


class Dead(BaseException):
    """The actor was killed."""


class Held:
    """A store that stops its actor once, just before a put below `key`, until it is let go."""

    def __init__(self, store, key, *, compares, dies=False):
        self._store, self._key, self._compares, self._dies = store, key, compares, dies
        self.reached, self.let_go = threading.Event(), threading.Event()

    def __getattr__(self, name):
        return getattr(self._store, name)

    @property
    def capabilities(self):
        return self._store.capabilities if self._compares else Capabilities()

    @capabilities.setter
    def capabilities(self, shown):
        del shown

    def put(self, key, body, meta, progress=None, *, only_if=None):
        if only_if is not None and not self._compares:
            raise ConditionUnsupportedError(key)  # whoever looks before a put has looked now
        stops = key.startswith(self._key) and not self.reached.is_set()
        if stops:
            self.reached.set()
            assert self.let_go.wait(WAIT_S)
        etag = self._store.put(key, body, meta, progress, only_if=only_if)
        if stops and self._dies:
            raise Dead
        return etag


class Actor:
    """One run in a thread of its own, up to where its store holds it, and then to its end."""

    def __init__(self, store, work):
        self.store, self.error = store, None
        self._work = work
        self._thread = threading.Thread(target=self._run, daemon=True)

    def _run(self):
        try:
            self._work(self.store)
        except BaseException as error:  # noqa: BLE001  # the test looks at it in its own thread
            self.error = error

    def go_to_the_barrier(self):
        self._thread.start()
        assert self.store.reached.wait(WAIT_S), self.error
        return self

    def go_to_the_end(self):
        self.store.let_go.set()
        self._thread.join(WAIT_S)
        assert not self._thread.is_alive()
        return self.error


@pytest.fixture(scope="module")
def begun(tmp_path_factory):
    """Return a show with one episode on the air, made once: its pictures take a second."""
    root = tmp_path_factory.mktemp("begun")
    one = shows.new_folder(root / "one", storage=f'{shows.PUBLIC}\nplace = "../public"')
    one.write_episode("000-null", FRONT.format("Null", 1))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SENDETURM_NOW", shows.NOW.isoformat())
        published(one)
    return root


@pytest.fixture
def laptops(tmp_path, monkeypatch, begun):
    """Return two computers with the same show."""
    monkeypatch.setenv("SENDETURM_NOW", shows.NOW.isoformat())
    shutil.copytree(begun / "public", tmp_path / "public")
    for name in ("one", "two"):
        shutil.copytree(begun / "one", tmp_path / name)
    return {name: shows.Folder(tmp_path / name) for name in ("one", "two")}


def held(laptop, key, *, compares, dies=False):
    return Held(place_of(laptop), key, compares=compares, dies=dies)


def on_air(tmp_path):
    root = etree.fromstring((tmp_path / "public/feed.xml").read_bytes())
    for enclosure in root.iter("enclosure"):
        media = tmp_path / "public" / enclosure.get("url").removeprefix("https://example.org/turm/")
        assert media.stat().st_size == int(enclosure.get("length"))
    return [item.findtext("title") for item in root.iter("item")]


def actors_before_the_feed(laptops, *, compares, dying=""):
    """Bring two publishers and cron, one after the other, to just before they put their feed.

    Each has rendered other records than the one before: cron none of theirs, the second both.
    """
    public = laptops["one"].root.parent / "public"
    feed = public / "feed.xml"
    feed.write_bytes(feed.read_bytes() + b"\n")  # somebody touched it: cron sees a change
    laptops["one"].write_episode("001-eins", FRONT.format("Eins", 2))
    laptops["two"].write_episode("002-zwei", FRONT.format("Zwei", 3))
    work = {
        "cron": lambda store: run_feed(store, None, silence),
        "one": lambda store: published(laptops["one"], store),
        "two": lambda store: published(laptops["two"], store),
    }
    found = {}
    for name, job in work.items():
        laptop = laptops.get(name, laptops["one"])
        store = held(laptop, FEED_KEY, compares=compares, dies=name == dying)
        found[name] = Actor(store, job).go_to_the_barrier()
    return found


@pytest.mark.parametrize(("order", "compares"), CASES)
def test_stale_feeds_put_after_the_others_have_looked_are_repaired(
    laptops, tmp_path, order, compares
):
    actors = actors_before_the_feed(laptops, compares=compares)
    for name in order:  # the second and the third put when the one before has finished looking
        assert actors[name].go_to_the_end() is None
    assert sorted(on_air(tmp_path)) == ["Eins", "Null", "Zwei"]
    assert run_feed(place_of(laptops["one"]), None, silence).reason == ""
    assert all(planned(laptop).is_empty for laptop in laptops.values())


@pytest.mark.parametrize("dying", ["one", "cron"])
def test_who_dies_after_a_stale_put_is_made_good_by_the_next_run(laptops, tmp_path, dying):
    actors = actors_before_the_feed(laptops, compares=False, dying=dying)
    for name in sorted(actors, key=lambda name: name == dying):
        assert isinstance(actors[name].go_to_the_end(), Dead if name == dying else type(None))
    assert "Zwei" not in on_air(tmp_path)
    assert run_feed(place_of(laptops["two"]), None, silence).reason == "changed"
    assert sorted(on_air(tmp_path)) == ["Eins", "Null", "Zwei"]


@pytest.mark.parametrize("compares", [True, False], ids=["compares", "cannot compare"])
@pytest.mark.parametrize("first", ["one", "two"])
def test_two_who_publish_the_same_episode_end_with_one_truth(laptops, tmp_path, first, compares):
    """Both have read the record; one puts; cron renders; then the other's put comes."""
    second = "two" if first == "one" else "one"
    for name, laptop in laptops.items():
        sidecar = laptop.root / "episodes/000-null.md"
        text = sidecar.read_text(encoding="utf-8")
        sidecar.write_text(text.replace('"Null"', f'"Null {name}"'), encoding="utf-8")
    actors = {
        name: Actor(
            held(laptop, RECORDS_PREFIX, compares=compares),
            lambda store, laptop=laptop: published(laptop, store),
        ).go_to_the_barrier()
        for name, laptop in laptops.items()
    }
    assert actors[first].go_to_the_end() is None
    assert on_air(tmp_path) == [f"Null {first}"]
    run_feed(place_of(laptops["one"]), None, silence)
    assert actors[second].go_to_the_end() is None
    records = list((tmp_path / "public" / RECORDS_PREFIX).glob("*.json"))
    assert len(records) == 1
    assert on_air(tmp_path) == [f"Null {second}"]
    assert f"Null {second}" in records[0].read_text(encoding="utf-8")
    assert run_feed(place_of(laptops["one"]), None, silence).reason == ""
