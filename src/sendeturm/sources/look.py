"""A person's own stylesheet and templates, as `[site]` names them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from sendeturm.errors import Problem, SendeturmError, Severity, fail, problem
from sendeturm.model import SiteSettings
from sendeturm.model.site import OWN_STYLE
from sendeturm.sources.config import CONFIG_NAME
from sendeturm.sources.files import read_text, unreadable

MOST_TEMPLATES = 50
MAX_FILE_BYTES = 300_000

Named = tuple[str, Path, str]
"""A text's name on the site, its path, and how the person would write that."""

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*\.html")
_FOREIGN = re.compile(r"(?:url\(\s*['\"]?|@import\s+['\"]?)\s*(?:https?:)?//", re.IGNORECASE)


def read_look(folder: Path, settings: SiteSettings) -> tuple[dict[str, str], list[Problem]]:
    """Return the texts of the own stylesheet (`own.css`) and templates, by name.

    What cannot be read is told and left out.
    """
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for read in (_style, _templates):
        try:
            for name, path, file in read(folder, settings):
                texts[name] = read_text(path, file, MAX_FILE_BYTES)
        except SendeturmError as error:
            problems += error.problems
    if _FOREIGN.search(texts.get(OWN_STYLE, "")):
        warning = Severity.WARNING
        problems.append(
            problem("sources.foreign-style", file=settings.stylesheet, severity=warning)
        )
    return texts, problems


def _style(folder: Path, settings: SiteSettings) -> Iterator[Named]:
    if settings.stylesheet:
        yield OWN_STYLE, _inside(folder, settings.stylesheet, "stylesheet"), settings.stylesheet


def _templates(folder: Path, settings: SiteSettings) -> Iterator[Named]:
    if not settings.templates:
        return
    templates = _inside(folder, settings.templates, "templates")
    try:
        names = sorted(os.listdir(templates))  # noqa: PTH208  # names are all that is needed
    except OSError as error:
        raise unreadable(f"{settings.templates}/", error) from error
    for name in [name for name in names if _NAME.fullmatch(name)][:MOST_TEMPLATES]:
        yield name, templates / name, f"{settings.templates}/{name}"


def _inside(folder: Path, name: str, key: str) -> Path:
    """Return the path of what `[site]` names; raises SendeturmError if it is outside the folder."""
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise fail("sources.outside", file=CONFIG_NAME, key=f"site.{key}", value=name)
    return path
