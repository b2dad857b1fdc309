# a script, no part of the package: it stands alone and prints
"""Make the sound of the sample show in `episodes/`, with transcript and chapters that fit it.

It was run once and its files are committed; neither tests nor `make` run it. It needs the
Debian package espeak-ng (1.51) and sendeturm's own dependencies:

    .venv/bin/python tools/make_sample_show.py

A new run of another espeak-ng makes other bytes, so the GUIDs it prints must then go into the
episodes' front matter, unless the show is on the air already.
"""

from __future__ import annotations

import hashlib
import io
import subprocess
import tomllib
import wave
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid5

import av
import numpy as np
from numpy.typing import NDArray

from sendeturm.pictures import draw_cover, small_cover
from sendeturm.pictures.covers import LEAST_SIDE_PX

ROOT = Path(__file__).resolve().parent.parent
EPISODES = ROOT / "episodes"
SPOKEN_HZ = 22_050  # what espeak-ng gives
RATE_HZ = 24_000
PAUSE_MS = 450

Samples = NDArray[np.float64]


@dataclass(frozen=True)
class Voice:
    """Somebody who speaks: espeak-ng's voice, pitch (0 to 99), words per minute, loudness."""

    name: str
    voice: str
    pitch: int
    speed_wpm: int
    rms_dbfs: float


@dataclass(frozen=True)
class Line:
    """What one voice says in one go; `chapter` begins with it."""

    voice: Voice
    text: str
    chapter: str = ""


@dataclass(frozen=True)
class Spoken:
    """A line in its place in the recording."""

    line: Line
    start_ms: int
    end_ms: int


JULE = Voice("Jule", "de+f5", 52, 150, -33.0)
SOEREN = Voice("Sören", "de+m3", 36, 142, -43.0)  # far from his microphone
EMMA = Voice("Emma", "en-gb+f3", 50, 152, -35.0)

SHOW = {
    "001-a-tower-of-your-own": [
        Line(EMMA, "Hello. This is a small show about doing things yourself."),
        Line(
            EMMA,
            "Long ago, whoever wanted to be heard across the land needed a tower of steel. "
            "Today a folder with an address will do.",
        ),
        Line(EMMA, "We speak for ourselves, in our own words, from our own place."),
        Line(EMMA, "It takes an afternoon to begin, and nobody has to allow it. See you soon."),
    ],
    "002-grüße-aus-übersee": [
        Line(JULE, "Moin und herzlich willkommen! Heute hören wir Grüße aus Übersee.", "Begrüßung"),
        Line(SOEREN, "Hallo Jule. Hier ist es sechs Uhr früh, und der Kaffee ist heiß."),
        Line(JULE, "Wie kommt deine Stimme so schnell über das große Wasser?", "Über das Wasser"),
        Line(
            SOEREN,
            "Früher trug sie die Kurzwelle. Heute lege ich eine Datei ab, und wer mag, holt sie.",
        ),
        Line(JULE, "Und wem gehört der Turm, von dem du sendest?", "Der eigene Turm"),
        Line(SOEREN, "Mir. Er ist klein, ein Ordner mit einer Adresse. Doch er steht."),
        Line(JULE, "Das klingt nach viel Arbeit."),
        Line(SOEREN, "Weniger, als man denkt. Aufnehmen, benennen, senden. Einfach tun."),
        Line(JULE, "Schöne Grüße zurück, und bis zum nächsten Mal!", "Gruß zum Schluss"),
    ],
    "003-drei-möwen-am-mast": [
        Line(JULE, "Eine kurze Notiz vom Deich. Oben am Mast sitzen drei Möwen."),
        Line(JULE, "Sie schweigen und sehen aufs Meer. Auch das ist eine Sendung."),
        Line(JULE, "Ich schneide nichts heraus. So war es heute früh, und so bleibt es."),
    ],
    "004-gruß-ins-nächste-jahrhundert": [
        Line(JULE, "Guten Abend, nächstes Jahrhundert. Diese Folge hat lange gewartet."),
        Line(JULE, "Wir wissen nicht, womit ihr hört. Vielleicht mit den Ohren, das wäre schön."),
        Line(JULE, "Bei uns hat man einfach eine Datei abgelegt. Und nun ist sie bei euch."),
    ],
}
WITH_SIDECARS = "002-grüße-aus-übersee"


def main() -> None:
    """Write recordings, the transcript, the chapters and the covers; print the GUIDs."""
    show = tomllib.loads((ROOT / "sendeturm.toml").read_text(encoding="utf-8"))["show"]
    for stem, lines in SHOW.items():
        recording = EPISODES / f"{stem}.flac"
        samples, spoken = record(lines)
        recording.write_bytes(flac(samples))
        if stem == WITH_SIDECARS:
            (EPISODES / f"{stem}.vtt").write_text(webvtt(spoken), encoding="utf-8")
            (EPISODES / f"{stem}.chapters.txt").write_text(chapters(spoken), encoding="utf-8")
            (EPISODES / f"{stem}.jpg").write_bytes(
                smaller(draw_cover("Grüße aus Übersee", show["title"]))
            )
        digest = hashlib.sha256(recording.read_bytes()).hexdigest()
        print(stem, uuid5(UUID(show["id"]), digest), f"{len(samples) / SPOKEN_HZ:.1f} s")
    (ROOT / "cover.jpg").write_bytes(draw_cover(show["title"], show["author"]))


def record(lines: list[Line]) -> tuple[Samples, list[Spoken]]:
    """Return a recording of `lines`, pauses between them, and where each of them is."""
    pieces = [silence(PAUSE_MS)]
    spoken = []
    for line in lines:
        start = sum(map(len, pieces))
        pieces += [speech(line), silence(PAUSE_MS)]
        spoken.append(Spoken(line, ms(start), ms(start + len(pieces[-2]))))
    return np.concatenate(pieces), spoken


def speech(line: Line) -> Samples:
    """Return `line` as espeak-ng says it, at its voice's loudness."""
    voice = line.voice
    how = ["-z", "-v", voice.voice, "-p", str(voice.pitch), "-s", str(voice.speed_wpm)]
    command = ["espeak-ng", *how, "--stdout", line.text]
    said = subprocess.run(command, check=True, capture_output=True)  # noqa: S603  # our own words
    with wave.open(io.BytesIO(said.stdout)) as source:
        frames = source.readframes(source.getnframes())
    samples = np.frombuffer(frames[: len(frames) // 2 * 2], dtype="<i2") / 32768
    rms = np.sqrt(np.mean(samples**2))
    return np.asarray(samples * 10 ** (voice.rms_dbfs / 20) / rms)


def silence(duration_ms: int) -> Samples:
    """Return digital silence."""
    return np.zeros(duration_ms * SPOKEN_HZ // 1000)


def ms(samples: int) -> int:
    """Return the duration of so many samples."""
    return round(samples * 1000 / SPOKEN_HZ)


def flac(samples: Samples) -> bytes:
    """Return mono samples (±1) as a 16-bit FLAC file."""
    written = io.BytesIO()
    integers = np.round(np.clip(samples, -1, 1) * 32767).astype("<i2")
    frame = av.AudioFrame.from_ndarray(integers[None, :], format="s16", layout="mono")
    frame.sample_rate = SPOKEN_HZ
    with av.open(written, "w", format="flac") as container:
        stream = container.add_stream("flac", rate=RATE_HZ, layout="mono", format="s16")
        stream.codec_context.options = {"compression_level": "12"}
        resampler = av.AudioResampler("s16", "mono", RATE_HZ, stream.codec_context.frame_size)
        for piece in [*resampler.resample(frame), *resampler.resample(None), None]:
            container.mux(stream.encode(piece))
    return written.getvalue()


def smaller(cover: bytes) -> bytes:
    """Return a cover at the least size that directories take: the repository stays light."""
    return small_cover(cover, LEAST_SIDE_PX)


def webvtt(spoken: list[Spoken]) -> str:
    """Return the transcript: what was said, by whom and when."""
    cues = [
        f"{clock(s.start_ms)} --> {clock(s.end_ms)}\n<v {s.line.voice.name}>{s.line.text}\n"
        for s in spoken
    ]
    return "\n".join(["WEBVTT\n", *cues])


def chapters(spoken: list[Spoken]) -> str:
    """Return the chapters; the first begins with the recording."""
    starts = [s for s in spoken if s.line.chapter]
    times = [0, *(s.start_ms for s in starts[1:])]
    return "".join(f"{clock(t)} {s.line.chapter}\n" for t, s in zip(times, starts, strict=True))


def clock(time_ms: int) -> str:
    """Return `HH:MM:SS.mmm`."""
    seconds, rest_ms = divmod(time_ms, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest_ms:03}"


if __name__ == "__main__":
    main()
