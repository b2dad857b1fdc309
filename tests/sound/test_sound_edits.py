"""Trimming, shortened pauses, fades, intro and outro, and the timeline that tells of them."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from materials import levels_of, material, profile_of, sound_file
from meters import decoded, ffmpeg_reads, pyloudnorm_lufs
from sendeturm.errors import SendeturmError, Severity
from sendeturm.events import Progress, Stage, silence
from sendeturm.model import Cut, Material, Rendition, SoundSettings
from sendeturm.sound import master
from sendeturm.sound.cutting import Abridged
from sendeturm.sound.envelopes import fades, shaped
from sendeturm.sound.pauses import AIR_HOPS, FADE_HOPS, plan_cuts
from sendeturm.sound.segments import crossfaded
from sendeturm.sound.streams import Reader
from signals import RATE_HZ, ratio, sine, speech, write_wav

HOP = RATE_HZ // 100


def noise(seconds: float, level_db: float = -65) -> np.ndarray:
    rng = np.random.default_rng(3)
    return rng.standard_normal((1, round(seconds * RATE_HZ))) * ratio(level_db)


def talk(*seconds: float) -> np.ndarray:
    """Steady speech and pauses in turn, beginning with a pause, over a faint room."""
    pieces = []
    for number, length in enumerate(seconds):
        voiced = sine(-20, length, 300 + 40 * number, channels=1)
        pieces.append(voiced if number % 2 else np.zeros((1, round(length * RATE_HZ))))
    whole = np.concatenate(pieces, axis=1)
    return whole + noise(whole.shape[1] / RATE_HZ)


def blocks_of(signal: np.ndarray, length: int = 7_777):
    whole = signal.astype(np.float32)
    return (whole[:, start : start + length] for start in range(0, whole.shape[1], length))


class Plain:
    """A program out of memory."""

    file, rate_hz = "a.wav", RATE_HZ

    def __init__(self, signal: np.ndarray) -> None:
        self.signal, self.channels = signal, len(signal)
        self.expected_ms = signal.shape[1] * 1000 // RATE_HZ

    def blocks(self):
        return blocks_of(self.signal)

    def notices(self):
        return ()


def mastered(given: Material, asked: SoundSettings, listen=silence) -> Rendition:
    cache = given.files[0].path.parent / "cache"
    return master(given, asked, cache, "episode", listen)


def codes(rendition: Rendition) -> list[str]:
    return [notice.code for notice in rendition.notices]


def test_a_reader_gives_exactly_what_is_asked_for():
    signal = np.arange(30_000, dtype=np.float32)[None]
    reader = Reader(blocks_of(signal), 1)
    reader.skip(5)
    assert reader.take(10_000)[0].tolist() == list(range(5, 10_005))
    assert np.concatenate(list(reader.pieces(9_995)), axis=1)[0, -1] == 19_999
    assert reader.take(20_000).shape == (1, 10_000)
    assert reader.take(1).shape == (1, 0)


@pytest.mark.parametrize("length", [441, 20_000, 100_001])
def test_fades_are_straight_lines_however_the_blocks_come(length):
    signal = np.full((2, 3 * RATE_HZ), 5.0)  # above full scale, too
    points = fades(RATE_HZ // 2, RATE_HZ, signal.shape[1])
    out = np.concatenate(list(shaped(blocks_of(signal, length), points, RATE_HZ, 2)), axis=1)
    gains = np.interp(np.arange(signal.shape[1]), *zip(*points, strict=True))
    assert out.shape == signal.shape
    assert np.abs(out - 5 * gains).max() < 2e-3


def test_a_crossfade_of_the_same_sound_is_that_sound():
    wave = sine(-6, 0.03, 440).astype(np.float32)
    assert np.abs(crossfaded(wave, wave, RATE_HZ) - wave).max() < 1e-3
    rest = crossfaded(wave, np.zeros_like(wave), RATE_HZ)
    assert np.abs(rest[:, :10] - wave[:, :10]).max() < 0.01
    assert np.abs(rest[:, -10:]).max() < 0.01


def test_silence_at_the_ends_goes_and_some_air_stays():
    kept = plan_cuts(profile_of(talk(3.2, 4, 2)), SoundSettings(trim_silence=True))
    ((start, end),) = kept.stretches
    assert start == pytest.approx(320 - AIR_HOPS, abs=6)
    assert end == pytest.approx(720 + AIR_HOPS, abs=6)
    assert kept.trimmed_start_ms == start * 10
    assert kept.trimmed_end_ms == 9200 - end * 10
    assert kept.lead_hops == pytest.approx(AIR_HOPS, abs=6)


def test_nothing_goes_unasked_nor_where_no_silence_is():
    kept = plan_cuts(profile_of(talk(3.2, 4, 2)), SoundSettings())
    assert kept.stretches == ((0, 920),)
    loud = plan_cuts(profile_of(sine(-20, 5)), SoundSettings(trim_silence=True))
    assert loud.stretches == ((0, 500),)


def test_a_noisy_room_is_not_taken_for_speech_nor_speech_for_the_room():
    spoken = np.concatenate((noise(2), speech(8, seed=1) * 0.3, noise(2)), axis=1)
    spoken += noise(12, -56)[:, : spoken.shape[1]]
    kept = plan_cuts(profile_of(spoken), SoundSettings(trim_silence=True))
    ((start, end),) = kept.stretches
    voiced = np.flatnonzero(np.abs(spoken[0]) > 0.02) // HOP
    assert 100 < start < voiced[0]
    assert voiced[-1] < end < 1100


def test_long_pauses_become_as_long_as_asked():
    asked = SoundSettings(longest_pause_s=1.0)
    kept = plan_cuts(profile_of(talk(0.2, 3, 4, 3, 0.9, 3, 2.5, 3, 0.2)), asked)
    assert kept.pauses == 2
    assert kept.shortened_ms == pytest.approx(3000 + 1500, abs=250)
    assert kept.trimmed_start_ms == kept.trimmed_end_ms == 0
    for (_, end), (start, _) in pairwise(kept.stretches):
        assert end < start


def test_a_pause_is_cut_where_it_is_quietest():
    signal = talk(0.1, 2, 6, 2, 0.1)
    breath = slice(4 * RATE_HZ, round(4.4 * RATE_HZ))
    signal[:, breath] += noise(0.4, -48)
    kept = plan_cuts(profile_of(signal), SoundSettings(longest_pause_s=2.0))
    (gap,) = [(end, start) for (_, end), (start, _) in pairwise(kept.stretches)]
    for edge in gap:
        assert not 395 <= edge <= 440


LENGTHS = st.lists(st.floats(0.05, 3), min_size=1, max_size=9)


@settings(max_examples=40, deadline=None)
@given(LENGTHS, st.booleans(), st.sampled_from([None, 0.3, 1.0]), st.integers(0, 479))
def test_what_is_cut_out_is_missing_and_nothing_else(lengths, trims, longest_s, odd):
    signal = talk(*lengths)
    signal = signal[:, : signal.shape[1] - odd]
    asked = SoundSettings(trim_silence=trims, longest_pause_s=longest_s)
    profile = profile_of(signal)
    if not len(profile.squares):
        return
    abridged = Abridged(Plain(signal), plan_cuts(profile, asked), signal.shape[1])
    out = np.concatenate(list(abridged.blocks()), axis=1)
    assert out.shape[1] == abridged.samples
    cuts = abridged.timeline
    for before, after in pairwise(cuts):
        assert before.end_ms < after.start_ms
        assert after.at_ms == pytest.approx(before.at_ms + before.end_ms - before.start_ms, abs=2)
    end_ms = cuts[-1].at_ms + cuts[-1].end_ms - cuts[-1].start_ms
    assert end_ms == pytest.approx(abridged.samples / 48, abs=2)
    for cut in cuts:  # between the joins every sample is the recording's own
        length = (cut.end_ms - cut.start_ms - 20 * FADE_HOPS) * 48
        if length > 0:
            there = (cut.at_ms + 10 * FADE_HOPS) * 48
            here = (cut.start_ms + 10 * FADE_HOPS) * 48
            stretch = out[0, there + 96 : there + length - 96]
            source = signal[0, here : here + length].astype(np.float32)
            if len(stretch) > 960:
                shifts = [
                    np.abs(source[96 + by :][: len(stretch)] - stretch).max()
                    for by in range(-96, 97)
                    if 96 + by + len(stretch) <= len(source)
                ]
                assert min(shifts) == 0


def test_ends_and_pauses_go_from_a_real_episode_and_it_says_so(tmp_path):
    path = write_wav(tmp_path / "a.wav", talk(3.2, 5, 4, 5, 2))
    asked = SoundSettings(trim_silence=True, longest_pause_s=1.0)
    rendition = mastered(material(path), asked)
    assert codes(rendition)[:2] == ["sound.trimmed", "sound.shortened"]
    assert {n.severity for n in rendition.notices} == {Severity.NOTE}
    audio = rendition.audio
    assert audio.duration_ms == pytest.approx(11_600, abs=150)
    sound = decoded(rendition.path, RATE_HZ, 1)
    assert sound.shape[1] / 48 == pytest.approx(audio.duration_ms, abs=1)
    assert pyloudnorm_lufs(sound, RATE_HZ) == pytest.approx(-16, abs=0.1)
    first, second = audio.timeline
    assert (first.start_ms, first.at_ms) == (pytest.approx(2900, abs=60), 0)
    pitches = []
    for cut, at_s in ((first, 5), (second, 14)):
        at = round((at_s * 1000 - cut.start_ms + cut.at_ms) * 48)
        spectrum = np.abs(np.fft.rfft(sound[0, at : at + RATE_HZ]))
        pitches.append(int(spectrum.argmax()))
    assert pitches == [pytest.approx(340, abs=2), pytest.approx(420, abs=2)]


def jingle(tmp_path, seconds: float, name: str = "intro.wav", level_db: float = -6):
    return sound_file(write_wav(tmp_path / name, sine(level_db, seconds, 1000)))


@pytest.mark.parametrize("jingles", ["crossfade", "under"])
def test_intro_and_outro_lie_around_the_speech(tmp_path, jingles):
    path = write_wav(tmp_path / "a.wav", talk(0.5, 8, 0.5))
    given = material(path, intro=jingle(tmp_path, 4), outro=jingle(tmp_path, 3, "outro.wav", -40))
    rendition = mastered(given, SoundSettings(jingles=jingles, overlap_ms=1000))
    audio = rendition.audio
    assert audio.duration_ms == 4000 - 1000 + 9000 - 1000 + 3000
    assert audio.timeline == (Cut(start_ms=0, end_ms=9000, at_ms=3000),)
    assert ffmpeg_reads(rendition.path).integrated_lufs == pytest.approx(-16, abs=0.1)
    sound = decoded(rendition.path, RATE_HZ, 2)
    music, voice = levels_of(sound, 1000), levels_of(sound, 340)
    assert voice[:34].max() < 0.02
    assert voice[37] == pytest.approx(voice[60], rel=0.1)  # the first word is whole
    assert music[5] == pytest.approx(music[-5], rel=0.1)  # whatever they were recorded at
    assert music[45:105].max() < 0.01
    assert music[5] / voice[60] == pytest.approx(0.85, abs=0.25)
    if jingles == "under":
        assert music[31] < 0.25 * music[5]
        assert music[24] == pytest.approx(music[5], rel=0.05)
    else:
        assert music[31] > 0.7 * music[5]


def test_a_long_intro_and_a_mono_voice_make_a_stereo_episode(tmp_path):
    signal = np.stack((sine(-12, 20, 500)[0], sine(-12, 20, 700)[0]))
    intro = sound_file(write_wav(tmp_path / "intro.wav", signal, rate_hz=RATE_HZ))
    path = write_wav(tmp_path / "a.wav", speech(3, rate_hz=44_100), rate_hz=44_100)
    rendition = mastered(material(path, intro=intro), SoundSettings())
    assert (rendition.audio.channels, rendition.audio.sample_rate_hz) == (2, 44_100)
    assert rendition.audio.timeline[0].at_ms == pytest.approx(19_000, abs=10)
    sound = decoded(rendition.path, 44_100, 2)
    assert np.abs(sound[0, -22_050:] - sound[1, -22_050:]).max() < 0.02


def test_a_silent_intro_is_left_out_and_a_missing_one_refused(tmp_path):
    path = write_wav(tmp_path / "a.wav", speech(2))
    quiet = sound_file(write_wav(tmp_path / "intro.wav", np.zeros((1, RATE_HZ))))
    rendition = mastered(material(path, intro=quiet), SoundSettings())
    assert "sound.silent-jingle" in codes(rendition)
    assert rendition.audio.duration_ms == 2000
    missing = sound_file(tmp_path / "none.wav")
    with pytest.raises(SendeturmError) as caught:
        mastered(material(path, outro=missing), SoundSettings())
    (found,) = caught.value.problems
    assert (found.code, found.place.file) == ("sound.no-file", "none.wav")


def test_fades_at_both_ends(tmp_path):
    path = write_wav(tmp_path / "a.wav", sine(-20, 6, 440))
    rendition = mastered(material(path), SoundSettings(fade_in_ms=1500, fade_out_ms=2000))
    assert rendition.audio.timeline == ()
    tone = levels_of(decoded(rendition.path, RATE_HZ, 1), 440)
    assert tone[7] == pytest.approx(tone[30] / 2, rel=0.1)
    assert tone[50] == pytest.approx(tone[30] / 2, rel=0.15)
    assert tone[0] < 0.1 * tone[30] > tone[59]


def test_progress_counts_through_all_passes(tmp_path):
    path = write_wav(tmp_path / "a.wav", speech(3))
    heard: list[Progress] = []
    given = material(path, intro=jingle(tmp_path, 2))
    mastered(given, SoundSettings(), heard.append)
    steps = [e for e in heard if isinstance(e, Progress) and e.stage is Stage.MEASURE]
    done = [step.done for step in steps]
    assert done == sorted(done)
    assert steps[-1].done == steps[-1].total
    parts = [step.done / step.total for step in steps]
    assert all(after > before - 0.25 for before, after in pairwise(parts))
