"""The show's own settings and cover, as the old host's feed has them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sendeturm.errors import Problem, SendeturmError, Severity, fail, problem
from sendeturm.i18n import word
from sendeturm.importing.carrier import PICTURE_LIMITS, Carrier
from sendeturm.importing.pictures import FoundPicture, found_picture
from sendeturm.importing.shelf import Shelf
from sendeturm.importing.values import FoundShow
from sendeturm.model import Config
from sendeturm.publish.keys import SHOW_KEY
from sendeturm.sources import CONFIG_NAME, read_config, write_settings, write_show
from sendeturm.sources.files import create_file, replace_file
from sendeturm.sources.writing import unwritable
from sendeturm.store import open_store

COVER_STEM = "cover"
OTHER_COVER_STEM = "cover-imported"
DRAWN = ".sendeturm/drawn-cover"
KEEPS = frozenset({"id", "timezone", "cover"})
"""Settings of a show that has just begun which no feed can know better."""
Folder = Literal["empty", "begun", "same"]


@dataclass(frozen=True, slots=True)
class Standing:
    """What the folder is: empty, a show that has just begun, or the same show imported before.

    `replaced` are the settings of one that has begun which would change.
    """

    is_: Folder
    config: Config | None = None
    replaced: tuple[str, ...] = ()


def standing(folder: Path, show: FoundShow, addresses: Sequence[str], shelf: Shelf) -> Standing:
    """Return what the folder is to the show that comes.

    Raises `importing.another-show` if another one lives there, and SendeturmError if its settings
    or its storage cannot be read.
    """
    if not (folder / CONFIG_NAME).exists():
        if shelf.stems:
            raise fail("importing.episodes-here", folder=str(folder))
        return Standing("empty")
    config = read_config(folder)
    if _is_same(config, show, addresses, shelf):
        return Standing("same", config)
    if shelf.stems or _has_published(config, folder):
        raise fail("importing.another-show", file=CONFIG_NAME, title=config.show.title)
    return Standing("begun", config, _replaced(config, show.settings))


def settle(
    folder: Path,
    show: FoundShow,
    found: Standing,
    addresses: Sequence[str],
    *,
    carrier: Carrier,
    defaults: Mapping[str, object],
) -> list[Problem]:
    """Write the show's settings and cover as far as they are not there; return what is odd.

    `defaults` are settings that count where the feed has none. Raises SendeturmError if something
    cannot be written.
    """
    known = found.config.show.former_feeds if found.config else ()
    former = list(dict.fromkeys((*known, *addresses)))
    if found.is_ == "same":
        if former != list(known):
            write_settings(folder, "show", {"former_feeds": former})
        assert found.config is not None, "what is the same was read"
        return _missing_cover(folder, show, carrier, found.config.show.cover)
    settings = {**show.settings, "former_feeds": former}
    cover, problems = _cover(show, carrier)
    name = _cover_name(folder, cover)
    if found.is_ == "empty":
        write_show(folder, {**defaults, **settings, "cover": name})
    else:
        write_settings(folder, "show", {**settings, "cover": name})
    _write_cover(folder, folder / name, cover)
    return problems


def _is_same(config: Config, show: FoundShow, addresses: Sequence[str], shelf: Shelf) -> bool:
    """Say whether it is the show that came before: by an address, its identity, or its episodes."""
    guid = config.show.podcast_guid
    is_known = bool(set(config.show.former_feeds) & set(addresses))
    is_called_so = config.show.title == show.settings["title"]
    has_episodes = any(episode.guid in shelf.stems for episode in show.episodes)
    is_it = guid is not None and str(guid) == show.settings.get("podcast_guid")
    return is_known or is_it or (is_called_so and has_episodes)


def _has_published(config: Config, folder: Path) -> bool:
    return open_store(config.storage, folder).head(SHOW_KEY) is not None


def _replaced(config: Config, settings: Mapping[str, object]) -> tuple[str, ...]:
    """Return the settings that say something else in a show that has begun."""
    written = config.show.model_dump(mode="json", exclude_unset=True)
    changed = (name for name in settings if name in written and name not in KEEPS)
    return tuple(name for name in changed if written[name] != settings[name])


def _cover(show: FoundShow, carrier: Carrier) -> tuple[FoundPicture, list[Problem]]:
    """Return the show's cover; a drawn one, and why, where there is none to be had."""
    try:
        if not show.cover_url:
            raise fail("importing.names-no-cover")
        picture = found_picture(carrier.body(show.cover_url, PICTURE_LIMITS), CONFIG_NAME)
    except SendeturmError as error:
        return _drawn(show), [_no_cover(show.cover_url, error.problems[0])]
    if picture.was:
        note = problem(
            "importing.squared", file="cover", severity=Severity.NOTE, pixels=picture.was
        )
        return picture, [note]
    return picture, []


def _no_cover(url: str, why: Problem) -> Problem:
    reason = word(why.code, dict(why.params)).what
    return problem(
        "importing.no-show-cover", file="cover", severity=Severity.WARNING, url=url, reason=reason
    )


def _drawn(show: FoundShow) -> FoundPicture:
    from sendeturm.pictures import draw_cover  # noqa: PLC0415  # only without a cover

    title, author = str(show.settings["title"]), str(show.settings["author"])
    return FoundPicture(draw_cover(title, author), ".jpg", is_drawn=True)


def _cover_name(folder: Path, cover: FoundPicture) -> str:
    """Return a name that no picture there has, unless it is this one."""
    names = (f"{stem}{cover.ending}" for stem in (COVER_STEM, OTHER_COVER_STEM))
    free = (name for name in names if _is_free(folder / name, cover.body))
    return next(free, f"{OTHER_COVER_STEM}-2{cover.ending}")


def _is_free(path: Path, body: bytes) -> bool:
    return not path.exists() or path.read_bytes() == body


def _missing_cover(folder: Path, show: FoundShow, carrier: Carrier, name: str) -> list[Problem]:
    """Bring the cover that an earlier run could not, or that was lost."""
    path = folder / name
    is_drawn = _is_drawn(folder, path)
    if path.exists() and not (is_drawn and show.cover_url):
        return []
    cover, problems = _cover(show, carrier)
    if is_drawn and not cover.is_drawn:
        path.unlink()
    new = path.with_suffix(cover.ending)
    _write_cover(folder, new, cover)
    if new != path:
        write_settings(folder, "show", {"cover": new.relative_to(folder).as_posix()})
    return problems


def _write_cover(folder: Path, path: Path, cover: FoundPicture) -> None:
    """Write a cover; that it was drawn is remembered, until the right one can be brought."""
    try:
        create_file(path, cover.body)
        if cover.is_drawn:
            mark = folder / DRAWN
            mark.parent.mkdir(exist_ok=True)
            replace_file(mark, hashlib.sha256(cover.body).hexdigest().encode())
    except FileExistsError:
        return
    except OSError as error:
        raise unwritable(path.name, error) from error


def _is_drawn(folder: Path, path: Path) -> bool:
    mark = folder / DRAWN
    if not (mark.is_file() and path.is_file()):
        return False
    return hashlib.sha256(path.read_bytes()).hexdigest().encode() == mark.read_bytes()
