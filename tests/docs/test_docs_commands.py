"""Every `sendeturm …` that README and docs show at a prompt is one that the program understands."""

from __future__ import annotations

import re
import shlex
from contextlib import suppress
from pathlib import Path

import click
import pytest

from sendeturm.cli.call import Call
from sendeturm.cli.program import program

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
AT_THE_PROMPT = re.compile(r"^ *\$ (sendeturm\b.*)$", re.MULTILINE)


def commands() -> list[pytest.ParameterSet]:
    found = {}
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for shown in AT_THE_PROMPT.finditer(text):
            line = text.count("\n", 0, shown.start()) + 1
            name = f"{page.relative_to(ROOT).as_posix()}:{line}"
            found.setdefault(shown[1], pytest.param(shown[1], id=name))
    return list(found.values())


def understood(line: str) -> None:
    words = shlex.split(line, comments=True)[1:]
    with program.make_context("sendeturm", words, obj=Call()) as context:
        if not context._protected_args:
            return
        name, command, rest = program.resolve_command(
            context, [*context._protected_args, *context.args]
        )
        assert command is not None
        command.make_context(name, rest, parent=context)


@pytest.mark.parametrize("line", [one for one in commands() if "<TAB>" not in one.values[0]])
def test_a_command_in_the_docs_is_understood(line):
    with suppress(click.exceptions.Exit):  # --version and --help say their part and leave
        understood(line)


@pytest.mark.parametrize(
    "line", ["sendeturm pubilsh", "sendeturm publish --again", "sendeturm new"]
)
def test_a_command_that_does_not_exist_is_found_out(line):
    with pytest.raises(click.UsageError):
        understood(line)
