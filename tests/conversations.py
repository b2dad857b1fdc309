"""Conversations whose every turn and pause is known: what levelling is tested and measured on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from meters import pyloudnorm_lufs
from signals import RATE_HZ, Signal, ratio, speech

PAUSE_S = 0.5


@dataclass(frozen=True)
class Conversation:
    """Sound, where each voice speaks, and the pauses in which nobody does."""

    signal: Signal
    spoken: tuple[tuple[slice, ...], ...]
    pauses: tuple[slice, ...]

    def difference_lu(self, signal: Signal) -> float:
        """How far the loudest and the quietest voice are apart after some treatment."""
        loudness = [lufs_of(signal, slices) for slices in self.spoken]
        return max(loudness) - min(loudness)

    def noise_lu(self, signal: Signal) -> float:
        """The level in pauses beside the loudness of the whole: the noise a listener hears."""
        edge = RATE_HZ // 20
        parts = [signal[:, part.start + edge : part.stop - edge] for part in self.pauses]
        square = float(np.mean(np.concatenate(parts, axis=1) ** 2))
        return 10 * np.log10(max(square, 1e-20)) - pyloudnorm_lufs(signal, RATE_HZ)


def lufs_of(signal: Signal, slices: Sequence[slice]) -> float:
    """The loudness of some stretches together."""
    return pyloudnorm_lufs(np.concatenate([signal[:, part] for part in slices], 1), RATE_HZ)


def room(signal: Signal, level_db: float, seed: int = 9) -> Signal:
    """The same in a room with noise of some level (RMS below full scale)."""
    return signal + np.random.default_rng(seed).standard_normal(signal.shape) * ratio(level_db)


def dialogue(
    turns_s: Sequence[float],
    levels_db: Sequence[float],
    *,
    pause_s: float = PAUSE_S,
    room_db: float = -62,
    overlap_s: float = 0.0,
) -> Conversation:
    """Voices by turns with pauses between, or each beginning before the other has ended."""
    voices = [speech(60, seed=1 + 4 * n, pitch_hz=110 + 80 * n) for n in range(len(levels_db))]
    said = [0] * len(levels_db)
    spoken: list[list[slice]] = [[] for _ in levels_db]
    pauses = []
    whole = np.zeros((1, round((sum(turns_s) + (pause_s + 1) * len(turns_s)) * RATE_HZ)))
    place = 0
    for number, seconds in enumerate(turns_s):
        who, length = number % len(levels_db), round(seconds * RATE_HZ)
        turn = voices[who][:, said[who] : said[who] + length] * ratio(levels_db[who])
        said[who] += length
        whole[:, place : place + turn.shape[1]] += turn
        spoken[who].append(slice(place, place + turn.shape[1]))
        place += turn.shape[1] - round(overlap_s * RATE_HZ)
        if not overlap_s:
            pauses.append(slice(place, place + round(pause_s * RATE_HZ)))
            place = pauses[-1].stop
    end = place + round(overlap_s * RATE_HZ)
    if overlap_s:  # nobody is silent before the end
        pauses.append(slice(end, end + round(pause_s * RATE_HZ)))
        end = pauses[-1].stop
    both = room(np.tile(whole[:, :end], (2, 1)), room_db)
    return Conversation(both, tuple(map(tuple, spoken)), tuple(pauses))


def whispered(seconds: float, seed: int = 7) -> Signal:
    """A voice without tone: breath through a mouth that moves."""
    rng = np.random.default_rng(seed)
    time_s = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    hz = np.fft.rfftfreq(len(time_s), 1 / RATE_HZ)
    spectrum = np.fft.rfft(rng.standard_normal(len(time_s)))
    spectrum *= sum(
        height * np.exp(-(((hz - centre) / width) ** 2))
        for centre, width, height in ((900, 400, 0.5), (1900, 500, 1.0), (4500, 2500, 0.6))
    )
    breath = np.fft.irfft(spectrum, len(time_s))
    syllable = np.clip(np.sin(2 * np.pi * 1.9 * time_s + seed), 0, 1) ** 1.5
    shaped = breath * syllable
    return (shaped / np.abs(shaped).max() * 0.5)[None]


def laughter(seconds: float, seed: int = 3) -> Signal:
    """Bursts of a loud voice, five a second."""
    time_s = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    burst = np.exp(-9 * (time_s * 5 % 1)) * np.clip(np.sin(2 * np.pi * 5 * time_s) + 0.6, 0, 1)
    return speech(seconds, seed=seed, pitch_hz=240) * 0.3 + 0.9 * burst * np.sin(
        2 * np.pi * 320 * time_s * (1 - 0.02 * np.sin(2 * np.pi * 2 * time_s))
    )


def one_person(
    parts: Sequence[tuple[str, float, float]], *, pause_s: float = PAUSE_S, room_db: float = -62
) -> Conversation:
    """One voice in several ways: (spoken, whispered, shouted or laughing), seconds, level in dB."""
    kinds = list(dict.fromkeys(kind for kind, _, _ in parts))
    spoken: list[list[slice]] = [[] for _ in kinds]
    pieces, pauses, place = [], [], 0
    for number, (kind, seconds, level_db) in enumerate(parts):
        made = {"whispered": whispered, "laughing": laughter}.get(kind)
        sound = made(seconds) if made else speech(seconds, seed=number + 1, pitch_hz=130)
        spoken[kinds.index(kind)].append(slice(place, place + sound.shape[1]))
        pause = round(pause_s * RATE_HZ)
        place += sound.shape[1]
        pauses.append(slice(place, place + pause))
        place += pause
        pieces += [sound * ratio(level_db), np.zeros((1, pause))]
    both = room(np.tile(np.concatenate(pieces, axis=1), (2, 1)), room_db)
    return Conversation(both, tuple(map(tuple, spoken)), tuple(pauses))
