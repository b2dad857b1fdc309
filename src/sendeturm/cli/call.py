"""One call of the program: what its common options say, and the show it is about."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sendeturm.errors import fail

if TYPE_CHECKING:
    from sendeturm.model import Config
    from sendeturm.store import Store

CONFIG_FILE = "sendeturm.toml"


@dataclass(slots=True)
class Call:
    """The common options, as far as they were given."""

    language: str = ""
    folder: str = ""
    as_json: bool = False
    verbose: bool = False
    quiet: bool = False

    @property
    def start(self) -> Path:
        """Return the folder that is meant: the given one, or the current one."""
        return Path(self.folder).expanduser().absolute() if self.folder else Path.cwd()

    def find_show(self) -> Path | None:
        """Return the show's folder: the given one, or the current one or one above it."""
        start = self.start
        candidates = (start,) if self.folder else (start, *start.parents)
        return next((c for c in candidates if _is_show(c)), None)

    def show_folder(self) -> Path:
        """Return the show's folder, or raise `cli.no-show`."""
        found = self.find_show()
        if found is None:
            raise fail("cli.no-show", folder=str(self.start))
        return found

    def open_show(self) -> OpenShow:
        """Return the show with its settings and its store, the latter untouched yet."""
        from sendeturm.cli.patience import tell_tries  # noqa: PLC0415  # not for --help
        from sendeturm.sources import read_config  # noqa: PLC0415  # pydantic is not for --help
        from sendeturm.store import open_store  # noqa: PLC0415  # the same

        folder = self.show_folder()
        config = read_config(folder)
        return OpenShow(folder, config, tell_tries(self, open_store(config.storage, folder)))


def _is_show(folder: Path) -> bool:
    return os.path.isfile(folder / CONFIG_FILE)  # noqa: PTH113  # pathlib raises if it may not look


@dataclass(frozen=True, slots=True)
class OpenShow:
    """A show's folder, its settings, and where it is published."""

    folder: Path
    config: Config
    store: Store
