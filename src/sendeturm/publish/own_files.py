"""What a person writes, copied from the show's folder: settings, notes, pages, pictures."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sendeturm.errors import Problem, fail
from sendeturm.model import Config
from sendeturm.publish.writing import write_whole
from sendeturm.renaming import take_name
from sendeturm.sources import CONFIG_NAME, EPISODES, RECORDING_SUFFIXES
from sendeturm.sources.pages import PAGES

MOST_BYTES = 50_000_000
"""What is larger is no text and no picture: it stays with the recordings."""
_SECRET = ("webspace_command",)
"""Settings of `[storage]` that may hold a password."""


@dataclass(slots=True)
class OwnFiles:
    """The names of files that came now, and of those that stayed where they are.

    `problems` tell what is published and could not be brought as it is.
    """

    made: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def copy_own_files(
    folder: Path, config: Config, target: Path, *, with_recordings: bool
) -> OwnFiles:
    """Copy what belongs to the show and differs; recordings come along only if they are wanted.

    The settings come without what may be a password. Raises `publish.cannot-write`.
    """
    done = OwnFiles()
    try:
        for name in _names(folder, config):
            source = folder / name
            if not with_recordings and _is_recording(source):
                done.left.append(name)
            elif _copied(source, target / name):
                done.made.append(name)
    except OSError as error:
        reason = error.strerror or str(error)
        raise fail("publish.cannot-write", file=target, reason=reason) from None
    body = _without_secrets((folder / CONFIG_NAME).read_text(encoding="utf-8-sig"))
    settings = target / CONFIG_NAME
    if not settings.is_file() or settings.read_bytes() != body:
        write_whole(settings, body)
        done.made.append(CONFIG_NAME)
    return done


def _names(folder: Path, config: Config) -> Iterator[str]:
    """Yield the show's own files below `folder`, the settings apart."""
    single = (config.show.cover, config.site.stylesheet, config.sound.intro, config.sound.outro)
    home = folder.resolve()
    for name in filter(None, single):
        path = folder / name
        if path.is_file() and path.resolve().is_relative_to(home):
            yield name
    for below in filter(None, (EPISODES, PAGES, config.site.templates)):
        for place, folders, files in os.walk(folder / below):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(files):
                path = Path(place) / name
                if not name.startswith(".") and path.is_file():
                    yield path.relative_to(folder).as_posix()


def _is_recording(path: Path) -> bool:
    return path.suffix.lower() in RECORDING_SUFFIXES or path.stat().st_size > MOST_BYTES


def _copied(source: Path, target: Path) -> bool:
    """Copy a file beside its place and rename, unless it is there; say whether it was copied."""
    here = source.stat()
    if target.is_file():
        there = target.stat()
        if (there.st_size, there.st_mtime_ns) == (here.st_size, here.st_mtime_ns):
            return False
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        shutil.copy2(source, part)
        take_name(part, target)
    finally:
        part.unlink(missing_ok=True)
    return True


def _without_secrets(text: str) -> bytes:
    """Return the settings without what may be a password; comments and layout stay."""
    import tomlkit  # noqa: PLC0415  # once in a show's life

    document = tomlkit.parse(text)
    storage = document.get("storage", {})
    for name in _SECRET:
        storage.pop(name, None)
    return tomlkit.dumps(document).encode()
