"""A folder looked at again and again: what changed is told once, when nobody writes it any more."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

import shows
from sendeturm.sources import Watch, read_config, stem_in

LONG_S = 60.0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = shows.new_folder(tmp_path)
    folder.write_episode("001-wind", 'title = "Wind"')
    return tmp_path


@pytest.fixture
def watch(folder: Path) -> Watch:
    return Watch(folder, read_config(folder))


def told(watch: Watch, begin_s: float = 0.0) -> set[str]:
    """What is told of the present state, once it has rested."""
    return {name for s in (0.0, LONG_S) for name in watch.look(begin_s + s)}


def append(path: Path, text: str = "x") -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


def test_a_change_is_told_once_and_only_when_it_rests(folder, watch):
    assert watch.look(0.0) == frozenset()
    append(folder / "episodes/001-wind.md")
    assert watch.look(1.0) == frozenset()
    assert watch.look(1.1) == frozenset()
    assert watch.look(1.5) == {"episodes/001-wind.md"}
    assert watch.look(9.0) == frozenset()


def test_a_recording_still_being_written_is_waited_for(folder, watch):
    recording = folder / "episodes/002-neu.wav"
    for second in range(5):
        append(recording)
        assert watch.look(float(second)) == frozenset()
        assert watch.look(second + 0.9) == frozenset()
    assert watch.look(5.9) == frozenset()
    assert watch.look(6.1) == {"episodes/002-neu.wav"}


def test_an_editor_that_saves_by_renaming(folder, watch):
    page = folder / "episodes/001-wind.md"
    beside = folder / "episodes/.001-wind.md.swp"
    beside.write_text("+++\ntitle = 'Sturm'\n+++\n", encoding="utf-8")
    page.rename(folder / "episodes/001-wind.md~")
    assert watch.look(0.0) == frozenset()
    beside.rename(page)
    assert told(watch, 0.1) == {"episodes/001-wind.md"}


def test_the_same_bytes_saved_again_are_a_change_that_costs_little(folder, watch):
    page = folder / "episodes/001-wind.md"
    os.utime(page, ns=(1, 1))
    assert told(watch) == {"episodes/001-wind.md"}


def test_files_come_and_go(folder, watch):
    (folder / "episodes/001-wind.wav").unlink()
    (folder / "pages").mkdir()
    (folder / "pages/über.md").write_text("# Über\n", encoding="utf-8")
    (folder / "episodes/002-zwei").mkdir()
    (folder / "episodes/002-zwei/ada.wav").write_bytes(b"RIFF")
    expected = {"episodes/001-wind.wav", "pages/über.md", "episodes/002-zwei/ada.wav"}
    assert told(watch) == expected


def test_what_the_settings_name_is_watched(folder, watch):
    (folder / "look.css").write_text("body { color: red }")
    assert told(watch) == set()
    watch.config = watch.config.model_copy(
        update={"site": watch.config.site.model_copy(update={"stylesheet": "look.css"})}
    )
    assert told(watch, 100) == {"look.css"}
    append(folder / "cover.jpg")
    assert told(watch, 200) == {"cover.jpg"}


@pytest.mark.parametrize("name", ["public/index.html", ".sendeturm/digests.json", "notes.txt"])
def test_what_is_no_source_is_not_looked_at(folder, watch, name):
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("x")
    assert told(watch) == set()


def test_a_folder_that_leads_in_a_circle_has_an_end(folder, watch):
    (folder / "episodes/rund").symlink_to(folder / "episodes", target_is_directory=True)
    assert all(name.startswith("episodes/rund/") for name in told(watch))


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("episodes/001-wind.md", "001-wind"),
        ("episodes/001-wind.chapters.txt", "001-wind"),
        ("episodes/002-zwei/ada.wav", "002-zwei"),
        (unicodedata.normalize("NFD", "episodes/003-spät.md"), "003-spät"),
        ("episodes/001-wind.jpg", None),
        ("episodes/bilder/turm.png", None),
        ("sendeturm.toml", None),
        ("pages/über.md", None),
    ],
)
def test_a_file_belongs_to_one_episode_or_to_more(name, stem):
    assert stem_in(name) == stem
