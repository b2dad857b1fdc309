"""Tables that benchmarks put into pages of the documentation, between marks."""

from __future__ import annotations

from pathlib import Path


def row(*cells: str) -> str:
    """Return a row of a Markdown table."""
    return f"| {' | '.join(cells)} |"


def head(*cells: str) -> list[str]:
    """Return the head of a Markdown table."""
    return [row(*cells), "|---" * len(cells) + "|"]


def put(page: Path, name: str, made: str) -> None:
    """Put `made` between the marks `name: begin` and `name: end` of a page."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    before, _, rest = page.read_text(encoding="utf-8").partition(begin)
    _, found, after = rest.partition(end)
    if not found:
        raise SystemExit(f"{page} has no marks for {name}")
    page.write_text(f"{before}{begin}\n{made}\n{end}{after}", encoding="utf-8")
