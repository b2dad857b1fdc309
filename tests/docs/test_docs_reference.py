"""What docs/reference says is what the code does today; `make catalogue` writes it anew."""

from __future__ import annotations

import pytest

import reference
from sendeturm.cli.program import ENTRIES, program
from sendeturm.i18n import use_language
from sendeturm.model import Config, FrontMatter


@pytest.fixture(scope="module")
def written():
    made = reference.pages()
    use_language("en")
    return made


def test_the_pages_are_up_to_date(written):
    for path, text in written.items():
        assert path.read_text(encoding="utf-8") == text, "run make catalogue"


def test_no_command_no_option_and_no_key_is_missing(written):
    commands, settings, front, _records = written.values()
    for name in ENTRIES:
        said = commands.split(f"\n## {name}\n")[1].split("\n## ")[0]
        options = program.get_command(None, name).params
        shown = [o for o in options if not getattr(o, "hidden", True) and o.name != "_as_json"]
        for option in shown:
            assert f"{option.opts[-1]}" in said
    for table in Config.model_fields.values():
        keys = [field.alias or name for name, field in table.annotation.model_fields.items()]
        assert [key for key in keys if f"| `{key}` |" not in settings] == []
    assert [key for key in FrontMatter.model_fields if f"| `{key}` |" not in front] == []
