"""What `measure` tells beyond loudness: the course over time and where peaks go too high."""

from __future__ import annotations

import numpy as np
import pytest

import signals
from materials import material
from sendeturm.events import silence
from sendeturm.model import SoundSettings
from sendeturm.sound import master, measure
from signals import RATE_HZ, write_wav


def test_the_course_follows_steps_second_by_second(tmp_path):
    signal = signals.steps((6, -20), (6, -40))
    seen = measure(write_wav(tmp_path / "a.wav", signal), "a.wav")
    assert len(seen.short_term_lufs) == 10  # windows of three seconds within twelve
    assert seen.short_term_lufs[:4] == pytest.approx([-20.0] * 4, abs=0.11)
    assert seen.short_term_lufs[6:] == pytest.approx([-40.0] * 4, abs=0.11)
    # Two of three seconds are loud, then one of three.
    assert seen.short_term_lufs[4] == pytest.approx(-20 + 10 * np.log10(2 / 3), abs=0.15)
    assert seen.short_term_lufs[5] == pytest.approx(-20 + 10 * np.log10(1 / 3), abs=0.15)


def test_silence_has_a_course_and_moments_have_none(tmp_path):
    silence = measure(write_wav(tmp_path / "a.wav", np.zeros((1, 5 * RATE_HZ))), "a.wav")
    assert silence.short_term_lufs == (-70.0,) * 3
    short = measure(write_wav(tmp_path / "b.wav", signals.sine(-20, 2)), "b.wav")
    assert short.short_term_lufs == ()


def test_seconds_with_peaks_over_the_ceiling_are_named(tmp_path):
    signal = signals.faded(signals.sine(-6, 10))
    signal[1, 3 * RATE_HZ + 100] = 0.999
    signal[0, 7 * RATE_HZ + 47_999] = -0.95
    path = write_wav(tmp_path / "a.wav", signal)
    # The second peak lies on the last sample of second 7: the curve behind it may reach second 8.
    assert set(measure(path, "a.wav").over_s) - {8} == {3, 7}
    assert measure(path, "a.wav", ceiling_dbtp=0.5).over_s == ()
    assert measure(path, "a.wav", ceiling_dbtp=-7).over_s == tuple(range(10))


def test_a_peak_between_the_samples_counts_too(tmp_path):
    """EBU Tech 3341's case 16: no sample reaches what the curve does."""
    signal = 2 * signals.faded(signals.sine(-6.02, 3, 12_000, phase_deg=45))
    signal[:, RATE_HZ:] *= 0.5
    path = write_wav(tmp_path / "a.wav", signal)
    seen = measure(path, "a.wav")
    assert seen.sample_peak_dbfs < -2.9
    assert seen.over_s == (0,)


def test_a_peak_at_either_end_is_seen(tmp_path):
    signal = signals.sine(-20, 4)
    signal[:, 0] = signal[:, -1] = 0.99
    path = write_wav(tmp_path / "a.wav", signal)
    assert measure(path, "a.wav").over_s == (0, 3)


def test_a_rendition_knows_where_the_limiter_worked(tmp_path):
    """Quiet speech with one loud second: what brings the speech up must hold that second down."""
    signal = signals.speech(12.0) * signals.ratio(-26)
    signal[:, 7 * RATE_HZ : 7 * RATE_HZ + 4800] *= signals.ratio(20)
    path = write_wav(tmp_path / "a.wav", signal)
    audio = master(material(path), SoundSettings(), tmp_path / "cache", "a", silence).audio
    places = np.flatnonzero(audio.limited) / len(audio.limited) * 12
    assert len(audio.limited) == 400
    assert max(audio.limited) > 30
    assert 6.9 <= audio.most_limited_ms / 1000 <= 7.2
    assert 6.9 <= places.max() <= 7.2
    assert 4000 <= audio.loudest_ms <= 7100


def test_where_nothing_was_limited_nothing_is_said(tmp_path):
    path = write_wav(tmp_path / "a.wav", signals.faded(signals.sine(-6, 4)))
    audio = master(material(path), SoundSettings(), tmp_path / "cache", "a", silence).audio
    assert audio.limited == ()
    assert audio.most_limited_ms is None
