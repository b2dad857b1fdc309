"""Collect every text a person can read and bring the message catalogues up to date.

Then the pages of docs/ that are written from the code: rules, commands, settings, records. Run by
`make catalogue`; the tests use `texts()` to hold that nothing is untranslated.
"""

from __future__ import annotations

import ast
import importlib.util
import io
import os
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "src" / "sendeturm"
LOCALES = SOURCES / "i18n" / "locale"
MARKS = {"translate": 1, "marked": 1, "Wording": 2, "ngettext": 2}
"""Calls whose first arguments are texts, and how many of them."""

Text = str | tuple[str, str]
"""A message, or its singular and plural."""

HEADER_COMMENT = """\
# {language} words of sendeturm.
# Copyright (C) 2026 The sendeturm developers.
# This file is distributed under the same license as the sendeturm project.
# New texts of the source are added by tools/catalogue.py; only the words are written by hand."""
STANDS_STILL = "2026-11-20 00:00+0000"
"""The date of every catalogue: the same words give the same bytes, in the `.mo` as well."""


class Words(Catalog):
    """A catalogue whose header depends on nothing but its language."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """Return what readers of catalogues need, without the hour and the tool's version."""
        return [
            ("Project-Id-Version", "sendeturm"),
            ("POT-Creation-Date", STANDS_STILL),
            ("PO-Revision-Date", STANDS_STILL),
            ("Language", str(self.locale_identifier)),
            ("Plural-Forms", self.plural_forms),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit\n"),
        ]


def texts() -> list[Text]:
    """Return every text of the program, its pages, and Click's own, in a stable order."""
    found: dict[Text, None] = {}
    for path in sorted(SOURCES.rglob("*.py")):
        found |= dict.fromkeys(_marked_in(path, MARKS))
    found |= dict.fromkeys(_in_tables())
    for path in sorted(_click_folder().glob("*.py")):
        found |= dict.fromkeys(_marked_in(path, {"_": 1, "ngettext": 2}))
    return [text for text in found if text]


def _in_tables() -> Iterator[str]:
    """Yield what stands in tables: the words of pages, of a new show's settings and Makefile."""
    from sendeturm.i18n.wording import SYSTEM_REASONS  # noqa: PLC0415  # for this part only
    from sendeturm.model import (  # noqa: PLC0415  # the same
        CheckSettings,
        ShowSettings,
        SiteSettings,
        SoundSettings,
        StorageSettings,
    )
    from sendeturm.site import words  # noqa: PLC0415  # the same
    from sendeturm.sources import scaffold  # noqa: PLC0415  # the same
    from sendeturm.sources.toml import PLAIN_REASONS  # noqa: PLC0415  # the same

    yield from (*words.WORDS.values(), *words.PREVIEW_WORDS.values(), *words.MONTHS)
    yield from (*scaffold._TARGETS.values(), *SYSTEM_REASONS, *PLAIN_REASONS.values())  # noqa: SLF001  # the Makefile of a new show
    for settings in (ShowSettings, SoundSettings, StorageSettings, SiteSettings, CheckSettings):
        yield from (field.description or "" for field in settings.model_fields.values())


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
    language = po_path.parents[1].name
    known = words_in(po_path)
    fresh = Words(locale=language, fuzzy=False)
    fresh.header_comment = HEADER_COMMENT.format(language=fresh.locale.english_name)
    for text in texts():
        fresh.add(text, known.get(text, ("", "") if isinstance(text, tuple) else ""))
    with po_path.open("wb") as target:
        write_po(target, fresh, width=100, no_location=True)
    return sum(
        not all(m.string if isinstance(m.string, tuple) else [m.string]) for m in fresh if m.id
    )


def words_in(po_path: Path) -> dict[Text, Text]:
    """Return a catalogue's words by text; nothing if there is no catalogue yet."""
    if not po_path.exists():
        return {}
    with po_path.open("rb") as source:
        return {message.id: message.string for message in read_po(source) if message.id}


def catalogues() -> list[Path]:
    """Return the path of every language's catalogue."""
    return sorted(LOCALES.glob("*/LC_MESSAGES/sendeturm.po"))


def compile_all() -> None:
    """Write the `.mo` of every catalogue that has changed since, beside it and then renamed."""
    for po_path in catalogues():
        compiled = io.BytesIO()
        with po_path.open("rb") as source:
            write_mo(compiled, read_po(source))
        mo_path = po_path.with_suffix(".mo")
        if not mo_path.exists() or mo_path.read_bytes() != compiled.getvalue():
            beside = mo_path.with_suffix(f".{os.getpid()}")
            beside.write_bytes(compiled.getvalue())
            beside.replace(mo_path)


def main() -> None:
    """Bring every language's catalogue up to date, compile it, and write the pages."""
    for po_path in catalogues():
        print(f"{po_path.parents[1].name}: {update(po_path)} texts without words")
    compile_all()
    import json_schemas  # noqa: PLC0415  # tests want the catalogues alone
    import manual  # noqa: PLC0415  # the same
    import reference  # noqa: PLC0415  # the same
    import rules  # noqa: PLC0415  # the same

    rules.main()
    reference.main()
    manual.main()
    json_schemas.main()


if __name__ == "__main__":
    main()
