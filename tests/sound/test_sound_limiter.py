"""True peaks after EBU Tech 3341, and a limiter that holds them wherever a signal is cut."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sendeturm.sound.limiter import Limiter
from sendeturm.sound.peaks import AFTER, BEFORE, FILTERS, PeakMeter, curve_above
from signals import RATE_HZ, Signal, faded, music, ratio, sine

CEILING = 0.4


def read(signal: Signal, block: int = 7777) -> PeakMeter:
    meter = PeakMeter(len(signal))
    for start in range(0, signal.shape[1], block):
        meter.add(signal[:, start : start + block].astype(np.float32))
    meter.finish()
    return meter


def true_peak_dbtp(signal: Signal) -> float:
    return 20 * np.log10(read(signal).true_peak)


def oversampled_peak(signal: Signal) -> float:
    """The peak of 16 points per sample, by a Fourier transform: exact for a periodic signal."""
    spectrum = np.fft.rfft(signal, axis=1)
    length = signal.shape[1] * 16
    return float(np.abs(np.fft.irfft(spectrum, length, axis=1)).max() * 16)


def loud_noise(samples: int, seed: int = 0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    swell = np.abs(np.sin(np.arange(samples) / 5000))
    return (rng.standard_normal((2, samples)) * 0.3 * swell).astype(np.float32)


def below_16_khz(signal: Signal) -> Signal:
    """As MP3 leaves it: fourfold oversampling is honest there, up to 0.4 dB."""
    spectrum = np.fft.rfft(signal, axis=1)
    spectrum[:, spectrum.shape[1] * 2 // 3 :] = 0
    return np.fft.irfft(spectrum, signal.shape[1], axis=1)


def limited(signal: np.ndarray, cuts: list[int] | None = None) -> np.ndarray:
    limiter = Limiter(CEILING, len(signal))
    edges = [0, *sorted(cuts or []), signal.shape[1]]
    blocks = [limiter.add(signal[:, a:b]) for a, b in pairwise(edges)]
    return np.concatenate([*blocks, limiter.finish()], axis=1)


TECH_3341 = {
    "15": (4, 0, 0.5, -6),
    "16": (4, 45, 0.5, -6),
    "17": (6, 60, 0.5, -6),
    "18": (8, 67.5, 0.5, -6),
    "19": (4, 45, 1.41, 3),
}


@pytest.mark.parametrize("offset", range(4))
def test_tech_3341_cases_20_to_23_a_pulse_between_the_samples(offset):
    """A wave of a sixth of the rate with one louder cycle, made four times as fine."""
    cycle = np.sin(2 * np.pi * np.arange(16) / 16)
    wave = 0.5 * np.sin(2 * np.pi * np.arange(24 * 2000) / 24)
    fine = np.concatenate((wave, cycle, wave))
    spectrum = np.fft.rfft(fine)
    spectrum[len(spectrum) * 20_000 // 96_000 :] = 0
    band_limited = np.fft.irfft(spectrum, len(fine))
    signal = faded(np.tile(band_limited[offset::4], (2, 1)))
    expected_dbtp = 20 * np.log10(np.abs(band_limited).max())
    assert expected_dbtp == pytest.approx(0, abs=1)
    assert -0.4 <= true_peak_dbtp(signal) - expected_dbtp <= 0.2


@pytest.mark.parametrize("case", TECH_3341)
def test_tech_3341_true_peak(case):
    part, phase_deg, amplitude, expected_dbtp = TECH_3341[case]
    level_dbfs = 20 * np.log10(amplitude)
    signal = faded(sine(level_dbfs, 1, RATE_HZ / part, phase_deg=phase_deg))
    assert expected_dbtp - 0.4 <= true_peak_dbtp(signal) <= expected_dbtp + 0.2


def test_true_peak_of_a_click_at_the_very_end_is_seen():
    signal = np.zeros((1, 5000))
    signal[0, -2:] = 0.5
    assert read(signal).true_peak > 0.55


def test_nothing_above_the_level_is_overlooked():
    signal = np.concatenate((music(2)[0], loud_noise(RATE_HZ)[0])).astype(np.float32)
    padded = np.pad(signal, (BEFORE, AFTER))
    views = np.lib.stride_tricks.sliding_window_view(padded, len(FILTERS[0]))
    curve = np.maximum(np.abs(views @ FILTERS.T).max(axis=1), np.abs(signal))
    places, found = curve_above(padded, 0.3)
    assert set(np.flatnonzero(curve > 0.3)) <= set(places)
    assert np.allclose(found, curve[places], atol=1e-6)
    assert 0.1 < len(places) / len(signal) < 0.9


def test_meter_starts_at_silence():
    assert read(np.zeros((2, 100))).true_peak == 0
    assert read(np.zeros((2, 0))).true_peak == 0


@pytest.mark.parametrize("seed", range(3))
def test_holds_true_peaks_at_the_ceiling(seed):
    out = limited(loud_noise(3 * RATE_HZ, seed))
    assert read(out).true_peak <= CEILING * 1.0005


@pytest.mark.parametrize("seed", range(3))
def test_the_curve_itself_stays_under_the_ceiling_by_the_meters_tolerance(seed):
    signal = faded(below_16_khz(loud_noise(RATE_HZ, seed).astype(float))).astype(np.float32)
    assert oversampled_peak(signal) > CEILING * 2
    assert oversampled_peak(limited(signal)) <= CEILING * ratio(0.4)


def test_quiet_signals_pass_bit_for_bit():
    quiet = loud_noise(RATE_HZ) * np.float32(0.2)
    assert np.array_equal(limited(quiet), quiet)


def test_gain_comes_back_after_a_click_and_both_channels_move_together():
    signal = np.full((2, RATE_HZ), 0.1, dtype=np.float32)
    signal[0, 20_000] = 1.0
    gain = limited(signal) / signal
    assert np.allclose(gain[0], gain[1], rtol=1e-6)
    assert gain[0, 20_000] == pytest.approx(CEILING, rel=0.2)
    assert np.all(gain[:, :19_000] == 1)
    assert np.all(gain[:, 30_000:] == 1)
    assert np.abs(np.diff(gain[0])).max() < 0.01  # a glide, no click


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 40_000), max_size=12), st.integers(0, 3))
def test_any_split_into_blocks_gives_the_same_samples(cuts, seed):
    signal = loud_noise(40_000, seed)
    assert np.array_equal(limited(signal, cuts), limited(signal))


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 600), st.floats(0.01, 40))
def test_short_and_loud_signals_keep_length_and_ceiling(samples, level):
    signal = (np.random.default_rng(samples).standard_normal((1, samples)) * level).astype(
        np.float32
    )
    out = limited(signal)
    assert out.shape == signal.shape
    assert np.abs(out).max(initial=0) <= CEILING * 1.0001
