"""Opus and M4A beside the MP3: as loud, as long, under the ceiling, by meters and by hand."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from containers import heard_samples, mp4_heard, opus_samples
from materials import material
from meters import decoded, ffmpeg_reads, oversampled_dbtp, pyloudnorm_lufs
from sendeturm.events import Progress, Stage, silence
from sendeturm.model import SoundSettings
from sendeturm.sound import master
from signals import aged, music, ratio, speech, two_speakers, write_wav

ALL = SoundSettings(alternates=("opus", "m4a"))


def mastered(path, settings=ALL, listen=silence):
    return master(material(aged(path)), settings, path.parent / "cache", "episode", listen)


def both(signal):
    return np.tile(signal, (2, 1))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("signal", "rate_hz", "channels"),
    [
        (speech(6) * ratio(-20), 48_000, 1),
        (both(speech(6)) * 8, 48_000, 1),
        (two_speakers(8), 48_000, 2),
        (music(6), 48_000, 2),
        (music(5, rate_hz=44_100), 44_100, 2),
        (speech(5, rate_hz=44_100)[:, :220_001], 44_100, 1),
    ],
    ids=["soft", "clipping", "two", "music", "cd", "odd"],
)
def test_alternates_are_as_loud_and_as_long_as_the_mp3(tmp_path, signal, rate_hz, channels):
    path = write_wav(tmp_path / "a.wav", signal.clip(-1, 1), rate_hz=rate_hz)
    rendition = mastered(path)
    opus, m4a = rendition.alternates
    assert (opus.type, m4a.type) == ("audio/ogg", "audio/x-m4a")
    for one in (opus, m4a):
        audio = one.audio
        assert audio.channels == channels
        assert audio.duration_ms == rendition.audio.duration_ms
        reading = ffmpeg_reads(one.path)
        sound = decoded(one.path, audio.sample_rate_hz, channels)
        assert reading.integrated_lufs == pytest.approx(-16, abs=0.1)
        assert pyloudnorm_lufs(sound, audio.sample_rate_hz) == pytest.approx(-16, abs=0.1)
        assert reading.true_peak_dbtp <= -1
        assert oversampled_dbtp(sound) <= -1
        assert audio.after.integrated_lufs == pytest.approx(reading.integrated_lufs, abs=0.05)
    samples = signal.shape[1]
    as_opus = round(samples * 48_000 / rate_hz)
    assert opus_samples(opus.path.read_bytes()) == heard_samples(opus.path) == as_opus
    assert mp4_heard(m4a.path.read_bytes()) == (samples, 1024, rate_hz)
    assert heard_samples(m4a.path) == samples


def in_step(one, other):
    """Return by how many samples one sound lies behind another, by their correlation."""
    length = min(one.shape[1], other.shape[1])
    spectra = [np.fft.rfft(sound[0, :length], 2 * length) for sound in (one, other)]
    correlation = np.fft.irfft(spectra[0] * spectra[1].conj())
    place = int(correlation.argmax())
    return place if place < length else place - 2 * length


def test_alternates_begin_with_the_recording_and_without_noise_at_their_ends(tmp_path):
    signal = speech(4)
    rendition = mastered(write_wav(tmp_path / "a.wav", signal))
    for one in (rendition, *rendition.alternates):
        sound = decoded(one.path, 48_000, 1)
        assert sound.shape == signal.shape
        assert abs(in_step(sound, signal)) <= 1


def test_what_was_made_is_not_made_again(tmp_path):
    path = write_wav(tmp_path / "a.wav", speech(3))
    plain = mastered(path, SoundSettings())
    heard = []
    rendition = mastered(path, listen=heard.append)
    assert rendition.path == plain.path
    assert rendition.reused
    assert not any(one.reused for one in rendition.alternates)
    assert {event.stage for event in heard if hasattr(event, "stage")} >= {Stage.ENCODE}
    heard.clear()
    again = mastered(path, listen=heard.append)
    assert all(one.reused for one in again.alternates)
    assert not [event for event in heard if hasattr(event, "stage")]


def test_the_same_recording_gives_the_same_alternates(tmp_path):
    def made_in(name):
        (tmp_path / name).mkdir()
        rendition = mastered(write_wav(tmp_path / name / "a.wav", speech(3)))
        return [one.path.read_bytes() for one in rendition.alternates]

    assert made_in("one") == made_in("other")


def test_nothing_else_is_made_unless_it_is_asked_for(tmp_path):
    rendition = mastered(write_wav(tmp_path / "a.wav", speech(2)), SoundSettings())
    assert rendition.alternates == ()
    assert len(list((tmp_path / "cache/renditions").iterdir())) == 2


FULL_DISK = """
import resource, sys
from pathlib import Path
from materials import material
from sendeturm.errors import SendeturmError
from sendeturm.events import silence
from sendeturm.model import SoundSettings
from sendeturm.sound import master
path, kind = Path(sys.argv[1]), sys.argv[2]
master(material(path), SoundSettings(), path.parent / "cache", "a", silence)
resource.setrlimit(resource.RLIMIT_FSIZE, (15_000, 15_000))
try:
    settings = SoundSettings(alternates=(kind,))
    master(material(path), settings, path.parent / "cache", "a", silence)
except SendeturmError as error:
    print(error)
"""


@pytest.mark.parametrize("kind", ["opus", "m4a"])
def test_a_disk_that_fills_up_is_told_and_nothing_is_left(tmp_path, kind):
    path = aged(write_wav(tmp_path / "a.wav", speech(4)))
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(path), kind],
        capture_output=True,
        check=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])},
    )
    assert done.stdout.strip() == "sound.no-room"
    assert len(list((tmp_path / "cache/renditions").iterdir())) == 2


@pytest.mark.parametrize("stage", [Stage.ENCODE, Stage.VERIFY])
@pytest.mark.parametrize("kind", ["opus", "m4a"])
def test_an_interruption_keeps_the_mp3_and_leaves_nothing_by_halves(tmp_path, kind, stage):
    path = write_wav(tmp_path / "a.wav", speech(3))
    mastered(path, SoundSettings())
    before = sorted((tmp_path / "cache/renditions").iterdir())
    threads = threading.active_count()

    def stop(event):
        if isinstance(event, Progress) and event.stage is stage:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        mastered(path, SoundSettings(alternates=(kind,)), listen=stop)
    assert sorted((tmp_path / "cache/renditions").iterdir()) == before
    assert threading.active_count() == threads


def test_equal_channels_become_mono_in_every_form_and_it_is_said(tmp_path):
    rendition = mastered(write_wav(tmp_path / "a.wav", both(speech(2))))
    assert "sound.dual-mono" in [n.code for n in rendition.notices]
    kbps = [(one.audio.channels, one.audio.bitrate_kbps) for one in rendition.alternates]
    assert (rendition.audio.channels, rendition.audio.bitrate_kbps) == (1, 96)
    assert kbps == [(1, 64), (1, 80)]
