"""Whatever tomllib says of a broken line is said plainly, and in German where German is spoken."""

from __future__ import annotations

import tomllib

import pytest

from sendeturm.errors import SendeturmError
from sendeturm.i18n import translate, word
from sendeturm.sources.toml import PLAIN_REASONS, parse

BROKEN = {
    'title = "a" b': "something follows where the line should end",
    "[show": "the heading has no ] at its end",
    "[[show.people]": "the heading has no ] at its end",
    "title": "there is no = after the name",
    'x = """abc': "the text has no end",
    "x = '''abc": "the text has no end",
    'x = "abc': "the text has no end",
    'x = "abc\n"': "the quotation mark at the end is missing",
    'x = "a\x00b"': "it holds a character that cannot be seen",
    "= 5": "no setting has a name like this",
    "<<<<<<< HEAD": "no setting has a name like this",
    "x =": "the value is missing, or stands without quotation marks",
    "x = 2026-02-31": "there is no such day or time",
    'x = "\\uD800"': "there is no such character",
    'x = "\\q"': "a backslash stands before a letter that it does not go with",
    "x = [1, 2": "a square bracket is not closed",
    "x = { a = 1": "a curly bracket is not closed",
    "x = { a = 1, a = 2 }": "a name stands twice between curly brackets",
    "x = " + "[" * 5000: "too many brackets stand within each other",
}


def reason_of(text: str) -> str:
    with pytest.raises(SendeturmError) as raised:
        parse(text, "sendeturm.toml")
    (problem,) = raised.value.problems
    return str(problem.params["reason"])


@pytest.mark.parametrize(("text", "plain"), BROKEN.items())
def test_a_broken_line_is_told_plainly(text, plain):
    told = reason_of(text)
    assert told in set(PLAIN_REASONS.values())
    with pytest.raises((ValueError, RecursionError)) as raised:
        tomllib.loads(text)
    assert told == plain, raised.value
    german = word("sources.broken-toml", {"reason": told}, "de").what
    assert translate(plain, "de") in german
    assert plain not in german
