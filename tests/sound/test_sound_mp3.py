"""MP3 files as other programs read them: level, exact length, an honest Info tag."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutagen.mp3 import MP3, BitrateMode

from meters import decoded, ffmpeg
from sendeturm.sound.checksum import crc16
from sendeturm.sound.frames import (
    BITRATES_KBPS,
    FrameCounter,
    Mp3File,
    Mp3Format,
    frame_length,
)
from sendeturm.sound.mp3 import encoder, pcm
from signals import sine, write_wav


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


def crc_bit_by_bit(message: bytes) -> int:
    """CRC-16/ARC as its definition has it."""
    crc = 0
    for byte in message:
        for bit in range(8):
            crc = crc >> 1 ^ (0xA001 if (crc ^ byte >> bit) & 1 else 0)
    return crc


def lengths_of_frames(stream: bytes) -> list[int]:
    """The lengths of MPEG-1 layer III frames, by ISO/IEC 11172-3, 2.4.2.3."""
    rates = (44_100, 48_000, 32_000)
    kbps = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
    lengths, start = [], 0
    while start < len(stream):
        head = stream[start : start + 4]
        assert head[:2] == b"\xff\xfb"
        padded = head[2] >> 1 & 1
        rate_hz = rates[head[2] >> 2 & 3]
        lengths.append(144 * kbps[(head[2] >> 4) - 1] * 1000 // rate_hz + padded)
        start += lengths[-1]
    assert start == len(stream)
    return lengths


def assert_tag_is_true(whole: bytes, samples: int) -> None:
    """Read Xing's table and LAME's extension, as described at gabriel.mp3-tech.org."""
    lengths = lengths_of_frames(whole)
    frame, music = whole[: lengths[0]], whole[lengths[0] :]
    tag = frame.index(b"Info")
    assert tag == 4 + (17 if frame[3] >> 6 == 3 else 32)
    fields = frame[tag + 4 :]
    assert int.from_bytes(fields[:4], "big") == 0b1111
    assert int.from_bytes(fields[4:8], "big") == len(lengths) - 1
    assert int.from_bytes(fields[8:12], "big") == len(whole)
    starts = np.cumsum(lengths) / len(whole)
    for percent, entry in enumerate(fields[12:112]):
        at = min(len(lengths) - 2, round(percent / 100 * (len(lengths) - 1)))
        assert entry / 256 == pytest.approx(starts[at], abs=1 / 128 + 2 / len(lengths))
    lame = fields[116:]
    assert lame[:4] in (b"LAME", b"Lavc")
    delay, padding = lame[21] << 4 | lame[22] >> 4, (lame[22] & 15) << 8 | lame[23]
    assert (len(lengths) - 1) * 1152 - delay - padding == samples
    assert int.from_bytes(lame[28:32], "big") == len(whole)
    assert int.from_bytes(lame[32:34], "big") == crc_bit_by_bit(music)
    told = frame.index(lame[:34]) + 34
    assert int.from_bytes(frame[told : told + 2], "big") == crc_bit_by_bit(frame[:told])


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_every_field_of_the_tag_is_true(tmp_path, form):
    signal = sine(-9, 2.01, 440, channels=form.channels, rate_hz=form.rate_hz)
    assert_tag_is_true(write(tmp_path / "a.mp3", signal, form).read_bytes(), signal.shape[1])


def test_the_tag_is_read_as_ffmpeg_writes_it(tmp_path):
    """So that reader and writer do not share one error."""
    source = write_wav(tmp_path / "a.wav", sine(-9, 2.01, 440))
    plain = ("-id3v2_version", "0", "-b:a", "128k")
    ffmpeg("-v", "error", "-i", source, "-c:a", "libmp3lame", *plain, tmp_path / "a.mp3")
    assert_tag_is_true((tmp_path / "a.mp3").read_bytes(), round(2.01 * 48_000))


def test_checksum_is_crc_16_arc():
    assert crc16(b"123456789") == 0xBB3D


@given(st.binary(max_size=3000), st.integers(0, 3000))
def test_a_checksum_goes_on_from_any_cut(message, cut):
    assert crc16(message[cut:], crc16(message[:cut])) == crc_bit_by_bit(message)


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
