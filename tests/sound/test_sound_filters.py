"""Rumble and noise are taken away; what is left is neither moved nor shortened."""

from __future__ import annotations

import numpy as np
import pytest

from sendeturm.sound.filters import filtered
from signals import RATE_HZ, Signal, music, ratio, sine, speech


def run(
    signal: Signal,
    highpass_hz: int | None = None,
    *,
    denoise: bool = False,
    rate_hz: int = RATE_HZ,
    block: int = 31_007,
) -> Signal:
    whole = signal.astype(np.float32)
    blocks = [whole[:, start : start + block] for start in range(0, whole.shape[1], block)]
    out = filtered(blocks, rate_hz, len(signal), highpass_hz, denoise=denoise)
    return np.concatenate(list(out), axis=1)


def level_db(signal: Signal) -> float:
    return float(10 * np.log10(np.mean(signal**2)))


def delay(signal: Signal, out: Signal) -> int:
    """By how many samples one comes after the other: the peak of their correlation."""
    length = signal.shape[1]
    spectra = [np.fft.rfft(one[0].astype(float), 2 * length) for one in (signal, out)]
    best = int(np.fft.irfft(spectra[0].conj() * spectra[1]).argmax())
    return best if best < length else best - 2 * length


@pytest.mark.parametrize("channels", [1, 2])
def test_rumble_goes_and_voices_stay(channels):
    rumble, voice = sine(-20, 2, 30, channels=channels), sine(-20, 2, 200, channels=channels)
    settled = slice(RATE_HZ, None)
    for signal, change_db, tolerance_db in ((rumble, -34, 1), (voice, 0, 0.1)):
        out = run(signal, 80)
        assert out.shape == signal.shape
        lost_db = level_db(out[:, settled]) - level_db(signal[:, settled])
        assert lost_db == pytest.approx(change_db, abs=tolerance_db)


def test_with_nothing_to_do_the_blocks_pass_untouched():
    blocks = [np.ones((2, 10), dtype=np.float32)]
    assert next(iter(filtered(blocks, RATE_HZ, 2))) is blocks[0]


@pytest.mark.parametrize("noise_dbfs", [-65, -55, -45])
@pytest.mark.parametrize("rate_hz", [44_100, 48_000])
def test_denoising_lowers_the_floor_and_leaves_speech_in_place(rate_hz, noise_dbfs):
    clean = speech(6, rate_hz=rate_hz)
    clean[:, : 2 * rate_hz] = 0
    noise = np.random.default_rng(4).standard_normal(clean.shape) * ratio(noise_dbfs)
    noisy = clean + noise
    out = run(noisy, denoise=True, rate_hz=rate_hz)
    assert out.shape == noisy.shape
    assert delay(noisy, out) == 0
    pause, said = slice(rate_hz, 2 * rate_hz - rate_hz // 10), slice(2 * rate_hz, None)
    assert level_db(out[:, pause]) < level_db(noisy[:, pause]) - 9
    assert level_db(out[:, said]) == pytest.approx(level_db(noisy[:, said]), abs=0.5)


@pytest.mark.parametrize("length", [1, 100, 1200, 1201, 5000])
@pytest.mark.parametrize("highpass_hz", [None, 80])
def test_every_length_stays_what_it_was(length, highpass_hz):
    signal = speech(1)[:, 10_000 : 10_000 + length]
    assert run(signal, highpass_hz, denoise=True, block=997).shape == signal.shape


def test_the_last_sound_is_not_lost():
    signal = speech(2) * 0
    signal[:, -600:] = sine(-6, 600 / RATE_HZ, channels=1)
    out = run(signal, denoise=True)
    assert level_db(out[:, -600:]) == pytest.approx(level_db(signal[:, -600:]), abs=1)


def test_the_samples_do_not_depend_on_the_blocks():
    signal = np.tile(speech(2), (2, 1))
    whole = run(signal, 80, denoise=True, block=signal.shape[1])
    assert np.array_equal(run(signal, 80, denoise=True, block=1234), whole)


def test_denoising_leaves_music_alone():
    signal = music(4)
    lost_db = level_db(run(signal, denoise=True) - signal) - level_db(signal)
    assert lost_db < -30
