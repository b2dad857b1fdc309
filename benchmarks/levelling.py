"""What levelling, high-pass and noise reduction do to voices, pauses and music, beside FFmpeg's.

    python benchmarks/levelling.py [--write docs/sound.md]

Synthetic talk whose every turn and pause is known goes through sendeturm's stages alone (no gain,
no limiter, no encoder) and through FFmpeg's filters (the program of imageio-ffmpeg). Loudness is
read by pyloudnorm and loudness range by FFmpeg. Prints Markdown; `--write` puts it between the
marks in a page.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from tables import head, put, row

from conversations import Conversation, dialogue, lufs_of, one_person, room
from materials import profile_of
from meters import ffmpeg
from sendeturm.sound.filters import filtered
from sendeturm.sound.levelling import Strength, levelled, plan_levelling
from signals import RATE_HZ, Signal, music, ratio, speech, write_wav

TURNS_S = (6.0, 7, 5, 8, 6, 6, 7, 5)
LIVELY = [("spoken", 8, 0), ("spoken", 9, -2), ("spoken", 7, 1), ("spoken", 8, -1)]
WHISPERS = [("spoken", 8, -6), ("whispered", 5, -16), ("spoken", 7, -6), ("shouted", 3, 4)]
LAUGHS = [("spoken", 8, -8), ("laughing", 2, 0), ("spoken", 9, -8), ("laughing", 1.5, 0)]

Treatment = Callable[[Signal], Signal]


@dataclass(frozen=True)
class Reading:
    """What was measured of some sound; figures that mean nothing for it are None."""

    lra_lu: float
    difference_lu: float | None
    noise_lu: float | None

    def __str__(self) -> str:
        parts = (self.lra_lu, self.difference_lu, self.noise_lu)
        return " · ".join("–" if part is None else figure(part) for part in parts)


def figure(value: float) -> str:
    """Return a figure with a real minus."""
    return f"{value:.1f}".replace("-0.0", "0.0").replace("-", "−")


def talks() -> dict[str, Conversation]:
    """Return what is measured: conversations, single voices, music."""
    half = 20 * RATE_HZ
    song = Conversation(music(40), ((slice(0, half),), (slice(half, 2 * half),)), ())
    bed = room(np.tile(speech(40, seed=2), (2, 1)), -62) + music(40) * ratio(-22)
    soft_and_loud = np.interp(np.arange(2 * half), [half, half + RATE_HZ], [0.1, 1])
    return {
        "two speakers 12 dB apart": dialogue(TURNS_S, (0, -12)),
        "the same in a noisy room": dialogue(TURNS_S, (0, -12), room_db=-50),
        "the same, turns of 1.5 s": dialogue((1.5,) * 28, (0, -12)),
        "the same, pauses of 3 s": dialogue(TURNS_S, (0, -12), pause_s=3),
        "the same, talking over each other": dialogue(TURNS_S, (0, -12), overlap_s=0.8, pause_s=2),
        "three speakers, 0, −12 and −6 dB": dialogue((5.0, 6, 5, 6, 5, 6), (0, -12, -6)),
        "one speaker": one_person(LIVELY),
        "one who whispers and shouts": one_person([*WHISPERS, ("spoken", 8, -6)]),
        "one who laughs": one_person([*LAUGHS, ("spoken", 8, -8)]),
        "speech over a bed of music": Conversation(bed, ((slice(0, 2 * half),),), ()),
        "music": song,
        "soft music, then loud": Conversation(song.signal * soft_and_loud, song.spoken, ()),
    }


def ours(strength: Strength) -> Treatment:
    """Return sendeturm's levelling."""

    def treat(signal: Signal) -> Signal:
        curve = plan_levelling(profile_of(signal), strength)
        return np.concatenate(list(levelled(blocks(signal), curve, RATE_HZ)), axis=1)

    return treat


def blocks(signal: Signal) -> Iterable[np.ndarray]:
    """Yield a second at a time."""
    for start in range(0, signal.shape[1], RATE_HZ):
        yield signal[:, start : start + RATE_HZ].astype(np.float32)


def filters(chain: str) -> Treatment:
    """Return a chain of FFmpeg's filters; nothing is moved in time."""

    def treat(signal: Signal) -> Signal:
        with tempfile.TemporaryDirectory() as folder:
            source = write_wav(Path(folder) / "a.wav", signal, kind="f32")
            said = ffmpeg("-i", source, "-af", chain, "-ar", str(RATE_HZ), "-f", "f32le", "-")
        return np.frombuffer(said.stdout, "<f4").reshape(-1, len(signal)).T.astype(float)

    return treat


LEVELLERS: dict[str, Treatment] = {
    "source": lambda signal: signal,
    "sendeturm gentle": ours("gentle"),
    "sendeturm strong": ours("strong"),
    "dynaudnorm": filters("dynaudnorm"),
    "dynaudnorm, tuned": filters("dynaudnorm=f=500:g=15:p=0.7:m=8:r=0.2"),
    "speechnorm": filters("speechnorm=e=4"),
    "acompressor": filters("acompressor=threshold=-24dB:ratio=4:attack=20:release=250:makeup=4"),
}


def lra_lu(signal: Signal) -> float:
    """Return the loudness range by FFmpeg's ebur128."""
    with tempfile.TemporaryDirectory() as folder:
        path = write_wav(Path(folder) / "a.wav", signal, kind="f32")
        said = ffmpeg("-nostats", "-i", path, "-af", "ebur128", "-f", "null", "/dev/null").stderr
    return float(re.findall(rb"LRA:\s+(\S+) LU", said)[-1])


def reading(talk: Conversation, signal: Signal) -> Reading:
    """Return what is measured of a talk after a treatment."""
    apart = talk.difference_lu(signal) if len(talk.spoken) > 1 else None
    return Reading(lra_lu(signal), apart, talk.noise_lu(signal) if talk.pauses else None)


def levelling_table() -> list[str]:
    """Return a row for each talk and a column for each leveller."""
    lines = head("", *LEVELLERS)
    for name, talk in talks().items():
        readings = (reading(talk, treat(talk.signal)) for treat in LEVELLERS.values())
        lines.append(row(name, *map(str, readings)))
        print(lines[-1], file=sys.stderr)
    return lines


def own_filter(highpass_hz: int | None, *, denoise: bool) -> Treatment:
    """Return sendeturm's high-pass and noise reduction."""

    def treat(signal: Signal) -> Signal:
        out = filtered(blocks(signal), RATE_HZ, len(signal), highpass_hz, denoise=denoise)
        return np.concatenate(list(out), axis=1)

    return treat


CLEANERS: dict[str, Treatment] = {
    "source": LEVELLERS["source"],
    "highpass_hz = 80": own_filter(80, denoise=False),
    "denoise = true": own_filter(None, denoise=True),
    "both": own_filter(80, denoise=True),
    "FFmpeg highpass=80": filters("highpass=f=80"),
    "FFmpeg afftdn=nr=12": filters("afftdn=nr=12"),
}


def rooms() -> dict[str, Conversation]:
    """Return the same voice in several places; the lorry hums at 35 Hz, 20 dB below full scale."""
    quiet, noisy, noisier = (
        dialogue(TURNS_S[:4], (0,), room_db=room_db) for room_db in (-62, -50, -42)
    )
    time_s = np.arange(quiet.signal.shape[1]) / RATE_HZ
    lorry = ratio(-20) * np.sin(2 * np.pi * 35 * time_s)
    return {
        "a quiet room": quiet,
        "a lorry outside": replace(quiet, signal=quiet.signal + lorry),
        "steady noise, −50 dB": noisy,
        "steady noise, −42 dB": noisier,
        "that noise and a lorry": replace(noisier, signal=noisier.signal + lorry),
    }


def rumble_db(talk: Conversation, signal: Signal) -> float:
    """Return the level below 60 Hz in pauses, in dB of full scale."""
    quiet = np.concatenate([signal[0, part] for part in talk.pauses])
    spectrum = np.abs(np.fft.rfft(quiet)) ** 2
    hz = np.fft.rfftfreq(len(quiet), 1 / RATE_HZ)
    square = 2 * spectrum[(hz > 0) & (hz < 60)].sum() / len(quiet) ** 2
    return float(10 * np.log10(max(square, 1e-12)))


def cleaning_table() -> list[str]:
    """Return a row for each room and a column for each cleaner."""
    lines = head("", *CLEANERS)
    clean = dialogue(TURNS_S[:4], (0,), room_db=-100)
    clean_lufs = lufs_of(clean.signal, clean.spoken[0])
    for name, talk in rooms().items():
        cells = []
        for treat in CLEANERS.values():
            out = treat(talk.signal)
            voice_lu = lufs_of(out, talk.spoken[0]) - clean_lufs
            parts = (rumble_db(talk, out), pauses_lufs(talk, out), lra_lu(out), voice_lu)
            cells.append(" · ".join(figure(part) for part in parts))
        lines.append(row(name, *cells))
        print(lines[-1], file=sys.stderr)
    return lines


def pauses_lufs(talk: Conversation, signal: Signal) -> float:
    """Return the loudness of the pauses."""
    edge = RATE_HZ // 20
    parts = [slice(part.start + edge, part.stop - edge) for part in talk.pauses]
    return lufs_of(signal, parts)


LEVELLING = """\
Each cell: loudness range in LU · difference between the loudest and the quietest voice in LU ·
noise in the pauses beside the loudness of the whole, in LU. For music the difference is that
between its halves."""
CLEANING = """\
High-pass and noise reduction. Each cell: rumble below 60 Hz in dB of full scale · loudness of the
pauses in LUFS · loudness range in LU · what became of the voice's loudness, in LU."""


def page() -> str:
    """Return both tables with the words that explain them."""
    return "\n".join([LEVELLING, "", *levelling_table(), "", CLEANING, "", *cleaning_table()])


def main() -> None:
    """Print the tables, and put them into a page if asked to."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", type=Path, help="the page to put them into, between its marks")
    given = parser.parse_args()
    made = page()
    print(made)
    if given.write:
        put(given.write, "levelling", made)


if __name__ == "__main__":
    main()
