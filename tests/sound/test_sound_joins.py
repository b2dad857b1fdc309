"""Streams encoded side by side: joined, they are as good as one stream, frame by frame."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutagen.mp3 import MP3

from meters import decoded, ffmpeg
from sendeturm.sound import encoding, joins
from sendeturm.sound.blocks import Block
from sendeturm.sound.encoding import encode
from sendeturm.sound.frames import (
    FRAME_SAMPLES,
    HEADER_BYTES,
    Mp3Format,
    SideInfo,
    frame_bytes,
    frame_length,
)
from sendeturm.sound.joins import Joiner, Stretch
from sendeturm.sound.mp3 import pcm
from signals import RATE_HZ, Signal, music, speech

STRETCH = 98
"""Frames per stretch, so that seconds have joins enough."""
SERIAL = 1 << 30


def clicks(seconds: float) -> Signal:
    rng = np.random.default_rng(3)
    signal = 0.01 * rng.standard_normal((2, round(seconds * RATE_HZ)))
    for start in range(0, signal.shape[1] - 20, 9001):
        signal[:, start : start + 20] += 0.7
    return signal


def bursts(seconds: float) -> Signal:
    rng = np.random.default_rng(4)
    gate = np.arange(round(seconds * RATE_HZ)) % 31_000 < 7_000
    return 0.3 * rng.standard_normal((2, len(gate))) * gate


def both(mono: Signal) -> Signal:
    return np.concatenate((mono, 0.7 * mono))


def blocks(signal: Signal, length: int = RATE_HZ) -> list[Block]:
    whole = signal.astype(np.float32)
    return [whole[:, start : start + length] for start in range(0, whole.shape[1], length)]


def silent(done_ms: int, total_ms: int) -> None:
    """Say nothing of the progress."""


def write(path: Path, signal: Signal, form: Mp3Format, stretch: int, block: int = RATE_HZ) -> Path:
    made = encode(blocks(signal, block), form, path, 1, silent, stretch_frames=stretch)
    assert made == signal.shape[1]
    return path


def errors(path: Path, signal: Signal, form: Mp3Format) -> npt.NDArray[np.float64]:
    """The RMS error of every frame, as the FFmpeg program decodes it without a warning."""
    out = decoded(path, form.rate_hz, form.channels)
    assert out.shape == signal.shape
    whole = signal.shape[1] // FRAME_SAMPLES * FRAME_SAMPLES
    by_frame = (out - signal)[:, :whole].reshape(len(signal), -1, FRAME_SAMPLES)
    return np.sqrt((by_frame**2).mean(axis=(0, 2)))


@pytest.fixture
def cuts(monkeypatch):
    """The frames at which streams were joined, and None for each portion without a cut."""
    found: list[int | None] = []
    find = joins.find_cut

    def watched(earlier, later, begin):
        found.append(find(earlier, later, begin))
        return found[-1]

    monkeypatch.setattr(joins, "find_cut", watched)
    return found


MATERIALS = {
    "speech": lambda: both(speech(7)),
    "mono": lambda: speech(7),
    "music": lambda: music(7),
    "clicks": lambda: clicks(7),
    "bursts": lambda: bursts(7),
}
FORMS = [(64, 48_000), (96, 44_100), (128, 48_000), (192, 44_100), (320, 48_000)]


def assert_like_serial(tmp_path: Path, signal: Signal, form: Mp3Format) -> None:
    joined = errors(write(tmp_path / "joined.mp3", signal, form, STRETCH), signal, form)
    serial = errors(write(tmp_path / "serial.mp3", signal, form, SERIAL), signal, form)
    # A frame's noise may be shared out a little otherwise; a garbled frame is as loud as the sound.
    worst_near = np.maximum.reduce([np.roll(serial, shift) for shift in range(-4, 5)])
    assert (joined / (worst_near + 1e-4)).max() < 2.5
    assert joined.mean() < 1.02 * serial.mean() + 1e-6


@pytest.mark.slow
@pytest.mark.parametrize("material", MATERIALS)
@pytest.mark.parametrize(("kbps", "rate_hz"), FORMS)
def test_no_frame_is_worse_for_being_joined(tmp_path, cuts, material, kbps, rate_hz):
    signal = MATERIALS[material]()
    assert_like_serial(tmp_path, signal, Mp3Format(rate_hz, len(signal), kbps))
    assert sum(cut is not None for cut in cuts) == 2


def test_speech_is_joined_without_a_trace(tmp_path, cuts):
    assert_like_serial(tmp_path, speech(5), Mp3Format(RATE_HZ, 1, 96))
    assert any(cuts)


def test_a_garbled_frame_would_be_noticed(tmp_path, monkeypatch):
    monkeypatch.setattr(Stretch, "put_main_data", lambda *_: None)
    cuts_with_data = []
    main_data = Stretch.main_data

    def watched(self, number, count):
        cuts_with_data.append(count)
        return main_data(self, number, count)

    monkeypatch.setattr(Stretch, "main_data", watched)
    form = Mp3Format(RATE_HZ, 1, 96)
    with pytest.raises(AssertionError):
        assert_like_serial(tmp_path, speech(7), form)
    assert any(cuts_with_data)


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_any_number_of_workers_writes_the_same_bytes(tmp_path, monkeypatch, workers):
    signal, form = both(speech(8)), Mp3Format(44_100, 2, 128)
    as_usual = write(tmp_path / "usual.mp3", signal, form, 49).read_bytes()
    with ThreadPoolExecutor(workers) as pool:
        monkeypatch.setattr(encoding, "cores", lambda: workers)
        monkeypatch.setattr(encoding, "executor", lambda: pool)
        path = write(tmp_path / "other.mp3", signal, form, 49, block=7777)
    assert path.read_bytes() == as_usual


def test_where_nothing_fits_one_encoder_goes_on(tmp_path, monkeypatch):
    signal, form = both(speech(6)), Mp3Format(RATE_HZ, 2, 128)
    serial = write(tmp_path / "serial.mp3", signal, form, SERIAL).read_bytes()
    monkeypatch.setattr(joins, "_fits", lambda *_: False)
    assert write(tmp_path / "joined.mp3", signal, form, 49).read_bytes() == serial


@pytest.mark.parametrize("late", [20, 45, 80, 130])
def test_a_late_cut_takes_more_overlap(tmp_path, monkeypatch, cuts, late):
    fits = joins._fits
    signal, form = both(speech(8)), Mp3Format(RATE_HZ, 2, 128)
    serial = errors(write(tmp_path / "serial.mp3", signal, form, SERIAL), signal, form)

    def reluctant(earlier, later, number):
        return (
            number % STRETCH >= late % STRETCH and number >= late and fits(earlier, later, number)
        )

    monkeypatch.setattr(joins, "_fits", reluctant)
    joined = errors(write(tmp_path / "joined.mp3", signal, form, STRETCH), signal, form)
    assert any(cuts)
    assert joined.max() < 1.5 * serial.max()
    assert joined.mean() < 1.02 * serial.mean()


def test_attacks_everywhere_leave_no_cut_and_no_harm(tmp_path, cuts):
    rng = np.random.default_rng(5)
    gate = np.exp(-(np.arange(6 * RATE_HZ) % 1700) / 60)
    signal = 0.8 * rng.standard_normal((1, len(gate))).clip(-1, 1) * gate
    assert_like_serial(tmp_path, signal, Mp3Format(RATE_HZ, 1, 64))
    assert None in cuts


LENGTHS = [1, 575, 1151, 1152, 1153, 49 * 1152 - 1, 49 * 1152, 49 * 1152 + 1, 98 * 1152 + 600]


@pytest.mark.parametrize("samples", LENGTHS)
def test_the_length_is_exact_wherever_the_signal_ends(tmp_path, samples):
    signal, form = speech(3)[:, :samples], Mp3Format(RATE_HZ, 1, 96)
    path = write(tmp_path / "a.mp3", signal, form, 49)
    # Told that it is an MP3: so few frames are too little for FFmpeg to guess by.
    said = ffmpeg("-v", "warning", "-f", "mp3", "-i", path, "-f", "f32le", "-")
    assert not said.stderr
    assert len(said.stdout) == 4 * samples
    assert MP3(path).info.length == pytest.approx(samples / RATE_HZ, abs=1e-9)


def test_pyav_encodes_side_by_side_too(tmp_path, monkeypatch, cuts):
    monkeypatch.setitem(sys.modules, "lameenc", None)
    assert_like_serial(tmp_path, speech(5), Mp3Format(RATE_HZ, 1, 96))
    assert any(cuts)


def test_frames_are_as_long_as_in_one_stream(tmp_path):
    signal, form = speech(6, rate_hz=44_100), Mp3Format(44_100, 1, 128)
    lengths = [
        [len(frame) for frame in frames(write(tmp_path / "a.mp3", signal, form, stretch))]
        for stretch in (98, SERIAL)
    ]
    assert lengths[0] == lengths[1]
    assert len(set(lengths[0][1:])) == 2


@pytest.mark.parametrize(("kbps", "rate_hz"), [(64, 48_000), (128, 44_100)])
def test_the_table_of_contents_leads_to_the_right_place(tmp_path, kbps, rate_hz):
    form = Mp3Format(rate_hz, 1, kbps)
    path = write(tmp_path / "a.mp3", speech(20, rate_hz=rate_hz), form, STRETCH)
    whole = path.read_bytes()
    starts = np.cumsum([0, *(len(frame) for frame in frames(path))])
    tag = whole.index(b"Info")
    toc = whole[tag + 16 : tag + 116]
    for percent, entry in enumerate(toc):
        byte = entry / 256 * len(whole)
        played = max(0, np.searchsorted(starts, byte) - 1) / (len(starts) - 2)
        assert played == pytest.approx(percent / 100, abs=1 / 256 + 2 / len(starts))


def test_a_full_disk_ends_all_work(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(encoding.Mp3File, "write", full)
    begun = []
    submit = encoding.executor().submit

    def watched(*task):
        begun.append(submit(*task))
        return begun[-1]

    monkeypatch.setattr(encoding.executor(), "submit", watched)
    with pytest.raises(OSError, match="No space"):
        write(tmp_path / "a.mp3", speech(20), Mp3Format(RATE_HZ, 1, 96), 49)
    assert len(begun) < 8
    assert all(stretch.cancelled() or stretch.exception() is None for stretch in begun)


def held_bytes(side_by_side: encoding._SideBySide) -> int:
    """How many bytes of samples wait for an encoder, or for a join."""
    waiting = [list(lane._waiting) + list(lane.begun or ()) for lane in side_by_side._lanes]
    return sum(len(samples) for lane in waiting for samples in lane)


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_no_more_samples_are_held_than_cores_need(tmp_path, monkeypatch, workers):
    held, add = [], encoding._SideBySide.add

    def watched(self, samples):
        add(self, samples)
        held.append(held_bytes(self))

    monkeypatch.setattr(encoding._SideBySide, "add", watched)
    monkeypatch.setattr(encoding, "cores", lambda: workers)
    write(tmp_path / "a.mp3", speech(20), Mp3Format(RATE_HZ, 1, 96), 49, block=4800)
    assert len(held) == 200
    # One core more than holds samples of its own is being filled, one waits for its join.
    assert max(held) <= (workers + 1) * 49 * FRAME_SAMPLES * 2


def frames(path: Path) -> list[bytes]:
    whole, start, found = path.read_bytes(), 0, []
    while start < len(whole):
        length = frame_length(whole[start : start + HEADER_BYTES])
        found.append(whole[start : start + length])
        start += length
    assert start == len(whole)
    return found


bits = st.booleans()


@given(
    st.integers(0, 511), st.sampled_from([1, 2]), st.lists(bits, min_size=4, max_size=4), st.data()
)
def test_side_information_is_read_bit_by_bit(main_data_begin, channels, switched, draw):
    """Written here as ISO/IEC 11172-3, 2.4.1.7 lists the fields."""

    def other(width: int) -> str:
        return format(draw.draw(st.integers(0, 2**width - 1)), f"0{width}b")

    fields = format(main_data_begin, "09b") + other(5 if channels == 1 else 3) + other(4 * channels)
    flags = switched[: 2 * channels]
    for flag in flags:
        fields += other(12) + other(9) + other(8) + other(4) + str(int(flag)) + other(22) + other(3)
    side = int(fields, 2).to_bytes(len(fields) // 8, "big")
    assert SideInfo.of(side) == SideInfo(main_data_begin, not any(flags))


@given(st.integers(0, 511), st.sampled_from([32, 64, 128, 320]), st.sampled_from([1, 2]))
def test_main_data_is_put_where_it_is_read(count, kbps, channels):
    form = Mp3Format(RATE_HZ, channels, kbps)
    stretch = Stretch(form, 0)
    rng = np.random.default_rng(1)
    length = frame_bytes(kbps, RATE_HZ)
    head = bytes((0xFF, 0xFB, (encoding_index(kbps) << 4) | 0b0100, 0b1100_0000))
    noise = [rng.integers(0, 255, length - 4, dtype=np.uint8).tobytes() for _ in range(14)]
    stretch._take(b"".join(head + rest for rest in noise))
    assert stretch.end == 14
    whole = b"".join(rest[form.side_bytes :] for rest in noise[:13])
    assert stretch.main_data(13, count) == whole[len(whole) - count :]
    fresh = rng.integers(0, 255, count, dtype=np.uint8).tobytes()
    stretch.put_main_data(13, fresh)
    assert stretch.main_data(13, count) == fresh
    joined = stretch.pop(13)
    written = [
        joined[start + 4 + form.side_bytes : start + length]
        for start in range(0, len(joined), length)
    ]
    left = b"".join(written)
    assert left == whole[: len(whole) - count] + fresh


def encoding_index(kbps: int) -> int:
    return (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320).index(kbps) + 1


@given(st.lists(st.integers(1, 400), min_size=1, max_size=20))
def test_frames_are_found_across_any_cut(lengths):
    form = Mp3Format(RATE_HZ, 1, 64)
    samples = pcm(speech(0.5).astype(np.float32), 64)
    at_once, written = Stretch(form, 0), []
    at_once.add(samples)
    at_once.finish()
    stream, pieces = bytes(at_once._stream), Stretch(form, 0)
    places = [0, *np.cumsum(lengths), len(stream)]
    for start, end in pairwise(int(place) for place in places):
        pieces._take(stream[start:end])
    assert pieces._starts == at_once._starts
    joiner = Joiner(written.append)
    joiner.finish()
    assert not written
