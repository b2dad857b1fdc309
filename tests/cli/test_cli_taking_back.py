from __future__ import annotations

import json

import shows


def feed(show):
    return [item["title"] for item in shows.items(show)]


def test_undo_and_again(show, sendeturm, monkeypatch):
    show.write_config(storage=shows.PUBLIC)
    page = show.episode("001-wind", 'title = "Wind"')
    assert sendeturm("publish").code == 0
    monkeypatch.setenv("SENDETURM_NOW", "2026-11-20T13:00:00+00:00")
    page.write_text(page.read_text().replace('"Wind"', '"Sturm"'))
    assert sendeturm("publish").code == 0
    said = sendeturm("undo")
    assert said.code == 0
    assert "Sturm: as before" in said.out
    assert feed(show) == ["Wind"]
    said = sendeturm("publish")
    assert said.code == 0
    assert "publish --again 001-wind" in said.err
    assert feed(show) == ["Wind"]
    assert sendeturm("publish", "--again", "001-wind").code == 0
    assert feed(show) == ["Sturm"]


def test_unpublish_by_name_and_undo_it(show, sendeturm, monkeypatch):
    show.write_config(storage=shows.PUBLIC)
    show.episode("001-wind", 'title = "Wind"')
    sendeturm("publish")
    monkeypatch.setenv("SENDETURM_NOW", "2026-11-20T13:00:00+00:00")
    said = sendeturm("unpublish", "002-none")
    assert said.code == 1
    assert "no episode called 002-none" in said.err
    said = sendeturm("--json", "unpublish", "001-wind")
    assert json.loads(said.out)["items"] == 0
    assert feed(show) == []
    assert sendeturm("undo", "--yes").code == 0
    assert feed(show) == ["Wind"]
    assert "nothing was written" in sendeturm("publish").out


def test_undo_asks_at_a_terminal(show, sendeturm, at_terminal):
    show.episode("001-wind", 'title = "Wind"')
    sendeturm("publish")
    terminal = at_terminal(show.root, "undo")
    terminal.until("Take this back?")
    terminal.type("n\n")
    terminal.until("Nothing was changed.")
    assert terminal.end() == 0
    assert feed(show) == ["Wind"]


def test_forget_needs_a_yes_and_says_where_copies_may_be(show, sendeturm):
    show.episode("001-wind", 'title = "Wind"')
    sendeturm("publish")
    said = sendeturm("forget", "001-wind")
    assert said.code == 1
    assert "--yes" in said.err
    assert feed(show) == ["Wind"]
    said = sendeturm("forget", "001-wind", "--yes")
    assert said.code == 0
    assert "Apple Podcasts" in said.out
    assert feed(show) == []


def test_prune_says_what_waits(show, sendeturm, monkeypatch):
    show.episode("001-wind", 'title = "Wind"')
    sendeturm("publish")
    left = show.root / "public/media/wind-0123456789ab.mp3"
    left.write_bytes(b"left by a run that was killed")
    said = sendeturm("prune")
    assert (said.code, "1 file" in said.out, left.exists()) == (0, True, True)
    monkeypatch.setenv("SENDETURM_NOW", "2026-11-28T12:00:00+00:00")
    assert sendeturm("prune").code == 1
    assert left.exists()
    assert "Removed: 1 file" in sendeturm("prune", "--yes").out
    assert not left.exists()
