"""Files that lie beside a feed's file, as in a folder that `sendeturm export` made."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

_FEWEST_PARTS = 2
"""A bare file name says too little where the feed's own address is not known."""


@dataclass(frozen=True, slots=True)
class Nearby:
    """A feed file's folder, and the feed's own address; without a folder nothing is near."""

    folder: Path | None = None
    address: str = ""

    def file_for(self, url: str) -> Path | None:
        """Return the file that is meant by an address: at the same place below the feed's own.

        Where the feed's own address is not known, or does not fit, the end of the path counts.
        """
        if self.folder is None:
            return None
        try:
            below = self._below(url)
            candidates = [below] if below else self._ends(url)
        except ValueError:  # what is no address at all
            return None
        found = (self._inside(self.folder, path) for path in candidates)
        return next((path for path in found if path is not None), None)

    @staticmethod
    def _inside(folder: Path, name: str) -> Path | None:
        """Return the file of this name if it is there, and truly in the folder."""
        try:
            path = folder / name
            is_inside = path.resolve().is_relative_to(folder.resolve())
            return path if is_inside and path.is_file() else None
        except (OSError, ValueError):  # a name that no file can have
            return None

    def _below(self, url: str) -> str:
        """Return an address's path seen from the feed's own folder; empty if it is elsewhere."""
        own, other = urlsplit(self.address), urlsplit(url)
        folder = own.path.rpartition("/")[0] + "/"
        is_below = own.netloc == other.netloc and other.path.startswith(folder)
        return unquote(other.path.removeprefix(folder)) if own.netloc and is_below else ""

    def _ends(self, url: str) -> list[str]:
        parts = [part for part in unquote(urlsplit(url).path).split("/") if part]
        return ["/".join(parts[at:]) for at in range(len(parts) - _FEWEST_PARTS + 1)]
