"""Write every rule of `sendeturm check` into docs/checks.md; run by `make catalogue`."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from sendeturm.checks import RULES, Rule
from sendeturm.cli.explaining import general_words

PAGE = Path(__file__).resolve().parents[1] / "docs" / "checks.md"
HEAD = """\
# What `sendeturm check` looks for

This page is written by `tools/rules.py` from the rules themselves. `sendeturm check --explain CODE`
says the same at the terminal, `sendeturm check` looks at your show, and `sendeturm check FEED` at
the feed in any file or at any web address.

An **error** keeps `publish` from going ahead; a **warning** is told; a **note** is told by `check`.
Where a rule speaks of something that differs from case to case, an ellipsis stands here.
"""
CHAPTERS = {
    "1": "The show",
    "2": "An episode's files",
    "3": "Records, before they are put",
    "4": "A feed and its channel",
    "5": "A feed's items",
    "6": "Podcasting 2.0's tags",
}


def page() -> str:
    """Return the page."""
    parts = [HEAD]
    for key, rules in groupby(RULES.values(), lambda rule: rule.code[3]):
        parts.append(f"\n## {CHAPTERS[key]}\n\n| Code | Weight | What | What to do | Asked by |\n")
        parts.append("|---|---|---|---|---|\n")
        parts += map(_row, rules)
    return "".join(parts)


def _row(rule: Rule) -> str:
    words = general_words(rule.code, "en")
    what, mend = (
        text.replace("|", "\\|").replace("<", "&lt;") for text in (words.what, words.mend)
    )
    asked = ", ".join(rule.asked_by)
    return f"| {rule.code} | {rule.severity} | {what} | {mend} | [{asked}]({rule.source}) |\n"


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
