"""MP3 files as other programs read them: level, exact length, an honest Info tag."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from mutagen.mp3 import MP3, BitrateMode

from meters import decoded
from sendeturm.sound.frames import (
    BITRATES_KBPS,
    FrameCounter,
    Mp3File,
    Mp3Format,
    crc16,
    frame_length,
)
from sendeturm.sound.mp3 import encoder, pcm
from signals import sine


def write(path: Path, signal: np.ndarray, form: Mp3Format, block: int = 30_001) -> Path:
    lame = encoder(form)
    with path.open("wb") as out:
        mp3 = Mp3File(out, form)
        for start in range(0, signal.shape[1], block):
            piece = signal[:, start : start + block].astype(np.float32)
            mp3.write(lame.encode(pcm(piece, form.bitrate_kbps)))
        mp3.write(lame.flush())
        mp3.finish(signal.shape[1])
    return path


FORMS = [
    Mp3Format(rate_hz, channels, kbps)
    for rate_hz, channels, kbps in [
        (48_000, 2, 128),
        (48_000, 1, 96),
        (48_000, 1, 32),
        (48_000, 2, 192),
        (48_000, 2, 224),
        (44_100, 2, 128),
        (44_100, 1, 64),
        (44_100, 2, 320),
    ]
]


@pytest.mark.parametrize(
    ("form", "odd"), [(form, (0, 1, 575, 1151)[n % 4]) for n, form in enumerate(FORMS)], ids=str
)
def test_length_is_exact_and_level_kept(tmp_path, form, odd):
    samples = form.rate_hz // 2 + odd
    signal = sine(-9, 1, 440, channels=form.channels, rate_hz=form.rate_hz)[:, :samples]
    out = decoded(write(tmp_path / "a.mp3", signal, form), form.rate_hz, form.channels)
    assert out.shape == signal.shape
    middle = slice(3000, -3000)
    assert np.abs(out - signal)[:, middle].max() < 0.01
    level = np.sqrt((out[:, middle] ** 2).mean() / (signal[:, middle] ** 2).mean())
    assert level == pytest.approx(1, abs=0.001)


@pytest.mark.parametrize("kbps", BITRATES_KBPS)
@pytest.mark.parametrize("channels", [1, 2])
def test_every_bitrate_is_what_it_says(tmp_path, kbps, channels):
    form = Mp3Format(48_000, channels, kbps)
    info = MP3(write(tmp_path / "a.mp3", sine(-12, 0.6, channels=channels), form)).info
    assert info.bitrate == kbps * 1000
    assert info.bitrate_mode == BitrateMode.CBR
    assert (info.channels, info.sample_rate) == (channels, 48_000)
    assert info.length == pytest.approx(0.6, abs=1e-6)
    assert not info.sketchy


def test_without_lameenc_pyav_encodes_the_same_length_and_level(tmp_path, monkeypatch):
    form = Mp3Format(48_000, 2, 128)
    signal = sine(-9, 1.01, 440)
    monkeypatch.setitem(sys.modules, "lameenc", None)
    out = decoded(write(tmp_path / "a.mp3", signal, form), 48_000, 2)
    assert out.shape == signal.shape
    assert np.abs(out - signal)[:, 3000:-3000].max() < 0.01


def test_the_same_signal_gives_the_same_bytes_however_it_is_cut(tmp_path):
    form = Mp3Format(48_000, 2, 128)
    signal = sine(-9, 2, 440)
    first = write(tmp_path / "a.mp3", signal, form, block=1000).read_bytes()
    assert write(tmp_path / "b.mp3", signal, form, block=99_999).read_bytes() == first


def test_tag_tells_frames_bytes_and_checksum(tmp_path):
    form = Mp3Format(48_000, 2, 128)
    whole = write(tmp_path / "a.mp3", sine(-9, 2, 440), form).read_bytes()
    tag_frame = frame_length(whole[:4])
    counter = FrameCounter()
    counter.add(whole[tag_frame:])
    assert whole[36:40] == b"Info"
    assert int.from_bytes(whole[44:48], "big") == counter.count
    assert int.from_bytes(whole[48:52], "big") == len(whole)
    assert int.from_bytes(whole[190:192], "big") == crc16(whole[:190])


def test_checksum_is_crc_16_arc():
    assert crc16(b"123456789") == 0xBB3D


def test_frames_are_counted_across_any_cut(tmp_path):
    whole = write(tmp_path / "a.mp3", sine(-9, 0.5), Mp3Format(44_100, 2, 128)).read_bytes()
    whole = whole[frame_length(whole[:4]) :]
    at_once, by_bytes = FrameCounter(), FrameCounter()
    at_once.add(whole)
    for byte in whole:
        by_bytes.add(bytes((byte,)))
    assert at_once.count == by_bytes.count > 10


def test_what_is_no_frame_is_refused():
    with pytest.raises(ValueError, match="00000000"):
        FrameCounter().add(bytes(8))


def test_samples_above_full_scale_are_held_not_wrapped():
    loud = np.array([[2.0, -2.0]], dtype=np.float32)
    assert np.frombuffer(pcm(loud, 128), "<i2").tolist() == [32767, -32767]
