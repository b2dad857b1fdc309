from __future__ import annotations

import json
import os
import re

import numpy as np
import pytest

import signals


def test_a_page_and_a_recording_go_on_the_air(show, sendeturm):
    show.episode("001-wind", 'title = "Wind & Wetter"\npublished_at = 2026-11-01T06:00:00+01:00')
    said = sendeturm("publish")
    assert said.code == 0
    assert "Wind & Wetter" in said.out
    assert "→ −16.0 LUFS" in said.out
    assert "For listeners: 1 new · 0 changed · 0 downloaded again" in said.out
    assert "sendeturm preview" in said.out
    assert (show.root / "public/feed.xml").is_file()


def test_a_second_run_says_that_nothing_changed_and_writes_nothing(show, sendeturm):
    show.episode("001-wind", 'title = "Wind"')
    show.episode("002-regen", 'title = "Regen"\npublished_at = 2026-12-24T18:00:00+01:00', seed=2)
    assert sendeturm("publish").code == 0
    before = {p: p.stat().st_mtime_ns for p in (show.root / "public").rglob("*")}
    said = sendeturm("publish")
    assert said.code == 0
    assert "Nothing has changed" in said.out
    assert "24 December 2026, 18:00" in said.out
    assert {p: p.stat().st_mtime_ns for p in (show.root / "public").rglob("*")} == before


def test_with_a_public_address_page_and_feed_are_named(show, sendeturm):
    show.write_config(storage='address = "https://example.org/turm/"')
    show.episode("001-wind", 'title = "Wind"')
    said = sendeturm("publish").out
    assert "https://example.org/turm/wind/index.html" in said
    assert "https://example.org/turm/feed.xml" in said


def test_without_a_terminal_a_bare_recording_waits_and_bare_takes_it(show, sendeturm):
    show.record("003-einfach-tun")
    said = sendeturm("publish")
    assert said.code == 0
    assert "episodes/003-einfach-tun.wav  note: this recording waits" in said.err
    assert "--bare" in said.err
    assert not (show.root / "episodes/003-einfach-tun.md").exists()
    said = sendeturm("publish", "--bare")
    assert said.code == 0
    assert "1 new" in said.out
    assert 'title = "Einfach tun"' in (show.root / "episodes/003-einfach-tun.md").read_text("utf-8")


def test_the_guard_holds_back_one_and_the_others_go_out(show, sendeturm):
    page = show.episode("001-wind", 'title = "Wind"\npublished_at = 2026-11-01T06:00:00+01:00')
    assert sendeturm("publish").code == 0
    page.write_text(page.read_text("utf-8").replace("2026-11-01", "2026-11-02"), "utf-8")
    show.episode("002-regen", 'title = "Regen"', seed=2)
    said = sendeturm("publish")
    assert said.code == 1
    assert "sendeturm publish --allow moved-date=001-wind" in said.err
    assert "For listeners: 1 new · 0 changed" in said.out
    said = sendeturm("publish", "--allow", "moved-date=001-wind")
    assert said.code == 0
    assert "For listeners: 0 new · 1 changed · 0 downloaded again" in said.out


def test_an_episode_that_fails_is_named_and_the_others_go_out(show, sendeturm):
    show.episode("001-wind", 'title = "Wind"')
    show.write_episode("002-still", 'title = "Still"')
    (show.root / "episodes/002-still.wav").write_bytes(b"no sound at all")
    said = sendeturm("publish")
    assert said.code == 1
    assert "episodes/002-still.wav  " in said.err
    assert "1 new" in said.out


def test_an_error_of_the_show_stops_everything(show, sendeturm):
    show.episode("001-wind", 'title = "Wind"')
    (show.root / "cover.jpg").unlink()
    said = sendeturm("publish")
    assert said.code == 1
    assert "cover.jpg  there is no cover picture\n  → " in said.err
    assert "Nothing was published." in said.out
    assert not (show.root / "public").exists()


def test_all_problems_come_at_once_with_lines(show, sendeturm):
    show.write_episode("001-wind", 'titel = "Wind"')
    show.write_episode("002-regen", 'title = "Regen"\npublished_at = "gestern"')
    said = sendeturm("plan")
    assert said.code == 1
    assert "episodes/001-wind.md:2  " in said.err
    assert "episodes/002-regen.md:3  " in said.err


def test_settings_that_cannot_be_read_are_errors_with_lines(show, sendeturm):
    show.write_config(show="kategorie = 1", storage='place = "public/"\nadress = "x"')
    said = sendeturm("publish")
    assert (said.code, said.out) == (1, "")
    assert [line.split("  ")[0] for line in said.err.splitlines()[::2]] == [
        "sendeturm.toml:9",
        "sendeturm.toml:12",
    ]


def test_a_problem_of_a_setting_names_its_line(show, sendeturm):
    show.write_config(storage='place = "."')
    said = sendeturm("publish")
    assert said.code == 1
    assert said.err.startswith("sendeturm.toml:11  ")


def test_a_change_of_words_does_not_touch_the_sound(show, sendeturm):
    page = show.episode("001-wind", 'title = "Wind"')
    assert sendeturm("publish").code == 0
    page.write_text(page.read_text("utf-8").replace("Notizen", "Neues"), "utf-8")
    plan = sendeturm("plan", "--exit-code")
    assert plan.code == 4
    assert "notes" in plan.out
    said = sendeturm("publish")
    assert "the sound stays as it is" in said.out
    assert "0 new · 1 changed · 0 downloaded again" in said.out


def test_plan_shows_what_is_scheduled_and_changes_nothing(show, sendeturm):
    show.episode("001-winter", 'title = "Winter"\npublished_at = 2026-12-24')
    said = sendeturm("plan")
    assert said.code == 0
    assert "24 December 2026, 00:00" in said.out
    assert "1 scheduled" in said.out
    assert not (show.root / "public").exists()


def test_documents_are_json_and_events_are_json_lines(show, sendeturm):
    show.episode("001-wind", 'title = "Wind"')
    show.record("002-regen", seed=2)
    plan = json.loads(sendeturm("plan", "--json").out)
    assert [step["stem"] for step in plan["episodes"]] == ["001-wind"]
    assert plan["waiting"] == ["episodes/002-regen.wav"]
    said = sendeturm("--json", "publish")
    outcome = json.loads(said.out)
    assert outcome["published"][0]["audio"]["after"]["integrated_lufs"] == pytest.approx(
        -16, abs=0.1
    )
    assert outcome["plan"]["listeners"]["new"] == 1
    events = [json.loads(line) for line in said.err.splitlines()]
    assert {event["event"] for event in events} >= {"progress", "finished"}
    again = json.loads(sendeturm("publish", "--json").out)
    assert again["plan"]["is_empty"]
    assert again["published"] == []


def test_errors_are_json_too(show, sendeturm):
    show.write_config(show="kategorie = 1")
    said = sendeturm("publish", "--json")
    assert said.code == 1
    found = json.loads(said.out)["problems"][0]
    assert (found["file"], found["line"], found["severity"]) == ("sendeturm.toml", 9, "error")


def test_quiet_says_nothing_where_nothing_is_wrong(show, sendeturm):
    show.episode("001-wind", 'title = "Wind"')
    assert sendeturm("publish", "--quiet").out == ""
    assert sendeturm("publish", "--quiet").out == ""


def test_what_was_done_to_the_sound_stands_in_the_report(show, sendeturm):
    show.episode("001-wind", 'title = "Wind"')
    voice = signals.speech(3)
    signals.write_wav(show.root / "episodes/001-wind.wav", np.concatenate((voice, voice)))
    noise = np.random.default_rng(0).standard_normal((1, 3 * signals.RATE_HZ)) * 0.1
    show.episode("002-meer", 'title = "Meer"')
    signals.write_wav(show.root / "episodes/002-meer.wav", noise)
    said = sendeturm("--lang", "de", "publish").out
    assert "Wind: beide Kanäle sind gleich: als Mono veröffentlicht\n" in said
    again = next(line for line in said.splitlines() if line.startswith("Meer: "))
    assert re.fullmatch(
        r"Meer: \d-mal kodiert, .* zuerst machte der Encoder −1\d,\d LUFS und Spitzen von .* dB .*",
        again,
    )


def test_verbose_tells_the_time_of_each_stage(show, sendeturm):
    show.episode("001-wind", 'title = "Wind"')
    said = sendeturm("publish", "--verbose").out
    assert "encoding 0." in said


def test_in_a_pipe_nothing_commands_a_terminal(show, sendeturm):
    show.episode("001-wind", 'title = "Wind"')
    page = show.root / "episodes/001-wind.md"
    page.write_text('+++\ntitle = "Wi\\u001b[31mnd"\n+++\n', "utf-8")
    said = sendeturm("publish")
    assert "\x1b" not in said.out + said.err
    assert "\r" not in said.out + said.err


def test_the_show_is_found_from_a_folder_within_and_by_name(show, sendeturm, monkeypatch, tmp_path):
    show.episode("001-wind", 'title = "Wind"')
    monkeypatch.chdir(show.root / "episodes")
    assert sendeturm("publish").code == 0
    assert (show.root / "public/feed.xml").is_file()
    monkeypatch.chdir(tmp_path)
    assert sendeturm("plan").code == 1
    assert sendeturm("plan", "--folder", os.fspath(show.root)).code == 0
    assert sendeturm("--folder", "turm", "plan").code == 0


def test_a_publication_ends_where_it_can_be_heard(show, sendeturm):
    show.write_config(storage='address = "https://turm.example.org/"')
    show.episode("001-wind", 'title = "Wind"')
    said = sendeturm("publish")
    assert said.code == 0, said.err
    assert said.out.splitlines()[-2:] == [
        "Page: https://turm.example.org/wind/index.html",
        "Feed: https://turm.example.org/feed.xml",
    ]
    show.episode("002-eis", 'title = "Eis"', seed=2)
    (show.root / "episodes/003-laut.wav").write_bytes(b"no sound at all")
    show.episode("004-laut", 'title = "Laut"').with_suffix(".wav").write_bytes(b"no sound")
    said = sendeturm("publish", "--json")
    seconds = json.loads(said.out)["seconds"]["002-eis"]
    assert {"measure", "encode", "upload"} <= set(seconds)
    said = sendeturm("publish")
    assert said.code == 1
    assert said.out.endswith("1 episode was not published; mend it, then: sendeturm publish\n")
