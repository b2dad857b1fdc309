"""The two parts of a sidecar: front matter between +++ lines, show notes below."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sendeturm.errors import fail

_OPENING = re.compile(r"\ufeff?(?:[ \t]*\r?\n)*\+\+\+[ \t]*(?:\r?\n|\Z)")
_CLOSING = re.compile(r"^\+\+\+[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
_YAML = re.compile(r"\ufeff?\s*---[ \t]*\r?\n")


@dataclass(frozen=True, slots=True)
class Front:
    """A sidecar's text in four stretches, which joined are the text again."""

    opening: str
    toml: str
    closing: str
    notes: str

    @property
    def line_offset(self) -> int:
        """Return how many lines stand above the TOML."""
        return self.opening.count("\n")

    @property
    def notes_line(self) -> int:
        """Return the 1-based line on which the notes begin, blank ones left out."""
        blank = len(self.notes) - len(self.notes.lstrip("\r\n"))
        above = self.opening + self.toml + self.closing + self.notes[:blank]
        return above.count("\n") + 1


def split_front(text: str, file: str) -> Front:
    """Return the parts of a sidecar's `text`.

    Raises SendeturmError if there is no front matter, or no end of it.
    """
    opening = _OPENING.match(text)
    if not opening:
        code = "sources.yaml-front" if _YAML.match(text) else "sources.no-front"
        raise fail(code, file=file, line=1)
    closing = _CLOSING.search(text, opening.end())
    if not closing:
        raise fail("sources.open-front", file=file, line=opening[0].count("\n"))
    return Front(
        opening=opening[0],
        toml=text[opening.end() : closing.start()],
        closing=closing[0],
        notes=text[closing.end() :],
    )
