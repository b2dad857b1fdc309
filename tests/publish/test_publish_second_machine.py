"""Another computer: with some of the sources, with none, and cron with nothing at all."""

from __future__ import annotations

import shutil

import pytest

import shows
from sendeturm.errors import SendeturmError
from sendeturm.events import silence
from sendeturm.publish import pull, run_feed
from sendeturm.sources import read_config
from shows import place_of, planned, published

FIRST = """title = "Erste: Töne & „Türme“"
published_at = 2026-11-01T06:00:00+01:00
number = 1
season = 2
type = "bonus"
summary = "Kurz gesagt."
explicit = false
author = "Bo Beispiel"
people = [{ name = "Ada", role = "guest", url = "https://example.org/ada" }]"""
NOTES = "Absatz mit *Betonung*.\n\n<!-- privat: nicht sagen -->\n\n- eins\n- zwei\n"
SHOW = """copyright = "© eins"
people = [{ name = "Ada Beispiel" }]"""
SITE = """colour = "#a5311a"
stylesheet = "look/own.css"
templates = "templates"
"""
SOUND = 'levelling = "strong"\nhighpass_hz = 80\n'


@pytest.fixture(autouse=True)
def _now(monkeypatch):
    monkeypatch.setenv("SENDETURM_NOW", shows.NOW.isoformat())


@pytest.fixture
def place(tmp_path):
    return tmp_path / "bucket"


@pytest.fixture
def laptop(tmp_path, place):
    """Give a customised show with two episodes that is published."""
    storage = f'{shows.PUBLIC}\nplace = "{place}"'
    made = shows.new_folder(tmp_path / "laptop", show=SHOW, storage=storage, site=SITE, sound=SOUND)
    made.write_episode("001-erste", FIRST, NOTES)
    made.write_episode("002-zweite", 'title = "Zweite"\npublished_at = 2026-11-08T06:00:00+01:00')
    (made.root / "look").mkdir()
    (made.root / "look/own.css").write_text("body { letter-spacing: 0.01em; }\n")
    (made.root / "templates").mkdir()
    page = '{% extends "base.html" %}{% block body %}<h1>Eigenes</h1>{% endblock %}'
    (made.root / "templates/subscribe.html").write_text(page, encoding="utf-8")
    outcome = published(made)
    assert outcome.failed == []
    return made


def snapshot(place):
    return {
        path.relative_to(place).as_posix(): path.read_bytes()
        for path in place.rglob("*")
        if path.is_file() and ".sendeturm" not in path.parts
    }


def test_cron_from_an_empty_folder_gives_the_same_bytes_as_the_laptop(laptop, place):
    before = snapshot(place)
    assert b"letter-spacing" in b"".join(before.values())
    assert b"Eigenes" in b"".join(before.values())
    for name in ("feed.xml", ".sendeturm/site.json"):
        (place / name).unlink()
    for key in before:
        if key.endswith(".html") or key.startswith("assets/"):
            (place / key).unlink()
    run = run_feed(place_of(laptop), None, silence)
    assert run.rendered is not None
    after = snapshot(place)
    assert [key for key in before if after.get(key) != before[key]] == []
    assert after.keys() == before.keys()


def test_pull_makes_a_folder_from_which_nothing_changes(laptop, place, tmp_path):
    before = snapshot(place)
    other = shows.Folder(tmp_path / "other")
    other.root.mkdir()
    done = pull(place_of(laptop), other.root, {"place": str(place)})
    assert set(done.made) == {
        *("sendeturm.toml", "cover.jpg", "look/own.css", "templates/subscribe.html"),
        *("episodes/001-erste-toene-tuerme.md", "episodes/zweite.md"),
    }
    plan = planned(other)
    assert [p.code for p in plan.problems if p.severity == "error"] == []
    assert plan.is_empty, plan
    assert plan.unchanged == 2
    assert snapshot(place) == before
    ours, theirs = read_config(laptop.root), read_config(other.root)
    assert theirs == ours.model_copy(update={"storage": theirs.storage})
    page = (other.root / "episodes/001-erste-toene-tuerme.md").read_text(encoding="utf-8")
    assert "Absatz mit *Betonung*." in page
    assert "privat" not in page
    assert pull(place_of(laptop), other.root, {}).made == []


def test_the_pulled_folder_can_go_on_publishing(laptop, place, tmp_path):
    other = shows.Folder(tmp_path / "other")
    other.root.mkdir()
    pull(place_of(laptop), other.root, {"place": str(place)})
    page = other.root / "episodes/zweite.md"
    page.write_text(page.read_text().replace('"Zweite"', '"Zweite, neu"'))
    other.write_episode("003-dritte", 'title = "Dritte"\npublished_at = 2026-11-09T06:00:00+01:00')
    published(other)
    (tmp_path / "public").symlink_to(place)
    titles = [item["title"] for item in shows.items(shows.Folder(tmp_path))]
    assert titles == ["Dritte", "Zweite, neu", "Erste: Töne & „Türme“"]
    plan = planned(laptop)
    assert [r.permit for r in plan.refusals] == ["older-source=002-zweite"]


def test_a_part_of_the_sources_keeps_the_rest_on_the_air(laptop, place):
    before = snapshot(place)
    shutil.rmtree(laptop.root / ".sendeturm")
    for name in ("001-erste.wav", "002-zweite.md", "002-zweite.wav"):
        (laptop.root / "episodes" / name).unlink()
    shutil.rmtree(laptop.root / "look")
    assert planned(laptop).is_empty
    assert snapshot(place) == before


def test_pulling_writes_nothing_outside_the_folder(laptop, place, tmp_path):
    show = place / ".sendeturm/show.json"
    text = show.read_text(encoding="utf-8")
    assert '"look/own.css"' in text
    show.write_text(text.replace('"look/own.css"', '"../own.css"'), encoding="utf-8")
    other = tmp_path / "other"
    other.mkdir()
    assert "../own.css" not in pull(place_of(laptop), other, {"place": str(place)}).made
    assert not (tmp_path / "own.css").exists()


def test_pulling_from_a_newer_bucket_stops_and_says_so(laptop, place, tmp_path):
    show = place / ".sendeturm/show.json"
    show.write_text(show.read_text(encoding="utf-8").replace('"1.0"', '"7.0"'), encoding="utf-8")
    with pytest.raises(SendeturmError, match=r"publish\.newer-format"):
        pull(place_of(laptop), tmp_path / "other", {"place": str(place)})
    assert not (tmp_path / "other").exists()
