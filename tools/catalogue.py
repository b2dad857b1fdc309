"""Collect every text a person can read and bring the message catalogues up to date.

Run by `make catalogue`; the tests use `texts()` to hold that nothing is untranslated.
"""

from __future__ import annotations

import ast
import importlib.util
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "src" / "sendeturm"
LOCALES = SOURCES / "i18n" / "locale"
MARKS = {"translate": 1, "marked": 1, "Wording": 2, "ngettext": 2}
"""Calls whose first arguments are texts, and how many of them."""

Text = str | tuple[str, str]
"""A message, or its singular and plural."""


def texts() -> list[Text]:
    """Return every text of the program, its pages, and Click's own, in a stable order."""
    found: dict[Text, None] = {}
    for path in sorted(SOURCES.rglob("*.py")):
        found |= dict.fromkeys(_marked_in(path, MARKS))
    from sendeturm.site import words  # noqa: PLC0415  # the package is needed for this part only

    found |= dict.fromkeys([*words.WORDS.values(), *words.MONTHS])
    for path in sorted(_click_folder().glob("*.py")):
        found |= dict.fromkeys(_marked_in(path, {"_": 1, "ngettext": 2}))
    return [text for text in found if text]


def _click_folder() -> Path:
    spec = importlib.util.find_spec("click")
    assert spec is not None, "Click is installed"
    assert spec.origin is not None, "Click is a package of files"
    return Path(spec.origin).parent


def _marked_in(path: Path, marks: dict[str, int]) -> Iterator[Text]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name not in marks:
            continue
        given = [*node.args, *(k.value for k in node.keywords if k.arg in ("what", "mend"))]
        strings = [a.value for a in given[: marks[name]] if _is_text(a)]
        if name == "ngettext":
            if len(strings) == marks[name]:
                yield (strings[0], strings[1])
        else:
            yield from strings


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def update(po_path: Path) -> int:
    """Add new texts to a catalogue, drop those no longer used; return how many lack words."""
    catalog = Catalog(locale=po_path.parents[1].name, project="sendeturm", fuzzy=False)
    if po_path.exists():
        with po_path.open("rb") as source:
            catalog = read_po(source)
    known = {message.id: message.string for message in catalog if message.id}
    fresh = Catalog(locale=catalog.locale, project="sendeturm", fuzzy=False)
    fresh.creation_date = fresh.revision_date = catalog.creation_date
    for text in texts():
        fresh.add(text, known.get(text, ("", "") if isinstance(text, tuple) else ""))
    with po_path.open("wb") as target:
        write_po(target, fresh, width=100, omit_header=False, no_location=True)
    return sum(
        not any(m.string if isinstance(m.string, tuple) else [m.string]) for m in fresh if m.id
    )


def main() -> None:
    """Bring every language's catalogue up to date."""
    for folder in sorted(LOCALES.iterdir()):
        po_path = folder / "LC_MESSAGES" / "sendeturm.po"
        print(f"{folder.name}: {update(po_path)} texts without words")


if __name__ == "__main__":
    main()
