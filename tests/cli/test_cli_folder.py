from __future__ import annotations

import json
import tomllib
import wave

import pytest

from sendeturm.cli import defaults


def test_outside_of_a_show_the_beginning_is_named(tmp_path, sendeturm, monkeypatch):
    monkeypatch.chdir(tmp_path)
    said = sendeturm()
    assert said.code == 0
    assert "sendeturm init" in said.out


def test_a_new_show_says_what_is_next_at_every_step(tmp_path, sendeturm, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = sendeturm("init", "--title", "Türme", "--author", "Ada")
    assert made.code == 0
    assert {p.name for p in tmp_path.iterdir()} >= {
        *("sendeturm.toml", "episodes", "Makefile", ".gitignore", "cover.jpg")
    }
    assert "put a recording into episodes/" in sendeturm().out
    assert sendeturm("check").code == 0
    assert sendeturm("init", "--title", "Türme", "--author", "Ada").code == 1


def test_init_without_a_terminal_names_the_missing_options(tmp_path, sendeturm, monkeypatch):
    monkeypatch.chdir(tmp_path)
    said = sendeturm("init", "--title", "Türme")
    assert said.code == 2
    assert "--author" in said.err
    assert "--title" not in said.err.splitlines()[-1]
    assert list(tmp_path.iterdir()) == []


def test_init_refuses_all_wrong_settings_at_once(tmp_path, sendeturm, monkeypatch):
    monkeypatch.chdir(tmp_path)
    said = sendeturm(
        *("init", "--title", "T", "--author", "A"),
        *("--language", "Deutsch", "--email", "ada", "--timezone", "Berlin"),
    )
    assert said.code == 1
    assert said.err.count("→") == 3
    assert list(tmp_path.iterdir()) == []


def test_init_takes_all_settings_and_an_own_cover_stays(tmp_path, sendeturm, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "cover.jpg").write_bytes(b"mine")
    said = sendeturm(
        *("init", "--title", "T", "--author", "A", "--language", "de-AT", "--json"),
        *("--email", "a@example.org", "--timezone", "Europe/Vienna", "--description", "D"),
        *("--place", "s3://turm/ton", "--address", "https://example.org", "--region", "eu"),
    )
    assert said.code == 0, said.err
    assert "cover.jpg" not in json.loads(said.out)["made"]
    assert (tmp_path / "cover.jpg").read_bytes() == b"mine"
    config = tomllib.loads((tmp_path / "sendeturm.toml").read_text("utf-8"))
    assert config["storage"] == {
        "place": "s3://turm/ton",
        "address": "https://example.org",
        "region": "eu",
    }
    assert config["show"]["timezone"] == "Europe/Vienna"


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "de"}, "de"),
        ({"LANG": "de_DE", "LC_ALL": "pt_BR"}, "pt"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": ""}, "en"),
    ],
)
def test_the_language_comes_from_the_locale(monkeypatch, environment, expected):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert defaults.local_language() == expected


def test_the_time_zone_comes_from_the_computer(monkeypatch, tmp_path):
    link = tmp_path / "localtime"
    monkeypatch.setattr(defaults, "LOCALTIME", link)
    assert defaults.local_timezone("de") == "Europe/Berlin"
    assert defaults.local_timezone("en") == "UTC"
    link.symlink_to("/usr/share/zoneinfo/America/Lima")
    assert defaults.local_timezone("de") == "America/Lima"
    monkeypatch.setenv("TZ", ":Europe/Vienna")
    assert defaults.local_timezone("de") == "Europe/Vienna"
    monkeypatch.setenv("TZ", "nowhere")
    assert defaults.local_timezone("de") == "America/Lima"


def test_new_takes_the_next_number_and_never_writes_over(show, sendeturm):
    show.record("004-bare")
    show.write_episode("zwei", 'title = "Zwei"\nnumber = 7')
    said = sendeturm("new", "Größe & Grüße")
    assert said.code == 0
    page = show.root / "episodes/008-groesse-gruesse.md"
    assert page.name in said.out
    assert "episodes/008-groesse-gruesse.wav" in said.out
    front = tomllib.loads(page.read_text("utf-8").split("+++")[1])
    assert front == {"title": "Größe & Grüße", "number": 8}
    again = sendeturm("new", "größe &  Grüße")
    assert again.code == 1
    assert "episodes/008-groesse-gruesse.md" in again.err
    said = sendeturm("new", "Größe & Grüße", "--same-title", "--json")
    assert json.loads(said.out)["number"] == 9


def test_new_takes_number_date_and_draft(show, sendeturm):
    said = sendeturm("new", "Eis", "--date", "2026-12-24T18:00", "--number", "40", "--draft")
    assert said.code == 0, said.err
    assert "On the air from: 24 December 2026, 18:00" in said.out
    front = tomllib.loads((show.root / "episodes/040-eis.md").read_text("utf-8").split("+++")[1])
    assert front.pop("published_at").isoformat() == "2026-12-24T18:00:00+01:00"
    assert front == {"title": "Eis", "number": 40, "draft": True}
    assert "040-eis" in sendeturm().out


@pytest.mark.parametrize("date", ["tomorrow", "2026-13-01", "2027-03-28T02:30", "0001-01-01"])
def test_new_refuses_impossible_dates(show, sendeturm, date):
    said = sendeturm("new", "Eis", "--date", date)
    assert said.code == 1
    assert said.err.count("→") == 1
    assert list((show.root / "episodes").iterdir()) == []


def test_new_gives_a_waiting_recording_its_page(show, sendeturm):
    show.record("007-einfach-tun")
    said = sendeturm("new", "Einfach tun!")
    assert "Made episodes/007-einfach-tun.md" in said.out
    assert "recording beside" not in said.out
    assert sendeturm("publish").code == 0


def test_new_where_nothing_can_be_written(show, sendeturm):
    (show.root / "episodes").rmdir()
    (show.root / "episodes").touch()
    said = sendeturm("new", "Wind")
    assert said.code == 1
    assert said.err.count("→") == 1


def test_what_new_makes_can_be_published(show, sendeturm):
    assert sendeturm("new", "Wind").code == 0
    show.record("001-wind")
    said = sendeturm("publish")
    assert said.code == 0, said.err
    assert "Markdown" not in (show.root / "public/feed.xml").read_text("utf-8")


@pytest.mark.parametrize("title", ["", "  ", "x" * 256, "ü" * 300])
def test_new_refuses_impossible_titles(show, sendeturm, title):
    assert sendeturm("new", title).code == 1
    assert list((show.root / "episodes").iterdir()) == []


def test_new_outside_of_a_show_says_where_to_go(tmp_path, sendeturm, monkeypatch):
    monkeypatch.chdir(tmp_path)
    said = sendeturm("new", "Wind")
    assert said.code == 1
    assert "sendeturm init" in said.err


def test_the_status_tells_what_is_where(show, sendeturm, monkeypatch):
    show.episode("001-wind", 'title = "Wind"\npublished_at = 2026-11-01T06:00:00+01:00')
    show.episode("002-schnee", 'title = "Schnee"\npublished_at = 2026-12-24T18:00:00+01:00', seed=2)
    show.episode("003-eis", 'title = "Eis"\ndraft = true', seed=3)
    show.record("004-bare", seed=4)
    assert sendeturm("publish").code == 0
    said = sendeturm()
    assert said.code == 0
    assert "1 episode, the latest: Wind (1 November 2026)" in said.out
    assert "the next: Schnee on 24 December 2026, 18:00" in said.out
    assert "episodes/004-bare.wav" in said.out
    assert "003-eis" in said.out
    document = json.loads(sendeturm("--json").out)
    assert [e["title"] for e in document["on_air"]] == ["Wind"]
    assert [e["title"] for e in document["scheduled"]] == ["Schnee"]
    (show.root / "episodes/004-bare.wav").unlink()
    assert "cron" in sendeturm().out
    assert sendeturm("feed").code == 0
    monkeypatch.setenv("SENDETURM_NOW", "2026-11-23T13:00:00+00:00")
    assert "3 days ago" in sendeturm().out


def next_of(sendeturm) -> tuple[str, str]:
    """Return what the status says is next, in words and as programs are told."""
    return sendeturm().out.splitlines()[-1], json.loads(sendeturm("--json").out)["next"]


def test_the_status_knows_what_is_missing_and_what_is_due(show, sendeturm, monkeypatch):
    assert "On the air  nothing yet" in sendeturm().out
    assert next_of(sendeturm)[1] == "recording"
    assert sendeturm("new", "Wind").code == 0
    assert next_of(sendeturm) == (
        "Next: put the recording beside episodes/001-wind.md, then sendeturm publish",
        "lacking",
    )
    show.episode("001-wind", 'title = "Wind"\ndraft = true')
    assert "episodes/001-wind.md when it is finished" in next_of(sendeturm)[0]
    show.record("002-eis", seed=2)
    assert "Waiting     1 recording: episodes/002-eis.wav" in sendeturm().out
    assert next_of(sendeturm)[1] == "waiting"
    (show.root / "episodes/002-eis.wav").unlink()
    show.episode("001-wind", 'title = "Wind"\npublished_at = 2026-12-24T18:00:00+01:00')
    assert next_of(sendeturm)[1] == "sendeturm publish"
    assert sendeturm("publish").code == 0
    assert "Cron        has never been here" in sendeturm().out
    assert next_of(sendeturm)[1] == "cron"
    monkeypatch.setenv("SENDETURM_NOW", "2026-12-24T17:00:00+00:00")
    assert "Wind, since 24 December 2026, 18:00, and not on the air yet" in sendeturm().out
    assert next_of(sendeturm)[1] == "feed"
    assert json.loads(sendeturm("--json").out)["on_air"] == []
    assert sendeturm("feed").code == 0
    assert next_of(sendeturm)[1] == "address"
    assert "1 episode, the latest: Wind" in sendeturm().out
    assert sendeturm("--quiet").out == ""


def test_a_storage_that_does_not_answer_is_said_and_the_rest_told(show, sendeturm, monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "someone")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "something")
    show.write_config(storage='place = "s3://turm/x"\nendpoint = "http://127.0.0.1:1"')
    show.episode("001-wind", 'title = "Folge 1: Wind"')
    said = sendeturm()
    assert said.code == 0
    assert "http://127.0.0.1:1 does not answer" in said.out
    assert "1 episode with notes, 0 recordings without" in said.out
    checked = sendeturm("check")
    assert checked.code == 1
    assert "the title begins with the episode's number" in checked.out
    assert "http://127.0.0.1:1 does not answer" in checked.out
    assert "only what lies on this computer was checked" in checked.out
    assert sendeturm("publish").code == 1


def test_check_lists_everything_with_weights(show, sendeturm):
    show.episode("001-wind", 'title = "Folge 1: Wind"')
    show.write_episode("002-regen", 'titel = "Regen"')
    show.record("003-bare")
    said = sendeturm("check")
    assert said.code == 1
    assert "episodes/001-wind.md:2  warning: " in said.out
    assert "episodes/002-regen.md:2  titel" in said.out
    assert "episodes/003-bare.wav  note: " in said.out
    found = json.loads(sendeturm("check", "--json").out)["problems"]
    assert {p["severity"] for p in found} == {"error", "warning", "note"}
    assert sendeturm("check", "--quiet").out.count("→") == sum(
        p["severity"] == "error" for p in found
    )


def test_measure_prints_a_row_for_each_file(show, sendeturm):
    path = show.record("001-wind")
    said = sendeturm("measure", str(path), "missing.wav")
    assert said.code == 1
    assert "LUFS" in said.out
    assert "missing.wav  " in said.err
    with wave.open(str(path)) as sound:
        duration_ms = 1000 * sound.getnframes() // sound.getframerate()
    measured = json.loads(sendeturm("measure", "--json", str(path)).out)["files"]
    assert measured[0]["duration_ms"] == pytest.approx(duration_ms, abs=2)
    assert -60 < measured[0]["loudness"]["integrated_lufs"] < -5
