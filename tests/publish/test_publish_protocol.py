"""Two at once, old checkouts, lost answers: what the protocol does about each."""

from __future__ import annotations

from collections import Counter

import pytest

import shows
from sendeturm.errors import SendeturmError
from sendeturm.events import Notice, silence
from sendeturm.publish import apply, make_plan, run_feed
from sendeturm.sources import read_config
from sendeturm.store import ConditionFailedError, ConditionUnsupportedError
from shows import items, place_of, planned, published

FIRST = 'title = "Erste"\npublished_at = 2026-11-01T06:00:00+01:00'
SECOND = 'title = "Zweite"\npublished_at = 2026-11-08T06:00:00+01:00'


class Spied:
    """A store that counts its calls, and runs what a test wants before one of them."""

    def __init__(self, store, *, can_compare=True):
        self._store = store
        self._can_compare = can_compare
        self.calls: Counter[str] = Counter()
        self.before: dict[str, object] = {}

    def __getattr__(self, name):
        attribute = getattr(self._store, name)
        if name not in ("put", "delete", "get", "head", "list_objects", "download"):
            return attribute

        def spied(key="", *args, **options):
            self.calls[name] += 1
            if name == "put" and options.get("only_if") and not self._can_compare:
                raise ConditionUnsupportedError(key)
            for start in list(self.before):
                if f"{name} {key}".startswith(start):
                    self.before.pop(start)()
            return attribute(key, *args, **options)

        return spied


@pytest.fixture(autouse=True)
def _now(monkeypatch):
    monkeypatch.setenv("SENDETURM_NOW", shows.NOW.isoformat())


@pytest.fixture
def laptops(tmp_path):
    """Give two checkouts of one show."""
    place = f'{shows.PUBLIC}\nplace = "{tmp_path / "public"}"'
    made = [shows.new_folder(tmp_path / name, storage=place) for name in ("one", "two")]
    for laptop in made:
        laptop.write_episode("001-erste", FIRST)
    return made


def seen_in(tmp_path):
    return {item["title"] for item in items(shows.Folder(tmp_path))}


def retitle(laptop, title):
    sidecar = laptop.root / "episodes/001-erste.md"
    text = sidecar.read_text(encoding="utf-8")
    sidecar.write_text(text.replace('"Erste"', f'"{title}"'), encoding="utf-8")


@pytest.mark.parametrize("can_compare", [True, False])
def test_a_conflict_about_the_same_state_needs_no_second_record(laptops, tmp_path, can_compare):
    one, two = laptops
    store = Spied(place_of(one), can_compare=can_compare)
    store.before["put .sendeturm/episodes/"] = lambda: published(two)
    outcome = published(one, store)
    if can_compare:
        assert (outcome.published, outcome.failed) == ([], [])
    assert seen_in(tmp_path) == {"Erste"}
    assert planned(one).is_empty
    assert planned(two).is_empty


def test_a_conflict_is_planned_and_guarded_anew(laptops, tmp_path):
    """Two publishes, then publishes something newer, while One is about to put its first."""
    one, two = laptops

    def meanwhile():
        published(two)
        retitle(two, "Neu")
        published(two)

    store = Spied(place_of(one))
    store.before["put .sendeturm/episodes/"] = meanwhile
    outcome = published(one, store)
    assert [p.code for p in outcome.problems] == ["publish.older-source"]
    assert seen_in(tmp_path) == {"Neu"}


def test_a_conflict_between_two_changes_keeps_both_in_a_row(laptops, tmp_path):
    one, two = laptops
    published(one)
    published(two)
    retitle(one, "Von eins")
    two.write_episode("001-erste", FIRST + '\nsummary = "Von zwei"')
    store = Spied(place_of(one))
    store.before["put .sendeturm/episodes/"] = lambda: published(two)
    outcome = published(one, store)
    assert [p.record.facts.title for p in outcome.published] == ["Von eins"]
    entries = list((tmp_path / "public/.sendeturm/history").rglob("*.json"))
    assert len(entries) >= 4  # one's first with the show, two's summary, one's twice tried title
    assert seen_in(tmp_path) == {"Von eins"}


def test_a_conflict_about_the_show_is_planned_anew(laptops, tmp_path):
    one, two = laptops
    published(one)
    one.write_config(show='copyright = "© eins"', storage=_storage(tmp_path))
    two.write_config(show='email = "zwei@example.org"', storage=_storage(tmp_path))
    store = Spied(place_of(one))
    store.before["put .sendeturm/show.json"] = lambda: published(two)
    published(one, store)
    show = (tmp_path / "public/.sendeturm/show.json").read_text(encoding="utf-8")
    assert "© eins" in show
    assert planned(one).is_empty


def _storage(tmp_path):
    return f'{shows.PUBLIC}\nplace = "{tmp_path / "public"}"'


def test_older_settings_do_not_revert_the_show(laptops, tmp_path):
    one, two = laptops
    published(one)
    one.write_config(show='copyright = "© neu"', storage=_storage(tmp_path))
    published(one)
    plan = planned(two)
    assert [refusal.permit for refusal in plan.refusals] == ["older-show"]
    assert plan.is_empty
    assert planned(two, allowed=["older-show"]).show is not None


def test_a_conflict_about_the_feed_is_looked_at_first(laptops, tmp_path):
    """One is about to put its feed; Two commits, puts its own and has finished looking."""
    one, two = laptops
    two.write_episode("002-zweite", SECOND)
    store = Spied(place_of(one))
    store.before["put feed.xml"] = lambda: published(two)
    published(one, store)
    assert seen_in(tmp_path) == {"Erste", "Zweite"}
    assert planned(one).is_empty


def test_a_publication_that_fails_as_a_whole_begins_no_feed(tmp_path):
    folder = shows.new_folder(tmp_path / "show", storage=shows.PUBLIC)
    folder.write_episode("001-erste", FIRST)
    (folder.root / "episodes/001-erste.chapters.txt").write_text("05:00:00.000 Nachts\n")
    outcome = published(folder)
    assert [p.code for p in outcome.problems] == ["publish.chapter-too-late"]
    assert outcome.rendered is None
    assert not (folder.root / "public/feed.xml").exists()
    run = run_feed(place_of(folder), None, silence)
    assert run.rendered is None
    assert not (folder.root / "public/feed.xml").exists()
    (folder.root / "episodes/001-erste.chapters.txt").unlink()
    published(folder)
    assert [item["title"] for item in items(folder)] == ["Erste"]


def test_a_permit_for_nothing_is_told(laptops):
    one = laptops[0]
    told = planned(one, allowed=["new-audio=001-erst"]).problems
    assert [(p.code, p.params["permit"]) for p in told] == [
        ("publish.allows-nothing", "new-audio=001-erst")
    ]
    published(one)
    heard: list[str] = []
    run_feed(
        place_of(one),
        None,
        lambda event: heard.append(event.problem.code) if isinstance(event, Notice) else None,
        ["older-source=001-erste", "empty-feed"],
    )
    assert heard == ["publish.allows-nothing"]


def test_a_sign_of_life_is_left_once_a_day(laptops, tmp_path, monkeypatch):
    one = laptops[0]
    published(one)
    own = tmp_path / "public/.sendeturm"
    store = Spied(place_of(one))
    run_feed(store, None, silence)
    run_feed(store, None, silence)
    assert store.calls["put"] == 1
    monkeypatch.setenv("SENDETURM_NOW", "2026-11-21T00:10:00+00:00")
    run_feed(store, None, silence)
    assert [path.name for path in own.glob("seen-*")] == ["seen-2026-11-21.json"]


def test_cron_with_nothing_to_do_asks_for_two_listings_and_a_head(laptops):
    one = laptops[0]
    published(one)
    run_feed(place_of(one), None, silence)
    store = Spied(place_of(one))
    assert run_feed(store, None, silence).reason == ""
    assert store.calls == {"list_objects": 2, "head": 1}


class KilledError(BaseException):
    """Somebody pulled the plug."""


def test_pages_that_a_stale_renderer_left_are_mended_by_the_next_run(laptops, tmp_path):
    """Cron has read; Two publishes a new title; cron puts an old page and is killed."""
    one, two = laptops
    published(one)
    published(two)
    page = tmp_path / "public/erste/index.html"
    (tmp_path / "public/feed.xml").unlink()
    (tmp_path / "public/.sendeturm/site.json").unlink()
    stale = Spied(place_of(one))

    def meanwhile():
        retitle(two, "Neu")
        published(two)
        stale.before["put index.html"] = kill

    def kill():
        raise KilledError

    stale.before["put .sendeturm/started-"] = meanwhile
    with pytest.raises(KilledError):
        run_feed(stale, None, silence)
    assert "Neu" not in page.read_text(encoding="utf-8")
    assert run_feed(place_of(one), None, silence).reason == "changed"
    assert "Neu" in page.read_text(encoding="utf-8")
    assert run_feed(place_of(one), None, silence).reason == ""


def test_a_listing_that_lags_behind_loses_nobody(laptops, tmp_path):
    """Neither one's own new record nor one that listeners see already is in the listing."""
    one, two = laptops
    published(one)
    two.write_episode("002-zweite", SECOND)
    store = place_of(two)
    fresh = store.list_objects

    def stale(prefix=""):
        return [o for o in fresh(prefix) if "/episodes/" not in o.key]

    store.list_objects = stale
    plan, situation = make_plan(two.root, read_config(two.root), store)
    apply(plan, situation, store, silence, master=shows.stand_in_master)
    assert seen_in(tmp_path) == {"Erste", "Zweite"}


def test_who_was_told_no_may_find_his_own_write(laptops):
    """The answer to a commit is lost, and the second try is refused: it is no conflict."""
    one = laptops[0]
    store = place_of(one)
    put = store.put

    def lossy(key, *args, only_if=None, **options):
        if "/episodes/" in key and only_if is not None:
            put(key, *args, **options)
            raise ConditionFailedError(key)
        return put(key, *args, only_if=only_if, **options)

    store.put = lossy
    outcome = published(one, store)
    assert outcome.failed == []
    assert planned(one).is_empty


def test_a_newer_store_stops_the_feed_before_anything_is_put(laptops, tmp_path):
    one = laptops[0]
    published(one)
    show = tmp_path / "public/.sendeturm/show.json"
    show.write_text(show.read_text(encoding="utf-8").replace('"1.0"', '"7.0"'), encoding="utf-8")
    before = (tmp_path / "public/feed.xml").read_bytes()
    for run in (planned, lambda folder: run_feed(place_of(folder), None, silence)):
        with pytest.raises(SendeturmError, match=r"publish\.newer-format"):
            run(one)
    assert (tmp_path / "public/feed.xml").read_bytes() == before
