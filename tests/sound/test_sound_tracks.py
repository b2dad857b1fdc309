"""Tracks of one conversation, and parts of one episode."""

from __future__ import annotations

import numpy as np
import pytest

from materials import levels_of, material, profile_of, sound_file
from meters import decoded, ffmpeg, ffmpeg_reads, pyloudnorm_lufs
from sendeturm.errors import SendeturmError, Severity
from sendeturm.events import silence
from sendeturm.model import Material, Rendition, SoundSettings
from sendeturm.sound import master, recipe
from sendeturm.sound.speakers import speaker_lufs
from sendeturm.units import ratio_from_db
from signals import RATE_HZ, ratio, sine, speech, write_wav

OFF = SoundSettings(levelling="off")


def mastered(given: Material, asked: SoundSettings = OFF) -> Rendition:
    return master(given, asked, given.files[0].path.parent / "cache", "episode", silence)


def tracks(*files) -> Material:
    return Material(layout="tracks", files=files)


def turns(seconds: float, *, first: bool, seed: int, pitch_hz: float = 110) -> np.ndarray:
    """A voice that speaks every second five seconds, alone on its microphone."""
    length = round(seconds * RATE_HZ)
    mine = ((np.arange(length) // (5 * RATE_HZ)) % 2 == 0) == first
    return speech(seconds, seed=seed, pitch_hz=pitch_hz) * mine


@pytest.mark.slow
def test_two_speakers_far_apart_are_equally_loud(tmp_path):
    host = turns(20, first=True, seed=1)
    guest = turns(20, first=False, seed=5, pitch_hz=190) * ratio(-18)
    guest += host[:, : guest.shape[1]] * ratio(-36)  # heard in the guest's microphone
    files = (
        sound_file(write_wav(tmp_path / "host.wav", host), speaker="Anna"),
        sound_file(write_wav(tmp_path / "guest.wav", guest, kind="s24"), speaker="Jörg"),
    )
    rendition = mastered(tracks(*files))
    assert ffmpeg_reads(rendition.path).integrated_lufs == pytest.approx(-16, abs=0.1)
    assert rendition.audio.after.true_peak_dbtp <= -1
    sound = decoded(rendition.path, RATE_HZ, 1)
    stretches = [sound[:, n * 5 * RATE_HZ : (n + 1) * 5 * RATE_HZ] for n in range(4)]
    anna = pyloudnorm_lufs(np.concatenate(stretches[0::2], axis=1), RATE_HZ)
    joerg = pyloudnorm_lufs(np.concatenate(stretches[1::2], axis=1), RATE_HZ)
    assert anna == pytest.approx(joerg, abs=1)
    (told,) = [n for n in rendition.notices if n.code == "sound.mixed"]
    assert told.params["speakers"] == "Anna, Jörg"
    assert float(told.params["apart_lu"]) == pytest.approx(18, abs=1)
    assert rendition.audio.voices_before.difference_lu == pytest.approx(18, abs=1)
    assert rendition.audio.voices_after.difference_lu < 1


def test_who_says_little_is_measured_by_what_they_say():
    little = speech(4, seed=5)
    others = speech(56, seed=1) * ratio(-15)
    alone = speaker_lufs(profile_of(little))
    assert speaker_lufs(profile_of(np.concatenate((others, little), axis=1))) == pytest.approx(
        alone, abs=1.5
    )


def test_rates_channels_and_lengths_may_differ(tmp_path):
    one = sound_file(write_wav(tmp_path / "a.wav", sine(-20, 4, 500, channels=1)))
    two = sine(-30, 6, 2000, rate_hz=44_100)
    two[1] *= 0.5
    other = sound_file(write_wav(tmp_path / "b.wav", two, rate_hz=44_100))
    rendition = mastered(tracks(one, other))
    audio = rendition.audio
    assert (audio.channels, audio.sample_rate_hz, audio.duration_ms) == (2, RATE_HZ, 6000)
    sound = decoded(rendition.path, RATE_HZ, 2)
    left, right = (levels_of(channel[None], 500) for channel in sound)
    assert left[20] == pytest.approx(right[20], rel=0.05)  # mono is in the middle
    assert left[50] < 0.01
    left, right = (levels_of(channel[None], 2000) for channel in sound)
    assert right[50] == pytest.approx(left[50] / 2, rel=0.05)


def test_offsets_move_tracks(tmp_path):
    one = sound_file(write_wav(tmp_path / "a.wav", sine(-20, 4, 500, channels=1)))
    late = sound_file(
        write_wav(tmp_path / "b.wav", sine(-20, 3, 1000, channels=1)), starts_at_ms=2500
    )
    early = sound_file(
        write_wav(tmp_path / "c.wav", sine(-20, 3, 2000, channels=1)), starts_at_ms=-1500
    )
    rendition = mastered(tracks(one, late, early))
    assert rendition.audio.duration_ms == 5500
    assert rendition.audio.timeline == ()
    sound = decoded(rendition.path, RATE_HZ, 1)
    middle, high = levels_of(sound, 1000), levels_of(sound, 2000)
    assert max(middle[23], 0.05) < middle[27]
    assert middle[23] < 0.01
    assert middle[53] > 0.05
    assert high[0] > 0.05
    assert high[13] > 0.05
    assert high[17] < 0.01


def test_a_silent_track_is_left_out_and_only_silent_ones_are_refused(tmp_path):
    voice = sound_file(write_wav(tmp_path / "a.wav", speech(2)), speaker="Anna")
    mute = sound_file(write_wav(tmp_path / "b.wav", np.zeros((1, 9 * RATE_HZ))), speaker="Jörg")
    rendition = mastered(tracks(voice, mute))
    (told,) = [n for n in rendition.notices if n.severity is Severity.WARNING]
    assert (told.code, told.params["speaker"], told.place.file) == (
        "sound.silent-track",
        "Jörg",
        "b.wav",
    )
    assert rendition.audio.duration_ms == 2000
    with pytest.raises(SendeturmError, match=r"sound\.silent"):
        mastered(tracks(mute, mute))


def test_parts_follow_each_other_equally_loud_and_without_a_click(tmp_path):
    levels = (-8, -30, -18)
    files = [
        sound_file(
            write_wav(tmp_path / f"{n}.wav", sine(level, 2, 997, rate_hz=rate), rate_hz=rate)
        )
        for n, (level, rate) in enumerate(zip(levels, (48_000, 44_100, 48_000), strict=True))
    ]
    given = Material(layout="parts", files=tuple(files))
    rendition = mastered(given)
    audio = rendition.audio
    assert (audio.duration_ms, audio.timeline) == (6000, ())
    sound = decoded(rendition.path, RATE_HZ, 1)
    tone = levels_of(sound, 997)
    calm = np.delete(tone, [0, 19, 20, 39, 40, 59])
    assert calm.max() / calm.min() < ratio_from_db(0.3)
    hiss = np.abs(np.diff(sound[0], 2))
    assert hiss[RATE_HZ : 5 * RATE_HZ].max() < 1.5 * hiss[RATE_HZ : 2 * RATE_HZ - 2000].max()
    assert [n.code for n in rendition.notices if n.code == "sound.joined"]


def test_lossy_tracks_and_filters_go_together(tmp_path):
    raw = write_wav(tmp_path / "raw.wav", speech(4) + sine(-20, 4, 30, channels=1))
    ffmpeg("-i", raw, "-b:a", "96k", tmp_path / "a.m4a")
    other = write_wav(tmp_path / "b.flac.wav", speech(4, seed=4))
    given = tracks(sound_file(tmp_path / "a.m4a"), sound_file(other))
    rendition = mastered(given, SoundSettings(highpass_hz=80))
    assert ffmpeg_reads(rendition.path).integrated_lufs == pytest.approx(-16, abs=0.1)
    rumbles = []
    for made in (rendition, mastered(given)):
        spectrum = np.abs(np.fft.rfft(decoded(made.path, RATE_HZ, 1)[0]))
        rumbles.append(spectrum[100:140].max() / spectrum[400:4000].max())
    assert rumbles[0] < 0.05 * rumbles[1]


def test_the_recipe_knows_all_that_goes_in(tmp_path):
    one, other = (
        sound_file(write_wav(tmp_path / f"{n}.wav", sine(-20, 1, hz)))
        for n, hz in ((1, 400), (2, 500))
    )
    moved = other.model_copy(update={"starts_at_ms": 100})
    made = [
        material(one.path),
        tracks(one, other),
        tracks(other, one),
        tracks(one, moved),
        Material(layout="parts", files=(one, other)),
        Material(files=(one,), intro=other),
        Material(files=(one,), outro=other),
    ]
    assert len({recipe(given, OFF).digest for given in made}) == len(made)
    named = tracks(one.model_copy(update={"speaker": "Anna"}), other)
    assert recipe(named, OFF) == recipe(tracks(one, other), OFF)


def test_the_mp3_does_not_depend_on_what_else_is_made(tmp_path):
    given = material(write_wav(tmp_path / "a.wav", sine(-20, 1)))
    plain = recipe(given, SoundSettings())
    assert recipe(given, SoundSettings(overlap_ms=50)) == plain
    assert recipe(given, SoundSettings(intro="gone.wav")) == plain
    with_intro = given.model_copy(update={"intro": given.files[0]})
    long, short = (recipe(with_intro, SoundSettings(overlap_ms=ms)) for ms in (1000, 50))
    assert long != short
