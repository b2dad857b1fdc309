"""Whatever a file holds: the right samples, or one clear message, never a wrong length."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import numpy as np
import pytest

from meters import ffmpeg
from sendeturm.errors import SendeturmError
from sendeturm.i18n import word
from sendeturm.sound.blocks import without_tail
from sendeturm.sound.decode import Recording, open_recording
from signals import RATE_HZ, UNKNOWN_BYTES, sine, speech, wav, write_wav

TONE = sine(-12, 2.0, 440)


def read(path: Path) -> tuple[np.ndarray, Recording]:
    with open_recording(path, path.name) as recording:
        blocks = list(recording.blocks(recording.rate_hz, recording.channels))
    return np.concatenate(blocks, axis=1), recording


def codes(recording: Recording) -> list[str]:
    return [notice.code for notice in recording.notices()]


def lost_s(recording: Recording) -> float:
    (notice,) = recording.notices()
    assert notice.code == "sound.damaged"
    assert notice.place.file == recording.file
    return float(str(notice.params["lost_s"]))


def refused(path: Path) -> str:
    with pytest.raises(SendeturmError) as caught:
        read(path)
    (found,) = caught.value.problems
    assert found.place.file == path.name
    worded = word(found.code, found.params, "en")
    assert worded.what
    assert worded.mend
    return found.code


@pytest.mark.parametrize(
    ("kind", "tolerance"),
    [("u8", 0.01), ("s16", 1e-4), ("s24", 1e-6), ("s32", 1e-6), ("f32", 1e-6)],
)
def test_every_sample_width_is_read(tmp_path, kind, tolerance):
    samples, recording = read(write_wav(tmp_path / "a.wav", TONE, kind=kind))
    assert samples.dtype == np.float32
    assert np.abs(samples - TONE).max() < tolerance
    assert codes(recording) == []


def test_float_above_full_scale_is_kept(tmp_path):
    samples, _ = read(write_wav(tmp_path / "a.wav", TONE * 10, kind="f32"))
    assert np.abs(samples).max() == pytest.approx(np.abs(TONE).max() * 10, rel=1e-4)


@pytest.mark.parametrize("rate_hz", [8000, 16_000, 22_050, 32_000, 88_200, 96_000, 192_000])
def test_other_rates_become_48_khz_at_the_same_pitch_and_length(tmp_path, rate_hz):
    signal = sine(-12, 2, 440, rate_hz=rate_hz, channels=1)
    samples, recording = read(write_wav(tmp_path / "a.wav", signal, rate_hz=rate_hz))
    assert (recording.rate_hz, recording.channels) == (RATE_HZ, 1)
    assert abs(samples.shape[1] - 2 * RATE_HZ) <= 2
    spectrum = np.abs(np.fft.rfft(samples[0, :RATE_HZ]))
    assert spectrum.argmax() == 440


def test_44_1_khz_stays(tmp_path):
    signal = sine(-12, 1, rate_hz=44_100)
    samples, recording = read(write_wav(tmp_path / "a.wav", signal, rate_hz=44_100))
    assert recording.rate_hz == 44_100
    assert samples.shape == (2, 44_100)


@pytest.mark.parametrize("channels", [3, 4, 5, 6, 7, 8])
def test_many_unnamed_channels_become_stereo(tmp_path, channels):
    signal = np.zeros((channels, RATE_HZ))
    signal[0] = TONE[0, :RATE_HZ]
    samples, recording = read(write_wav(tmp_path / "a.wav", signal))
    assert (recording.channels, samples.shape) == (2, (2, RATE_HZ))
    assert np.abs(samples[0]).max() > 0.05
    assert np.abs(samples[1]).max() < 1e-4


@pytest.mark.parametrize("channels", [9, 12, 16])
def test_too_many_unnamed_channels_are_refused(tmp_path, channels):
    path = write_wav(tmp_path / "a.wav", np.zeros((channels, 100)))
    assert refused(path) == "sound.channels"


@pytest.mark.parametrize("declared", [0, UNKNOWN_BYTES])
def test_a_wav_that_does_not_know_its_size_is_read_whole(tmp_path, declared):
    samples, recording = read(write_wav(tmp_path / "a.wav", TONE, declared_bytes=declared))
    assert samples.shape == TONE.shape
    assert codes(recording) == []


def test_a_truncated_wav_is_read_as_far_as_it_goes_and_says_so(tmp_path):
    path = tmp_path / "a.wav"
    path.write_bytes(wav(TONE)[: -RATE_HZ * 4])
    samples, recording = read(path)
    assert samples.shape[1] == RATE_HZ
    assert lost_s(recording) == pytest.approx(1.0, abs=0.1)


def test_a_wav_cut_in_the_middle_of_a_sample_is_read(tmp_path):
    path = tmp_path / "a.wav"
    path.write_bytes(wav(TONE, kind="s24")[:-7])
    samples, _ = read(path)
    assert TONE.shape[1] - 3 <= samples.shape[1] < TONE.shape[1]


@pytest.fixture(scope="module")
def source(tmp_path_factory) -> Path:
    """Eight seconds of speech as a WAV."""
    return write_wav(tmp_path_factory.mktemp("source") / "a.wav", np.tile(speech(8), (2, 1)))


FORMATS = {
    "a.flac": (),
    "a.mp3": ("-b:a", "128k"),
    "plain.mp3": ("-b:a", "128k", "-write_xing", "0", "-id3v2_version", "0"),
    "a.m4a": (),
    "a.aac": (),
    "a.ogg": (),
    "a.opus": ("-c:a", "libopus"),
    "a.mkv": ("-c:a", "flac"),
    "a.webm": ("-c:a", "libopus"),
    "a.w64": (),
    "a.aiff": (),
    "a.caf": (),
    "rf64.wav": ("-rf64", "always"),
    "adpcm.wav": ("-c:a", "adpcm_ms"),
}
TAIL_S = 0.06  # encoders without gapless information pad the end


@pytest.mark.parametrize("name", FORMATS)
def test_every_usual_format_is_read_whole_without_complaint(tmp_path, source, name):
    path = tmp_path / name
    ffmpeg("-i", source, *FORMATS[name], path)
    samples, recording = read(path)
    assert samples.shape[1] / RATE_HZ == pytest.approx(8, abs=TAIL_S)
    assert samples.shape[1] >= 8 * RATE_HZ - 1
    assert codes(recording) == []
    assert recording.facts.duration_ms == pytest.approx(8000, abs=150)


# An eighth of the file is one second; formats with large pages or clusters lose all they touch.
DAMAGED = {"a.flac": 1.5, "a.mp3": 1.5, "plain.mp3": 1.5, "a.m4a": 1.5, "a.ogg": 3, "a.mkv": 5}


@pytest.mark.parametrize("name", DAMAGED)
@pytest.mark.parametrize("junk", [bytes, os.urandom], ids=["zeros", "noise"])
def test_damage_in_the_middle_is_told_with_the_time_lost(tmp_path, source, name, junk):
    path = tmp_path / name
    ffmpeg("-i", source, *FORMATS[name], path)
    whole = bytearray(path.read_bytes())
    middle, length = len(whole) // 2, len(whole) // 8
    whole[middle : middle + length] = junk(length)
    path.write_bytes(whole)
    samples, recording = read(path)
    missing_s = 8 - samples.shape[1] / RATE_HZ
    assert 0.5 < missing_s <= DAMAGED[name]
    assert lost_s(recording) == pytest.approx(missing_s, abs=0.15)


@pytest.mark.parametrize("name", ["a.flac", "a.mp3", "a.mkv"])
def test_an_end_that_is_missing_is_told(tmp_path, source, name):
    path = tmp_path / name
    ffmpeg("-i", source, *FORMATS[name], path)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    samples, recording = read(path)
    assert lost_s(recording) == pytest.approx(8 - samples.shape[1] / RATE_HZ, abs=0.1)
    assert lost_s(recording) > 2


def test_an_m4a_without_its_index_is_refused(tmp_path, source):
    path = tmp_path / "a.m4a"
    ffmpeg("-i", source, path)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert refused(path) == "sound.not-audio"


def test_numbers_that_are_no_sound_become_silence_and_are_told(tmp_path):
    signal = TONE.astype(np.float32)
    signal[0, 5000] = np.nan
    signal[1, 6000] = np.inf
    signal[0, 7000] = -np.inf
    signal[1, 8000] = 1e30
    samples, recording = read(write_wav(tmp_path / "a.wav", signal, kind="f32"))
    assert np.isfinite(samples).all()
    assert np.abs(samples).max() < 0.3
    (notice,) = recording.notices()
    assert (notice.code, notice.params["samples"]) == ("sound.senseless", 4)


def test_senseless_numbers_in_a_recording_to_be_resampled_stay_local(tmp_path):
    signal = sine(-12, 1, 440, rate_hz=96_000).astype(np.float32)
    signal[:, 48_000] = np.nan
    samples, _ = read(write_wav(tmp_path / "a.wav", signal, rate_hz=96_000, kind="f32"))
    assert np.isfinite(samples).all()
    assert np.count_nonzero(np.abs(samples).max(axis=0) == 0) < 200


@pytest.mark.parametrize("name", ["a.mp4", "a.mkv", "a.mov"])
@pytest.mark.parametrize("pictures", [True, False])
def test_a_video_gives_its_sound_or_says_that_there_is_none(tmp_path, pictures, name):
    path = tmp_path / name
    sound = () if pictures else ("-f", "lavfi", "-i", "sine=d=1:r=48000")
    ffmpeg("-f", "lavfi", "-i", "color=d=1:s=64x64:r=5", *sound, "-c:v", "mpeg4", path)
    if pictures:
        assert refused(path) == "sound.no-track"
    else:
        assert read(path)[0].shape[1] == pytest.approx(RATE_HZ, abs=2000)


def test_a_picture_in_the_tags_does_not_disturb(tmp_path, source):
    path = tmp_path / "a.mp3"
    picture = tmp_path / "a.png"
    ffmpeg("-f", "lavfi", "-i", "color=d=1:s=64x64", "-frames:v", "1", picture)
    both = ("-i", source, "-i", picture, "-map", "0", "-map", "1")
    ffmpeg(*both, "-disposition:v", "attached_pic", path)
    samples, recording = read(path)
    assert samples.shape[1] == 8 * RATE_HZ
    assert codes(recording) == []


SECRET = "top secret, not for the air"
TRICKS = {
    "a.m3u8": "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n{wav}\n#EXT-X-ENDLIST\n",
    "a.wav": "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nfile:{wav}\n#EXT-X-ENDLIST\n",
    "b.wav": "ffconcat version 1.0\nfile '{wav}'\n",
    "c.mp3": "ffconcat version 1.0\nfile {name}\n",
    "d.flac": "<?xml version='1.0'?><MPD xmlns='urn:mpeg:dash:schema:mpd:2011' type='static'>"
    "<Period><AdaptationSet mimeType='audio/wav'><Representation id='1' bandwidth='1'>"
    "<BaseURL>{wav}</BaseURL></Representation></AdaptationSet></Period></MPD>",
    "e.mp3": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\n"
    "m=audio 5004 RTP/AVP 0\n",
    "f.wav": SECRET,
    "g.mp3": SECRET * 500,
}


@pytest.mark.parametrize("name", TRICKS)
def test_files_that_pose_as_sound_open_nothing_else(tmp_path, name):
    other = write_wav(tmp_path / "other.wav", TONE)
    path = tmp_path / name
    path.write_text(TRICKS[name].format(wav=other, name=other.name))
    assert refused(path) in ("sound.not-audio", "sound.no-track")


def test_names_that_look_like_addresses_are_names(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("concat:a.wav", "http:x.wav", "%d ä ö.wav", "-i.wav", "subfile,,start,1:a.wav"):
        path = write_wav(Path(name), TONE)
        assert read(path)[0].shape == TONE.shape
        assert read(tmp_path / name)[0].shape == TONE.shape


def test_a_name_that_is_no_text_is_a_name(tmp_path):
    path = write_wav(tmp_path / os.fsdecode(b"gr\xfc\xdfe.wav"), TONE)
    assert read(path)[0].shape == TONE.shape


def test_what_cannot_be_opened_is_said(tmp_path):
    empty = tmp_path / "empty.wav"
    empty.touch()
    assert refused(empty) == "sound.empty"
    assert refused(tmp_path / "none.wav") == "sound.no-file"
    assert refused(tmp_path) == "sound.no-file"


def test_a_pipe_is_no_recording(tmp_path):
    path = tmp_path / "a.wav"
    os.mkfifo(path)
    assert refused(path) == "sound.no-file"


def test_a_wav_of_a_header_alone_has_no_sound(tmp_path):
    assert refused(write_wav(tmp_path / "a.wav", np.zeros((2, 0)))) in (
        "sound.no-sound",
        "sound.not-audio",
    )


def test_a_stream_that_changes_rate_and_channels_goes_on(tmp_path):
    """Two MP3s one after the other, as some recorders leave them."""
    for name, rate, channels in (("1.mp3", "48000", "2"), ("2.mp3", "44100", "1")):
        form = ("-ar", rate, "-ac", channels, "-write_xing", "0", "-id3v2_version", "0")
        ffmpeg("-f", "lavfi", "-i", "sine=d=2:r=48000", *form, tmp_path / name)
    path = tmp_path / "a.mp3"
    path.write_bytes((tmp_path / "1.mp3").read_bytes() + (tmp_path / "2.mp3").read_bytes())
    samples, _ = read(path)
    assert samples.shape[0] == 2
    assert samples.shape[1] / RATE_HZ == pytest.approx(4, abs=0.15)


def test_nothing_is_written_to_the_terminal(tmp_path, source):
    path = tmp_path / "a.mp3"
    path.write_bytes(os.urandom(20_000))
    code = (
        "import sys; from pathlib import Path; from sendeturm.sound import measure\n"
        "try: measure(Path(sys.argv[1]), 'a')\n"
        "except Exception: pass\n"
    )
    done = subprocess.run(
        [os.sys.executable, "-c", code, str(path)], capture_output=True, check=True
    )
    assert done.stdout + done.stderr == b""


@pytest.mark.parametrize(
    ("length", "rate_hz"), [(100_001, 48_000), (48_000, 48_000), (70_007, 44_100)]
)
def test_an_m4a_ends_where_its_edit_list_says(tmp_path, length, rate_hz):
    whole = write_wav(
        tmp_path / "a.wav", sine(-20, 3, rate_hz=rate_hz)[:, :length], rate_hz=rate_hz
    )
    path = tmp_path / "a.m4a"
    ffmpeg("-i", whole, path)
    samples, recording = read(path)
    assert samples.shape[1] == length
    assert codes(recording) == []


@pytest.mark.parametrize(
    ("told", "expected"), [(0, 90), (70, 70), (90, 90), (100, 90), (30, 90), (65, 65)]
)
def test_a_wrong_length_cuts_nothing_off(told, expected):
    signal = np.arange(90.0, dtype=np.float32)[None]
    blocks = [signal[:, start : start + 20] for start in range(0, 90, 20)]
    kept = np.concatenate(list(without_tail(blocks, told, 25)), axis=1)
    assert np.array_equal(kept, signal[:, :expected])
