"""Every kind of odd or bad recording in one show: published right, or refused in plain words."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

import shows
import signals
from meters import decoded, ffmpeg, ffmpeg_reads
from signals import RATE_HZ, UNKNOWN_BYTES, Signal, aged, speech, wav

SECONDS = 3
VOICE = speech(SECONDS)
WHOLE = wav(VOICE)
TONE = signals.sine(-20, SECONDS, 440)


@dataclass(frozen=True)
class Case:
    """A recording: its file's ending, what writes it, and what comes of it.

    `seconds` of a published one, else 0 and the code of its refusal; `told` is a warning's code.
    """

    ending: str
    write: Callable[[Path], object]
    seconds: float = 0
    code: str = ""
    told: str = ""


def just(content: bytes) -> Callable[[Path], object]:
    return lambda path: aged(_written(path, content))


def fresh(content: bytes) -> Callable[[Path], object]:
    return lambda path: _written(path, content)


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def made(*arguments: str, of: bytes = WHOLE) -> Callable[[Path], object]:
    """Let FFmpeg make the file; `{wav}` stands for the source."""

    def write(path: Path) -> None:
        source = path.with_suffix(".source")
        source.write_bytes(of)
        ffmpeg("-i", source, *arguments, path)
        source.unlink()
        aged(path)

    return write


def video(*, has_sound: bool) -> Callable[[Path], object]:
    picture = ("-f", "lavfi", "-i", f"color=d={SECONDS}:s=64x64:r=5", "-c:v", "mpeg4")
    chosen = ("-map", "0:a", "-map", "1:v") if has_sound else ("-map", "1:v")
    return made(*picture, *chosen)


def damaged(*arguments: str) -> Callable[[Path], object]:
    def write(path: Path) -> None:
        made(*arguments)(path)
        content = bytearray(path.read_bytes())
        middle, length = len(content) // 2, len(content) // 6
        content[middle : middle + length] = bytes(length)
        just(bytes(content))(path)

    return write


def changing(path: Path) -> None:
    """Two MP3s in a row, of different rates and channels."""
    content = b""
    for rate, channels in (("48000", "2"), ("44100", "1")):
        form = ("-ar", rate, "-ac", channels, "-write_xing", "0", "-id3v2_version", "0")
        made(*form)(path)
        content += path.read_bytes()
    just(content)(path)


def mixed(count: int) -> Signal:
    return np.concatenate([speech(SECONDS, seed=n) for n in range(count)]) * 0.5


def with_nonsense() -> Signal:
    signal = VOICE.copy()
    signal[0, 1000:1010] = np.nan
    signal[0, 3000] = np.inf
    return signal


SILENT, SHORT, NO_TRACK = "sound.silent", "sound.too-short", "sound.no-track"
NOT_AUDIO, GROWING = "sound.not-audio", "sound.still-written"
DAMAGED, UNCLOSED, SENSELESS = "sound.damaged", "sound.unclosed", "sound.senseless"
HLS = b"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\ngood.wav\n#EXT-X-ENDLIST\n"
CASES = {
    "good": Case("wav", just(WHOLE), SECONDS),
    "truncated": Case("wav", just(WHOLE[: -RATE_HZ * 2]), SECONDS - 1, told=DAMAGED),
    "size-0": Case("wav", just(wav(VOICE, declared_bytes=0)), SECONDS),
    "size-unknown": Case("wav", just(wav(VOICE, declared_bytes=UNKNOWN_BYTES)), SECONDS),
    "unclosed": Case(
        "wav", just(wav(VOICE, declared_bytes=96_000)), SECONDS, told="sound.unclosed"
    ),
    "rf64": Case("wav", made("-rf64", "always"), SECONDS),
    "w64": Case("w64", made(), SECONDS),
    "24-bit": Case("wav", just(wav(VOICE, kind="s24")), SECONDS),
    "8-bit": Case("wav", just(wav(VOICE, kind="u8")), SECONDS),
    "loud-floats": Case("wav", just(wav(VOICE * 20, kind="f32")), SECONDS),
    "surround": Case("wav", just(wav(mixed(6))), SECONDS),
    "eight-channels": Case("wav", just(wav(mixed(8))), SECONDS),
    "many-channels": Case("wav", just(wav(mixed(12))), code="sound.channels"),
    "8-khz": Case("wav", just(wav(speech(SECONDS, rate_hz=8000), rate_hz=8000)), SECONDS),
    "192-khz": Case("wav", just(wav(speech(SECONDS, rate_hz=192_000), rate_hz=192_000)), SECONDS),
    "video": Case("mp4", video(has_sound=True), SECONDS),
    "matroska": Case("mkv", video(has_sound=True), SECONDS),
    "no-sound": Case("mp4", video(has_sound=False), code=NO_TRACK),
    "no-sound-either": Case("mkv", video(has_sound=False), code=NO_TRACK),
    "text": Case("mp3", just(b"This is no sound.\n" * 50), code=NOT_AUDIO),
    "empty": Case("wav", just(b""), code="sound.empty"),
    "header-alone": Case("wav", just(wav(np.zeros((1, 0)))), code="sound.no-sound"),
    "half-a-header": Case("wav", just(WHOLE[:30]), code=NOT_AUDIO),
    "silence": Case("wav", just(wav(np.zeros((2, SECONDS * RATE_HZ)))), code=SILENT),
    "beside-zero": Case("wav", just(wav(np.full((1, SECONDS * RATE_HZ), 0.5))), code=SILENT),
    "moment": Case("wav", just(wav(speech(0.1))), code=SHORT),
    "damaged-mp3": Case("mp3", damaged("-b:a", "128k"), SECONDS - 0.5, told=DAMAGED),
    "damaged-flac": Case("flac", damaged(), SECONDS - 0.5, told=DAMAGED),
    "playlist": Case("mp3", just(HLS), code=NOT_AUDIO),
    "concat": Case("wav", just(b"ffconcat version 1.0\nfile good.wav\n"), code=NOT_AUDIO),
    "nonsense": Case(
        "wav", just(wav(with_nonsense(), kind="f32")), SECONDS, told="sound.senseless"
    ),
    "all-nonsense": Case("wav", just(wav(VOICE * np.nan, kind="f32")), code=SILENT, told=SENSELESS),
    "offset": Case("wav", just(wav(VOICE * 0.5 + 0.3)), SECONDS),
    "changing": Case("mp3", changing, 2 * SECONDS),
    "no-end": Case("opus", made("-c:a", "libopus"), SECONDS),
    "growing": Case("wav", fresh(wav(VOICE, declared_bytes=0)), code=GROWING),
    "being-copied": Case("wav", fresh(WHOLE[:-50_000]), code=GROWING),
}
PADDING_S = 0.1
"""What lossy encoders put around their sound, and a damaged stretch takes more than its bytes."""
GERMAN = {
    DAMAGED: "beschädigt oder endet zu früh: etwa ",
    UNCLOSED: "nie abgeschlossen: sie behauptet, nach 1,0 s zu enden",
    SENSELESS: " Werte in der Aufnahme sind kein Ton",
    "sound.channels": "was die 12 Kanäle",
    NO_TRACK: "in dieser Datei ist kein Ton",
    NOT_AUDIO: "keine lesbare Tondatei",
    "sound.empty": "die Aufnahme ist leer",
    "sound.no-sound": "keine Sekunde Ton",
    SILENT: "die Aufnahme ist stumm",
    SHORT: "zu kurz: 100 ms",
    GROWING: "wächst vielleicht noch",
}


# What was written ten seconds ago may still grow; a busy computer needs longer to come to it.
PATIENT = """
import sys
from sendeturm.sound import program
program.FRESH_S = 3600
from sendeturm.cli.ending import run
sys.exit(run(sys.argv[1:]))
"""


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-c", PATIENT, *words],
        cwd=folder,
        env=os.environ | {"SENDETURM_NOW": shows.NOW.isoformat()},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr
    assert not list(folder.glob(".sendeturm/log/*"))
    return done


def write_show(folder: shows.Folder) -> None:
    for stem, case in CASES.items():
        folder.write_episode(stem, f'title = "{stem}"')
        (folder.root / f"episodes/{stem}.wav").unlink()
        case.write(folder.root / f"episodes/{stem}.{case.ending}")


def freshen(folder: shows.Folder) -> None:
    """Let what grows have grown just now, and all else have been left alone for a day."""
    for stem, case in CASES.items():
        aged(folder.root / f"episodes/{stem}.{case.ending}", 0 if case.code == GROWING else 86_400)


def published(folder: shows.Folder) -> dict[str, Path]:
    """Return the media file of each item by its title."""
    prefix = "https://example.org/turm/"
    return {
        item["title"]: folder.root / "public" / item["url"].removeprefix(prefix)
        for item in shows.items(folder)
    }


def assert_right(path: Path, case: Case, stem: str) -> None:
    """The whole length, the loudness, never silence."""
    reading = ffmpeg_reads(path)
    assert reading.integrated_lufs == pytest.approx(-16, abs=0.1), stem
    assert reading.true_peak_dbtp <= -1, stem
    exact = case.ending in ("wav", "w64", "mp4", "mkv") or stem == "changing"
    length_s = decoded(path, RATE_HZ, 1).shape[1] / RATE_HZ
    assert length_s == pytest.approx(case.seconds, abs=PADDING_S if exact else 0.3), stem


def lines_about(said: str, name: str) -> str:
    """The lines that begin with a file's name, each with what to do."""
    lines = said.splitlines()
    here = [n for n, line in enumerate(lines) if line.startswith(f"episodes/{name}  ")]
    return "\n".join(line for n in here for line in lines[n : n + 2])


def assert_told(said: str, case: Case, stem: str) -> None:
    """Once, in German, with what to do; nothing about what is in order."""
    about = lines_about(said, f"{stem}.{case.ending}")
    expected = [code for code in (case.code, case.told) if code]
    assert all(GERMAN[code] in about for code in expected), stem
    assert about.count(f"{stem}.") == about.count("  → ") == len(expected), stem
    assert about.count("Warnung:") == bool(case.told), stem


@pytest.mark.slow
def test_odd_recordings_are_published_right_and_bad_ones_refused_in_plain_words(tmp_path):
    folder = shows.new_folder(tmp_path / "show", storage=shows.PUBLIC)
    write_show(folder)
    freshen(folder)
    said = run(folder.root, "--lang", "de", "publish").stderr
    media = published(folder)
    assert set(media) == {stem for stem, case in CASES.items() if case.seconds}
    for stem, case in CASES.items():
        assert_told(said, case, stem)
        if case.seconds:
            assert_right(media[stem], case, stem)
    freshen(folder)
    names = {stem: f"episodes/{stem}.{case.ending}" for stem, case in CASES.items()}
    measured = run(folder.root, "--lang", "en", "--json", "measure", *names.values()).stdout
    document = json.loads(measured)
    refused = {p["file"]: p["code"] for p in document["problems"]}
    # What is silent or too short to publish has figures all the same.
    codes = {names[stem]: case.code for stem, case in CASES.items() if case.code}
    assert refused == {name: c for name, c in codes.items() if c not in (SILENT, SHORT)}
    assert all(p["what"] and p["mend"] for p in document["problems"])
    told = {f["file"]: [n["code"] for n in f["notices"]] for f in document["files"]}
    for stem, case in CASES.items():
        if case.told:
            assert told[names[stem]] == [case.told]
