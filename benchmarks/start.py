"""How long `sendeturm --help` and an unchanged publication take, beside their floors.

Interleaved runs of whole processes; prints medians and ratios. A help text should cost at most
twice `import click`, and a publication with nothing to do less than a second more than Python.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def seconds(words: list[str], folder: Path) -> float:
    """Return the wall time of one run of Python with `words`."""
    began = time.perf_counter()
    subprocess.run([sys.executable, *words], cwd=folder, check=True, capture_output=True)
    return time.perf_counter() - began


def main() -> None:
    """Measure on a copy of the sample show."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as name:
        show = Path(name)
        for part in ("sendeturm.toml", "cover.jpg"):
            shutil.copy(ROOT / part, show)
        shutil.copytree(ROOT / "episodes", show / "episodes")
        runs = {
            "python": ["-c", "pass"],
            "import click": ["-c", "import click"],
            "sendeturm --help": ["-m", "sendeturm", "--help"],
            "sendeturm publish, unchanged": ["-m", "sendeturm", "publish"],
        }
        seconds(runs["sendeturm publish, unchanged"], show)
        times: dict[str, list[float]] = {label: [] for label in runs}
        for _ in range(rounds):
            for label, words in runs.items():
                times[label].append(seconds(words, show))
    medians = {label: statistics.median(found) for label, found in times.items()}
    for label, median_s in medians.items():
        print(f"{label:30} {median_s:6.3f} s")
    help_ratio = medians["sendeturm --help"] / medians["import click"]
    beyond_s = medians["sendeturm publish, unchanged"] - medians["python"]
    print(f"help / import click: {help_ratio:.2f}; publish beyond Python: {beyond_s:.2f} s")


if __name__ == "__main__":
    main()
