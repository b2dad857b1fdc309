"""Chapters and transcripts from the person's files to what is published, moved with the sound."""

from __future__ import annotations

import pytest

import shows
from sendeturm.events import silence
from sendeturm.model import Cut
from sendeturm.publish import apply, make_plan
from sendeturm.sources import read_config
from shows import place_of, planned

FRONT = 'title = "Erste Folge"\npublished_at = 2026-11-01T06:00:00+01:00\nnumber = 1'
STAMPS = "Worum es geht\n\n- 0:00 Anfang\n- 0:10 Mitte\n- 0:20 Ende\n"
INTRO_MS = 5000
TIMELINE = (
    Cut(start_ms=0, end_ms=15_000, at_ms=INTRO_MS),
    Cut(start_ms=17_000, end_ms=40_000, at_ms=15_000 + INTRO_MS),
)


def with_intro(*arguments):
    """Stand for mastering that adds an intro of five seconds and takes two out."""
    rendition = shows.stand_in_master(*arguments)
    audio = rendition.audio.model_copy(update={"timeline": TIMELINE})
    return rendition.model_copy(update={"audio": audio})


def published(folder, master=with_intro, **options):
    plan, situation = make_plan(folder.root, read_config(folder.root), place_of(folder), **options)
    return apply(plan, situation, place_of(folder), silence, master=master)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("SENDETURM_NOW", shows.NOW.isoformat())
    return shows.new_folder(tmp_path / "show", storage=shows.PUBLIC)


def test_time_stamps_in_notes_are_chapters_and_move_with_the_sound(folder):
    folder.write_episode("001-erste", FRONT, STAMPS)
    (done,) = published(folder).published
    facts = done.record.facts
    assert [(c.start_ms, c.title) for c in facts.chapters] == [
        (0, "Anfang"),
        (15_000, "Mitte"),
        (23_000, "Ende"),
    ]
    assert "0:00 Anfang\n" in facts.notes_text
    assert "0:15 Mitte\n" in facts.notes_text
    assert "<li>0:23 Ende</li>" in facts.notes_html
    assert planned(folder).is_empty


def test_new_notes_are_moved_as_the_published_sound_is(folder):
    folder.write_episode("001-erste", FRONT, STAMPS)
    published(folder)
    sidecar = folder.root / "episodes" / "001-erste.md"
    sidecar.write_text(sidecar.read_text("utf-8").replace("0:20", "0:25"), "utf-8")
    (done,) = published(folder).published
    assert not done.has_new_audio
    assert done.record.facts.chapters[-1].start_ms == 28_000
    assert "0:28 Ende" in done.record.facts.notes_text
    assert planned(folder).is_empty
