"""Long lines at a terminal, broken between words where it would break within them."""

from __future__ import annotations

import re
import textwrap

LEAST_COLUMNS = 30
HANGING = 2
_BEGINNING = re.compile(r" *(?:→ )?(?:\S+(?: \S+)* {2,})?")
"""An arrow, and a first column that two blanks end: what follows stands below each other."""


def wrapped(text: str, columns: int) -> str:
    """Return `text` in lines of at most so many columns; what has no blanks stays whole."""
    if columns < LEAST_COLUMNS:
        return text
    return "\n".join(_broken(line, columns) for line in text.split("\n"))


def _broken(line: str, columns: int) -> str:
    if len(line) <= columns:
        return line
    beginning = _BEGINNING.match(line)
    indent = beginning.end() if beginning else 0
    if not 0 < indent <= columns // 2:
        indent = HANGING
    text = line.lstrip(" ")
    lines = textwrap.wrap(
        text,
        columns,
        initial_indent=" " * (len(line) - len(text)),
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(lines)
