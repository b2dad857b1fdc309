"""What lies in `episodes/` already: an import goes on where it stopped, and overwrites nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sendeturm.errors import SendeturmError
from sendeturm.sources import EPISODES
from sendeturm.sources.files import read_text
from sendeturm.sources.folder import Files, Kind, sorted_files
from sendeturm.sources.front import split_front
from sendeturm.sources.toml import parse


@dataclass(slots=True)
class Shelf:
    """The files in a show's `episodes/` by stem, the stems of the identities there, their slugs."""

    folder: Path
    files: dict[str, Files] = field(default_factory=dict)
    stems: dict[str, str] = field(default_factory=dict)
    slugs: set[str] = field(default_factory=set)

    @property
    def episodes(self) -> Path:
        """Return the folder of all episodes."""
        return self.folder / EPISODES

    def has(self, stem: str, *kinds: Kind) -> bool:
        """Say whether an episode has a file of one of these kinds."""
        files = self.files.get(stem)
        return files is not None and any(files.first(kind) for kind in kinds)


def look_into(folder: Path) -> Shelf:
    """Return what lies in the show's folder; one without `episodes/` has nothing.

    Raises SendeturmError if it cannot be read.
    """
    shelf = Shelf(folder)
    for files in sorted_files(folder)[0]:
        shelf.files[files.stem] = files
        sidecar = files.first(Kind.SIDECAR)
        front = _front(sidecar) if sidecar else {}
        if guid := str(front.get("guid", "")).strip():
            shelf.stems.setdefault(guid, files.stem)
        if slug := str(front.get("slug", "")):
            shelf.slugs.add(slug)
    return shelf


def _front(sidecar: Path) -> dict[str, Any]:
    """Return what a sidecar says; nothing where it cannot be understood."""
    try:
        front = split_front(read_text(sidecar, ""), "")
        return parse(front.toml, "", front.line_offset)
    except SendeturmError:
        return {}
