"""The stages between recording and file: working ahead, excerpts, pydub's carrier, forecast."""

from __future__ import annotations

import tempfile
import threading
from contextlib import closing

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sendeturm.errors import SendeturmError
from sendeturm.sound.forecast import MOST_GAIN_DB, forecast_lufs, plan_gain
from sendeturm.sound.limiter import Limiter
from sendeturm.sound.loudness import LoudnessMeter, integrated_lufs, steps_of
from sendeturm.sound.prefetch import ahead
from sendeturm.sound.profile import Profile, Profiler
from sendeturm.sound.segments import amplified
from sendeturm.sound.spool import Spool
from sendeturm.sound.survey import Excerpts
from signals import RATE_HZ, music, ratio, sine, speech


def blocks(signal: np.ndarray, length: int = RATE_HZ) -> list[np.ndarray]:
    whole = signal.astype(np.float32)
    return [whole[:, start : start + length] for start in range(0, whole.shape[1], length)]


def profile(signal: np.ndarray) -> Profile:
    profiler = Profiler(RATE_HZ, len(signal))
    for block in blocks(signal, 33_333):
        profiler.add(block)
    return profiler.profile


@given(st.lists(st.lists(st.floats(0, 1, width=32), max_size=9), max_size=9))
def test_a_spool_gives_back_what_it_took(rows):
    spool = Spool(np.float32)
    for row in rows:
        spool.add(np.array(row))
        spool.read()  # asking in between does no harm
    assert spool.read().tolist() == [value for row in rows for value in row]


def test_a_spool_without_room_says_so(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    with pytest.raises(SendeturmError, match=r"sound\.no-room"):
        Spool(np.float32)


def test_a_stream_worked_on_ahead_is_the_same_stream():
    assert list(ahead(iter(range(1000)), depth=2)) == list(range(1000))
    assert list(ahead([])) == []


def test_an_error_ahead_is_raised_where_the_stream_is_read():
    def broken():
        yield 1
        raise ZeroDivisionError

    with closing(ahead(broken())) as stream:
        assert next(stream) == 1
        with pytest.raises(ZeroDivisionError):
            next(stream)


def test_only_a_few_items_wait_and_the_thread_ends_with_the_reader():
    made = []

    def endless():
        while True:
            made.append(None)
            yield len(made)

    before = threading.active_count()
    with closing(ahead(endless(), depth=3)) as stream:
        assert [next(stream) for _ in range(5)] == [1, 2, 3, 4, 5]
    assert threading.active_count() == before
    assert len(made) <= 5 + 3 + 2


@given(st.integers(0, 400))
def test_excerpts_are_few_in_order_and_from_everywhere(length):
    excerpts = Excerpts()
    for number in range(length):
        excerpts.add(np.full((1, 1), number, dtype=np.float32))
    kept = [int(block[0, 0]) for block in excerpts.blocks]
    assert kept == sorted(set(kept))
    assert len(kept) <= 16
    assert len(kept) >= min(length, 8)
    assert kept[:2] == list(range(min(length, 2)))
    gaps = np.diff([*kept, length])
    assert gaps.max(initial=0) <= max(2, length / 2)


@pytest.mark.parametrize("gain_db", [-40, -3, 0, 17.9, 40])
def test_pydub_carries_the_signal_through_any_gain(gain_db):
    signal = sine(-45, 1, 440) if gain_db > 20 else sine(-6, 1, 440)
    out = np.concatenate(list(amplified(blocks(signal), RATE_HZ, gain_db, 0.5)), axis=1)
    assert np.abs(out - signal * ratio(gain_db)).max() < 1e-6 * max(1, ratio(gain_db))


@given(st.floats(-60, 60), st.floats(-100, 40))
@settings(deadline=None, max_examples=50)
def test_no_gain_cuts_off_anything(gain_db, level_db):
    signal = sine(level_db, 0.02, 440)
    signal[0, 100:110] = ratio(level_db + 12)
    peak = float(np.abs(signal).max())
    out = np.concatenate(list(amplified(blocks(signal), RATE_HZ, gain_db, peak)), axis=1)
    expected = signal * ratio(gain_db)
    # A float has 24 bits; integers end as far below full scale as the headroom asks for.
    headroom_db = max(18.0, gain_db + min(0.0, level_db + 12))
    step = 2.0**-31 * ratio(headroom_db) * max(1, peak) * max(1, ratio(gain_db))
    assert np.abs(out - expected).max() <= 1e-6 * np.abs(expected).max() + 2 * step


def test_a_float_signal_far_above_full_scale_is_not_clipped():
    signal = sine(40, 1, 440)
    out = np.concatenate(list(amplified(blocks(signal), RATE_HZ, -50, 100.0)), axis=1)
    assert np.abs(out - signal * ratio(-50)).max() < 1e-5


@pytest.mark.parametrize("signal", [speech(8), music(8)], ids=["speech", "music"])
@pytest.mark.parametrize("target_lufs", [-23, -16, -13])
def test_the_forecast_foretells_what_the_limiter_leaves(signal, target_lufs):
    plan = plan_gain(profile(signal), target_lufs, -2.3)
    limiter, meter = Limiter(ratio(-2.3), len(signal)), LoudnessMeter(RATE_HZ, len(signal))
    for block in blocks(signal * ratio(plan.gain_db)):
        meter.add(limiter.add(block))
    meter.add(limiter.finish())
    assert plan.expected_lufs == pytest.approx(target_lufs, abs=0.01)
    assert integrated_lufs(steps_of(meter.hops.read())) == pytest.approx(target_lufs, abs=0.1)


def test_without_limiting_the_forecast_is_exact():
    quiet = profile(speech(4) * ratio(-30))
    before_lufs = integrated_lufs(steps_of(quiet.squares))
    assert forecast_lufs(quiet, 6.0, -1.0) == pytest.approx(before_lufs + 6, abs=1e-3)


def test_a_target_out_of_reach_stops_at_the_most_gain():
    clicks = np.zeros((1, 2 * RATE_HZ))
    clicks[0, ::24_000] = 0.9
    plan = plan_gain(profile(clicks), -9, -2)
    assert plan.gain_db == MOST_GAIN_DB
    assert plan.expected_lufs < -9


def test_waveform_follows_the_signal():
    shape = np.concatenate(
        (np.full((1, 2 * RATE_HZ), 0.25), np.full((1, 2 * RATE_HZ), 1.5)), axis=1
    )
    waveform = profile(shape).waveform
    assert len(waveform) == 400
    assert set(waveform[:195]) == {64}
    assert set(waveform[205:]) == {255}
    assert profile(np.zeros((1, 100))).waveform == ()
