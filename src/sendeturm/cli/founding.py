"""A new show: questions with defaults, the files, the cover."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sendeturm.cli.addressing import (
    ask_address,
    bucket_problems,
    is_foreign,
    storage_of,
    way_problems,
)
from sendeturm.cli.asking import Interview, Question, wrapped
from sendeturm.cli.defaults import local_language, local_timezone
from sendeturm.cli.fitting import REQUIRED, STORAGE, config_problems, fits, tables
from sendeturm.cli.screen import is_terminal
from sendeturm.cli.spoken import marked
from sendeturm.errors import Problem, SendeturmError, fail
from sendeturm.i18n import translate
from sendeturm.store.presets import PRESETS, bucket_answers

if TYPE_CHECKING:
    from sendeturm.cli.call import Call

BLANKS = ("storage", "bucket", "account", "webspace")
"""What is asked to find out the storage's settings, and is none of them."""
COVER = "cover.jpg"
QUESTIONS = (
    Question("title", marked("What is the show called? Apps list it under this name.")),
    Question("author", marked("Who speaks in it? Apps show the name below the title.")),
)
_NAME = re.compile(r"[A-Za-z0-9.-]{1,64}", re.ASCII)


def found_show(call: Call, given: Mapping[str, str], *, yes: bool) -> None:
    """Lay out a show in the call's folder and say what was made.

    Raises SendeturmError if there is one already or a setting is wrong, and click's UsageError
    for missing settings where nobody can be asked.
    """
    from sendeturm.cli.founded import say_founded  # noqa: PLC0415  # not for --help

    folder = call.start
    if os.path.lexists(folder / "sendeturm.toml"):
        raise fail("sources.show-exists", file="sendeturm.toml")
    if (around := call.find_show()) is not None:
        raise fail("cli.inside-show", folder=str(around))
    settings: dict[str, object] = {**given, **_bucket_given(given)}
    asks = is_terminal() and not (yes or call.as_json)
    if asks:
        _ask(Interview(folder, settings))
    else:
        _be_complete(settings)
    whole = _whole(settings, folder)
    made = _lay_out(folder, whole)
    say_founded(call, folder, made, whole, asks=asks)


def _bucket_given(given: Mapping[str, str]) -> dict[str, str]:
    """Return what an option says of a bucket: an address in full, or a name with its provider."""
    bucket = given.get("bucket", "")
    if not bucket:
        return {}
    is_name = "." not in bucket and "://" not in bucket
    if "storage" in given and is_name:
        return {}
    if problems := list(bucket_problems(bucket)):
        raise SendeturmError(problems)
    return bucket_answers(bucket) or {}


def _be_complete(settings: dict[str, object]) -> None:
    """Add the defaults of what was not given; raises UsageError for what has none."""
    preset = PRESETS.get(str(settings.get("storage", "")))
    needed = (*REQUIRED, *(("bucket", *preset.asks) if preset else ()))
    missing = [f"--{name}" for name in needed if not str(settings.get(name, "")).strip()]
    if missing:
        words = translate("Nobody can be asked here; these options are missing: {options}")
        raise click.UsageError(words.format(options=", ".join(missing)))
    settings.setdefault("language", local_language())


def _ask(interview: Interview) -> None:
    """Ask for what was not given: at most six questions, the last one for a pair of keys."""
    wrapped(
        translate(
            "A new show, in at most six questions. Enter takes what stands in brackets;"
            " all of it can be changed later."
        )
    )
    language = marked("Which language is spoken? Its code: de, en, fr …")
    for question in (*QUESTIONS, Question("language", language, local_language())):
        interview.settle(question, fits(question.setting, interview.folder))
    ask_address(interview)


def _whole(settings: Mapping[str, object], folder: Path) -> dict[str, dict[str, object]]:
    """Return the tables of the settings, defaults and all; raises SendeturmError."""
    language = str(settings["language"])
    show: dict[str, object] = {"timezone": local_timezone(language)}
    show.update((k, v) for k, v in settings.items() if k not in (*STORAGE, *BLANKS))
    show.setdefault("description", _first_description(str(show["author"]), language))
    problems = _storage_problems(settings, folder)
    whole = tables(show, storage_of(dict(settings), folder) if not problems else {})
    if problems := [*problems, *config_problems(whole)]:
        raise SendeturmError(problems)
    return whole


def _storage_problems(settings: Mapping[str, object], folder: Path) -> list[Problem]:
    names = [str(settings[key]) for key in ("account", "region") if settings.get(key)]
    if any(_NAME.fullmatch(name) is None for name in names):
        return [Problem("store.bad-region")]
    place = str(settings.get("place", ""))
    if place and "://" not in place and is_foreign(folder / place):
        return [Problem("cli.place-in-use", {"place": place})]
    way = str(settings.get("webspace", ""))
    return way_problems(way, folder) if way else []


def _first_description(author: str, language: str) -> str:
    return translate("A podcast by {author}.", language[:2]).format(author=author)


def _lay_out(folder: Path, whole: Mapping[str, Mapping[str, object]]) -> list[Path]:
    """Write everything, the cover only where there is none, and return what was made."""
    from sendeturm.pictures import draw_cover  # noqa: PLC0415  # Pillow is heavy
    from sendeturm.publish.writing import write_whole  # noqa: PLC0415  # not for --help
    from sendeturm.sources import write_show  # noqa: PLC0415  # the same

    show, cover = whole["show"], folder / COVER
    picture = (
        None if os.path.lexists(cover) else draw_cover(str(show["title"]), str(show["author"]))
    )
    made = write_show(folder, show, whole["storage"])
    if picture is not None:
        write_whole(cover, picture)
        made.append(cover)
    return made
