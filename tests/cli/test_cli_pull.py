from __future__ import annotations

import json

import shows


def test_pull_names_what_it_made_and_publish_has_nothing_to_do(show, sendeturm, tmp_path):
    show.write_config(storage=shows.PUBLIC)
    show.episode("001-wind", 'title = "Wind"\nnumber = 1')
    sendeturm("publish")
    other = tmp_path / "other"
    other.mkdir()
    place = str(show.root / "public")
    said = sendeturm("--folder", str(other), "pull", place)
    assert said.code == 0
    assert "Made sendeturm.toml" in said.out
    assert "Made episodes/001-wind.md" in said.out
    assert "nothing was written" in sendeturm("--folder", str(other), "publish").out
    again = json.loads(sendeturm("--json", "--folder", str(other), "pull").out)
    assert again["made"] == []


def test_there_is_nothing_to_pull_from_an_empty_place(show, sendeturm, tmp_path):
    said = sendeturm("pull", str(tmp_path / "nothing"))
    assert said.code == 1
    assert "nothing is published" in said.err


def test_pull_tells_what_it_could_not_bring(show, sendeturm, tmp_path):
    show.write_config(storage=shows.PUBLIC)
    show.episode("001-wind", 'title = "Wind"\nnumber = 1')
    (show.root / "episodes/001-wind.srt").write_text("1\n00:00:00,100 --> 00:00:00,500\nAch\n")
    sendeturm("publish")
    for path in (show.root / "public/transcripts").glob("*.vtt"):
        path.unlink()
    for name, options in (("words", ()), ("json", ("--json",))):
        other = tmp_path / name
        other.mkdir()
        said = sendeturm(*options, "--folder", str(other), "pull", str(show.root / "public"))
        assert said.code == 0
        assert "episodes/001-wind.vtt" in said.out + said.err
        if options:
            (told,) = json.loads(said.out)["problems"]
            assert told["code"] == "publish.lost-object"
