"""Levelling: voices come together, pauses stay quiet, music and single voices stay as they are."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations import Conversation, dialogue, lufs_of, one_person, room
from meters import decoded
from sendeturm.sound.activity import activity
from sendeturm.sound.forecast import plan_gain
from sendeturm.sound.levelling import Curve, levelled, plan_levelling
from sendeturm.sound.loudness import integrated_lufs, steps_of
from sendeturm.sound.profile import Profile, Profiler
from sendeturm.sound.turns import turns_of
from sendeturm.sound.voices import voices_of
from signals import RATE_HZ, Signal, music, ratio, speech, two_speakers

TURN = 6 * RATE_HZ
EPISODE = Path(__file__).parents[2] / "episodes" / "002-grüße-aus-übersee.flac"


def profile(signal: Signal) -> Profile:
    profiler = Profiler(RATE_HZ, len(signal))
    for start in range(0, signal.shape[1], RATE_HZ):
        profiler.add(signal[:, start : start + RATE_HZ].astype(np.float32))
    return profiler.profile


def apply(signal: Signal, curve: Curve | None, cuts: tuple[int, ...] = ()) -> Signal:
    edges = [0, *sorted(cuts), signal.shape[1]]
    blocks = [signal[:, a:b].astype(np.float32) for a, b in pairwise(edges)]
    return np.concatenate(list(levelled(blocks, curve, RATE_HZ)), axis=1)


def by_turns_of_six(signal: Signal) -> Conversation:
    starts = range(0, signal.shape[1], TURN)
    whole = [slice(start, start + TURN) for start in starts]
    return Conversation(signal, (tuple(whole[::2]), tuple(whole[1::2])), ())


@pytest.mark.slow
@pytest.mark.parametrize("strength", ["gentle", "strong"])
def test_two_speakers_12_db_apart_come_within_one_and_a_half_lu(strength):
    talk = by_turns_of_six(room(two_speakers(48), -62))
    curve = plan_levelling(profile(talk.signal), strength)
    assert talk.difference_lu(talk.signal) > 11
    assert talk.difference_lu(apply(talk.signal, curve)) <= 1.5


@pytest.mark.slow
@pytest.mark.parametrize(
    ("turns_s", "levels_db", "before_lu", "after_lu"),
    [
        ([3.0, 9.0, 2.0, 4.0, 11.0, 6.0], (0, -12), 10, 1.5),
        ([8.0, 2.5, 9.0, 2.5, 8.0, 2.5], (0, -12), 10, 2.0),
        ([1.5] * 24, (0, -12), 10, 3.0),
        ([5.0, 6.0, 5.0, 6.0, 5.0, 6.0], (0, -12, -6), 8, 4.0),
    ],
    ids=["turns of any length", "one says little", "fast turns", "three levels"],
)
def test_voices_come_together_and_pauses_stay_quiet(turns_s, levels_db, before_lu, after_lu):
    talk = dialogue(turns_s, levels_db)
    out = apply(talk.signal, plan_levelling(profile(talk.signal), "gentle"))
    assert talk.difference_lu(talk.signal) > before_lu
    assert talk.difference_lu(out) <= after_lu
    assert talk.noise_lu(out) - talk.noise_lu(talk.signal) <= 4


@pytest.mark.parametrize(
    "signal",
    [
        speech(30),
        room(speech(30, seed=3), -55),
        music(20),
        music(30) * np.interp(np.arange(30 * RATE_HZ), [10 * RATE_HZ, 11 * RATE_HZ], [0.1, 1]),
        np.random.default_rng(1).standard_normal((1, 10 * RATE_HZ)) * 0.01,
        np.zeros((2, 5 * RATE_HZ)),
        np.zeros((1, 100)),
    ],
    ids=["speech", "noisy speech", "music", "soft and loud music", "noise", "silence", "nothing"],
)
@pytest.mark.parametrize("strength", ["off", "gentle"])
def test_one_voice_and_music_stay_as_they_are(signal, strength):
    assert plan_levelling(profile(signal), strength) is None


SPOKEN, WHISPERED, SHOUTED = "spoken", "whispered", "shouted"


@pytest.mark.slow
@pytest.mark.parametrize("pitch_hz", [90, 150, 220, 300])
def test_voices_of_any_pitch_stay_as_they_are(pitch_hz):
    voice = room(np.tile(speech(30, seed=pitch_hz, pitch_hz=pitch_hz), (2, 1)), -62)
    assert plan_levelling(profile(voice), "gentle") is None
    on_a_bed = voice + music(30) * ratio(-22)
    assert plan_levelling(profile(on_a_bed), "gentle") is None


@pytest.mark.slow
def test_one_person_who_speaks_livelier_now_and_then_is_hardly_touched():
    parts = [(SPOKEN, 8, 0), (SPOKEN, 9, -2), (SPOKEN, 7, 1), (SPOKEN, 8, -1)]
    curve = plan_levelling(profile(one_person(parts).signal), "gentle")
    if curve is not None:
        assert np.abs(20 * np.log10(curve.gains)).max() < 2.5


@pytest.mark.slow
def test_who_whispers_and_shouts_comes_nearer_and_whispers_and_shouts_still():
    parts = [(SPOKEN, 8, -6), (WHISPERED, 5, -16), (SPOKEN, 7, -6), (SHOUTED, 3, 4)]
    person = one_person([*parts, (SPOKEN, 8, -6), (WHISPERED, 4, -16), (SHOUTED, 2, 4)])
    out = apply(person.signal, plan_levelling(profile(person.signal), "gentle"))
    assert person.difference_lu(person.signal) > 20
    spoken, whispered, shouted = (lufs_of(out, slices) for slices in person.spoken)
    assert whispered < spoken < shouted
    assert person.noise_lu(out) - person.noise_lu(person.signal) <= 4


@pytest.mark.slow
def test_laughter_stays_laughter():
    parts = [(SPOKEN, 8, -8), ("laughing", 2, 0), (SPOKEN, 9, -8), ("laughing", 1.5, 0)]
    person = one_person([*parts, (SPOKEN, 8, -8)])
    out = apply(person.signal, plan_levelling(profile(person.signal), "gentle"))
    before = person.difference_lu(person.signal)
    assert before > 8
    assert person.difference_lu(out) == pytest.approx(before, abs=2)


@pytest.mark.slow
def test_voices_that_overlap_come_together_and_noise_stays():
    talk = dialogue([6.0, 7, 5, 8, 6, 6], (0, -12), overlap_s=0.8, pause_s=2)
    out = apply(talk.signal, plan_levelling(profile(talk.signal), "gentle"))
    assert talk.difference_lu(out) <= 1.5
    assert talk.noise_lu(out) - talk.noise_lu(talk.signal) <= 4


@pytest.mark.slow
def test_music_before_speech_keeps_its_dynamics():
    both = music(40)
    both[:, 20 * RATE_HZ :] = speech(20, seed=2) * 0.5
    curve = plan_levelling(profile(room(both, -62)), "gentle")
    assert curve is not None
    within = curve.of_samples(RATE_HZ, 18 * RATE_HZ, RATE_HZ)
    assert np.ptp(20 * np.log10(within)) < 0.5


def test_off_is_off():
    assert plan_levelling(profile(two_speakers(24)), "off") is None


@pytest.mark.slow
def test_the_gain_changes_in_the_pause_and_is_steady_while_somebody_speaks():
    talk = dialogue([5.0] * 6, (0, -12))
    signal = talk.signal
    curve = plan_levelling(profile(signal), "gentle")
    assert curve is not None
    gains_db = 20 * np.log10(curve.of_samples(0, signal.shape[1], RATE_HZ))
    for part in (part for slices in talk.spoken for part in slices):
        edge = RATE_HZ // 20
        heard = np.abs(signal[:, part]).max(axis=0) > 0.01
        first, last = np.flatnonzero(heard)[[0, -1]] + part.start
        within = gains_db[first + edge : last - edge]
        speaking = np.abs(signal[:, first + edge : last - edge]).max(axis=0) > 0.01
        assert np.ptp(within[speaking]) < 1.0


@pytest.mark.slow
@pytest.mark.parametrize(("strength", "most_db"), [("gentle", 12.0), ("strong", 17.0)])
def test_gains_are_bounded(strength, most_db):
    curve = plan_levelling(profile(two_speakers(48, apart_db=18)), strength)
    assert curve is not None
    gains_db = 20 * np.log10(curve.gains)
    assert np.ptp(gains_db) <= most_db + 1.5


def test_a_long_pause_is_not_raised_with_the_quiet_voice():
    talk = dialogue([5.0] * 6, (0, -12), pause_s=3)
    curve = plan_levelling(profile(talk.signal), "gentle")
    assert curve is not None
    for pause in talk.pauses[:-1]:
        middle = (pause.start + pause.stop) // 2
        assert curve.of_samples(middle, 1, RATE_HZ)[0] <= ratio(3)


@pytest.mark.slow
def test_the_loudness_of_the_whole_stays_and_the_gain_is_foretold():
    signal = two_speakers(48)
    before = profile(signal)
    curve = plan_levelling(before, "gentle")
    out = profile(apply(signal, curve))
    before_lufs, after_lufs = (integrated_lufs(steps_of(p.squares)) for p in (before, out))
    assert after_lufs == pytest.approx(before_lufs, abs=0.3)
    with_curve = plan_gain(before, -16, -2, curve)
    done = plan_gain(out, -16, -2)
    assert with_curve.gain_db == pytest.approx(done.gain_db, abs=0.1)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, RATE_HZ * 2), max_size=12), st.integers(2, 45))
def test_the_samples_do_not_depend_on_the_blocks(cuts, knots):
    rng = np.random.default_rng(knots)
    curve = Curve(rng.uniform(0.3, 3, knots).astype(np.float32))
    signal = rng.standard_normal((2, RATE_HZ * 2))
    whole = apply(signal, curve)
    assert whole.shape == signal.shape
    assert whole.dtype == np.float32
    assert np.array_equal(apply(signal, curve, tuple(cuts)), whole)


def test_a_curve_is_straight_between_its_points():
    curve = Curve(np.array([1, 2, 0.5], dtype=np.float32))
    gains = curve.of_samples(0, 6000, RATE_HZ)
    expected = np.interp(np.arange(6000) / 2400, [0, 1, 2], [1, 2, 0.5])
    assert np.abs(gains - expected).max() < 1e-6
    middles = curve.of_hops(0, 12)
    assert np.abs(middles - np.interp((np.arange(12) + 0.5) / 5, [0, 1, 2], [1, 2, 0.5])).max() < (
        1e-6
    )


@pytest.mark.slow
def test_turns_and_voices_are_told_apart():
    talk = dialogue([5.0] * 6, (0, -12))
    signal = talk.signal
    seen = profile(signal)
    turns = turns_of(seen)
    assert len(turns.starts) == 6
    starts = sorted(part.start for slices in talk.spoken for part in slices)
    assert np.abs(turns.starts / 20 - np.array(starts) / RATE_HZ).max() < 1
    voices = voices_of(seen)
    assert voices is not None
    assert voices.difference_lu == pytest.approx(talk.difference_lu(signal), abs=0.5)
    after = voices_of(profile(apply(signal, plan_levelling(seen, "gentle"))), turns)
    assert after is not None
    assert after.difference_lu < 1.5


def test_one_voice_has_no_difference_and_music_no_voice():
    one = voices_of(profile(room(speech(30), -60)))
    assert one is not None
    assert one.difference_lu == 0
    assert one.floor_lufs == pytest.approx(-55, abs=3)
    assert voices_of(profile(music(10))) is None
    assert voices_of(profile(np.zeros((1, RATE_HZ)))) is None


def test_activity_knows_speech_from_pauses():
    talk = dialogue([5.0] * 4, (0, -12), pause_s=1)
    heard = activity(profile(talk.signal))
    for pause in talk.pauses:
        first, last = pause.start * 20 // RATE_HZ + 2, pause.stop * 20 // RATE_HZ - 2
        assert not heard.is_active[first:last].any()
    for part in (part for slices in talk.spoken for part in slices):
        first, last = part.start * 20 // RATE_HZ, part.stop * 20 // RATE_HZ
        assert heard.is_active[first:last].mean() > 0.3


def test_two_real_enough_voices_of_the_sample_show_come_together():
    seen = profile(decoded(EPISODE, RATE_HZ, 1))
    turns = turns_of(seen)
    before, curve = voices_of(seen, turns), plan_levelling(seen, "gentle")
    after = voices_of(profile(apply(decoded(EPISODE, RATE_HZ, 1), curve)), turns)
    assert before is not None
    assert after is not None
    assert before.difference_lu > 8
    assert after.difference_lu < 1.5
