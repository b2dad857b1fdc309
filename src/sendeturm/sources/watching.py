"""What a show is made of, looked at again and again: which files changed, once they are quiet.

Only facts of files are compared (time stamp, size, inode): that works on every disk and system.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from stat import S_ISDIR

from sendeturm.model import Config
from sendeturm.sources.config import CONFIG_NAME
from sendeturm.sources.folder import EPISODES, RECORDING_SUFFIXES, stem_of
from sendeturm.sources.pages import PAGES

QUIET_S = 0.3
"""An editor that saves by renaming has done so by then."""

RECORDING_QUIET_S = 2.0
"""A recording may still be written, and whoever writes it pauses now and then."""

_State = tuple[int, int, int]  # mtime in ns, size in bytes, inode


class Watch:
    """Tells which files of a show's folder have changed, as soon as nobody writes them any more."""

    def __init__(self, folder: Path, config: Config) -> None:
        """Take what is there now as known."""
        self._folder = folder
        self.config = config
        self._known = self._last = self._states()
        self._moved_s = 0.0

    def look(self, now_s: float) -> frozenset[str]:
        """Return the names of the files that changed since the last time something was told.

        Names count from the show's folder, parts with `/` between. Nothing is told while files
        still move; `now_s` is any clock that only goes forward.
        """
        states = self._states()
        if states != self._last:
            self._last, self._moved_s = states, now_s
            return frozenset()
        changed = _differing(self._known, states)
        if not changed or now_s - self._moved_s < max(map(_quiet_s, changed)):
            return frozenset()
        self._known = states
        return changed

    def _states(self) -> dict[str, _State]:
        found: dict[str, _State] = {}
        for name, depth in _places(self.config):
            found.update(_states_below(self._folder / name, name, depth))
        return found


def stem_in(name: str) -> str | None:
    """Return the stem of the one episode that a file of `Watch` can change; None for more."""
    top, _, rest = name.partition("/")
    folder, _, inside = rest.rpartition("/")
    own = stem_of(inside) if top == EPISODES else None
    return unicodedata.normalize("NFC", folder.partition("/")[0]) if own and folder else own


def _places(config: Config) -> Iterator[tuple[str, int]]:
    """Yield what a show is made of, as its settings name it, and how deep folders are looked at."""
    yield from ((CONFIG_NAME, 0), (EPISODES, 2), (PAGES, 1), (config.show.cover, 0))
    yield from ((name, 0) for name in (config.sound.intro, config.sound.outro) if name)
    if config.site.stylesheet:
        yield config.site.stylesheet, 0
    if config.site.templates:
        yield config.site.templates, 1


def _states_below(path: Path, name: str, depth: int) -> Iterator[tuple[str, _State]]:
    """Yield a file's name and state, or those of all visible files in a folder."""
    with suppress(OSError, ValueError):  # gone meanwhile, or not to be read: others tell that
        stat = path.stat()
        if not S_ISDIR(stat.st_mode):
            yield name, (stat.st_mtime_ns, stat.st_size, stat.st_ino)
            return
        for below in os.listdir(path) if depth else ():  # noqa: PTH208  # names are all it takes
            if not below.startswith((".", "~")) and not below.endswith("~"):
                yield from _states_below(path / below, f"{name}/{below}", depth - 1)


def _differing(before: Mapping[str, _State], after: Mapping[str, _State]) -> frozenset[str]:
    return frozenset(n for n in before.keys() | after.keys() if before.get(n) != after.get(n))


def _quiet_s(name: str) -> float:
    is_recording = Path(name).suffix.lower() in RECORDING_SUFFIXES
    return RECORDING_QUIET_S if is_recording else QUIET_S
