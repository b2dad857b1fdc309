"""What episodes are made of, and what is heard in them, for tests of the sound."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np

from sendeturm.model import Material, SoundFile
from sendeturm.sound.profile import Profile, Profiler
from signals import RATE_HZ, Signal


def sound_file(path: Path, **facts: object) -> SoundFile:
    """A file under its own name, with its true digest where there is such a file."""
    content = path.read_bytes() if path.is_file() else b""
    sha256 = hashlib.sha256(content).hexdigest()
    return SoundFile.model_validate({"path": path, "file": path.name, "sha256": sha256} | facts)


def material(*paths: Path, sha256: str | None = None, **facts: object) -> Material:
    """Material of files as they are; `sha256` stands for the digest of each."""
    given = {"sha256": sha256} if sha256 else {}
    files = tuple(sound_file(path, **given) for path in paths)
    return Material.model_validate({"files": files} | facts)


def profile_of(signal: Signal) -> Profile:
    profiler = Profiler(RATE_HZ, len(signal))
    profiler.add(signal.astype(np.float32))
    return profiler.profile


def levels_of(sound: Signal, hz: float) -> Signal:
    """How strong a tone is in every tenth of a second of the first channel."""
    tenth = RATE_HZ // 10
    slices = sound[0, : sound.shape[1] // tenth * tenth].reshape(-1, tenth)
    wave = np.exp(-2j * np.pi * hz * np.arange(tenth) / RATE_HZ)
    return np.abs(slices @ wave) * 2 / tenth
