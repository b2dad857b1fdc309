"""Undo, unpublish, and again: what was taken back stays away until somebody asks for it."""

from __future__ import annotations

import pytest

import servers
import shows
from sendeturm.errors import SendeturmError
from sendeturm.events import silence
from sendeturm.publish import desk_at, forget, plan_prune, plan_undo, prune, undo, unpublish
from shows import items, place_of, planned, published

FIRST = 'title = "Erste"\npublished_at = 2026-11-01T06:00:00+01:00'
SECOND = 'title = "Zweite"\npublished_at = 2026-11-08T06:00:00+01:00'


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("SENDETURM_NOW", shows.NOW.isoformat())
    made = shows.new_folder(tmp_path / "show", storage=shows.PUBLIC)
    made.write_episode("001-erste", FIRST)
    return made


@pytest.fixture
def later(monkeypatch):
    """Return a function that lets a minute pass: publications are ordered by their time."""
    minutes = iter(range(1, 60))

    def pass_on():
        monkeypatch.setenv("SENDETURM_NOW", f"2026-11-20T13:{next(minutes):02}:00+00:00")

    return pass_on


def take_back(folder):
    desk, live = desk_at(place_of(folder), folder.root / ".sendeturm", silence)
    return undo(desk, plan_undo(desk.store, live))


def titles(folder):
    return [item["title"] for item in items(folder)]


def edit(folder, old, new, stem="001-erste"):
    sidecar = folder.root / f"episodes/{stem}.md"
    text = sidecar.read_text(encoding="utf-8")
    assert old in text
    sidecar.write_text(text.replace(old, new), encoding="utf-8")


def codes(plan):
    return [problem.code for problem in plan.problems]


def test_undo_takes_back_publication_after_publication(folder, later):
    published(folder)
    later()
    folder.write_episode("002-zweite", SECOND)
    edit(folder, '"Erste"', '"Neu"')
    published(folder)
    assert titles(folder) == ["Zweite", "Neu"]
    take_back(folder)
    assert titles(folder) == ["Erste"]
    page = folder.root / "public/erste/index.html"
    assert "Neu" not in page.read_text(encoding="utf-8")
    assert not (folder.root / "public/zweite/index.html").exists()
    take_back(folder)
    assert titles(folder) == []
    with pytest.raises(SendeturmError, match=r"publish\.nothing-to-undo"):
        take_back(folder)


def test_publish_does_not_bring_back_what_was_undone(folder, later):
    published(folder)
    later()
    folder.write_episode("002-zweite", SECOND)
    edit(folder, '"Erste"', '"Neu"')
    published(folder)
    take_back(folder)
    plan = planned(folder)
    assert plan.is_empty
    assert sorted(codes(plan)) == ["publish.taken-back", "publish.undone"]
    assert not plan.is_held_back
    published(folder, allowed=["again=001-erste", "again=002-zweite"])
    assert titles(folder) == ["Zweite", "Neu"]
    assert planned(folder).is_empty
    assert codes(planned(folder)) == []


def test_what_is_changed_after_undo_goes_out(folder, later):
    published(folder)
    later()
    edit(folder, '"Erste"', '"Neu"')
    published(folder)
    take_back(folder)
    edit(folder, '"Neu"', '"Noch neuer"')
    published(folder)
    assert titles(folder) == ["Noch neuer"]


def test_again_for_nothing_is_told(folder):
    published(folder)
    assert codes(planned(folder, allowed=["again=001-erste"])) == ["publish.nothing-again"]


def test_undo_brings_back_the_former_sound_at_every_address(folder, later):
    published(folder)
    before = items(folder)[0]
    place = folder.root / "public"

    def sound(item):
        return (place / item["url"].removeprefix("https://example.org/turm/")).read_bytes()

    first = sound(before)
    later()
    (folder.root / "episodes/001-erste.wav").write_bytes(shows.recording_of("corrected"))
    published(folder, allowed=["new-audio=001-erste"])
    corrected = items(folder)[0]
    assert sound(corrected) == sound(before) != first
    take_back(folder)
    assert items(folder) == [before]
    assert sound(before) == first == sound(corrected)
    plan = planned(folder)
    assert (plan.is_empty, plan.refusals, codes(plan)) == (True, (), ["publish.undone"])


def test_undo_leaves_alone_what_was_changed_since(folder, later):
    folder.write_episode("002-zweite", SECOND)
    published(folder)
    later()
    edit(folder, '"Erste"', '"Neu"')
    edit(folder, '"Zweite"', '"Andere"', "002-zweite")
    published(folder)
    later()
    edit(folder, '"Neu"', '"Neuer"')
    published(folder)
    take_back(folder)
    assert titles(folder) == ["Andere", "Neu"]
    take_back(folder)
    assert titles(folder) == ["Zweite", "Erste"]


def test_undo_restores_the_show_and_publish_respects_it(folder, later):
    published(folder)
    later()
    folder.write_config(show='copyright = "© neu"', storage=shows.PUBLIC)
    published(folder)
    feed = folder.root / "public/feed.xml"
    assert "© neu" in feed.read_text(encoding="utf-8")
    take_back(folder)
    assert "© neu" not in feed.read_text(encoding="utf-8")
    plan = planned(folder)
    assert (plan.is_empty, codes(plan)) == (True, ["publish.show-undone"])
    published(folder, allowed=["again=show"])
    assert "© neu" in feed.read_text(encoding="utf-8")


def test_unpublish_leaves_a_tombstone_that_is_respected_and_can_be_undone(folder, later):
    folder.write_episode("002-zweite", SECOND)
    published(folder)
    later()
    desk, live = desk_at(place_of(folder), None, silence)
    found = next(r for r in live.records.values() if r.record.facts.title == "Erste")
    unpublish(desk, found)
    assert titles(folder) == ["Zweite"]
    record = (folder.root / "public" / found.key).read_text(encoding="utf-8")
    assert "media/" not in record
    plan = planned(folder)
    assert (plan.is_empty, codes(plan)) == (True, ["publish.taken-back"])
    take_back(folder)
    assert titles(folder) == ["Zweite", "Erste"]
    assert planned(folder).is_empty


def test_an_undo_that_is_overtaken_changes_nothing_more(folder, later):
    published(folder)
    later()
    edit(folder, '"Erste"', '"Neu"')
    published(folder)
    desk, live = desk_at(place_of(folder), None, silence)
    plan = plan_undo(desk.store, live)
    later()
    edit(folder, '"Neu"', '"Neuer"')
    published(folder)
    with pytest.raises(SendeturmError, match=r"publish\.changed-meanwhile"):
        undo(desk, plan)
    assert titles(folder) == ["Neuer"]


def pruned(folder):
    desk, _ = desk_at(place_of(folder), None, silence)
    planned_now = plan_prune(desk)
    return prune(desk, planned_now), planned_now


def media(folder):
    return sorted(path.name for path in (folder.root / "public/media").iterdir())


def test_prune_waits_a_week_and_keeps_what_history_names(folder, monkeypatch):
    published(folder)
    (folder.root / "public/media/fremd.mp3").write_bytes(b"somebody else's")
    orphan = folder.root / "public/media/erste-0123456789ab.mp3"
    orphan.write_bytes(b"left by a run that was killed")
    before = media(folder)
    assert pruned(folder)[0] == 0
    monkeypatch.setenv("SENDETURM_NOW", "2026-11-26T12:00:00+00:00")
    assert pruned(folder)[0] == 0
    monkeypatch.setenv("SENDETURM_NOW", "2026-11-27T12:00:00+00:00")
    assert pruned(folder)[0] == 1
    assert media(folder) == [name for name in before if name != orphan.name]
    assert planned(folder).is_empty


def test_what_was_unpublished_goes_when_its_history_has_gone(folder, monkeypatch):
    folder.write_episode("002-zweite", SECOND)
    published(folder)
    desk, live = desk_at(place_of(folder), None, silence)
    found = next(r for r in live.records.values() if r.record.facts.title == "Erste")
    unpublish(desk, found)
    monkeypatch.setenv("SENDETURM_NOW", "2026-12-10T12:00:00+00:00")
    assert pruned(folder)[0] == 0
    assert len(media(folder)) == 2
    monkeypatch.setenv("SENDETURM_NOW", "2026-12-21T12:00:00+00:00")
    gone, plan = pruned(folder)
    assert gone == len(plan.history) > 0
    monkeypatch.setenv("SENDETURM_NOW", "2026-12-28T12:00:01+00:00")
    assert pruned(folder)[0] > 0
    assert len(media(folder)) == 1
    assert titles(folder) == ["Zweite"]


def test_prune_leaves_what_is_named_again_in_the_last_moment(folder, monkeypatch, later):
    published(folder)
    orphan = folder.root / "public/media/erste-0123456789ab.mp3"
    orphan.write_bytes(b"left")
    pruned(folder)
    monkeypatch.setenv("SENDETURM_NOW", "2026-11-28T12:00:00+00:00")
    desk, _ = desk_at(place_of(folder), None, silence)
    plan = plan_prune(desk)
    assert [one.key for one in plan.objects] == ["media/erste-0123456789ab.mp3"]
    orphan.write_bytes(b"put")  # again, by somebody who is about to name it
    assert prune(desk, plan) == 0
    assert orphan.exists()


def test_forget_leaves_nothing_but_an_identity(folder, later):
    folder.write_episode("002-zweite", SECOND, "Das *Geheimnis*.")
    folder.write_cover()
    published(folder)
    later()
    (folder.root / "episodes/002-zweite.wav").write_bytes(shows.recording_of("corrected"))
    published(folder, allowed=["new-audio=002-zweite"])
    before = len(media(folder))
    desk, live = desk_at(place_of(folder), folder.root / ".sendeturm", silence)
    found = next(r for r in live.records.values() if r.record.facts.title == "Zweite")
    done = forget(desk, live, found)
    assert done.objects > 3
    assert (before, len(media(folder))) == (4, 1)
    assert titles(folder) == ["Erste"]
    for path in (folder.root / "public").rglob("*"):
        if path.is_file():
            said = path.read_bytes()
            assert b"Geheimnis" not in said, path
            assert b"zweite" not in said.lower(), path
    assert not (folder.root / ".sendeturm").exists()
    plan = planned(folder)
    assert codes(plan) == ["publish.taken-back"]
    assert plan.is_empty


@pytest.mark.slow
def test_forget_removes_versions_and_proves_it(folder, seaweed, s3_keys):
    bucket = servers.make_bucket(seaweed.http, public=True)
    client = servers.s3_client(seaweed.http)
    client.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    address = f"{seaweed.http.url}/{bucket}/turm"
    place = f'place = "s3://{bucket}/turm"\nendpoint = "{seaweed.http.url}"'
    folder.write_config(storage=f'{place}\naddress = "{address}"')
    published(folder)
    desk, live = desk_at(place_of(folder), None, silence)
    found = next(iter(live.records.values()))
    assert found.record.enclosure
    url = f"{address}/{found.record.enclosure.key}"
    assert servers.fetch(url).status == 200
    done = forget(desk, live, found)
    assert (done.is_proven, done.answering, done.knows_versions) == (True, (), True)
    assert servers.fetch(url).status in (403, 404)
    versions = client.list_object_versions(Bucket=bucket, Prefix="turm/media/")
    assert not versions.get("Versions")
    assert not versions.get("DeleteMarkers")
