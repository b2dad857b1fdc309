"""What episodes are made of, for tests of the sound."""

from __future__ import annotations

import hashlib
from pathlib import Path

from sendeturm.model import Material, SoundFile


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
