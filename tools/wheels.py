"""Ask the package index whether sendeturm installs without a compiler, everywhere it should.

For each system and Python, uv resolves all dependencies for that place and takes nothing but
wheels; what is pure Python and has none is named in `SOURCES`. Needs `uv` and the network:

    .venv/bin/python tools/wheels.py
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
SYSTEMS = {
    "Linux, x86-64": "x86_64-manylinux_2_28",
    "Linux, arm64": "aarch64-manylinux_2_28",
    "macOS 14, Apple": "aarch64-apple-darwin",
    "macOS 14, Intel": "x86_64-apple-darwin",
    "Windows, x86-64": "x86_64-pc-windows-msvc",
    "Windows, arm64": "aarch64-pc-windows-msvc",
}
SOURCES = ("feedgen",)
"""Pure Python that has no wheel: pip makes one without a compiler."""
OLDEST_MACOS = "14.0"


def lacking(uv: str, system: str, python: str) -> str:
    """Return what lacks on a system, empty if everything is there."""
    wanted = ["--only-binary", ":all:", *(w for name in SOURCES for w in ("--no-binary", name))]
    place = ["--python-platform", system, "--python-version", python]
    done = subprocess.run(  # noqa: S603  # our own words
        [uv, "pip", "compile", "--quiet", *wanted, *place, "pyproject.toml"],
        cwd=ROOT,
        env=os.environ | {"MACOSX_DEPLOYMENT_TARGET": OLDEST_MACOS},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stderr.strip() if done.returncode else ""


def main() -> None:
    """Print a table, and what lacks below it; leave with 1 if anything does."""
    uv = shutil.which("uv")
    if uv is None:
        sys.exit("uv is needed: pipx install uv")
    print(f"| | {' | '.join(f'Python {python}' for python in PYTHONS)} |")
    print(f"|---|{'---|' * len(PYTHONS)}")
    told = []
    for name, system in SYSTEMS.items():
        found = {python: lacking(uv, system, python) for python in PYTHONS}
        print(f"| {name} | {' | '.join('no' if found[p] else 'yes' for p in PYTHONS)} |")
        told += [f"{name}, Python {p}: {words}" for p, words in found.items() if words]
    sys.exit("\n".join(told) if told else 0)


if __name__ == "__main__":
    main()
