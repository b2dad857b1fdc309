"""Speech through sendeturm against its peers: wall time, CPU time and memory, as ratios.

    python benchmarks/mastering.py [--minutes 10 60] [--rounds 3] [--write docs/sound.md]

Peers: (a) pydub as most people use it (normalize, export), (b) ffmpeg-normalize's two passes,
(c) FFmpeg's volume filter and libmp3lame alone, in one thread, at sendeturm's bitrate and quality:
the least that one encoder takes; (d) the same for the two halves of the recording side by side in
two processes: the least that two cores take. All write 128 kbit/s stereo, from WAV, FLAC and M4A.

FFmpeg and ffmpeg-normalize come from the packages imageio-ffmpeg and ffmpeg-normalize, which
`make bench` installs with what the tests need. Memory is that of the whole process tree, each
shared page counted once (PSS): Linux alone tells it. Each round runs everybody once, one after the
other; a ratio is taken within its round, because a busy machine spoils times but hardly ratios.
The table is made of medians.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import imageio_ffmpeg

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from tables import head, put, row

from meters import ffmpeg, ffmpeg_reads
from sendeturm.sound.mp3 import QUALITY
from signals import RATE_HZ, aged, two_speakers, write_wav

SENDETURM = """
import sys
from pathlib import Path
from sendeturm.events import silence
from sendeturm.model import Material, SoundFile, SoundSettings
from sendeturm.sound import master
file = SoundFile(path=sys.argv[1], file="a", sha256="0" * 64)
made = master(Material(files=(file,)), SoundSettings(), Path(sys.argv[3]), "a", silence)
made.path.replace(sys.argv[2])
"""
# pydub asks ffprobe about other files than WAV; this way it asks FFmpeg alone.
PYDUB = """
import sys
from pydub import AudioSegment, effects
kind = sys.argv[1].rpartition(".")[2]
read = AudioSegment.from_wav if kind == "wav" else AudioSegment.from_file_using_temporary_files
sound = effects.normalize(read(sys.argv[1]))
sound.export(sys.argv[2], format="mp3", bitrate="128k")
"""
MEASURED = "sendeturm"
INPUTS = {"wav": [], "flac": ["-c:a", "flac"], "m4a": ["-c:a", "aac", "-b:a", "192k"]}
AIMS = {"a": (0.75, None), "b": (0.25, None), "c": (0.8, 1.4), "d": (1.15, None)}
"""What part of a peer's wall time and CPU time sendeturm is to take on two cores, at most."""
POLL_S = 0.05


@dataclass(frozen=True)
class Run:
    """What one run took; `cpu_s` and `memory_mb` of the whole process tree."""

    wall_s: float
    cpu_s: float
    memory_mb: float


def commands(source: Path, out: Path, cache: Path, minutes: int) -> dict[str, list[str]]:
    """Return the contestants; `cache` is an empty folder."""
    mp3 = ["-c:a", "libmp3lame", "-b:a", "128k"]
    loudness = ["-nt", "ebu", "-t", "-16", "-tp", "-1", "-ar", str(RATE_HZ)]
    normalize = str(Path(sys.executable).with_name("ffmpeg-normalize"))
    files = [str(source), str(out)]
    other = out.with_name("other.mp3")
    halves = [floor(source, out, "-t", minutes * 30), floor(source, other, "-ss", minutes * 30)]
    first, second = (shlex.join(half) for half in halves)
    both = f"{first} & first=$!; {second} && wait $first"
    return {
        MEASURED: [sys.executable, "-c", SENDETURM, *files, str(cache)],
        "a pydub": [sys.executable, "-W", "ignore", "-c", PYDUB, *files],
        "b ffmpeg-normalize": [normalize, str(source), "-f", "-o", str(out), *mp3, *loudness],
        "c one encoder": floor(source, out),
        "d two encoders": ["sh", "-c", both],
    }


def floor(source: Path, out: Path, *part: str | int) -> list[str]:
    """Return FFmpeg's command for a louder MP3 of a recording, or of a part of it."""
    begin = ["ffmpeg", "-v", "error", "-nostdin", "-y", "-threads", "1", *map(str, part)]
    mp3 = ["-c:a", "libmp3lame", "-b:a", "128k", "-compression_level", str(QUALITY)]
    return [*begin, "-i", str(source), "-af", "volume=3dB", *mp3, str(out)]


def run(command: list[str], environment: dict[str, str]) -> Run:
    """Run a command and watch its process tree."""
    before, start_s = os.times(), time.perf_counter()
    child = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    memory_kb = 0
    while child.poll() is None:
        memory_kb = max(memory_kb, sum(share_kb(pid) for pid in tree(child.pid)))
        time.sleep(POLL_S)
    wall_s, after = time.perf_counter() - start_s, os.times()
    if child.returncode:
        raise SystemExit(f"{command[0]}: {child.stderr and child.stderr.read().decode()}")
    cpu_s = after.children_user + after.children_system
    cpu_s -= before.children_user + before.children_system
    return Run(wall_s, cpu_s, memory_kb / 1024)


def tree(pid: int) -> Iterator[int]:
    """Yield a process and all below it."""
    yield pid
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from tree(int(child))


def share_kb(pid: int) -> int:
    """Return a process's share of memory, 0 if it is gone."""
    with suppress(OSError):
        found = re.search(
            r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE
        )
        return int(found[1]) if found else 0
    return 0


def write_sources(folder: Path, minutes: int) -> dict[str, Path]:
    """Write a conversation in stereo, a minute over and over, in each form."""
    minute = two_speakers(60, apart_db=4)
    wav = folder / f"{minutes}.wav"
    write_wav(wav, minute, declared_bytes=minute.size * 2 * minutes)  # pydub trusts the header
    codes = wav.read_bytes()[44:]
    with wav.open("ab") as out:
        for _ in range(minutes - 1):
            out.write(codes)
    for kind, options in INPUTS.items():
        if options:
            ffmpeg("-v", "error", "-i", wav, *options, wav.with_suffix(f".{kind}"))
    return {kind: aged(wav.with_suffix(f".{kind}")) for kind in INPUTS}


Runs = dict[tuple[int, str, str], list[Run]]
"""By minutes, kind of recording and contestant."""


def measure(folder: Path, lengths: list[int], rounds: int) -> Runs:
    """Run everybody in turns; print what each made of the recording."""
    (folder / "ffmpeg").symlink_to(imageio_ffmpeg.get_ffmpeg_exe())
    environment = os.environ | {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}
    sources = {minutes: write_sources(folder, minutes) for minutes in lengths}
    runs: Runs = {}
    for number in range(rounds):
        for minutes, kinds in sources.items():
            for kind, source in kinds.items():
                contest = commands(source, folder / "out.mp3", folder / "cache", minutes)
                for name, command in contest.items():
                    took = run(command, environment)
                    runs.setdefault((minutes, kind, name), []).append(took)
                    tell(number, minutes, kind, name, took)
                    if not number and name[0] not in "cd":
                        made = ffmpeg_reads(folder / "out.mp3")
                        print(f"  {made.integrated_lufs:.2f} LUFS, {made.true_peak_dbtp:.1f} dBTP")
                shutil.rmtree(folder / "cache")
    return runs


def tell(number: int, minutes: int, kind: str, name: str, took: Run) -> None:
    """Print what one run took."""
    what = f"{number + 1}: {minutes} min {kind} {name}"
    print(f"{what:40} {took.wall_s:7.1f} s {took.cpu_s:7.1f} s CPU {took.memory_mb:6.0f} MB")


def table(runs: Runs) -> Iterator[str]:
    """Yield the lines of the table: medians, and sendeturm's part of each peer's, with the aim."""
    yield from head("", "", "wall s", "CPU s", "MB", "sendeturm's wall", "sendeturm's CPU")
    for (minutes, kind, name), theirs in runs.items():
        medians = [
            statistics.median(values)
            for values in zip(*((r.wall_s, r.cpu_s, r.memory_mb) for r in theirs), strict=True)
        ]
        figures = [f"{medians[0]:.1f}", f"{medians[1]:.1f}", f"{medians[2]:.0f}"]
        wall, cpu = ratios(runs[minutes, kind, MEASURED], theirs)
        aims = AIMS.get(name[0], (None, None)) if name != MEASURED else (None, None)
        shown = [beside(ratio, aim) for ratio, aim in zip((wall, cpu), aims, strict=True)]
        parts = ["", ""] if name == MEASURED else shown
        yield row(f"{minutes} min {kind.upper()}", name, *figures, *parts)


def ratios(ours: list[Run], theirs: list[Run]) -> tuple[float, float]:
    """Return the medians of the rounds' ratios, of wall time and of CPU time."""
    pairs = list(zip(ours, theirs, strict=True))
    wall = statistics.median(mine.wall_s / other.wall_s for mine, other in pairs)
    return wall, statistics.median(mine.cpu_s / other.cpu_s for mine, other in pairs)


def beside(ratio: float, aim: float | None) -> str:
    """Return a ratio with what it should be; a missed one stands out."""
    if aim is None:
        return f"{ratio:.2f}"
    return f"{ratio:.2f} (≤ {aim})" if ratio <= aim else f"**{ratio:.2f}** (≤ {aim})"


def machine() -> str:
    """Return what the figures were measured on."""
    found = None
    with suppress(OSError):
        found = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
    return f"{found[1] if found else platform.machine()}, {os.cpu_count()} cores"


def main() -> None:
    """Read the options, run, report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=int, nargs="+", default=[10], help="lengths")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each contestant")
    parser.add_argument("--write", type=Path, help="the page to put the table into")
    options = parser.parse_args()
    load_before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        runs = measure(Path(folder), options.minutes, options.rounds)
    load = f"load {load_before:.1f} before, {os.getloadavg()[0]:.1f} after"
    about = f"{machine()}, medians of {options.rounds} interleaved rounds, {load}."
    made = "\n".join([about, "", *table(runs)])
    print(f"\n{made}")
    if options.write:
        put(options.write, "mastering", made)


if __name__ == "__main__":
    main()
