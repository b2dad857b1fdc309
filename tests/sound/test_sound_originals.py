"""Recordings as browsers get to hear them: as they are where that is possible."""

from __future__ import annotations

import numpy as np
import pytest

import signals
from meters import decoded, ffmpeg
from sendeturm.errors import SendeturmError
from sendeturm.sound import forget_others, playable
from signals import RATE_HZ, UNKNOWN_BYTES, write_wav

DIGEST = "ab" * 32


def played(path, cache):
    return playable(path, path.name, DIGEST, cache, lambda done, total: None)


@pytest.mark.parametrize(
    ("name", "encoder", "kind"),
    [
        ("a.flac", "flac", "audio/flac"),
        ("a.mp3", "libmp3lame", "audio/mpeg"),
        ("a.m4a", "aac", "audio/mp4"),
        ("a.ogg", "libvorbis", "audio/ogg"),
        ("a.opus", "libopus", "audio/ogg"),
        ("a.webm", "libopus", "audio/webm"),
        ("a.wav", "pcm_s24le", "audio/wav"),
    ],
)
def test_what_browsers_play_stays_as_it_is(tmp_path, name, encoder, kind):
    source = write_wav(tmp_path / "source.wav", signals.sine(-20, 2))
    path = tmp_path / name
    ffmpeg("-i", str(source), "-c:a", encoder, str(path))
    original = played(path, tmp_path / "cache")
    assert (original.path, original.type) == (path, kind)
    assert original.duration_ms == pytest.approx(2000, abs=60)
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize(
    ("name", "encoder"),
    [
        ("a.aiff", "pcm_s24be"),
        ("a.caf", "pcm_s16be"),
        ("a.w64", "pcm_s16le"),
        ("a.m4a", "alac"),
        ("a.mkv", "flac"),
        ("a.aac", "aac"),
        ("a.wav", "adpcm_ms"),
    ],
)
def test_what_they_do_not_play_is_copied_once(tmp_path, name, encoder):
    signal = signals.faded(signals.sine(-12, 2, 440))
    source = write_wav(tmp_path / "source.wav", signal, kind="s24")
    path, cache = tmp_path / name, tmp_path / "cache"
    ffmpeg("-i", str(source), "-c:a", encoder, str(path))
    original = played(path, cache)
    assert (original.path, original.type) == (cache / f"originals/{DIGEST}.flac", "audio/flac")
    assert list((cache / "originals").iterdir()) == [original.path]
    heard = decoded(original.path, RATE_HZ, 2)
    assert original.duration_ms == pytest.approx(heard.shape[1] * 1000 / RATE_HZ, abs=1)
    assert heard.shape[1] == pytest.approx(2 * RATE_HZ, abs=3000)
    level = np.sqrt((heard[0] ** 2).mean()) / np.sqrt((signal[0] ** 2).mean())
    assert level == pytest.approx(1, abs=0.03)
    before = original.path.stat().st_mtime_ns
    assert played(path, cache) == original
    assert original.path.stat().st_mtime_ns == before


def test_a_copy_without_loss_is_exact_to_24_bits(tmp_path):
    signal = signals.speech(1.0)
    source = write_wav(tmp_path / "source.wav", signal, kind="s24")
    path = tmp_path / "a.aiff"
    ffmpeg("-i", str(source), "-c:a", "pcm_s24be", str(path))
    heard = decoded(played(path, tmp_path / "cache").path, RATE_HZ, 1)
    assert np.abs(heard - signal).max() < 2**-22


def test_a_wav_that_was_never_closed_is_copied(tmp_path):
    path = write_wav(tmp_path / "a.wav", signals.sine(-20, 2), declared_bytes=UNKNOWN_BYTES)
    assert played(path, tmp_path / "cache").type == "audio/flac"
    path = write_wav(tmp_path / "b.wav", signals.sine(-20, 2), declared_bytes=0)
    original = played(path, tmp_path / "other")
    assert original.duration_ms == 2000


def test_beyond_full_scale_a_copy_does_not_turn_over(tmp_path):
    path = tmp_path / "a.aiff"
    source = write_wav(tmp_path / "s.wav", 3 * signals.sine(-3, 1), kind="f32")
    ffmpeg("-i", str(source), "-c:a", "pcm_f32be", str(path))
    heard = decoded(played(path, tmp_path / "cache").path, RATE_HZ, 2)
    assert np.abs(np.diff(heard)).max() < 0.4


def test_no_sound_is_said_and_nothing_is_left(tmp_path):
    path = tmp_path / "a.aiff"
    path.write_bytes(b"FORM no sound")
    with pytest.raises(SendeturmError, match=r"sound\.not-audio"):
        played(path, tmp_path / "cache")
    assert not (tmp_path / "cache").exists()


def test_copies_nobody_hears_any_more_go_away(tmp_path):
    folder = tmp_path / "originals"
    folder.mkdir()
    for name in ("a.flac", "b.flac"):
        (folder / name).write_bytes(b"x")
    forget_others(tmp_path, {folder / "a.flac"})
    assert [path.name for path in folder.iterdir()] == ["a.flac"]
