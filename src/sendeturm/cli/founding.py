"""A new show: questions with defaults, the files, the cover."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sendeturm.cli.defaults import local_language, local_timezone
from sendeturm.cli.problems import one_line, tell
from sendeturm.cli.screen import harmless, is_terminal, print_document, say
from sendeturm.cli.spoken import marked
from sendeturm.cli.storing import ask_keys, blanks_of, kept_under, questions_about
from sendeturm.errors import Problem, SendeturmError, fail
from sendeturm.i18n import translate
from sendeturm.store.presets import PRESETS, preset_settings

if TYPE_CHECKING:
    from sendeturm.cli.call import Call

REQUIRED = ("title", "author")
STORAGE = ("place", "address", "endpoint", "region", "profile")
PROVIDER = ("storage", "bucket", "account")
"""What is asked to find out the storage's settings, and is none of them."""
FOLDER_PLACE = "public"
_NAME = re.compile(r"[A-Za-z0-9-]{1,64}", re.ASCII)
COVER = "cover.jpg"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for a setting; `default` empty means that it may stay open."""

    setting: str
    words: str
    default: str = ""
    is_needed: bool = False


def found_show(call: Call, given: Mapping[str, str]) -> None:
    """Lay out a show in the call's folder and say what was made.

    Raises SendeturmError if there is one already or a setting is wrong, and click's UsageError
    for missing settings where nobody can be asked.
    """
    folder = call.start
    if (folder / "sendeturm.toml").exists():
        raise fail("sources.show-exists", file="sendeturm.toml")
    asks = is_terminal() and not call.as_json
    settings = _asked(given, folder) if asks else _completed(given)
    made = _lay_out(folder, settings)
    _say(call, folder, made, is_bucket=settings.get("place", "").lower().startswith("s3://"))


def _completed(given: Mapping[str, str]) -> dict[str, str]:
    """Return the settings with defaults for all that was not given."""
    preset = PRESETS.get(given.get("storage", ""))
    needed = (*REQUIRED, *(blanks_of(preset) if preset else ()))
    missing = [f"--{name}" for name in needed if not given.get(name, "").strip()]
    if missing:
        words = translate("Nobody can be asked here; these options are missing: {options}")
        raise click.UsageError(words.format(options=", ".join(missing)))
    settings = dict(given)
    settings.setdefault("language", local_language())
    settings.setdefault("description", _first_description(settings))
    return _with_preset(settings)


def _with_preset(settings: Mapping[str, str]) -> dict[str, str]:
    """Return the settings with those that follow from the provider; what was given wins."""
    blanks = {name: settings.get(name, "") for name in PROVIDER}
    plain = {name: value for name, value in settings.items() if name not in PROVIDER}
    if not blanks["storage"]:
        return plain
    return preset_settings(blanks["storage"], {**plain, **blanks}) | plain


def _asked(given: Mapping[str, str], folder: Path) -> dict[str, str]:
    """Return the settings, having asked for those that were not given."""
    settings = dict(given)
    say(translate("A new show. Enter takes what stands in brackets; all of it can change later."))
    _ask_all(_questions(settings), settings, folder)
    if settings.get("storage"):
        _ask_all(_about_provider(settings), settings, folder)
    settings = _with_preset(settings)
    if settings["place"].lower().startswith("s3://"):
        guessed = "" if "address" in given else settings.pop("address", "")
        _ask_all(_about_bucket(given, guessed), settings, folder)
        if "profile" not in settings and (keys := ask_keys()) is not None:
            settings["profile"] = kept_under(settings["title"], keys)
    return settings


def _ask_all(questions: Iterable[Question], settings: dict[str, str], folder: Path) -> None:
    """Ask what is not known yet; an empty answer leaves it open."""
    for question in questions:
        if question.setting not in settings:
            answer = _ask(question, folder)
            if answer:
                settings[question.setting] = answer


def _questions(settings: Mapping[str, str]) -> Iterator[Question]:
    """Yield the questions, each made when the answers before it are known."""
    yield Question("title", marked("The show's name"))
    yield Question("author", marked("Who speaks in it"))
    yield Question("language", marked("Its language"), local_language())
    description = _first_description(settings)
    yield Question("description", marked("What it is about, in a sentence or two"), description)
    if not settings.get("storage"):
        place = marked("Where to publish: a folder, or s3://bucket/prefix")
        yield Question("place", place, FOLDER_PLACE)


def _about_provider(settings: Mapping[str, str]) -> Iterator[Question]:
    preset = PRESETS[settings["storage"]]
    for name, words in questions_about(preset, settings):
        yield Question(name, words, is_needed=True)


def _about_bucket(given: Mapping[str, str], address: str) -> Iterator[Question]:
    if not given.get("storage"):
        yield Question("endpoint", marked("The storage's address (Enter: Amazon's)"))
    words = marked("The public address of that place (Enter: not yet)")
    yield Question(
        "address", marked("The public address of that place") if address else words, address
    )


def _ask(question: Question, folder: Path) -> str:
    """Ask until the answer fits; an empty one stays open where it may."""
    must = question.is_needed or question.setting in REQUIRED
    words = harmless(translate(question.words))
    while True:
        default = question.default or (None if must else "")
        shown = bool(question.default)
        answer = str(click.prompt(words, default=default, show_default=shown)).strip()
        problems = _problems(question.setting, answer, folder) if answer or must else []
        if not problems:
            return answer
        tell(problems)


def _problems(setting: str, answer: str, folder: Path) -> list[Problem]:
    """Return what is wrong with one setting's value."""
    from pydantic import ValidationError  # noqa: PLC0415  # not for --help

    from sendeturm.model import StorageSettings  # noqa: PLC0415  # the same
    from sendeturm.sources.config import config_of  # noqa: PLC0415  # the same
    from sendeturm.store import place_problems  # noqa: PLC0415  # the same

    if setting in ("account", "region"):
        return [] if _NAME.fullmatch(answer) else [Problem("store.bad-region")]
    if setting == "bucket":
        setting, answer = "place", f"s3://{answer.removeprefix('s3://')}"
    table = "storage" if setting in STORAGE else "show"
    values = _whole(dict.fromkeys(REQUIRED, "?") | {"language": "en", "description": "?"})
    values[table][setting] = answer
    try:
        config_of(values)
    except SendeturmError as error:
        return list(error.problems)
    if table == "show":
        return []
    try:
        storage = StorageSettings.model_validate({setting: answer})
    except ValidationError:
        return []
    return place_problems(storage, folder)


def _first_description(settings: Mapping[str, str]) -> str:
    language = settings["language"][:2]
    return translate("A podcast by {author}.", language).format(author=settings["author"])


def _whole(settings: Mapping[str, str]) -> dict[str, dict[str, object]]:
    from uuid import uuid4  # noqa: PLC0415  # not for --help

    show: dict[str, object] = {k: v for k, v in settings.items() if k not in STORAGE}
    storage: dict[str, object] = {k: v for k, v in settings.items() if k in STORAGE}
    return {"show": {"id": str(uuid4()), **show}, "storage": storage}


def _lay_out(folder: Path, settings: Mapping[str, str]) -> list[Path]:
    """Write everything, the cover only where there is none, and return what was made."""
    from sendeturm.pictures import draw_cover  # noqa: PLC0415  # Pillow is heavy
    from sendeturm.publish.writing import write_whole  # noqa: PLC0415  # not for --help
    from sendeturm.sources import write_show  # noqa: PLC0415  # the same

    timezone = local_timezone(settings["language"])
    whole = _whole({"timezone": timezone, **settings})
    cover = folder / COVER
    picture = None if cover.exists() else draw_cover(settings["title"], settings["author"])
    made = write_show(folder, whole["show"], whole["storage"])
    if picture is not None:
        write_whole(cover, picture)
        made.append(cover)
    return made


def _say(call: Call, folder: Path, made: list[Path], *, is_bucket: bool) -> None:
    names = [_name(path, folder) for path in made]
    if call.as_json:
        print_document({"folder": str(folder), "made": names})
        return
    if call.quiet:
        return
    say(translate("Made in {folder}: {names}").format(folder=folder, names=", ".join(names)))
    step = translate("put a recording into episodes/, then sendeturm publish")
    if is_bucket:
        step = translate("sendeturm doctor looks whether the storage works; then {step}").format(
            step=step
        )
    say(translate("Next: {step}").format(step=step))


def _name(path: Path, folder: Path) -> str:
    name = one_line(path.relative_to(folder).as_posix())
    return f"{name}/" if path.is_dir() else name
