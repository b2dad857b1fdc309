"""What `sendeturm check` says about the servers that listeners' apps ask."""

from __future__ import annotations

import shows


def test_check_prints_the_receipt(tmp_path, sendeturm, monkeypatch):
    monkeypatch.setenv("SENDETURM_NOW", shows.NOW.isoformat())
    folder = shows.new_folder(tmp_path / "show", storage=shows.PUBLIC)
    folder.write_episode("eins", 'title = "Eins"', "[Mehr](https://elsewhere.example/)\n")
    monkeypatch.chdir(folder.root)
    assert "nobody else" not in sendeturm("check").out
    shows.published(folder)
    said = " ".join(sendeturm("check").out.split())
    assert "apps and browsers ask example.org and nobody else" in said
    assert "antennapod.org, elsewhere.example" in said


def test_a_foreign_picture_is_a_warning(tmp_path, sendeturm, monkeypatch):
    monkeypatch.setenv("SENDETURM_NOW", shows.NOW.isoformat())
    person = '[[show.people]]\nname = "Bo"\nimage = "https://faces.example/bo.jpg"'
    folder = shows.new_folder(tmp_path / "show", show=person, storage=shows.PUBLIC)
    folder.write_episode("eins", 'title = "Eins"')
    shows.published(folder)
    monkeypatch.chdir(folder.root)
    said = " ".join(sendeturm("check").out.split())
    assert "ask faces.example too, beside example.org" in said
