"""A mastered file as independent meters hear it, from many kinds of recordings."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest

from materials import material
from meters import decoded, ffmpeg, ffmpeg_reads, oversampled_dbtp, pyloudnorm_lufs
from sendeturm.errors import SendeturmError, Severity
from sendeturm.events import Event, Notice, Progress, Stage, silence
from sendeturm.i18n import word
from sendeturm.model import Rendition, SoundSettings
from sendeturm.sound import master, measure
from signals import (
    RATE_HZ,
    Signal,
    aged,
    music,
    ratio,
    sine,
    speech,
    two_speakers,
    wav,
    write_wav,
)

SECONDS = 6


def mastered(path: Path, settings: SoundSettings | None = None, listen=silence) -> Rendition:
    cache = path.parent / "cache"
    asked = settings or SoundSettings()
    return master(material(path), asked, cache, "episode", listen)


def assert_fits(rendition: Rendition, settings: SoundSettings, samples: int | None = None) -> None:
    """Loudness within 0.1 LU and peaks under the ceiling by two meters each, every sample there."""
    audio = rendition.audio
    reading = ffmpeg_reads(rendition.path)
    sound = decoded(rendition.path, audio.sample_rate_hz, audio.channels)
    target = pytest.approx(settings.loudness_lufs, abs=0.1)
    assert reading.integrated_lufs == target
    assert pyloudnorm_lufs(sound, audio.sample_rate_hz) == target
    assert reading.true_peak_dbtp <= settings.true_peak_dbtp
    assert oversampled_dbtp(sound) <= settings.true_peak_dbtp
    assert audio.after.integrated_lufs == pytest.approx(reading.integrated_lufs, abs=0.02)
    assert audio.after.true_peak_dbtp == pytest.approx(reading.true_peak_dbtp, abs=0.2)
    if samples is not None:
        assert sound.shape[1] == samples


def noise(seconds: float, level_db: float) -> Signal:
    rng = np.random.default_rng(9)
    return rng.standard_normal((1, round(seconds * RATE_HZ))) * ratio(level_db)


def with_clicks(signal: Signal) -> Signal:
    clicked = signal * ratio(-20)
    clicked[:, [30_000, 90_000, 150_000]] = 0.9
    return clicked


def castanets(seconds: float) -> Signal:
    """Attacks that encoders smear: their peaks come out higher than they went in."""
    rng = np.random.default_rng(5)
    time_s = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    strokes = np.exp(-25 * (time_s % 0.21)) * rng.standard_normal((2, len(time_s)))
    return strokes / np.abs(strokes).max() * 0.9


MATERIALS = {
    "quiet speech": (speech(SECONDS) * ratio(-35), {"kind": "s24"}),
    "clipped speech": (np.clip(speech(SECONDS) * 8, -1, 1), {}),
    "two speakers 12 dB apart": (two_speakers(2 * SECONDS), {}),
    "music": (music(SECONDS), {}),
    "speech on the left": (np.concatenate((speech(SECONDS), np.zeros((1, SECONDS * RATE_HZ)))), {}),
    "5.1": (np.concatenate([speech(SECONDS, seed=n) for n in range(6)]) * 0.5, {}),
    "8 kHz": (speech(SECONDS, rate_hz=8000), {"rate_hz": 8000}),
    "44.1 kHz": (music(SECONDS, rate_hz=44_100), {"rate_hz": 44_100}),
    "192 kHz": (speech(SECONDS, rate_hz=192_000), {"rate_hz": 192_000, "kind": "s24"}),
    "floats above full scale": (music(SECONDS) * 20, {"kind": "f32"}),
    "clicks over quiet speech": (with_clicks(speech(SECONDS)), {}),
    "half a second": (speech(0.5), {}),
    "mono": (speech(SECONDS, seed=4, pitch_hz=180), {"kind": "s24"}),
    "out of phase": (np.concatenate((speech(SECONDS), -speech(SECONDS))), {}),
    "a whistle at 15 kHz": (sine(-12, SECONDS, 15_000) + 0.1 * music(SECONDS), {}),
    "castanets": (castanets(SECONDS), {}),
}


FAST = ("quiet speech", "music", "half a second")
ALL = [pytest.param(m, marks=() if m in FAST else pytest.mark.slow) for m in MATERIALS]


@pytest.mark.parametrize("name", ALL)
def test_meets_the_target_in_the_encoded_file(tmp_path, name):
    signal, form = MATERIALS[name]
    path = write_wav(tmp_path / "a.wav", signal, **form)
    rate_hz = form.get("rate_hz", RATE_HZ)
    kept_rate = rate_hz in (44_100, 48_000)
    rendition = mastered(path)
    assert_fits(rendition, SoundSettings(), signal.shape[1] if kept_rate else None)
    assert rendition.audio.duration_ms == pytest.approx(signal.shape[1] * 1000 / rate_hz, abs=1)
    assert rendition.audio.sample_rate_hz == (44_100 if rate_hz == 44_100 else RATE_HZ)
    assert not [n for n in rendition.notices if n.severity is not Severity.NOTE]


SETTINGS = [
    SoundSettings(loudness_lufs=-23, true_peak_dbtp=-3),
    SoundSettings(loudness_lufs=-14, true_peak_dbtp=0, bitrate_kbps=320),
    SoundSettings(loudness_lufs=-19, bitrate_kbps=64),
    SoundSettings(loudness_lufs=-16, bitrate_kbps=192),
]


@pytest.mark.slow
@pytest.mark.parametrize("settings", SETTINGS, ids=str)
def test_meets_other_targets(tmp_path, settings):
    path = write_wav(tmp_path / "a.wav", np.tile(speech(SECONDS), (2, 1)) * [[1], [0.6]])
    rendition = mastered(path, settings)
    assert_fits(rendition, settings, SECONDS * RATE_HZ)
    assert rendition.audio.bitrate_kbps == (settings.bitrate_kbps or 128)


def test_facts_tell_before_and_after(tmp_path):
    path = write_wav(tmp_path / "a.wav", speech(SECONDS))
    audio = mastered(path).audio
    peer = ffmpeg_reads(path)
    assert audio.before.integrated_lufs == pytest.approx(peer.integrated_lufs, abs=0.02)
    assert audio.before.true_peak_dbtp == pytest.approx(peer.true_peak_dbtp, abs=0.2)
    assert (audio.channels, audio.bitrate_kbps, audio.duration_ms) == (1, 96, SECONDS * 1000)
    assert audio.gain_db == pytest.approx(-16 - audio.before.integrated_lufs, abs=1.0)
    assert len(audio.waveform) == 400
    assert max(audio.waveform) <= 255
    assert max(audio.waveform) > 128
    assert min(audio.waveform) < 20


@pytest.mark.slow
@pytest.mark.parametrize("levelling", ["off", "gentle"])
def test_facts_tell_how_far_voices_are_apart_before_and_after(tmp_path, levelling):
    path = write_wav(tmp_path / "a.wav", two_speakers(48) + noise(48, -62))
    rendition = mastered(path, SoundSettings(levelling=levelling))
    before, after = rendition.audio.voices_before, rendition.audio.voices_after
    assert before.difference_lu == pytest.approx(11.5, abs=1)
    assert before.floor_lufs == pytest.approx(-55, abs=1)  # twice the channel, K-weighted
    told = [n.params for n in rendition.notices if n.code == "sound.levelled"]
    encoded = measure(rendition.path, "a").voices
    if levelling == "off":
        assert after.difference_lu == pytest.approx(before.difference_lu, abs=0.1)
        assert told == []
    else:
        assert after.difference_lu <= 1.5
        assert after.louder_lufs == pytest.approx(encoded.louder_lufs, abs=1.0)
        (facts,) = told
        assert facts["before_lu"] == pytest.approx(before.difference_lu)
        assert facts["after_lu"] == pytest.approx(after.difference_lu)
        assert facts["range_after_lu"] < 5 < facts["range_before_lu"]
        assert facts["floor_after_lufs"] - facts["floor_before_lufs"] <= 4
    assert after.floor_lufs == pytest.approx(encoded.floor_lufs, abs=2.5)


def test_the_encoder_runs_again_where_it_changes_the_loudness(tmp_path):
    """White noise loses everything above 17 kHz: a decibel."""
    noise = np.random.default_rng(0).standard_normal((2, SECONDS * RATE_HZ)) * 0.1
    rendition = mastered(write_wav(tmp_path / "a.wav", noise))
    assert_fits(rendition, SoundSettings())
    (notice,) = [n for n in rendition.notices if n.code == "sound.encoded-again"]
    assert notice.params["times"] == 2


def test_a_target_out_of_reach_is_told(tmp_path):
    signal = np.zeros((1, 2 * RATE_HZ))
    signal[0, ::24_000] = 0.9  # clicks and nothing between them
    rendition = mastered(write_wav(tmp_path / "a.wav", signal), SoundSettings(loudness_lufs=-9))
    (notice,) = [n for n in rendition.notices if n.code == "sound.missed-loudness"]
    assert notice.severity is Severity.WARNING
    assert rendition.audio.after.true_peak_dbtp <= -1


def test_equal_channels_become_mono_and_say_so(tmp_path):
    path = write_wav(tmp_path / "a.wav", np.tile(speech(SECONDS), (2, 1)))
    rendition = mastered(path)
    assert (rendition.audio.channels, rendition.audio.bitrate_kbps) == (1, 96)
    assert [n.code for n in rendition.notices] == ["sound.dual-mono"]
    assert_fits(rendition, SoundSettings(), SECONDS * RATE_HZ)


def test_nearly_equal_channels_stay_stereo(tmp_path):
    signal = np.tile(speech(SECONDS), (2, 1))
    signal[1] *= 0.99
    assert mastered(write_wav(tmp_path / "a.wav", signal)).audio.channels == 2


def test_left_stays_left_and_in_time(tmp_path):
    signal = np.zeros((2, 3 * RATE_HZ))
    signal[0, RATE_HZ : 2 * RATE_HZ] = sine(-12, 1, 440)[0]
    sound = decoded(mastered(write_wav(tmp_path / "a.wav", signal)).path, RATE_HZ, 2)
    assert np.abs(sound[1]).max() < 0.01
    loud = np.flatnonzero(np.abs(sound[0]) > 0.05)
    assert loud[0] == pytest.approx(RATE_HZ, abs=600)
    assert loud[-1] == pytest.approx(2 * RATE_HZ, abs=600)


def test_a_lossy_recording_goes_in_as_well(tmp_path):
    source = write_wav(tmp_path / "a.wav", music(SECONDS))
    ffmpeg("-i", source, "-b:a", "160k", tmp_path / "a.m4a")
    assert_fits(mastered(tmp_path / "a.m4a"), SoundSettings())


REFUSED = {
    "sound.silent": wav(np.zeros((2, 2 * RATE_HZ))),
    "sound.too-short": wav(speech(0.39)),
    "sound.empty": b"",
    "sound.not-audio": b"not a sound " * 100,
}


@pytest.mark.parametrize("code", REFUSED)
def test_what_cannot_go_on_air_is_refused_and_leaves_nothing(tmp_path, code):
    path = tmp_path / "a.wav"
    path.write_bytes(REFUSED[code])
    with pytest.raises(SendeturmError) as caught:
        mastered(path)
    (found,) = caught.value.problems
    assert (found.code, found.place.file) == (code, "a.wav")
    assert word(found.code, found.params, "en").mend
    assert not list(tmp_path.glob("cache/**/*.*"))


def test_what_was_odd_is_told_with_the_refusal(tmp_path):
    path = write_wav(tmp_path / "a.wav", speech(2) * np.nan, kind="f32")
    with pytest.raises(SendeturmError) as caught:
        mastered(path)
    told = [(found.code, found.severity) for found in caught.value.problems]
    assert told == [("sound.silent", Severity.ERROR), ("sound.senseless", Severity.WARNING)]


def test_noise_below_hearing_counts_as_silent(tmp_path):
    hiss = np.random.default_rng(0).standard_normal((1, RATE_HZ)) * 1e-5
    with pytest.raises(SendeturmError, match=r"sound\.silent"):
        mastered(write_wav(tmp_path / "a.wav", hiss, kind="f32"))


@pytest.mark.parametrize("levels_db", [(-66,), (-66, -80)], ids=["steady", "uneven"])
def test_a_microphone_that_was_not_connected_is_no_episode(tmp_path, levels_db):
    hiss = np.concatenate([noise(10, level_db) for level_db in levels_db], axis=1)
    with pytest.raises(SendeturmError) as caught:
        mastered(write_wav(tmp_path / "a.wav", hiss, kind="s24"))
    (found,) = caught.value.problems
    assert found.code == "sound.faint"
    assert found.params["lufs"] == pytest.approx(-59, abs=1)
    assert word(found.code, found.params, "de").what.endswith(" LUFS")


def test_a_voice_recorded_very_softly_is_brought_up_and_it_is_said(tmp_path):
    path = write_wav(tmp_path / "a.wav", speech(SECONDS) * ratio(-45), kind="s24")
    rendition = mastered(path)
    assert_fits(rendition, SoundSettings())
    (told,) = [n for n in rendition.notices if n.code == "sound.quiet"]
    assert told.params["gain_db"] == pytest.approx(49, abs=2)


def test_a_bitrate_that_mp3_lacks_is_refused_with_the_ones_it_has(tmp_path):
    path = write_wav(tmp_path / "a.wav", speech(0.5))
    with pytest.raises(SendeturmError) as caught:
        mastered(path, SoundSettings(bitrate_kbps=100))
    (found,) = caught.value.problems
    assert found.code == "sound.bitrate"
    assert "96, 112" in word(found.code, found.params, "en").mend


def test_damage_is_told_once_and_the_rest_is_mastered(tmp_path):
    path = tmp_path / "a.wav"
    path.write_bytes(wav(speech(SECONDS))[: -RATE_HZ * 2])
    aged(path)
    heard: list[Event] = []
    rendition = mastered(path, listen=heard.append)
    assert [n.code for n in rendition.notices] == ["sound.damaged"]
    assert [e.problem for e in heard if isinstance(e, Notice)] == list(rendition.notices)
    assert rendition.audio.duration_ms == pytest.approx(5000, abs=1)


def test_progress_climbs_through_the_stages_to_the_end(tmp_path):
    heard: list[Event] = []
    mastered(write_wav(tmp_path / "a.wav", speech(SECONDS)), listen=heard.append)
    steps = [e for e in heard if isinstance(e, Progress)]
    assert {e.subject for e in steps} == {"episode"}
    stages = list(dict.fromkeys(e.stage for e in steps))
    assert stages == [Stage.MEASURE, Stage.ENCODE, Stage.VERIFY]
    for stage in stages:
        done = [e.done for e in steps if e.stage is stage]
        assert done == sorted(done)
        assert done[-1] == SECONDS * 1000
        assert {e.total for e in steps if e.stage is stage} == {SECONDS * 1000}


@pytest.mark.parametrize("stage", [Stage.MEASURE, Stage.ENCODE, Stage.VERIFY])
def test_an_interruption_leaves_no_file_and_no_thread(tmp_path, stage):
    def stop(event: Event) -> None:
        if isinstance(event, Progress) and event.stage is stage:
            raise KeyboardInterrupt

    path = write_wav(tmp_path / "a.wav", speech(SECONDS))
    before = threading.active_count()
    with pytest.raises(KeyboardInterrupt):
        mastered(path, listen=stop)
    assert threading.active_count() == before
    assert not list(tmp_path.glob("cache/**/*.*"))


def test_a_recording_that_changes_meanwhile_is_refused(tmp_path):
    path = write_wav(tmp_path / "a.wav", speech(SECONDS))
    later = wav(speech(SECONDS + 1))

    def grow(event: Event) -> None:
        if isinstance(event, Progress) and event.stage is Stage.MEASURE and event.done:
            path.write_bytes(later)

    with pytest.raises(SendeturmError, match=r"sound\.changed"):
        mastered(path, listen=grow)
    assert not list(tmp_path.glob("cache/**/*.*"))


def test_measure_tells_about_any_file(tmp_path):
    path = write_wav(tmp_path / "a.wav", music(SECONDS, rate_hz=44_100), rate_hz=44_100)
    heard: list[Event] = []
    seen = measure(path, "a.wav", heard.append)
    assert (seen.channels, seen.sample_rate_hz, seen.codec) == (2, 44_100, "pcm_s16le")
    assert seen.bit_rate_kbps == pytest.approx(1411, abs=1)
    assert seen.duration_ms == SECONDS * 1000
    peer = ffmpeg_reads(path)
    assert seen.loudness.integrated_lufs == pytest.approx(peer.integrated_lufs, abs=0.02)
    assert seen.sample_peak_dbfs == pytest.approx(20 * np.log10(0.7), abs=0.01)
    assert len(seen.waveform) == 400
    assert isinstance(heard[-1], Progress)


def test_measure_of_silence_can_be_written_down(tmp_path):
    seen = measure(write_wav(tmp_path / "a.wav", np.zeros((1, RATE_HZ))), "a.wav")
    assert (seen.loudness.integrated_lufs, seen.sample_peak_dbfs) == (-70, -120)
    assert "-120" in seen.model_dump_json()


@pytest.mark.slow
def test_levelled_voices_are_met_by_the_first_encoding(tmp_path):
    path = write_wav(tmp_path / "two.wav", two_speakers(66))
    rendition = master(material(path), SoundSettings(), tmp_path / "cache", "two", silence)
    assert rendition.audio.voices_after is not None
    assert not [n for n in rendition.notices if n.code == "sound.encoded-again"]
