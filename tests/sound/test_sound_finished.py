"""Finished files that go out as they are: nothing is encoded, lengths and kinds are exact."""

from __future__ import annotations

import pytest

from containers import heard_samples
from finished import finished
from materials import material
from meters import ffmpeg, ffmpeg_reads
from sendeturm.errors import SendeturmError, Severity
from sendeturm.events import Notice, silence
from sendeturm.model import SoundSettings
from sendeturm.sound import master
from signals import aged, sine, speech, write_wav

TYPES = {".mp3": "audio/mpeg", ".m4a": "audio/x-m4a", ".opus": "audio/ogg"}


def taken(path, settings=None, listen=silence):
    asked = settings or SoundSettings()
    whole = material(aged(path), is_finished=True)
    return master(whole, asked, path.parent / "cache", "episode", listen)


@pytest.mark.parametrize("suffix", TYPES)
def test_a_finished_file_stays_what_it_is(tmp_path, suffix):
    path = finished(tmp_path / f"folge{suffix}")
    before = path.read_bytes()
    rendition = taken(path)
    assert rendition.path.read_bytes() == before == path.read_bytes()
    assert rendition.path.suffix == suffix
    assert rendition.type == TYPES[suffix]
    audio = rendition.audio
    assert audio.duration_ms == pytest.approx(heard_samples(path) / 48, abs=0.5)
    assert audio.before == audio.after
    reading = ffmpeg_reads(path)
    assert audio.after.integrated_lufs == pytest.approx(reading.integrated_lufs, abs=0.05)
    assert audio.after.true_peak_dbtp == pytest.approx(reading.true_peak_dbtp, abs=0.3)
    assert audio.gain_db == 0
    assert audio.waveform
    assert 40 < audio.bitrate_kbps < 130


@pytest.mark.parametrize("suffix", TYPES)
def test_it_is_measured_once(tmp_path, suffix):
    path = finished(tmp_path / f"folge{suffix}")
    first = taken(path)
    again = taken(path)
    assert again == first.model_copy(update={"reused": True})


@pytest.mark.parametrize("suffix", TYPES)
@pytest.mark.parametrize(("samples", "rate_hz"), [(48_000 * 3 + 777, 48_000), (100_001, 44_100)])
def test_lengths_are_exact(tmp_path, suffix, samples, rate_hz):
    signal = sine(-20, 4, channels=1, rate_hz=rate_hz)[:, :samples]
    wav = write_wav(tmp_path / "roh.wav", signal, rate_hz=rate_hz)
    path = tmp_path / f"folge{suffix}"
    codec = {".mp3": "libmp3lame", ".m4a": "aac", ".opus": "libopus"}[suffix]
    ffmpeg("-i", wav, "-c:a", codec, path)
    assert taken(path).audio.duration_ms == pytest.approx(samples * 1000 / rate_hz, abs=1)


def test_a_file_far_from_the_target_is_taken_and_told_of(tmp_path):
    heard = []
    path = finished(tmp_path / "folge.mp3", lufs=-23.0)
    taken(path, listen=heard.append)
    told = {e.problem.code: e.problem for e in heard if isinstance(e, Notice)}
    assert told["sound.as-is"].severity is Severity.NOTE
    assert told["sound.as-is"].params["lufs"] == pytest.approx(-23, abs=0.5)
    assert told["sound.as-is-far-off"].severity is Severity.WARNING


def other(path, *form):
    ffmpeg("-f", "lavfi", "-i", "sine=440:duration=2", *form, path)
    return path


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.wav", ()),
        ("a.flac", ()),
        ("a.mka", ("-c:a", "libopus")),
        ("a.ogg", ("-c:a", "libvorbis")),
        ("a.m4a", ("-c:a", "alac")),
        ("a.aac", ("-c:a", "aac")),
        ("a.caf", ()),
        ("a.aiff", ()),
    ],
)
def test_other_files_are_refused_in_one_message(tmp_path, name, form):
    with pytest.raises(SendeturmError) as error:
        taken(other(tmp_path / name, *form))
    assert [p.code for p in error.value.problems] == ["sound.not-finished"]


def test_a_video_is_refused(tmp_path):
    path = tmp_path / "a.mp4"
    video = ("-f", "lavfi", "-i", "color=red:s=64x64:d=2", "-c:v", "libx264", "-c:a", "aac")
    ffmpeg("-f", "lavfi", "-i", "sine=440:duration=2", *video, path)
    with pytest.raises(SendeturmError) as error:
        taken(path)
    assert [p.code for p in error.value.problems] == ["sound.not-finished"]


def test_a_silent_file_is_refused(tmp_path):
    path = finished(tmp_path / "folge.mp3", speech(3) * 0, lufs=None, chapters=())
    with pytest.raises(SendeturmError) as error:
        taken(path)
    assert "sound.silent" in [p.code for p in error.value.problems]


def test_a_file_that_is_not_what_was_planned_is_refused(tmp_path):
    path = finished(tmp_path / "folge.opus")
    whole = material(aged(path), is_finished=True)
    path.write_bytes(finished(tmp_path / "b.opus", speech(3), chapters=()).read_bytes())
    aged(path)
    with pytest.raises(SendeturmError) as error:
        master(whole, SoundSettings(), tmp_path / "cache", "episode", silence)
    assert [p.code for p in error.value.problems] == ["sound.changed"]
    assert not list((tmp_path / "cache/renditions").iterdir())
