"""Corrected sound as a new episode: apps get it anew, and nobody brings the former one back."""

from __future__ import annotations

import shutil
import tomllib
from datetime import UTC, datetime
from importlib import import_module

import pytest
from lxml import etree

import shows
from sendeturm.events import silence
from sendeturm.publish import (
    apply,
    desk_at,
    forget,
    make_plan,
    plan_undo,
    pull,
    run_feed,
    undo,
    unpublish,
)
from sendeturm.publish.keys import CENTRE_PREFIX, RECORDS_PREFIX
from sendeturm.publish.records import read_live
from sendeturm.sources import read_config
from shows import place_of, planned, published

STEM = "001-erste"
AS_NEW = [f"as-new={STEM}"]
FRONT = 'title = "Erste"  # vorläufig\npublished_at = 2026-11-01T06:00:00+01:00'
CHAPTERS = "00:00:00.000 Anfang\n00:00:10.000 Mitte\n"
VTT = "WEBVTT\n\n00:00:01.000 --> 00:00:04.000\nHallo.\n"
NEW_DATE = "2026-11-20T13:00:00+00:00"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Give a published show whose episode has got another recording since."""
    monkeypatch.setenv("SENDETURM_NOW", shows.NOW.isoformat())
    storage = f'{shows.PUBLIC}\nplace = "{tmp_path}/bucket"'
    made = shows.new_folder(tmp_path / "show", storage=storage)
    made.write_episode(STEM, FRONT)
    (made.root / f"episodes/{STEM}.chapters.txt").write_text(CHAPTERS, encoding="utf-8")
    (made.root / f"episodes/{STEM}.vtt").write_text(VTT, encoding="utf-8")
    made.write_episode("002-zweite", 'title = "Zweite"\npublished_at = 2026-11-08T06:00:00Z')
    assert published(made).failed == []
    shutil.copytree(made.root, tmp_path / "before")
    monkeypatch.setenv("SENDETURM_NOW", NEW_DATE)
    (made.root / f"episodes/{STEM}.wav").write_bytes(shows.recording_of("corrected"))
    return made


@pytest.fixture
def elsewhere(folder):
    """Give a checkout of the same show from before the correction."""
    return shows.Folder(folder.root.parent / "before")


def bucket(folder):
    return folder.root.parent / "bucket"


def feed_of(folder):
    return (bucket(folder) / "feed.xml").read_bytes()


def told(folder):
    """Return what the feed says of each item: title, identity, date, sound."""
    root = etree.fromstring(feed_of(folder))
    return {
        item.findtext("title"): (
            item.findtext("guid"),
            item.findtext("pubDate"),
            item.find("enclosure").get("url"),
        )
        for item in root.iter("item")
    }


def front_of(folder):
    text = (folder.root / f"episodes/{STEM}.md").read_text(encoding="utf-8")
    return tomllib.loads(text.split("+++")[1])


def sound_at(folder, url):
    return (bucket(folder) / url.removeprefix("https://example.org/turm/")).read_bytes()


def codes(plan):
    """Return what the plan tells, directories' taste in chapters and numbers apart."""
    return sorted(p.code for p in plan.problems if p.code.startswith("publish."))


def take_back(folder):
    desk, live = desk_at(place_of(folder), folder.root / ".sendeturm", silence)
    return undo(desk, plan_undo(desk.store, live))


def test_the_guard_offers_both_ways(folder):
    (refusal,) = planned(folder).refusals
    assert (refusal.permit, refusal.problem.params["stem"]) == (f"new-audio={STEM}", STEM)


def test_as_new_is_another_item_dated_now_and_the_former_one_leaves(folder):
    before = told(folder)
    first = sound_at(folder, before["Erste"][2])
    plan = planned(folder, allowed=AS_NEW)
    assert (plan.refusals, codes(plan)) == ((), [])
    view = plan.listeners
    assert (view.new, view.changed, view.downloaded_again, view.scheduled) == (1, 0, 0, 0)

    outcome = published(folder, allowed=AS_NEW)
    assert [(p.is_new, p.has_new_audio) for p in outcome.published] == [(True, True)]
    after = told(folder)
    assert len(after) == 2
    assert after["Zweite"] == before["Zweite"]
    guid, date, url = after["Erste"]
    assert guid != before["Erste"][0]
    assert date == "Fri, 20 Nov 2026 13:00:00 +0000"
    assert url != before["Erste"][2]
    assert sound_at(folder, url) == sound_at(folder, before["Erste"][2]) != first
    assert items_in_order(folder) == ["Erste", "Zweite"]

    text = (folder.root / f"episodes/{STEM}.md").read_text(encoding="utf-8")
    assert 'title = "Erste"  # vorläufig\n' in text
    assert "Notizen." in text
    front = front_of(folder)
    assert front["guid"] == guid
    assert front["published_at"] == datetime(2026, 11, 20, 13, tzinfo=UTC)
    assert front["slug"] == "erste"


def items_in_order(folder):
    return [item.findtext("title") for item in etree.fromstring(feed_of(folder)).iter("item")]


def test_chapters_and_transcript_follow(folder):
    (folder.root / f"episodes/{STEM}.chapters.txt").write_text(
        CHAPTERS + "00:00:20.000 Ende\n", encoding="utf-8"
    )
    published(folder, allowed=AS_NEW)
    record = next(
        one.record
        for one in read_live(place_of(folder), None).records.values()
        if one.record.facts.slug == "erste"
    )
    assert record.chapters is not None
    assert "Ende" in (bucket(folder) / record.chapters.key).read_text(encoding="utf-8")
    (item,) = (i for i in etree.fromstring(feed_of(folder)).iter("item") if i[0].text == "Erste")
    names = [etree.QName(child).localname for child in item]
    assert "chapters" in names
    assert "transcript" in names


def test_a_rerun_does_nothing_and_cron_renders_the_same(folder):
    published(folder, allowed=AS_NEW)
    feed = feed_of(folder)
    for allowed in ((), AS_NEW):
        plan = planned(folder, allowed=allowed)
        assert (plan.is_empty, plan.refusals) == (True, ())
    assert codes(planned(folder)) == []
    assert run_feed(place_of(folder), None, silence).rendered is None
    (bucket(folder) / "feed.xml").unlink()
    assert run_feed(place_of(folder), None, silence).rendered is not None
    assert feed_of(folder) == feed


def test_a_new_date_in_the_file_is_taken(folder):
    sidecar = folder.root / f"episodes/{STEM}.md"
    text = sidecar.read_text(encoding="utf-8")
    date = "2026-11-20T08:00:00+01:00"
    sidecar.write_text(text.replace("2026-11-01T06:00:00+01:00", date), encoding="utf-8")
    published(folder, allowed=AS_NEW)
    assert told(folder)["Erste"][1] == "Fri, 20 Nov 2026 08:00:00 +0100"
    assert f"published_at = {date}" in sidecar.read_text(encoding="utf-8")


def test_undo_brings_back_the_former_item_and_it_stays(folder):
    before = told(folder)
    first = sound_at(folder, before["Erste"][2])
    published(folder, allowed=AS_NEW)
    new = told(folder)["Erste"]
    take_back(folder)
    assert told(folder) == before
    assert sound_at(folder, new[2]) == sound_at(folder, before["Erste"][2]) == first
    plan = planned(folder)
    assert (plan.is_empty, plan.refusals, codes(plan)) == (True, (), ["publish.undone"])
    published(folder)
    assert told(folder) == before
    again = planned(folder, allowed=[f"again={STEM}"])
    assert {refusal.what for refusal in again.refusals} == {"moved-date", "new-audio"}
    published(folder, allowed=[f"again={STEM}", *AS_NEW])
    assert told(folder)["Erste"] == new
    assert planned(folder).is_empty


def test_as_new_a_second_time_and_with_the_first_recording_again(folder):
    seen = {told(folder)["Erste"][0]}
    for seed in ("corrected", STEM, "corrected"):
        (folder.root / f"episodes/{STEM}.wav").write_bytes(shows.recording_of(seed))
        published(folder, allowed=AS_NEW)
        guid = told(folder)["Erste"][0]
        assert guid not in seen
        assert front_of(folder)["guid"] == guid
        seen.add(guid)
        assert planned(folder).is_empty
    assert len(seen) == 4


@pytest.mark.parametrize("has_recording", [True, False])
def test_a_checkout_from_before_is_told_and_brings_nothing_back(folder, elsewhere, has_recording):
    published(folder, allowed=AS_NEW)
    after = told(folder)
    if not has_recording:
        (elsewhere.root / f"episodes/{STEM}.wav").unlink()
    plan = planned(elsewhere)
    assert "publish.former-identity" in codes(plan)
    assert plan.episodes == ()
    assert plan.refusals
    published(elsewhere)
    assert told(folder) == after
    assert planned(folder).is_empty


def test_a_rerun_publishes_as_new_what_a_crash_left_undone(folder, monkeypatch):
    """The page has its new identity before anything leaves: a plain rerun goes on from there."""
    before = told(folder)
    with monkeypatch.context() as broken:
        broken.setattr(import_module("sendeturm.publish.desk"), "put_history", _crash)
        with pytest.raises(KeyboardInterrupt):
            published(folder, allowed=AS_NEW)
    assert told(folder) == before
    guid = front_of(folder)["guid"]
    assert guid != before["Erste"][0]
    plan = planned(folder)
    assert (plan.refusals, plan.listeners.new, plan.listeners.changed) == ((), 1, 0)
    published(folder)
    assert told(folder)["Erste"][0] == guid
    assert planned(folder).is_empty


def _crash(*_):
    raise KeyboardInterrupt


def test_pull_knows_the_new_identity(folder, tmp_path):
    published(folder, allowed=AS_NEW)
    empty = tmp_path / "empty"
    empty.mkdir()
    pull(place_of(folder), empty, {"place": str(bucket(folder))})
    pages = [page.read_text(encoding="utf-8") for page in (empty / "episodes").iterdir()]
    assert any(told(folder)["Erste"][0] in page for page in pages)
    pulled = shows.Folder(empty)
    assert (planned(pulled).is_empty, codes(planned(pulled))) == (True, [])
    assert pull(place_of(folder), folder.root, {}).made == []


def test_unpublished_afterwards_it_stays_away(folder):
    published(folder, allowed=AS_NEW)
    guid = told(folder)["Erste"][0]
    desk, live = desk_at(place_of(folder), None, silence)
    unpublish(desk, next(o for o in live.records.values() if o.record.item_guid == guid))
    assert list(told(folder)) == ["Zweite"]
    plan = planned(folder)
    assert (plan.is_empty, codes(plan)) == (True, ["publish.taken-back"])
    published(folder, allowed=[f"again={STEM}"])
    assert told(folder)["Erste"][0] == guid


def test_nothing_is_new_where_the_recording_is_the_same_or_nobody_has_it(folder):
    assert codes(planned(folder, allowed=["as-new=002-zweite"])) == ["publish.allows-nothing"]
    folder.write_episode("003-dritte", 'title = "D"\npublished_at = 2026-12-01T06:00:00Z')
    published(folder)
    (folder.root / "episodes/003-dritte.wav").write_bytes(shows.recording_of("other"))
    plan = planned(folder, allowed=["as-new=003-dritte"])
    assert "publish.allows-nothing" in codes(plan)
    assert [step.wanted.reissued_as for step in plan.episodes] == [None]


def test_an_old_copy_of_the_page_beside_the_new_one_is_told(folder, elsewhere):
    published(folder, allowed=AS_NEW)
    after = told(folder)
    old = (elsewhere.root / f"episodes/{STEM}.md").read_text(encoding="utf-8")
    lines = [line for line in old.splitlines() if not line.startswith("slug")]
    (folder.root / "episodes/zz-kopie.md").write_text("\n".join(lines), encoding="utf-8")
    plan = planned(folder)
    assert plan.episodes == ()
    assert "publish.same-episode" in codes(plan)
    published(folder)
    assert told(folder) == after


class Lagging:
    """A store that lists as it did at first: everything else is up to date."""

    def __init__(self, store):
        self._store = store
        self._listed = {prefix: list(store.list_objects(prefix)) for prefix in LISTED}

    def __getattr__(self, name):
        return getattr(self._store, name)

    def list_objects(self, prefix=""):
        return iter(self._listed.get(prefix) or self._store.list_objects(prefix))


LISTED = (RECORDS_PREFIX, CENTRE_PREFIX)


def test_cron_with_a_listing_from_before_leaves_the_new_item_in_the_feed(folder, elsewhere):
    lagging = Lagging(place_of(folder))
    published(folder, allowed=AS_NEW)
    after = told(folder)
    run_feed(lagging, elsewhere.root / ".sendeturm", silence)
    assert told(folder) == after


def test_two_who_publish_it_as_new_agree_on_its_identity(folder, elsewhere, monkeypatch):
    """The second one finds it done, and is told what to write; nothing goes out twice."""
    (elsewhere.root / f"episodes/{STEM}.wav").write_bytes(shows.recording_of("corrected"))
    monkeypatch.setenv("SENDETURM_NOW", "2026-11-20T13:10:00+00:00")
    plan, situation = make_plan(
        elsewhere.root, read_config(elsewhere.root), place_of(elsewhere), allowed=AS_NEW
    )
    monkeypatch.setenv("SENDETURM_NOW", NEW_DATE)
    published(folder, allowed=AS_NEW)
    after = told(folder)
    store = place_of(elsewhere)
    outcome = apply(plan, situation, store, silence, master=shows.stand_in_master)
    assert outcome.published == []
    assert [found.code for found in outcome.problems] == ["publish.moved-date"]
    assert told(folder) == after
    assert front_of(elsewhere)["guid"] == after["Erste"][0]
    sidecar = elsewhere.root / f"episodes/{STEM}.md"
    text = sidecar.read_text(encoding="utf-8")
    sidecar.write_text(text.replace("T13:10:00", "T13:00:00"), encoding="utf-8")
    assert planned(elsewhere).is_empty


def test_forgotten_afterwards_it_stays_away(folder):
    published(folder, allowed=AS_NEW)
    guid = told(folder)["Erste"][0]
    desk, live = desk_at(place_of(folder), folder.root / ".sendeturm", silence)
    forget(desk, live, next(o for o in live.records.values() if o.record.item_guid == guid))
    published(folder)
    assert list(told(folder)) == ["Zweite"]
    assert codes(planned(folder)) == ["publish.taken-back"]
