"""Soundbites move along with the sound."""

from __future__ import annotations

from sendeturm.model import Cut
from sendeturm.model.vocabulary import Soundbite
from sendeturm.publish.soundbites import recorded_soundbites, soundbites_at

# Two seconds of intro, then a recording whose seconds 10 to 20 were cut out.
TIMELINE = (
    Cut(start_ms=0, end_ms=10_000, at_ms=2_000),
    Cut(start_ms=20_000, end_ms=60_000, at_ms=12_000),
)


def moved(start_s, duration_s):
    bites = soundbites_at([Soundbite(start_s=start_s, duration_s=duration_s)], TIMELINE)
    return [(bite.start_s, bite.duration_s) for bite in bites]


def test_an_intro_moves_them():
    assert moved(3, 5) == [(5, 5)]


def test_a_cut_within_shortens_them():
    assert moved(8, 15) == [(10, 5)]


def test_what_was_cut_out_is_gone():
    assert moved(12, 5) == []


def test_without_edits_they_stay():
    bites = (Soundbite(start_s=3, duration_s=5),)
    assert soundbites_at(bites, ()) == bites


def test_published_ones_go_back_to_the_recording_and_come_again():
    bites = [Soundbite(start_s=3, duration_s=5), Soundbite(start_s=8, duration_s=15)]
    published = soundbites_at(bites, TIMELINE)
    recorded = recorded_soundbites(published, TIMELINE)
    assert recorded[0] == bites[0]
    assert soundbites_at(recorded, TIMELINE) == published
