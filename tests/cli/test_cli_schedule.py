"""Drafts, dates, cron, a pause and the end of a show, as their person meets them."""

from __future__ import annotations

import pytest

LATER = 'title = "Schnee"\npublished_at = 2026-12-24T18:00:00+01:00'


def feed(show):
    return (show.root / "public/feed.xml").read_text("utf-8")


def test_who_schedules_without_cron_is_told(show, sendeturm):
    show.episode("002-schnee", LATER)
    said = sendeturm("publish")
    assert said.code == 0
    assert "sendeturm feed has never run" in said.err
    assert "Schnee" not in feed(show)


def test_who_has_cron_is_left_in_peace_until_it_stops(show, sendeturm, monkeypatch):
    show.episode("001-wind", 'title = "Wind"\npublished_at = 2026-11-01T06:00:00+01:00')
    assert sendeturm("publish").code == 0
    assert sendeturm("feed").code == 0
    show.episode("002-schnee", LATER, seed=2)
    assert "sendeturm feed" not in sendeturm("publish").err
    monkeypatch.setenv("SENDETURM_NOW", "2026-12-01T12:00:00+00:00")
    show.episode("003-eis", LATER.replace("Schnee", "Eis"), seed=3)
    assert "last ran" in sendeturm("publish").err


@pytest.mark.parametrize(
    "moments",
    [
        # Berlin puts the clocks back on 25 October 2026: 02:30 comes twice, the first time counts.
        ("2026-10-25T02:30:00", "2026-10-25T00:29:59+00:00", "2026-10-25T00:30:00+00:00"),
        # And forward on 28 March 2027; a time of the day after is summer time.
        ("2027-03-28T06:00:00", "2027-03-28T03:59:59+00:00", "2027-03-28T04:00:00+00:00"),
    ],
)
def test_never_before_its_time_and_after_it_at_the_next_run(show, sendeturm, monkeypatch, moments):
    written, before, due = moments
    monkeypatch.setenv("SENDETURM_NOW", "2026-10-01T12:00:00+00:00")
    show.episode("001-wind", 'title = "Wind"\npublished_at = 2026-09-01T06:00:00+02:00')
    show.episode("002-uhr", f'title = "Uhr"\npublished_at = {written}', seed=2)
    assert sendeturm("publish").code == 0
    monkeypatch.setenv("SENDETURM_NOW", before)
    assert "goes on the air on" in sendeturm("feed").out
    assert "Uhr" not in feed(show)
    monkeypatch.setenv("SENDETURM_NOW", due)
    assert "2 episodes are on the air" in sendeturm("feed").out
    assert "Uhr" in feed(show)


def test_a_time_the_clocks_skip_is_refused_with_the_one_that_is_meant(show, sendeturm):
    show.episode("001-uhr", 'title = "Uhr"\npublished_at = 2027-03-28T02:30:00')
    said = sendeturm("publish")
    assert said.code == 1
    assert "write 2027-03-28T03:30" in said.err


def test_a_draft_stays_at_home(show, sendeturm):
    show.episode("001-wind", 'title = "Wind"')
    show.episode("002-schnee", 'title = "Schnee"\ndraft = true', seed=2)
    assert sendeturm("publish").code == 0
    assert "Schnee" not in feed(show)


def test_a_pause_is_told_and_ends_by_itself(show, sendeturm, monkeypatch):
    show.write_config(show="pause = { until = 2027-03-01 }")
    show.episode("001-wind", 'title = "Wind"')
    assert sendeturm("publish").code == 0
    assert 'dtstart="2027-03-01"' in feed(show)
    monkeypatch.setenv("SENDETURM_NOW", "2027-03-01T12:00:00+00:00")
    assert sendeturm("feed").code == 0
    assert "updateFrequency" not in feed(show)


def test_a_closed_show_keeps_its_episodes_and_warns_of_new_ones(show, sendeturm):
    show.episode("001-wind", 'title = "Wind"')
    assert sendeturm("publish").code == 0
    show.write_config(show="closed = true")
    assert sendeturm("publish").code == 0
    assert "<itunes:complete>Yes</itunes:complete>" in feed(show)
    assert "Wind" in feed(show)
    show.episode("002-schnee", 'title = "Schnee"', seed=2)
    assert "look for new episodes no more" in sendeturm("publish").err
