"""`pages/*.md`: what the show says beside its episodes, imprint and privacy among it."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sendeturm.errors import Problem, SendeturmError, Severity, fail, problem
from sendeturm.model.site import ABOUT, LEGAL
from sendeturm.sources.files import read_text, unreadable
from sendeturm.text.cleaning import clean
from sendeturm.text.slugs import RESERVED_SLUGS, slug, title_from_stem

PAGES = "pages"
MOST_PAGES = 50

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_HEADING = re.compile(r"\A\s*#[ \t]+(?P<title>[^\n]+?)[ \t]*#*[ \t]*(?:\n|\Z)")
_ALLOWED = frozenset({ABOUT, *LEGAL})


@dataclass(frozen=True, slots=True)
class WrittenPage:
    """A page as the person wrote it: its title is the first heading, else the file's name."""

    slug: str
    title: str
    markdown: str
    file: str


def read_pages(folder: Path) -> tuple[tuple[WrittenPage, ...] | None, list[Problem]]:
    """Return the pages in `folder`'s `pages/` by name, None where there is no such folder.

    Comments are left out; a page without words is none, with a warning. Problems of single pages
    are returned beside the others.
    """
    pages: list[WrittenPage] = []
    problems: list[Problem] = []
    try:
        paths = list(_markdown_in(folder / PAGES))
    except FileNotFoundError:
        return None, []
    except OSError as error:
        return None, list(unreadable(f"{PAGES}/", error).problems)
    for path in paths[:MOST_PAGES]:
        try:
            pages.append(_page(path, {page.slug for page in pages}))
        except SendeturmError as error:
            problems += error.problems
    if len(paths) > MOST_PAGES:
        problems.append(problem("sources.too-many-pages", file=f"{PAGES}/", most=MOST_PAGES))
    return tuple(pages), problems


def _markdown_in(folder: Path) -> Iterator[Path]:
    for name in sorted(os.listdir(folder)):  # noqa: PTH208  # raises at once, unlike iterdir
        path = folder / name
        is_ours = name.lower().endswith(".md") and not name.startswith((".", "~"))
        if is_ours and name.lower() != "readme.md" and path.is_file():
            yield path


def _page(path: Path, taken: set[str]) -> WrittenPage:
    file = f"{PAGES}/{unicodedata.normalize('NFC', path.name)}"
    stem = unicodedata.normalize("NFC", path.stem)
    plain = stem.lower()
    name = plain if plain in _ALLOWED else slug(stem)
    if plain in RESERVED_SLUGS - _ALLOWED or name.isdecimal():
        raise fail("sources.page-name", file=file, slug=plain)
    if name in taken:
        raise fail("sources.page-twice", file=file, slug=name)
    text = clean(_COMMENT.sub("", read_text(path, file)))
    heading = _HEADING.match(text)
    body = text[heading.end() :] if heading else text
    if not body.strip():
        raise SendeturmError([problem("sources.empty-page", file=file, severity=Severity.WARNING)])
    title = heading["title"] if heading else title_from_stem(stem)
    return WrittenPage(name, title, body.strip("\n"), file)
