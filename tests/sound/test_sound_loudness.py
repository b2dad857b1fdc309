"""Conformance: EBU Tech 3341 and 3342, ITU-R BS.1770-4's gates, mono as it is heard."""

from __future__ import annotations

import numpy as np
import pyloudnorm
import pytest
import scipy.signal
from hypothesis import given, settings
from hypothesis import strategies as st

from sendeturm.sound.loudness import (
    SILENT_LUFS,
    Levels,
    LoudnessMeter,
    integrated_lufs,
    k_weighting,
    lra_lu,
    momentary_lufs,
    short_term_lufs,
    steps_of,
)
from signals import RATE_HZ, Signal, faded, music, ratio, sine, speech, steps


def measured(signal: Signal, rate_hz: int = RATE_HZ, block: int = 50_001) -> Levels:
    meter = LoudnessMeter(rate_hz, len(signal))
    for start in range(0, signal.shape[1], block):
        meter.add(signal[:, start : start + block].astype(np.float32))
    return steps_of(meter.hops.read())


TECH_3341 = {
    "1": (steps((20, -23)), -23),
    "2": (steps((20, -33)), -33),
    "3": (steps((10, -36), (60, -23), (10, -36)), -23),
    "4": (steps((10, -72), (10, -36), (60, -23), (10, -36), (10, -72)), -23),
    "5": (steps((20, -26), (20.1, -20), (20, -26)), -23),
    "6": (np.concatenate([sine(dbfs, 20, channels=1) for dbfs in (-28, -28, -24, -30, -30)]), -23),
}


@pytest.mark.parametrize("case", TECH_3341)
def test_tech_3341_integrated(case):
    signal, expected_lufs = TECH_3341[case]
    assert integrated_lufs(measured(signal)) == pytest.approx(expected_lufs, abs=0.1)


def test_tech_3341_case_9_short_term():
    levels = short_term_lufs(measured(steps(*[(1.34, -20), (1.66, -30)] * 5)))
    assert levels == pytest.approx(np.full(len(levels), -23), abs=0.1)


@pytest.mark.parametrize("number", range(20))
def test_tech_3341_case_10_the_loudest_short_term_wherever_it_begins(number):
    signal = np.concatenate(
        [sine(-200, 0.15 * number), sine(-23, 3), sine(-200, 1)],
        axis=1,
    )
    assert short_term_lufs(measured(signal)).max() == pytest.approx(-23, abs=0.1)


def test_tech_3341_case_11_short_term_after_ever_louder_tones():
    """Each tone of three seconds is read at its own level, whatever came before it."""
    silence = [sine(-200, 0.15 * number) for number in range(20)]
    tones = [sine(-38 + number, 3) for number in range(20)]
    parts = [part for both in zip(silence, tones, strict=True) for part in (*both, sine(-200, 1))]
    levels = short_term_lufs(measured(np.concatenate(parts, axis=1)))
    end_s = 0.0
    for number in range(20):
        end_s += 0.15 * number + 4
        heard = levels[: round((end_s - 3) * 10) + 1]
        assert heard.max() == pytest.approx(-38 + number, abs=0.1)


def test_tech_3341_case_12_momentary():
    levels = momentary_lufs(measured(steps(*[(0.18, -20), (0.22, -30)] * 25)))[6:]
    assert levels == pytest.approx(np.full(len(levels), -23), abs=0.1)


TECH_3342 = {
    "1": ((-20, -30), 10),
    "2": ((-20, -15), 5),
    "3": ((-40, -20), 20),
    "4": ((-50, -35, -20, -35, -50), 15),
}


@pytest.mark.parametrize("case", TECH_3342)
def test_tech_3342_loudness_range(case):
    levels, expected_lu = TECH_3342[case]
    signal = steps(*[(20, dbfs) for dbfs in levels])
    assert lra_lu(measured(signal)) == pytest.approx(expected_lu, abs=1)


def test_coefficients_at_48_khz_are_the_standards():
    shelf, highpass = k_weighting(48_000)
    expected = (1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241)
    assert shelf == pytest.approx((*expected, 0.73248077421585))
    assert highpass == pytest.approx((1.0, -2.0, 1.0, -1.99004745483398, 0.99007225036621))


# ITU-R BS.1770-4, tables 1 and 2.
STANDARD = (
    (
        (1.53512485958697, -2.69169618940638, 1.19839281085285),
        (1.0, -1.69065929318241, 0.73248077421585),
    ),
    ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621)),
)


def weighting_db(hz: float) -> float:
    """The gain of the standard's own filters at 48 kHz, by SciPy."""
    both = [abs(scipy.signal.freqz(b, a, [hz], fs=48_000)[1][0]) for b, a in STANDARD]
    return 20 * float(np.log10(np.prod(both)))


@pytest.mark.parametrize("rate_hz", [44_100, 48_000])
@pytest.mark.parametrize("hz", [25, 100, 500, 1000, 2000, 10_000])
def test_tones_of_any_pitch_read_as_bs_2217_has_them(hz, rate_hz):
    """ITU-R BS.2217: tones whose level makes up for the weighting read −24."""
    level_dbfs = -24 + 0.691 - weighting_db(hz)
    signal = faded(sine(level_dbfs, 8, hz, rate_hz=rate_hz), 20, rate_hz)
    assert integrated_lufs(measured(signal, rate_hz)) == pytest.approx(-24, abs=0.1)


def test_absolute_gate_lies_at_minus_70_exactly():
    heard, unheard = (sine(lufs + 0.691 - weighting_db(1000), 10) for lufs in (-69.5, -70.5))
    both = np.concatenate((heard, unheard), axis=1)
    assert integrated_lufs(measured(both)) == pytest.approx(-69.5, abs=0.1)


@pytest.mark.parametrize("rate_hz", [44_100, 48_000])
def test_full_scale_sine_of_997_hz_on_one_side_reads_minus_3_01(rate_hz):
    left = sine(0, 5, 997, channels=1, rate_hz=rate_hz)
    signal = np.concatenate((left, np.zeros_like(left)))
    assert integrated_lufs(measured(signal, rate_hz)) == pytest.approx(-3.01, abs=0.02)


def test_absolute_gate_forgets_what_is_below_minus_70():
    with_hum = steps((10, -23), (10, -75))
    assert integrated_lufs(measured(with_hum)) == pytest.approx(-23, abs=0.1)


def test_relative_gate_forgets_what_is_10_lu_below_the_rest():
    assert integrated_lufs(measured(steps((10, -20), (10, -34)))) == pytest.approx(-20, abs=0.1)
    # 9 LU below the mean of all still counts.
    assert integrated_lufs(measured(steps((10, -20), (10, -26)))) == pytest.approx(-22.04, abs=0.1)


def test_mono_counts_as_two_equal_channels():
    mono = speech(5)
    stereo = np.tile(mono, (2, 1))
    assert integrated_lufs(measured(mono)) == pytest.approx(
        integrated_lufs(measured(stereo)), abs=1e-4
    )


@pytest.mark.parametrize("signal", [music(8), np.tile(speech(8), (2, 1)) * ratio(-20)])
def test_agrees_with_pyloudnorm(signal):
    peer = pyloudnorm.Meter(RATE_HZ).integrated_loudness(signal.T)
    assert integrated_lufs(measured(signal)) == pytest.approx(peer, abs=0.06)


def test_silence_reads_minus_70_and_no_range():
    quiet = measured(np.zeros((2, RATE_HZ * 4)))
    assert integrated_lufs(quiet) == SILENT_LUFS
    assert lra_lu(quiet) == 0


def test_nothing_reads_as_silence():
    assert integrated_lufs(measured(np.zeros((1, 0)))) == SILENT_LUFS


@settings(max_examples=15, deadline=None)
@given(st.integers(1, 60_000))
def test_blocks_of_any_length_measure_the_same(block):
    signal = music(1.3)
    block = max(block, 200)
    assert measured(signal, block=block) == pytest.approx(measured(signal, block=10**9), rel=1e-5)
