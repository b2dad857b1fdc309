"""A finished file that fits is offered to go out as it is, and never taken silently."""

from __future__ import annotations

import json

import pytest

from containers import packet_hashes
from finished import finished
from sendeturm.events import silence
from sendeturm.publish import build_preview, compare_preview, plan_preview, preview_root
from sendeturm.sources import read_config
from sendeturm.store import FolderStore
from signals import aged

FRONT = 'title = "Fertig"\npublished_at = 2026-11-01T06:00:00+01:00\n{sound}'


def given(show, *, suffix=".mp3", lufs=-15.7, sound=""):
    page = show.write_episode("001-fertig", FRONT.format(sound=sound))
    page.with_suffix(".wav").unlink()
    aged(finished(page.with_suffix(suffix), lufs=lufs))
    return page


@pytest.mark.parametrize("suffix", [".mp3", ".m4a", ".opus"])
def test_a_plan_offers_what_fits_with_its_loudness_and_the_line(show, sendeturm, suffix):
    given(show, suffix=suffix)
    plan = sendeturm("plan")
    assert "this finished file sounds right already: −1" in plan.err + plan.out
    assert 'sound = "as is"' in plan.err + plan.out
    assert not (show.root / "public").exists()


def test_programs_read_the_offer_and_it_is_measured_once(show, sendeturm):
    given(show)
    [offer] = json.loads(sendeturm("plan", "--json").out)["offers"]
    assert offer["code"] == "publish.fits-already"
    assert offer["params"]["lufs"] == pytest.approx(-16.0, abs=0.5)
    [kept] = (show.root / ".sendeturm/finished").iterdir()
    kept.write_text(kept.read_text().replace('integrated_lufs":-1', 'integrated_lufs":-3'))
    assert json.loads(sendeturm("plan", "--json").out)["offers"] == []


def test_what_does_not_fit_is_not_offered(show, sendeturm):
    given(show, lufs=-19.0)
    assert json.loads(sendeturm("plan", "--json").out)["offers"] == []


def test_what_goes_out_as_it_is_needs_no_offer(show, sendeturm):
    given(show, sound='sound = "as is"')
    assert json.loads(sendeturm("plan", "--json").out)["offers"] == []


def test_a_publication_says_afterwards_what_it_could_have_done(show, sendeturm):
    given(show)
    report = sendeturm("publish", "--yes")
    assert "was finished already, at −1" in report.out + report.err


def test_a_show_with_an_intro_is_offered_nothing(show, sendeturm):
    given(show)
    show.write_config(sound='intro = "intro.wav"')
    show.record("x").rename(show.root / "intro.wav")
    assert json.loads(sendeturm("plan", "--json").out)["offers"] == []


@pytest.mark.parametrize("suffix", [".mp3", ".m4a", ".opus"])
def test_the_preview_plays_a_finished_file_as_it_will_go_out(show, suffix):
    given(show, suffix=suffix, sound='sound = "as is"')
    recorded = show.root / f"episodes/001-fertig{suffix}"
    store = FolderStore(preview_root(show.root), "preview/")
    planned = plan_preview(show.root, read_config(show.root), store)
    outcome = build_preview(planned, store, silence)
    compare_preview(planned, planned.heard(outcome), store, silence, "de")
    assert not outcome.problems
    [media] = (preview_root(show.root) / "media").iterdir()
    assert packet_hashes(media) == packet_hashes(recorded)
    page = store.get("_preview/fertig.html").body.decode()
    assert "unverändert veröffentlicht" in page
    assert "Stücken" not in page


def test_other_forms_are_told_with_their_loudness_and_size(show, sendeturm):
    show.write_config(sound='alternates = ["opus", "m4a"]')
    show.episode("001-wind", 'title = "Wind"')
    report = sendeturm("--lang", "de", "publish", "--yes")
    assert "Wind, auch als Opus " in report.out
    assert " · M4A " in report.out
    assert report.out.count("LUFS, Spitzen von −") == 2
