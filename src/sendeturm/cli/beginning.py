"""The page of an episode that begins."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sendeturm.cli.screen import print_document, say
from sendeturm.errors import NOWHERE, SendeturmError, fail
from sendeturm.i18n import translate

if TYPE_CHECKING:
    from sendeturm.cli.call import Call
    from sendeturm.model import Config, Episode
    from sendeturm.sources import Sources


@dataclass(frozen=True, slots=True)
class Beginning:
    """What is said of an episode that begins."""

    title: str
    date: str | None = None
    number: int | None = None
    is_draft: bool = False
    may_repeat_title: bool = False


def begin_episode(call: Call, wished: Beginning) -> None:
    """Make `episodes/NNN-slug.md` and say where the recording goes.

    A recording that waits under this title gets its page. Raises SendeturmError for an empty,
    overlong or repeated title, a date that is none, and a file that cannot be made.
    """
    from sendeturm.sources import (  # noqa: PLC0415  # tomlkit is not for --help
        EPISODES,
        new_sidecar,
        read_config,
        read_sources,
    )

    folder = call.show_folder()
    config = read_config(folder)
    title = _checked(wished.title)
    published_at = _moment(wished.date, config)
    sources = read_sources(folder, config)
    if not wished.may_repeat_title:
        _refuse_repeated(title, sources.episodes)
    waiting = _waiting_as(title, sources.waiting)
    number = wished.number or (waiting and number_from(waiting)) or _next_number(folder, sources)
    stem = waiting.stem if waiting else _stem(title, number)
    path = folder / EPISODES / f"{stem}.md"
    _make_folder(path.parent)
    hint = translate(
        "Notes for listeners, in Markdown, instead of this line.", config.show.language[:2]
    )
    more = {"number": number, "published_at": published_at, "draft": wished.is_draft or None}
    new_sidecar(path, title, f"<!-- {hint} -->", **more)
    _say(call, path.relative_to(folder).as_posix(), Made(number, published_at, waiting), config)


@dataclass(frozen=True, slots=True)
class Made:
    """What is worth telling of a page that was made."""

    number: int
    published_at: datetime | None
    waiting: Episode | None


def _moment(text: str | None, config: Config) -> datetime | None:
    """Return when it goes on the air; the show's time zone stands where none is written."""
    if text is None:
        return None
    from sendeturm.sources.validation import Written  # noqa: PLC0415  # not for --help
    from sendeturm.sources.zones import as_date, moment_of, zone_of  # noqa: PLC0415  # the same

    written_at = as_date(text)
    if written_at is None:
        raise fail("sources.not-date", name="--date", value=text)
    moment = moment_of(written_at, zone_of(config.show.timezone), Written("", ""))
    if isinstance(moment, datetime):
        return moment
    raise SendeturmError(replace(moment, place=NOWHERE, params={**moment.params, "name": "--date"}))


def _refuse_repeated(title: str, episodes: Iterable[Episode]) -> None:
    for episode in episodes:
        if episode.front and episode.front.title.casefold() == title.casefold():
            raise fail("cli.title-exists", file=f"episodes/{episode.stem}.md")


def _waiting_as(title: str, waiting: Iterable[Episode]) -> Episode | None:
    """Return the recording without a page whose name says this title."""
    from sendeturm.text import slug, title_from_stem  # noqa: PLC0415  # not for --help

    wanted = slug(title)
    return next((one for one in waiting if slug(title_from_stem(one.stem)) == wanted), None)


def number_from(episode: Episode) -> int | None:
    """Return the number that an episode's file name begins with."""
    from sendeturm.text import number_from_stem  # noqa: PLC0415  # not for --help

    return number_from_stem(episode.stem)


def _stem(title: str, number: int) -> str:
    from sendeturm.text import slug  # noqa: PLC0415  # not for --help

    return f"{number:03}-{slug(title)}"


def _checked(title: str) -> str:
    from pydantic import ValidationError  # noqa: PLC0415  # not for --help

    from sendeturm.model import FrontMatter  # noqa: PLC0415  # the same
    from sendeturm.text import clean  # noqa: PLC0415  # the same

    try:
        return FrontMatter(title=" ".join(clean(title).split())).title
    except ValidationError:
        raise fail("cli.bad-title") from None


def _next_number(folder: Path, sources: Sources) -> int:
    """Return the number after the highest that file names and front matter have."""
    from sendeturm.text import number_from_stem  # noqa: PLC0415  # not for --help

    written = [episode.front.number or 0 for episode in sources.episodes if episode.front]
    files = (folder / "episodes").glob("*")
    return max([0, *written, *(number_from_stem(path.stem) or 0 for path in files)]) + 1


def _make_folder(path: Path) -> None:
    try:
        path.mkdir(exist_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise fail("sources.unwritable", file=path.name, reason=reason) from None


def _say(call: Call, file: str, made: Made, config: Config) -> None:
    stem = file.removesuffix(".md")
    if call.as_json:
        at = made.published_at.isoformat() if made.published_at else None
        print_document({"file": file, "number": made.number, "stem": stem, "published_at": at})
        return
    if call.quiet:
        return
    say(translate("Made {file}").format(file=file))
    if made.published_at is not None:
        from sendeturm.cli.moments import moment, zone_of_show  # noqa: PLC0415  # with a date only

        when = moment(made.published_at, zone_of_show(config))
        say(translate("On the air from: {moment}").format(moment=when))
    if made.waiting:
        say(translate("Write the notes into it, then: {step}").format(step="sendeturm publish"))
    else:
        line = translate("Put the recording beside it as {stem}.wav (or .flac, .mp3 …), then:")
        say(f"{line.format(stem=stem)} sendeturm publish")
