"""Speech through sendeturm against its peers: wall time and memory, in paired rounds.

    python benchmarks/mastering.py [--minutes 10] [--rounds 3]

Peers: (a) pydub as most people use it (normalize, export), (b) ffmpeg-normalize's two passes,
(c) FFmpeg's volume filter and libmp3lame alone, in one thread: the least that an encoder takes.
All write 128 kbit/s stereo. Needs the packages imageio-ffmpeg and ffmpeg-normalize, and Linux's
/proc for the memory of whole process trees. Each round runs everybody once; a ratio is taken
within its round, because a busy machine spoils times but hardly ratios.
"""

from __future__ import annotations

import argparse
import os
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

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from meters import ffmpeg_reads
from signals import RATE_HZ, two_speakers, write_wav

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
PYDUB = """
import sys
from pydub import AudioSegment, effects
sound = effects.normalize(AudioSegment.from_wav(sys.argv[1]))
sound.export(sys.argv[2], format="mp3", bitrate="128k")
"""
MEASURED = "sendeturm"
POLL_S = 0.02


@dataclass(frozen=True)
class Run:
    """What one run took; `cpu_s` and `memory_mb` of the whole process tree."""

    wall_s: float
    cpu_s: float
    memory_mb: float


def commands(source: Path, out: Path, cache: Path) -> dict[str, list[str]]:
    """Return the contestants; `cache` is an empty folder."""
    mp3 = ["-c:a", "libmp3lame", "-b:a", "128k"]
    loudness = ["-nt", "ebu", "-t", "-16", "-tp", "-1", "-ar", str(RATE_HZ)]
    normalize = str(Path(sys.executable).with_name("ffmpeg-normalize"))
    single, louder = ["-v", "error", "-y", "-threads", "1"], ["-af", "volume=3dB"]
    files = [str(source), str(out)]
    return {
        MEASURED: [sys.executable, "-c", SENDETURM, *files, str(cache)],
        "a pydub": [sys.executable, "-W", "ignore", "-c", PYDUB, *files],
        "b ffmpeg-normalize": [normalize, str(source), "-f", "-o", str(out), *mp3, *loudness],
        "c encode floor": ["ffmpeg", *single, "-i", str(source), *louder, *mp3, str(out)],
    }


def run(command: list[str], environment: dict[str, str]) -> Run:
    """Run a command and watch its process tree."""
    before, start_s = os.times(), time.perf_counter()
    child = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    memory_kb = 0
    while child.poll() is None:
        memory_kb = max(memory_kb, sum(resident_kb(pid) for pid in tree(child.pid)))
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


def resident_kb(pid: int) -> int:
    """Return the memory that a process holds, 0 if it is gone."""
    with suppress(OSError, IndexError):
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") // 1024
    return 0


def write_source(path: Path, minutes: int) -> None:
    """Write a conversation in stereo, a minute over and over."""
    minute = two_speakers(60, apart_db=4)
    size_bytes = minute.size * 2 * minutes  # pydub trusts the header
    write_wav(path, minute, declared_bytes=size_bytes)
    codes = path.read_bytes()[44:]
    with path.open("ab") as out:
        for _ in range(minutes - 1):
            out.write(codes)


def measure(folder: Path, rounds: int) -> dict[str, list[Run]]:
    """Run everybody in turns; print what each made of the recording."""
    (folder / "ffmpeg").symlink_to(imageio_ffmpeg.get_ffmpeg_exe())
    environment = os.environ | {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}
    runs: dict[str, list[Run]] = {}
    for number in range(rounds):
        contest = commands(folder / "a.wav", folder / "out.mp3", folder / f"cache{number}")
        for name, command in contest.items():
            runs.setdefault(name, []).append(run(command, environment))
            if not number:
                made = ffmpeg_reads(folder / "out.mp3")
                print(f"{name:20} {made.integrated_lufs:6.2f} LUFS {made.true_peak_dbtp:5.1f} dBTP")
    return runs


def report(runs: dict[str, list[Run]]) -> None:
    """Print the medians, and sendeturm's part of each peer's."""
    print(f"\n{'':20} {'wall s':>8} {'CPU s':>8} {'MB':>8}   sendeturm is: wall    CPU memory")
    for name, theirs in runs.items():
        columns = [(r.wall_s, r.cpu_s, r.memory_mb) for r in theirs]
        ours = [(r.wall_s, r.cpu_s, r.memory_mb) for r in runs[MEASURED]]
        medians = [statistics.median(column) for column in zip(*columns, strict=True)]
        ratios = [
            statistics.median(mine[n] / other[n] for mine, other in zip(ours, columns, strict=True))
            for n in range(3)
        ]
        print(f"{name:20} {medians[0]:8.1f} {medians[1]:8.1f} {medians[2]:8.0f}", end="")
        print(f"                 {ratios[0]:5.2f}  {ratios[1]:5.2f}  {ratios[2]:5.2f}")


def main() -> None:
    """Read the options, run, report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=int, default=10, help="length of the recording")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each contestant")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        write_source(Path(folder) / "a.wav", options.minutes)
        print(f"{options.minutes} minutes, {options.rounds} rounds, {os.cpu_count()} cores\n")
        report(measure(Path(folder), options.rounds))


if __name__ == "__main__":
    main()
