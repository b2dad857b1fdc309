"""Covers brought into the form that directories take, the originals kept beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sendeturm.errors import Problem, SendeturmError, fail
from sendeturm.model import Config
from sendeturm.publish.materials import shown
from sendeturm.sources import change_setting, read_sources
from sendeturm.sources.files import create_file, replace_file

KEPT = ".original"
_JPEG = (".jpg", ".jpeg")


@dataclass(frozen=True, slots=True)
class Mended:
    """A cover that was written anew: its name, and the name under which the original is kept."""

    file: str
    kept: str
    width_px: int
    size_bytes: int


def mend_covers(folder: Path, config: Config) -> tuple[list[Mended], list[Problem]]:
    """Write the covers of show and episodes anew where they are not as directories ask.

    They become sRGB JPEGs of 1400 to 3000 pixels under 500 kB. Returns what was done, and what
    keeps the others from being mended: a picture that is not square is for a person to cut.
    """
    mended: list[Mended] = []
    problems: list[Problem] = []
    for path, name in _covers(folder, config):
        try:
            done = _mend(path, name, folder)
        except SendeturmError as error:
            problems += error.problems
            continue
        if done is not None:
            mended.append(done)
            if name == config.show.cover and done.file != name:
                change_setting(folder, "show", "cover", done.file)
    return mended, problems


def _covers(folder: Path, config: Config) -> Iterator[tuple[Path, str]]:
    show = folder / config.show.cover
    if show.is_file():
        yield show, config.show.cover
    for episode in read_sources(folder, config).episodes:
        if episode.cover is not None and episode.cover.is_file():
            yield episode.cover, shown(episode.cover, folder)


def _mend(path: Path, name: str, folder: Path) -> Mended | None:
    """Write one cover anew; None if it is in order."""
    from sendeturm.pictures import prepare_cover  # noqa: PLC0415  # Pillow is heavy

    cover = prepare_cover(path, name)
    original = path.read_bytes()
    if cover.body == original:
        return None
    target = path if path.suffix.lower() in _JPEG else path.with_suffix(".jpg")
    kept = path.with_name(path.name + KEPT)
    for place in {kept, target} - {path}:
        if place.exists():
            raise fail("publish.in-the-way", file=name, other=place.name)
    try:
        create_file(kept, original)
        replace_file(target, cover.body)
        if target != path:
            path.unlink()
    except OSError as error:
        raise fail("publish.cannot-write", file=name, reason=error.strerror or str(error)) from None
    return Mended(shown(target, folder), shown(kept, folder), cover.width_px, len(cover.body))
