"""Signals for the sound tests, made of numbers, and the files they are written to."""

from __future__ import annotations

import os
import struct
import time
from pathlib import Path

import numpy as np
import numpy.typing as npt

Signal = npt.NDArray[np.float64]
"""Samples, shape (channels, length), full scale ±1.0."""

RATE_HZ = 48_000
UNKNOWN_BYTES = 0xFFFFFFFF


def ratio(level_db: float) -> float:
    return 10 ** (level_db / 20)


def sine(
    level_dbfs: float,
    seconds: float,
    hz: float = 1000,
    *,
    channels: int = 2,
    rate_hz: int = RATE_HZ,
    phase_deg: float = 0.0,
) -> Signal:
    """`level_dbfs` is the peak of the sine, as EBU Tech 3341 counts it."""
    time_s = np.arange(round(seconds * rate_hz)) / rate_hz
    wave = ratio(level_dbfs) * np.sin(2 * np.pi * hz * time_s + np.radians(phase_deg))
    return np.tile(wave, (channels, 1))


def steps(*levels: tuple[float, float], channels: int = 2, rate_hz: int = RATE_HZ) -> Signal:
    """Sines of (seconds, dBFS), one after the other."""
    return np.concatenate(
        [sine(level, seconds, channels=channels, rate_hz=rate_hz) for seconds, level in levels], 1
    )


def faded(signal: Signal, ms: int = 50, rate_hz: int = RATE_HZ) -> Signal:
    """Without the clicks of a sudden start and end, which have peaks of their own."""
    ramp = 0.5 - 0.5 * np.cos(np.linspace(0, np.pi, rate_hz * ms // 1000))
    shaped = signal.copy()
    shaped[:, : len(ramp)] *= ramp
    shaped[:, -len(ramp) :] *= ramp[::-1]
    return shaped


def _coloured(
    rng: np.random.Generator, length: int, rate_hz: int, centre_hz: float
) -> npt.NDArray[np.float64]:
    """Noise of about unit level around a frequency, like breath and drums."""
    hz = np.fft.rfftfreq(length, 1 / rate_hz)
    spectrum = np.fft.rfft(rng.standard_normal(length))
    spectrum *= np.exp(-(((hz - centre_hz) / (centre_hz / 2)) ** 2))
    noise = np.fft.irfft(spectrum, length)
    return noise / max(float(noise.std()), 1e-9)


def speech(
    seconds: float, *, seed: int = 1, rate_hz: int = RATE_HZ, pitch_hz: float = 110
) -> Signal:
    """One channel like a voice: a gliding glottal pulse, vowels, hisses, pauses, room noise."""
    rng = np.random.default_rng(seed)
    length = round(seconds * rate_hz)
    time_s = np.arange(length) / rate_hz
    glide = pitch_hz * (1 + 0.15 * np.sin(2 * np.pi * 0.31 * time_s + seed))
    phase = 2 * np.pi * np.cumsum(glide) / rate_hz
    starts = rng.uniform(0, 2 * np.pi, 31)
    voice = np.zeros(length)
    for harmonic in range(1, 30):
        hz = harmonic * pitch_hz
        formants = sum(
            np.exp(-(((hz - f) / w) ** 2)) for f, w in ((500, 220), (1500, 300), (2600, 400))
        )
        if hz * 1.2 < rate_hz / 2:
            voice += (0.15 / harmonic + 0.5 * formants / np.sqrt(harmonic)) * np.cos(
                harmonic * phase + starts[harmonic]
            )
    syllable = np.clip(
        np.sin(2 * np.pi * 2.1 * time_s) + 0.4 * np.sin(2 * np.pi * 0.77 * time_s), 0, 1
    )
    sentence = (np.sin(2 * np.pi * 0.12 * time_s + seed) > -0.8).astype(float)
    between = np.clip(np.sin(2 * np.pi * 2.1 * time_s + 2.6), 0, 1) ** 4
    hiss = 0.15 * _coloured(rng, length, rate_hz, 6000) * between
    room = rng.standard_normal(length) * 0.0005
    whole = (voice * syllable**1.5 + hiss) * sentence
    return ((whole / np.abs(whole).max() * 0.5) + room)[None]


def music(seconds: float, *, seed: int = 2, rate_hz: int = RATE_HZ) -> Signal:
    """Two channels like music: chords, a bass, drum beats with sharp attacks."""
    rng = np.random.default_rng(seed)
    time_s = np.arange(round(seconds * rate_hz)) / rate_hz
    chord = sum(
        np.sin(2 * np.pi * hz * time_s + n) for n, hz in enumerate((220, 277.2, 329.6, 440, 880))
    )
    bass = 2 * np.sin(2 * np.pi * 55 * time_s)
    beat = 3 * np.exp(-30 * (time_s % 0.5)) * _coloured(rng, len(time_s), rate_hz, 2500)
    left, right = chord + bass + beat, 0.7 * chord + bass + 0.8 * beat
    both = np.stack((left, right))
    return both / np.abs(both).max() * 0.7


def two_speakers(seconds: float, apart_db: float = 12) -> Signal:
    """Two voices in turns of six seconds, a little to the left and the right."""
    one, other = speech(seconds, seed=1), speech(seconds, seed=5, pitch_hz=190) * ratio(-apart_db)
    turn = (np.arange(one.shape[1]) // (6 * RATE_HZ)) % 2 == 0
    return np.concatenate((one * turn + 0.6 * other * ~turn, 0.6 * one * turn + other * ~turn))


def _codes(signal: Signal, kind: str) -> bytes:
    interleaved = signal.T
    if kind == "f32":
        return interleaved.astype("<f4").tobytes()
    if kind == "u8":
        return (np.rint(interleaved * 127) + 128).clip(0, 255).astype("u1").tobytes()
    bits = {"s16": 16, "s24": 24, "s32": 32}[kind]
    top = 2 ** (bits - 1)
    whole = np.rint(interleaved * top).clip(-top, top - 1).astype("<i4")
    if kind == "s24":
        return np.ascontiguousarray(whole)[..., None].view("u1")[..., :3].tobytes()
    return whole.astype(f"<i{bits // 8}").tobytes()


def wav(
    signal: Signal, *, rate_hz: int = RATE_HZ, kind: str = "s16", declared_bytes: int | None = None
) -> bytes:
    """A WAV file of `kind` (u8, s16, s24, s32, f32), its data's size as it is or as told."""
    codes = _codes(signal, kind)
    width, channels = int(kind[1:]) // 8, len(signal)
    tag = 3 if kind == "f32" else 1
    form = struct.pack(
        "<HHIIHH", tag, channels, rate_hz, rate_hz * channels * width, channels * width, width * 8
    )
    size = len(codes) if declared_bytes is None else declared_bytes
    riff = UNKNOWN_BYTES if size == UNKNOWN_BYTES else size and size + 36
    return b"".join(
        (
            struct.pack("<4sI4s4sI", b"RIFF", riff, b"WAVE", b"fmt ", len(form)),
            form,
            struct.pack("<4sI", b"data", size),
            codes,
        )
    )


def write_wav(path: Path, signal: Signal, **form: object) -> Path:
    path.write_bytes(wav(signal, **form))
    return path


def aged(path: Path, seconds: float = 60) -> Path:
    """As if nobody had written to the file for so long: nobody seems to write to it any more."""
    when_s = time.time() - seconds
    os.utime(path, (when_s, when_s))
    return path
