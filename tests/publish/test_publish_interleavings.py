"""Publishers, cron, and people who take back, in any order, over a store that keeps no promise.

Each actor is a greenlet that stops before every request; hypothesis decides who goes on, what
happens to the request, and how far behind a listing is. What runs is the program's own protocol;
only what feed and pages look like is a stand-in, so that thousands of orders can be tried.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

import greenlet
import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from sendeturm.errors import SendeturmError, fail
from sendeturm.events import silence
from sendeturm.model import EpisodeFacts, Record, ShowFacts, ShowRecord, StoredFile
from sendeturm.model.schedule import due
from sendeturm.publish import desk_at, plan_undo, run_feed, undo, unpublish
from sendeturm.publish.history import new_publication, put_history
from sendeturm.publish.keys import FEED_KEY, RECORDS_PREFIX, record_key
from sendeturm.publish.records import parse, put_record, put_show, read_live
from sendeturm.publish.rendering import Renderer
from sendeturm.rss import read_feed
from sendeturm.store import (
    ABSENT,
    Capabilities,
    ConditionFailedError,
    ConditionUnsupportedError,
    Head,
    Listed,
    ObjectMeta,
    Stored,
)

BEGIN = datetime(2026, 11, 20, 12, tzinfo=UTC)
GUIDS = [str(UUID(int=n)) for n in (1, 2, 3)]
SHOW = ShowRecord(
    facts=ShowFacts(id=UUID(int=9), title="T", description="d", language="de", author="a"),
    address="https://example.org",
    is_public=True,
    changed_at=BEGIN,
)
MODES = ("honest", "none", "lying", "refusing")
FAULTS = ("", "", "", "", "", "", "lost answer", "lost request", "echo", "crash")
DEEP = os.environ.get("SENDETURM_EXAMPLES")
"""How many orders `make test-deep` tries, other ones every time."""


@dataclass
class World:
    """The bucket itself, with what it was before each write."""

    mode: str
    objects: dict[str, Stored] = field(default_factory=dict)
    former: list[dict[str, Stored]] = field(default_factory=list)
    echoes: list[tuple] = field(default_factory=list)
    passed: timedelta = timedelta()
    lag: int = 0
    serial: int = 0

    @property
    def time(self) -> datetime:
        return BEGIN + self.passed

    def listed(self, prefix: str) -> list[Listed]:
        seen = self.former[-self.lag] if 0 < self.lag <= len(self.former) else self.objects
        found = [s.head for key, s in sorted(seen.items()) if key.startswith(prefix)]
        return [Listed(h.key, h.size_bytes, h.etag, h.modified_at) for h in found]

    def put(self, key, body, meta, only_if) -> str:
        there = self.objects.get(key)
        if only_if is not None and self.mode == "refusing":
            raise ConditionUnsupportedError(key)
        if only_if is not None and self.mode == "honest":
            etag = there.head.etag if there else None
            if etag != (None if only_if is ABSENT else only_if.etag):
                raise ConditionFailedError(key)
        self.former.append(dict(self.objects))
        digest = hashlib.sha256(body).hexdigest()
        kept = ObjectMeta(
            meta.content_type, meta.cache_control, {**meta.metadata, "sha256": digest}
        )
        self.objects[key] = Stored(Head(key, len(body), digest[:32], self.time, kept), body)
        if key == FEED_KEY:
            self.look_as_a_reader()
        return digest[:32]

    def delete(self, key) -> None:
        self.former.append(dict(self.objects))
        self.objects.pop(key, None)

    def look_as_a_reader(self) -> None:
        for item in read_feed(self.objects[FEED_KEY].body).items:
            key = f"media/{item.guid}"
            assert key in self.objects, "a reader saw a feed that names a missing file"
            assert record_key(item.guid) in self.objects


class Eye:
    """The bucket as one actor reaches it: stops before every request, with a clock of its own."""

    endpoint = ""
    label = "sim"
    notify = None

    def __init__(self, world: World, skew: timedelta = timedelta(), *, stops: bool = True) -> None:
        self._world = world
        self._skew = skew
        self._stops = stops
        compares = "none" if world.mode == "none" else "quoted"
        self.capabilities = Capabilities(create_only=True, compare_and_swap=compares)

    def _ask(self) -> str:
        if not self._stops or threading.current_thread() is not threading.main_thread():
            return ""
        return greenlet.getcurrent().parent.switch() or ""

    def _fail(self) -> SendeturmError:
        return fail("store.unreachable", place="sim")

    def list_objects(self, prefix=""):
        self._ask()
        return self._world.listed(prefix)

    def get(self, key):
        self._ask()
        return self._world.objects.get(key)

    def head(self, key):
        self._ask()
        found = self._world.objects.get(key)
        return found.head if found else None

    def put(self, key, body, meta, progress=None, *, only_if=None):
        if only_if is not None and self._world.mode == "none":
            raise ConditionUnsupportedError(key)
        fault = self._ask()
        if fault == "lost request":
            raise self._fail()
        if fault == "echo":  # the first try's answer was lost, and it arrives once more, later
            self._world.echoes.append((key, body, meta, only_if))
        etag = self._world.put(key, body, meta, only_if)
        if fault == "lost answer":
            raise self._fail()
        return etag

    def delete(self, key, *, only_if=None):
        if self._ask() == "lost request":
            raise self._fail()
        self._world.delete(key)

    def clock(self):
        return self._world.time + self._skew


def tiny_feed(show, records, now) -> bytes:
    items = "".join(
        f'<item><guid>{r.guid}</guid><enclosure url="https://example.org/media/{r.guid}"/></item>'
        for r in due(records, now)
    )
    return f'<rss version="2.0"><channel><title>T</title>{items}</channel></rss>'.encode()


def publishing(eye: Eye, guid: str, version: int) -> None:
    """Publish one version of an episode, as `apply` does it, without folder and sound."""
    eye.put(f"media/{guid}", b"sound", ObjectMeta("audio/mpeg"))
    surely: dict[str, str | None] = {record_key(guid): None}
    for _ in range(8):
        live = read_live(eye, None, surely)
        before = live.records.get(guid)
        if before is not None and before.record.facts.number > version:
            return  # the guard: somebody has published something newer
        record = Record(
            guid=guid,
            facts=EpisodeFacts(
                title=f"Episode {version}",
                published_at=BEGIN + timedelta(minutes=version),
                slug=guid,
                number=version,
            ),
            enclosure=StoredFile(key=f"media/{guid}", size_bytes=5, type="audio/mpeg", sha256="x"),
            publication=new_publication(eye.clock()),
            changed_at=eye.clock(),
        )
        put_history(eye, before.record if before else None, record)
        with suppress(ConditionFailedError):
            done = put_record(eye, record, before.etag if before else None)
            Renderer(eye, eye.clock(), None, silence, True, {done.key: done.etag}).rebuild()
            return


def taking_back(eye: Eye, guid: str) -> None:
    desk, live = desk_at(eye, None, silence)
    if guid in live.records and live.records[guid].record.is_on_air:
        unpublish(desk, live.records[guid])


def undoing(eye: Eye) -> None:
    desk, live = desk_at(eye, None, silence)
    undo(desk, plan_undo(eye, live))


class Protocol(RuleBasedStateMachine):
    """Any order of any actors' requests; at the end a plain run makes everything right."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World("honest")
        self.actors: list[greenlet.greenlet] = []
        self.is_calm = True

    @initialize(mode=st.sampled_from(MODES), is_calm=st.booleans())
    def begin(self, mode, is_calm):
        self.world.mode, self.is_calm = mode, is_calm
        put_show(Eye(self.world, stops=False), SHOW, None)

    def _start(self, work, skew_min, *facts) -> None:
        eye = Eye(self.world, timedelta(minutes=skew_min))

        def run(_first=None) -> None:
            with suppress(SendeturmError, ConditionFailedError):
                work(eye, *facts)

        actor = greenlet.greenlet(run)
        actor.switch()
        if not actor.dead:
            self.actors.append(actor)

    @precondition(lambda self: len(self.actors) < 4)
    @rule(
        guid=st.sampled_from(GUIDS), version=st.integers(1, 90), skew=st.sampled_from([0, -60, 60])
    )
    def publish(self, guid, version, skew):
        self._start(publishing, skew, guid, version)

    @precondition(lambda self: len(self.actors) < 4)
    @rule(skew=st.sampled_from([0, -60, 60]))
    def cron(self, skew):
        self._start(lambda eye: run_feed(eye, None, silence, ["empty-feed"]), skew)

    @precondition(lambda self: len(self.actors) < 4)
    @rule(guid=st.sampled_from(GUIDS), whole=st.booleans())
    def take_back(self, guid, whole):
        self._start(undoing, 0) if whole else self._start(taking_back, 0, guid)

    @precondition(lambda self: self.actors)
    @rule(who=st.integers(0, 3), fault=st.sampled_from(FAULTS), requests=st.integers(1, 12))
    def go_on(self, who, fault, requests):
        actor = self.actors[who % len(self.actors)]
        fault = "" if self.is_calm else fault
        if fault == "crash":
            actor.throw(greenlet.GreenletExit)
        for number in range(requests):
            if actor.dead:
                break
            actor.switch(fault if number == 0 else "")
        self.actors = [one for one in self.actors if not one.dead]

    @precondition(lambda self: self.actors)
    @rule(who=st.integers(0, 3))
    def finish(self, who):
        actor = self.actors.pop(who % len(self.actors))
        while not actor.dead:
            actor.switch("")

    @precondition(lambda self: self.world.echoes)
    @rule()
    def echo(self):
        with suppress(ConditionFailedError, ConditionUnsupportedError):
            self.world.put(*self.world.echoes.pop(0))

    @rule(lag=st.integers(0, 6), minutes=st.integers(0, 20))
    def time_passes(self, lag, minutes):
        self.world.lag = 0 if self.is_calm else lag
        self.world.passed += timedelta(minutes=minutes)

    def teardown(self) -> None:
        for actor in self.actors:
            while not actor.dead:
                actor.switch("")
        if self.is_calm:
            self._assert_nobody_needs_another_run()
        while self.world.echoes:
            self.echo()
        self.world.lag = 0
        self.world.passed += timedelta(days=1)
        eye = Eye(self.world, stops=False)
        run_feed(eye, None, silence, ["empty-feed"])
        records = list(self._records())
        on_air = {record.guid for record in due(records, self.world.time + timedelta(hours=1))}
        feed = self.world.objects.get(FEED_KEY)
        seen = {item.guid for item in read_feed(feed.body).items} if feed else set()
        assert seen == on_air, "every committed episode is in the feed, and nothing else"
        before = dict(self.world.objects)
        assert run_feed(eye, None, silence).reason == "", "a second run has nothing to do"
        assert self.world.objects == before

    def _assert_nobody_needs_another_run(self) -> None:
        """Without a fault the last of those who ran leaves a feed with all that was committed."""
        feed = self.world.objects.get(FEED_KEY)
        if feed is None:
            assert list(self._records()) == []
            return
        rendered_at = datetime.fromisoformat(feed.head.meta.metadata["rendered-at"])
        seen = {item.guid for item in read_feed(feed.body).items}
        assert seen == {record.guid for record in due(self._records(), rendered_at)}

    def _records(self) -> Iterator[Record]:
        for key, stored in self.world.objects.items():
            if key.startswith(RECORDS_PREFIX):
                yield parse(Record, stored.body, key)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_any_order_of_requests_and_faults_ends_well(monkeypatch):
    monkeypatch.setattr("sendeturm.feed.render_feed", tiny_feed)
    monkeypatch.setattr("sendeturm.site.render_site", lambda *_, **__: {})
    monkeypatch.delenv("SENDETURM_NOW", raising=False)
    run_state_machine_as_test(
        Protocol,
        settings=settings(
            max_examples=int(DEEP or 2000),
            derandomize=DEEP is None,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
