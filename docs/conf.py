"""How `make docs` makes a website of these pages; they read as well without it.

The links of the pages in CONTENTS are the table of contents: no page needs to be named twice.
"""

from __future__ import annotations

import re
from typing import Any

from sphinx.application import Sphinx

from sendeturm import __version__

project = "sendeturm"
author = "The sendeturm developers"
release = __version__
html_title = f"sendeturm {release}"
html_theme = "furo"
html_show_sphinx = False
html_copy_source = False
html_static_path = ["_static"]
html_css_files = ["pages.css"]
extensions = ["myst_parser"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]
suppress_warnings = ["misc.highlighting_failure"]  # front matter is TOML between lines of Markdown

CONTENTS = ("index", "providers/README")
_CHAPTER = re.compile(r"^## (.+)$", re.MULTILINE)
_PAGE = re.compile(r"\]\(([\w/-]+)\.md\)")


def contents(page: str) -> str:
    """Return MyST's tables of contents for a page: one per chapter, of what it links to."""
    first, *chapters = _CHAPTER.split(page)
    return _table("", first) + "".join(map(_table, chapters[::2], chapters[1::2]))


def _table(caption: str, text: str) -> str:
    pages = "\n".join(dict.fromkeys(_PAGE.findall(text)))
    said = f":caption: {caption}\n" if caption else ""
    return f"\n```{{toctree}}\n:hidden:\n{said}\n{pages}\n```\n" if pages else ""


def _add_contents(_app: Sphinx, docname: str, source: list[str]) -> None:
    if docname in CONTENTS:
        source[0] += contents(source[0])


def _name_the_language(
    _app: Sphinx, pagename: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    if pagename == "tutorial/erste-folge":
        context["language"] = "de"


def setup(app: Sphinx) -> None:
    """Connect the two."""
    app.connect("source-read", _add_contents)
    app.connect("html-page-context", _name_the_language)
