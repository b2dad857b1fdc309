"""Recordings measured in parts, side by side: the same to the last bit as from start to end."""

from __future__ import annotations

import dataclasses
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from meters import ffmpeg
from sendeturm.errors import SendeturmError
from sendeturm.sound import parts
from sendeturm.sound.parts import surveyed
from sendeturm.sound.program import Single
from sendeturm.sound.survey import Survey, survey
from signals import Signal, aged, speech, write_wav

WHOLE = frozenset({"profile", "excerpts"})


def unheard(done_ms: int, total_ms: int) -> None:
    """Tell nobody how far it is."""


def voices(seconds: float, rate_hz: int) -> Signal:
    both = np.concatenate([speech(seconds, seed=seed, rate_hz=rate_hz) for seed in (1, 2)])
    both[:, 4 * rate_hz - 1 : 4 * rate_hz + 1] = 0.9  # a peak between the samples of two parts
    return both


@pytest.fixture(autouse=True)
def short_parts(monkeypatch):
    """Parts of two seconds; which surveys were put together from parts."""
    monkeypatch.setattr(parts, "PART_S", 2)
    monkeypatch.setattr(parts, "cores", lambda: 2)
    serial = []
    monkeypatch.setattr(parts, "survey", lambda *given: serial.append(given) or survey(*given))
    return serial


def assert_same(one: Survey, other: Survey) -> None:
    for name in {field.name for field in dataclasses.fields(Survey)} - WHOLE:
        assert getattr(one, name) == pytest.approx(getattr(other, name), abs=0), name
    assert one.profile.squares.tobytes() == other.profile.squares.tobytes()
    assert one.profile.peaks.tobytes() == other.profile.peaks.tobytes()
    for mine, whole in zip(one.excerpts, other.excerpts, strict=True):
        assert mine.start == whole.start
        assert np.array_equal(mine.block, whole.block)


@pytest.mark.parametrize("workers", [1, 2, 5])
@pytest.mark.parametrize(
    "form", [(48_000, "s16", "wav"), (44_100, "s24", "wav"), (44_100, "s16", "flac")]
)
def test_parts_are_the_whole(tmp_path, monkeypatch, short_parts, workers, form):
    rate_hz, kind, to = form
    path = write_wav(tmp_path / "a.wav", voices(11.3, rate_hz), rate_hz=rate_hz, kind=kind)
    if to == "flac":
        ffmpeg("-v", "error", "-i", path, tmp_path / "a.flac")
        path = tmp_path / "a.flac"
    with ThreadPoolExecutor(workers) as pool:
        monkeypatch.setattr(parts, "executor", lambda: pool)
        found = surveyed(Single(aged(path), "a"), unheard)
    assert not short_parts
    assert_same(found, survey(Single(path, "a"), unheard))


def test_progress_ends_at_the_end(tmp_path):
    told: list[tuple[int, int]] = []
    path = aged(write_wav(tmp_path / "a.wav", voices(7, 48_000)))
    surveyed(Single(path, "a"), lambda *at: told.append(at))
    assert told[-1] == (7000, 7000)
    assert sorted(told) == told


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-200_000])


def endless(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[:40] + bytes(4) + whole[44:])


def senseless(path: Path) -> None:
    signal = voices(9, 48_000)
    signal[0, 300_000] = np.nan
    write_wav(path, signal, kind="f32")


@pytest.mark.parametrize("damage", [cut_off, endless, senseless])
def test_what_is_odd_is_measured_from_start_to_end(tmp_path, short_parts, damage):
    path = write_wav(tmp_path / "a.wav", voices(9, 48_000))
    damage(path)
    found = surveyed(Single(aged(path), "a"), unheard)
    assert len(short_parts) == 1
    assert found.notices == survey(Single(path, "a"), unheard).notices


def test_a_damaged_flac_is_told(tmp_path, short_parts):
    write_wav(tmp_path / "a.wav", voices(12, 48_000))
    path = tmp_path / "a.flac"
    ffmpeg("-v", "error", "-i", tmp_path / "a.wav", path)
    whole = bytearray(path.read_bytes())
    whole[len(whole) // 2 : len(whole) // 2 + 40_000] = bytes(40_000)
    path.write_bytes(whole)
    found = surveyed(Single(aged(path), "a"), unheard)
    assert len(short_parts) == 1
    assert [notice.code for notice in found.notices] == ["sound.damaged"]


@pytest.mark.parametrize("rate_hz", [32_000, 96_000])
def test_other_rates_are_measured_from_start_to_end(tmp_path, short_parts, rate_hz):
    path = aged(write_wav(tmp_path / "a.wav", voices(6, rate_hz), rate_hz=rate_hz))
    surveyed(Single(path, "a"), unheard)
    assert len(short_parts) == 1


def test_a_file_that_changes_meanwhile_is_refused(tmp_path):
    path = aged(write_wav(tmp_path / "a.wav", voices(9, 48_000)))
    single = Single(path, "a")
    aged(path, 5)
    with pytest.raises(SendeturmError, match=r"sound\.changed"):
        surveyed(single, unheard)
