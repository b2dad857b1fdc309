"""What `sendeturm export` says of the folder it makes, in words and as JSON."""

from __future__ import annotations

import json
import shutil

import pytest

import shows
from sendeturm.sources import read_config

DATE = "published_at = 2026-{}T06:00:00+01:00"


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    made = shows.new_folder(tmp_path_factory.mktemp("turm"), storage=shows.PUBLIC)
    made.write_episode("001-eins", 'title = "Eins"\n' + DATE.format("11-01"))
    made.write_episode("002-bald", 'title = "Bald"\n' + DATE.format("12-24"))
    made.write_episode("003-wir", 'title = "Unter uns"\nprivate = true\n' + DATE.format("11-02"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SENDETURM_NOW", shows.NOW.isoformat())
        shows.published(made)
    return made


@pytest.fixture
def show(published, tmp_path, monkeypatch):
    made = shows.Folder(shutil.copytree(published.root, tmp_path / "turm"))
    monkeypatch.chdir(made.root)
    return made


def test_it_says_what_is_in_the_folder_and_how_to_take_it_elsewhere(show, sendeturm):
    said = sendeturm("export")
    assert said.code == 0
    assert "export/: all of “Türme & Töne” — 1 episode on the air" in said.out
    assert "Not on the air yet, and in it: Bald" in said.out
    assert "For friends alone, and in it with their private address: Unter uns" in said.out
    assert "Stays where it is: 3 recordings" in said.out
    assert "sendeturm import export/feed.xml" in said.out
    assert "copying" in said.err
    again = sendeturm("export")
    assert "nothing is new" in again.out
    assert sendeturm("--quiet", "export").out == ""
    german = sendeturm("--lang", "de", "export").out
    assert "Noch nicht auf Sendung, und darin: Bald" in german
    assert shows.planned(show).is_empty


def test_one_json_document_tells_all_of_it(show, sendeturm):
    told = json.loads(sendeturm("--json", "export", "weg/damit").out)
    assert (told["on_air"], told["waiting"], told["private"]) == (["Eins"], ["Bald"], ["Unter uns"])
    assert set(told["copied"]) >= {"feed.xml", "index.html"}
    assert told["folder"] == str(show.root / "weg/damit")
    assert json.loads(sendeturm("--json", "export", "weg/damit").out)["copied"] == []


def test_without_a_show_the_place_is_enough(show, sendeturm, tmp_path, monkeypatch):
    empty = tmp_path / "leer"
    empty.mkdir()
    monkeypatch.chdir(empty)
    assert sendeturm("export").code == 1
    assert sendeturm("export", "--from", "../turm/public").code == 0
    config = read_config(empty / "export/show")
    assert config.storage.place == str(show.root / "public")


def test_one_message_where_it_cannot_be(show, sendeturm):
    (show.root / "file").write_text("mine")
    next((show.root / "public/media").glob("eins-*.mp3")).unlink()
    for target in ("file", "episodes", "public/export"):
        said = sendeturm("export", target)
        assert (said.code, said.out, said.err.count("→")) == (1, "", 1)
    said = sendeturm("export")
    assert said.code == 1
    assert "it is not in the storage" in said.err
