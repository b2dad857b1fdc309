"""A table on a screen that is too narrow for it: a block for each row, a line for each column."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.table import Table

FIRST_COLUMN = 20
"""What the first column, of names and titles, may be wrapped to."""


def is_too_narrow(table: Table, width: int) -> bool:
    """Say whether figures and headings would be broken; a table without headings never is."""
    if not table.show_header:
        return False
    _, gap, _, _ = _padding(table)
    first, *others = (max(map(len, column)) for column in _columns(table))
    return min(first, FIRST_COLUMN) + sum(w + gap for w in others) + gap > width


def blocks(table: Table) -> Iterator[str]:
    """Yield the first cell of each row, and below it the others after their headings."""
    headings, *rows = zip(*_columns(table), strict=True)
    indent = max(map(len, headings[1:])) + 2
    for first, *others in rows:
        yield first
        for heading, cell in zip(headings[1:], others, strict=True):
            if cell:
                yield f"  {heading:<{indent}}{cell}"


def _columns(table: Table) -> list[list[str]]:
    return [[str(column.header), *map(str, column.cells)] for column in table.columns]


def _padding(table: Table) -> tuple[int, int, int, int]:
    padding = table.padding
    assert isinstance(padding, tuple)
    assert len(padding) == len(("top", "right", "bottom", "left"))
    return padding
