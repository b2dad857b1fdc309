"""Recordings that are odd, or that change under the reader's hands."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest

from materials import material
from meters import decoded, ffmpeg, ffmpeg_reads
from sendeturm.errors import SendeturmError, Severity
from sendeturm.events import Event, Progress, Stage, silence
from sendeturm.model import Rendition, SoundSettings
from sendeturm.sound import master, measure
from sendeturm.sound.program import Single
from signals import RATE_HZ, aged, sine, speech, wav, write_wav

OFF = SoundSettings(levelling="off")


def mastered(path: Path, asked: SoundSettings = OFF, listen=silence) -> Rendition:
    return master(material(path), asked, path.parent / "cache", "a", listen)


def test_a_single_recording_is_the_same_each_time_it_is_read(tmp_path):
    program = Single(write_wav(tmp_path / "a.wav", speech(3)), "a.wav")
    first, second = (np.concatenate(list(program.blocks()), axis=1) for _ in range(2))
    assert np.array_equal(first, second)
    assert (program.expected_ms, program.notices()) == (3000, ())


@pytest.mark.parametrize("stage", [Stage.MEASURE, Stage.ENCODE])
def test_a_recording_still_being_written_is_refused(tmp_path, stage):
    path = aged(write_wav(tmp_path / "a.wav", speech(15), declared_bytes=0))

    def write_on(event: Event) -> None:
        if isinstance(event, Progress) and event.stage is stage:
            with path.open("ab") as out:
                out.write(bytes(960))

    with pytest.raises(SendeturmError, match=r"sound\.changed"):
        mastered(path, listen=write_on)
    assert not list(tmp_path.glob("cache/**/*.*"))


def test_a_signal_beside_zero_is_moved_there_without_a_thump(tmp_path):
    voice = speech(3) * 0.3
    rendition = mastered(write_wav(tmp_path / "a.wav", voice + 0.25))
    assert "sound.offset" in [n.code for n in rendition.notices]
    sound = decoded(rendition.path, RATE_HZ, 1)
    plain = mastered(write_wav(tmp_path / "b.wav", voice))
    assert plain.notices == ()
    apart = sound - decoded(plain.path, RATE_HZ, 1)
    assert abs(sound.mean()) < 1e-3
    assert apart.std() < 0.1 * sound.std()
    assert np.abs(apart[:, :4800]).max() < 0.02
    assert ffmpeg_reads(rendition.path).integrated_lufs == pytest.approx(-16, abs=0.1)


def test_numbers_that_are_none_become_silence(tmp_path):
    signal = speech(3)
    signal[0, 1000:1005] = np.nan
    signal[0, 2000:2003] = np.inf
    signal[0, 3000] = -np.inf
    rendition = mastered(write_wav(tmp_path / "a.wav", signal, kind="f32"))
    (told,) = [n for n in rendition.notices if n.severity is Severity.WARNING]
    assert (told.code, told.params["samples"]) == ("sound.senseless", 9)
    assert ffmpeg_reads(rendition.path).integrated_lufs == pytest.approx(-16, abs=0.1)


@pytest.mark.slow
def test_a_rate_that_changes_in_mid_stream_keeps_length_and_pitch(tmp_path):
    for name, rate_hz in (("a", 48_000), ("b", 44_100), ("c", 32_000)):
        tone = sine(-12, 2, 1000, rate_hz=rate_hz)
        raw = write_wav(tmp_path / f"{name}.wav", tone, rate_hz=rate_hz)
        ffmpeg("-i", raw, "-c:a", "aac", "-f", "adts", tmp_path / f"{name}.aac")
    joined = tmp_path / "joined.aac"
    joined.write_bytes(b"".join((tmp_path / f"{n}.aac").read_bytes() for n in "abc"))
    rendition = mastered(aged(joined))
    assert rendition.audio.duration_ms == pytest.approx(6000, abs=250)
    sound = decoded(rendition.path, RATE_HZ, rendition.audio.channels)[0]
    for second in (1, 3, 5):
        middle = second * RATE_HZ
        spectrum = np.abs(np.fft.rfft(sound[middle - RATE_HZ // 2 : middle + RATE_HZ // 2]))
        assert int(spectrum.argmax()) == pytest.approx(1000, abs=3)


@pytest.mark.parametrize(
    ("signal", "code"),
    [(speech(0.1), "sound.too-short"), (np.zeros((1, RATE_HZ)), "sound.silent")],
    ids=["a tenth of a second", "silence"],
)
def test_what_gives_no_episode_is_refused_whatever_is_asked(tmp_path, signal, code):
    path = write_wav(tmp_path / "a.wav", signal)
    asked = SoundSettings(trim_silence=True, longest_pause_s=1, fade_in_ms=50)
    for settings in (SoundSettings(), asked):
        with pytest.raises(SendeturmError) as caught:
            mastered(path, settings)
        assert [found.code for found in caught.value.problems] == [code]


CHANNELS, WIDTH = 8, 8
FRAME_BYTES = CHANNELS * WIDTH
FORM = struct.pack("<HHIIHH", 3, CHANNELS, RATE_HZ, RATE_HZ * FRAME_BYTES, FRAME_BYTES, 64)


def sparse_rf64(path: Path, seconds: int) -> None:
    """A file of silence that takes no room, with a tone in its last second (EBU Tech 3306)."""
    size = seconds * RATE_HZ * FRAME_BYTES
    sizes = struct.pack("<QQQI", size + 80, size, seconds * RATE_HZ, 0)
    head = struct.pack("<4sI4s4sI", b"RF64", 0xFFFFFFFF, b"WAVE", b"ds64", len(sizes)) + sizes
    head += struct.pack("<4sI", b"fmt ", len(FORM)) + FORM
    head += struct.pack("<4sI", b"data", 0xFFFFFFFF)
    tone = np.tile(sine(-6, 1, 1000, channels=1), (CHANNELS, 1)).T.astype("<f8").tobytes()
    with path.open("wb") as out:
        out.write(head)
        out.seek(len(head) + size - len(tone))
        out.write(tone)


@pytest.mark.slow
def test_more_than_four_gigabytes_are_read_to_the_end(tmp_path):
    path = tmp_path / "a.wav"
    sparse_rf64(path, 1400)
    assert path.stat().st_size > 1 << 32
    seen = measure(path, "a.wav")
    path.unlink()
    assert seen.duration_ms == 1_400_000
    assert seen.notices == ()
    assert seen.waveform[-1] > 100
    assert max(seen.waveform[:-1]) == 0


def test_a_small_rf64_is_mastered(tmp_path):
    plain = wav(speech(2))
    codes = plain[44:]
    sizes = struct.pack("<QQQI", len(codes) + 80, len(codes), len(codes) // 2, 0)
    head = struct.pack("<4sI4s4sI", b"RF64", 0xFFFFFFFF, b"WAVE", b"ds64", len(sizes)) + sizes
    path = tmp_path / "a.wav"
    path.write_bytes(head + plain[12:36] + struct.pack("<4sI", b"data", 0xFFFFFFFF) + codes)
    assert mastered(path).audio.duration_ms == 2000
