"""Every code that the program can raise has words, and every wording is used."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import sendeturm
from sendeturm.checks import RULES
from sendeturm.errors import problem
from sendeturm.i18n.wordings import ROOMS, wordings

SOURCE = Path(sendeturm.__file__).parent
PLACE = {"file", "line", "key", "severity"}
CODE = re.compile(rf"(?:{'|'.join([*ROOMS, 'rss'])})\.[a-z0-9]+(?:-[a-z0-9]+)*|SND\d{{3}}")


@cache
def trees() -> dict[Path, ast.Module]:
    return {
        path: ast.parse(path.read_text("utf-8"))
        for path in SOURCE.rglob("*.py")
        if "wordings" not in path.parts
    }


def docstrings(tree: ast.Module) -> set[ast.Constant]:
    owners = (ast.Module, ast.ClassDef, ast.FunctionDef)
    return {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, owners) and node.body and isinstance(node.body[0], ast.Expr)
    }


def strings() -> Iterator[str]:
    for tree in trees().values():
        hidden = docstrings(tree)
        for node in ast.walk(tree):
            is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
            if is_text and node not in hidden:
                yield node.value


def used_codes() -> set[str]:
    return {text for text in strings() if CODE.fullmatch(text)}


def prefixes() -> set[str]:
    """Return the beginnings of codes that are put together: f"sources.same-{key}"."""
    rooms = tuple(f"{room}." for room in ROOMS)
    return {text for text in strings() if text.startswith(rooms) and text.endswith("-")}


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def direct_calls() -> Iterator[tuple[str, str, set[str], bool]]:
    """Yield where a problem is made with its code in place, and the parameters it is given."""
    for path, tree in trees().items():
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and node.args):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            code = node.args[0].value if isinstance(node.args[0], ast.Constant) else None
            if name in ("fail", "problem", "breach") and isinstance(code, str):
                given = {keyword.arg for keyword in node.keywords if keyword.arg} - PLACE
                given |= {"name"} if isinstance(node.func, ast.Attribute) else set()
                is_open = any(keyword.arg is None for keyword in node.keywords)
                yield f"{path.relative_to(SOURCE)}:{node.lineno}", code, given, is_open


def test_every_code_has_words():
    assert used_codes() - set(wordings()) == set()
    assert len(used_codes()) > 100


def test_all_words_belong_to_a_code():
    begun = tuple(prefixes())
    unused = set(wordings()) - used_codes() - set(RULES)
    assert {code for code in unused if not code.startswith(begun)} == set()


def test_every_placeholder_is_filled():
    missing = {
        f"{place} {code}": placeholders(f"{wordings()[code].what} {wordings()[code].mend}") - given
        for place, code, given, is_open in direct_calls()
        if not is_open
    }
    assert {place: names for place, names in missing.items() if names} == {}
    assert len(missing) > 40


@pytest.mark.parametrize("code", sorted(wordings()))
def test_words_are_plain(code):
    wording = wordings()[code]
    text = re.sub(r"\{.*?\}|(?:line )?guid(?= )", "", f"{wording.what} {wording.mend}")
    assert not wording.what.endswith(".")
    assert not wording.mend.endswith(".")
    for word in ("GUID", "enclosure", "dBTP", "traceback", "exception", "boto", "pydantic"):
        assert word.lower() not in text.lower()


def test_words_from_outside_cannot_break_a_message():
    from sendeturm.cli.problems import lines_of  # noqa: PLC0415  # beside what it is about

    found = problem("publish.other-show", key="show.id", title="a\nb\x1b[31m\u202ec")
    assert lines_of(found)[0] == "show.id  another show is published in this place: a b�[31m�c"
