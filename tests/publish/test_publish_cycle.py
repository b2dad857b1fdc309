"""Publishing into a folder: what is put, what is refused, what is left alone."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

import shows
from sendeturm.errors import SendeturmError
from sendeturm.events import silence
from sendeturm.publish import run_feed
from shows import items, place_of, planned, published

FIRST = 'title = "Erste Folge"\npublished_at = 2026-11-01T06:00:00+01:00\nnumber = 1'
SECOND = 'title = "Zweite Folge"\npublished_at = 2026-11-08T06:00:00+01:00\nnumber = 2'
LATER = 'title = "Später"\npublished_at = 2026-12-01T06:00:00+01:00\nnumber = 3'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> shows.Folder:
    monkeypatch.setenv("SENDETURM_NOW", shows.NOW.isoformat())
    made = shows.new_folder(tmp_path / "show", storage=shows.PUBLIC)
    made.write_episode("001-erste", FIRST)
    made.write_episode("002-zweite", SECOND)
    return made


def snapshot(folder: shows.Folder) -> dict[str, tuple[int, int]]:
    return {
        str(path): (path.stat().st_size, path.stat().st_mtime_ns)
        for path in (folder.root / "public").rglob("*")
        if path.is_file()
    }


def test_first_publication_puts_everything_the_feed_names(folder):
    outcome = published(folder)
    assert [p.stem for p in outcome.published] == ["001-erste", "002-zweite"]
    assert [item["title"] for item in items(folder)] == ["Zweite Folge", "Erste Folge"]
    for item in items(folder):
        key = item["url"].removeprefix("https://example.org/turm/")
        media = folder.root / "public" / key
        assert media.stat().st_size == int(item["length"])
        assert key.isascii()


def test_a_second_run_plans_nothing_and_writes_nothing(folder):
    published(folder)
    before = snapshot(folder)
    plan = planned(folder)
    assert plan.is_empty
    assert plan.unchanged == 2
    published(folder)
    assert snapshot(folder) == before


def test_identity_date_and_slug_are_written_into_the_sidecar(folder):
    sidecar = folder.write_episode("003-dritte", 'title = "Dritte Folge" # mein Titel')
    published(folder)
    text = sidecar.read_text(encoding="utf-8")
    guid = next(item["guid"] for item in items(folder) if item["title"] == "Dritte Folge")
    assert f'guid = "{guid}"' in text
    assert 'slug = "dritte-folge"' in text
    assert "published_at = 2026-11-20" in text
    assert '"Dritte Folge" # mein Titel' in text
    assert planned(folder).is_empty


def test_two_machines_mint_the_same_identity(folder, tmp_path):
    other = shows.new_folder(tmp_path / "other", storage=shows.PUBLIC)
    other.write_episode("001-erste", FIRST)
    published(folder)
    published(other)
    assert {item["guid"] for item in items(other)} < {item["guid"] for item in items(folder)}


def test_a_new_title_changes_the_feed_and_not_the_file(folder):
    published(folder)
    before = {item["guid"]: item for item in items(folder)}
    sidecar = folder.root / "episodes/001-erste.md"
    text = sidecar.read_text(encoding="utf-8")
    sidecar.write_text(text.replace("Erste Folge", "Die allererste"), encoding="utf-8")
    plan = planned(folder)
    assert [step.wanted.changes for step in plan.episodes] == [("title",)]
    assert (plan.listeners.new, plan.listeners.changed) == (0, 1)
    assert plan.listeners.downloaded_again == 0
    published(folder)
    after = {item["guid"]: item for item in items(folder)}
    assert {guid: item["url"] for guid, item in before.items()} == {
        guid: item["url"] for guid, item in after.items()
    }
    assert "Die allererste" in {item["title"] for item in after.values()}


def test_scheduled_episodes_appear_when_they_are_due_and_not_before(folder, monkeypatch):
    folder.write_episode("003-spaeter", LATER)
    outcome = published(folder)
    assert outcome.rendered is not None
    assert outcome.rendered.next_due is not None
    assert len(items(folder)) == 2
    assert not (folder.root / "public/spaeter").exists()
    store = place_of(folder)
    assert run_feed(store, None, silence).reason == ""
    monkeypatch.setenv("SENDETURM_NOW", "2026-12-01T05:00:01+00:00")
    run = run_feed(store, None, silence)
    assert run.reason == "due"
    assert next(item["title"] for item in items(folder)) == "Später"
    assert (folder.root / "public/spaeter/index.html").is_file()
    assert run_feed(store, None, silence).reason == ""


def test_absence_is_never_a_step(folder):
    published(folder)
    (folder.root / "episodes/001-erste.md").unlink()
    (folder.root / "episodes/001-erste.wav").unlink()
    (folder.root / "episodes/002-zweite.wav").unlink()
    assert planned(folder).is_empty
    published(folder)
    assert len(items(folder)) == 2


def test_the_feed_can_be_lost_and_comes_back_the_same(folder):
    published(folder)
    feed = folder.root / "public/feed.xml"
    before = feed.read_bytes()
    feed.unlink()
    run = run_feed(place_of(folder), None, silence)
    assert run.reason == "first"
    assert feed.read_bytes() == before


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (("published_at = 2026-11-01T06", "published_at = 2026-11-02T06"), "moved-date"),
        (("guid = ", 'guid = "another" # '), "new-identity"),
    ],
)
def test_the_guard_refuses(folder, change, what):
    published(folder)
    before = snapshot(folder)
    sidecar = folder.root / "episodes/001-erste.md"
    text = sidecar.read_text(encoding="utf-8")
    assert change[0] in text
    sidecar.write_text(text.replace(*change), encoding="utf-8")
    plan = planned(folder)
    assert [refusal.what for refusal in plan.refusals] == [what]
    assert plan.is_empty
    published(folder)
    assert snapshot(folder) == before


def test_a_changed_recording_needs_leave_and_keeps_guid_and_old_addresses(folder):
    published(folder)
    before = {item["title"]: item for item in items(folder)}
    wav = folder.root / "episodes/001-erste.wav"
    wav.write_bytes(shows.recording_of("corrected"))
    plan = planned(folder)
    assert [refusal.permit for refusal in plan.refusals] == ["new-audio=001-erste"]
    assert plan.is_empty
    plan = planned(folder, allowed=["new-audio=001-erste"])
    assert plan.listeners.downloaded_again == 1
    published(folder, allowed=["new-audio=001-erste"])
    after = {item["title"]: item for item in items(folder)}
    old, new = before["Erste Folge"], after["Erste Folge"]
    assert old["guid"] == new["guid"]
    assert old["url"] != new["url"]
    place = folder.root / "public"
    keys = [url.removeprefix("https://example.org/turm/") for url in (old["url"], new["url"])]
    assert (place / keys[0]).read_bytes() == (place / keys[1]).read_bytes()


def test_an_older_checkout_does_not_revert_what_is_published(folder):
    published(folder)
    sidecar = folder.root / "episodes/001-erste.md"
    old = sidecar.read_text(encoding="utf-8")
    sidecar.write_text(old.replace("Erste Folge", "Neuer Titel"), encoding="utf-8")
    published(folder)
    sidecar.write_text(old, encoding="utf-8")
    plan = planned(folder)
    assert [refusal.what for refusal in plan.refusals] == ["older-source"]
    assert plan.is_empty


def test_another_show_in_the_same_place_is_refused(folder):
    published(folder)
    config = folder.root / "sendeturm.toml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace(shows.SHOW_ID, shows.SHOW_ID[:-1] + "9"), encoding="utf-8")
    plan = planned(folder, allowed=["other-show"])
    assert [refusal.what for refusal in plan.refusals] == ["other-show"]
    assert plan.is_empty


def test_a_feed_that_knows_more_than_the_records_is_not_overwritten(folder):
    published(folder)
    records = sorted((folder.root / "public/.sendeturm/episodes").glob("*.json"))
    records[0].unlink()
    before = (folder.root / "public/feed.xml").read_bytes()
    with pytest.raises(SendeturmError, match=r"publish\.feed-knows-more"):
        run_feed(place_of(folder), None, silence)
    assert (folder.root / "public/feed.xml").read_bytes() == before


def test_a_newer_format_stops_everything(folder):
    published(folder)
    record = next((folder.root / "public/.sendeturm/episodes").glob("*.json"))
    plain = json.loads(record.read_bytes())
    record.write_text(json.dumps(plain | {"format": "2.0"}), encoding="utf-8")
    with pytest.raises(SendeturmError, match=r"publish\.newer-format"):
        planned(folder)
    with pytest.raises(SendeturmError, match=r"publish\.newer-format"):
        run_feed(place_of(folder), None, silence)


def test_what_newer_versions_add_survives_a_rewrite(folder):
    published(folder)
    records = folder.root / "public/.sendeturm/episodes"
    for record in records.glob("*.json"):
        plain = json.loads(record.read_bytes())
        plain["mood"] = "bright"
        plain["facts"]["weather"] = "fair"
        record.write_text(json.dumps(plain), encoding="utf-8")
    sidecar = folder.root / "episodes/001-erste.md"
    text = sidecar.read_text(encoding="utf-8")
    sidecar.write_text(text.replace("Erste Folge", "Neu"), encoding="utf-8")
    published(folder)
    changed = [json.loads(r.read_bytes()) for r in records.glob("*.json")]
    assert all(plain["mood"] == "bright" for plain in changed)
    assert all(plain["facts"]["weather"] == "fair" for plain in changed)
    assert planned(folder).is_empty


def test_one_bad_episode_does_not_hold_back_the_others(folder):
    (folder.root / "episodes/001-erste.md").write_text("+++\ntitle = 7\n+++\n", encoding="utf-8")
    outcome = published(folder)
    assert [p.stem for p in outcome.published] == ["002-zweite"]


def test_a_chapter_after_the_end_is_named_and_nothing_of_the_episode_leaves(folder):
    chapters = folder.root / "episodes/001-erste.chapters.txt"
    chapters.write_text("00:00:00.000 Anfang\n05:00:00.000 Nachts\n", encoding="utf-8")
    outcome = published(folder)
    assert [p.code for p in outcome.problems] == ["publish.chapter-too-late"]
    assert [item["title"] for item in items(folder)] == ["Zweite Folge"]
    assert len(list((folder.root / "public/media").iterdir())) == 1


def test_bare_recordings_wait_until_they_are_taken(folder):
    wav = folder.root / "episodes/004-über-türme.wav"
    wav.write_bytes(shows.recording_of("bare"))
    assert [episode.stem for episode in planned(folder).waiting] == ["004-über-türme"]
    published(folder)
    assert len(items(folder)) == 2
    assert not wav.with_suffix(".md").exists()
    published(folder, bare=["004-über-türme"])
    assert items(folder)[0]["title"] == "Über türme"
    assert wav.with_suffix(".md").is_file()
    assert planned(folder).is_empty


def test_a_bare_recording_that_is_published_does_not_wait(folder):
    wav = folder.root / "episodes/004-bare.wav"
    wav.write_bytes(shows.recording_of("bare"))
    published(folder, bare=["004-bare"])
    wav.with_suffix(".md").unlink()
    plan = planned(folder)
    assert plan.is_empty
    assert plan.waiting == ()


def test_drafts_stay_at_home(folder):
    folder.write_episode("003-entwurf", 'title = "Entwurf"\ndraft = true')
    assert [episode.stem for episode in planned(folder).drafts] == ["003-entwurf"]
    published(folder)
    assert len(items(folder)) == 2


def test_a_missing_cover_stops_the_show(folder):
    (folder.root / "cover.jpg").unlink()
    plan = planned(folder)
    assert plan.is_empty
    assert "SND101" in {found.code for found in plan.problems}


def test_time_never_runs_back_behind_the_live_feed(folder, monkeypatch):
    folder.write_episode("003-spaeter", LATER)
    monkeypatch.setenv("SENDETURM_NOW", (shows.NOW + timedelta(days=20)).isoformat())
    published(folder)
    assert len(items(folder)) == 3
    monkeypatch.setenv("SENDETURM_NOW", shows.NOW.isoformat())
    sidecar = folder.root / "episodes/001-erste.md"
    text = sidecar.read_text(encoding="utf-8")
    sidecar.write_text(text.replace("Erste Folge", "Neu"), encoding="utf-8")
    published(folder)
    assert len(items(folder)) == 3
