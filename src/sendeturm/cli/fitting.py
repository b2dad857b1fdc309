"""Whether an answer fits a new show's settings, told as the settings themselves would tell it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sendeturm.errors import Problem, SendeturmError

REQUIRED = ("title", "author")
STORAGE = ("place", "address", "endpoint", "region", "profile")
"""The settings of `[storage]` that can be given; all others are the show's."""


def fits(setting: str, folder: Path) -> Callable[[str], list[Problem]]:
    """Return what says whether an answer fits a setting."""

    def say(answer: str) -> list[Problem]:
        return problems_of(setting, answer, folder)

    return say


def problems_of(setting: str, answer: str, folder: Path) -> list[Problem]:
    """Return what is wrong with one setting's value."""
    from sendeturm.model import StorageSettings  # noqa: PLC0415  # not for --help
    from sendeturm.store import place_problems  # noqa: PLC0415  # the same

    table = "storage" if setting in STORAGE else "show"
    values = tables({**dict.fromkeys(REQUIRED, "?"), "language": "en", "description": "?"}, {})
    values[table][setting] = answer
    problems = config_problems(values)
    if problems or table == "show":
        return problems
    return place_problems(StorageSettings.model_validate({setting: answer}), folder)


def config_problems(values: dict[str, dict[str, object]]) -> list[Problem]:
    """Return what is wrong with settings, a language that nobody knows included."""
    from sendeturm.checks.languages import is_language  # noqa: PLC0415  # not for --help
    from sendeturm.sources.config import config_of  # noqa: PLC0415  # the same

    try:
        language = config_of(values).show.language
    except SendeturmError as error:
        return list(error.problems)
    if is_language(language):
        return []
    return [Problem("sources.not-language", {"name": "language", "value": language})]


def tables(show: dict[str, object], storage: dict[str, object]) -> dict[str, dict[str, object]]:
    """Return the tables of a new show's settings, with an id made for it."""
    from uuid import uuid4  # noqa: PLC0415  # not for --help

    return {"show": {"id": str(uuid4()), **show}, "storage": storage}
