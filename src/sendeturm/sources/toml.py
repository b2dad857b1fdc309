"""TOML as people type it: read by tomllib, with lines and plain words when it is wrong."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from sendeturm.errors import SendeturmError, fail

MAX_LINES = 2000
"""Longer files get no line numbers for keys: finding them takes the square of the length."""

PLAIN_REASONS = {
    "Expected newline or end of document": "something follows where the line should end",
    "Expected ']": "the heading has no ] at its end",
    "Expected '='": "there is no = after the name",
    "Expected '\"": "the text has no end",
    "Expected \"'": "the text has no end",
    "Expected": "something is missing",
    "Unterminated string": "the text has no end",
    "Illegal character '\\n'": "the quotation mark at the end is missing",
    "Illegal character": "it holds a character that cannot be seen",
    "Found invalid character": "it holds a character that cannot be seen",
    "Invalid initial character for a key part": "no setting has a name like this",
    "Invalid statement": "no setting has a name like this",
    "Invalid value": "the value is missing, or stands without quotation marks",
    "Invalid date": "there is no such day or time",
    "Invalid hex value": "there is no such character",
    "Escaped character": "there is no such character",
    "Unescaped": "a backslash stands before a letter that it does not go with",
    "Unclosed array": "a square bracket is not closed",
    "Unclosed inline table": "a curly bracket is not closed",
    "Duplicate inline table key": "a name stands twice between curly brackets",
    "Cannot": "this is set already in another way",
    "nested too deeply": "too many brackets stand within each other",
    "": "it is not written as settings are",
}
"""How tomllib's words begin, in every Python, and the same plainly; the first that fits counts."""

Loc = tuple[str | int, ...]
"""Where a value is: keys, and positions in lists."""

_AT_LINE = re.compile(r"\(at line (\d+), column (\d+)\)")
_NO_SECONDS = re.compile(
    r"^([\w-]+[ \t]*=[ \t]*\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d)"
    r"(?=(?:[Zz]|[+-]\d\d:\d\d)?[ \t\r]*(?:#.*)?$)",
    re.MULTILINE,
)
_LONG_LINE = 1000
_PAIR = re.compile(r"^\s*([A-Za-z0-9_-]+)\s*=\s*(.*?)\s*$")


def loads(text: str) -> dict[str, Any]:
    """Return the values of TOML `text`; a time may lack its seconds, as in TOML 1.1.

    Raises ValueError (tomllib's, with line and column in its words) or RecursionError.
    """
    try:
        return tomllib.loads(text)
    except ValueError:
        mended = _NO_SECONDS.sub(r"\1:00", text)
        if mended == text:
            raise
        return tomllib.loads(mended)


def parse(text: str, file: str, line_offset: int = 0) -> dict[str, Any]:
    """Return the values of TOML `text`, which begins after `line_offset` lines of `file`.

    Raises SendeturmError with the line, and what is probably meant.
    """
    try:
        return loads(text)
    except ValueError as error:
        raise _worded(str(error), text, file, line_offset) from error
    except RecursionError as error:
        reason = _plainly("nested too deeply")
        raise fail("sources.broken-toml", file=file, reason=reason) from error


def _worded(reason: str, text: str, file: str, line_offset: int) -> SendeturmError:
    at = _AT_LINE.search(reason)
    number = int(at[1]) if at else text.count("\n") + 1
    line = (text.split("\n")[number - 1 : number] or [""])[0]
    plain = _AT_LINE.sub("", reason).removesuffix("(at end of document)").strip()
    if plain.startswith(("Cannot overwrite", "Cannot declare")):
        code, better = "sources.said-twice", line.strip()
    else:
        code, better = _guess(line)
    where = number + line_offset
    return fail(code, file=file, line=where, reason=_plainly(plain), better=better)


def _plainly(reason: str) -> str:
    return next(plain for words, plain in PLAIN_REASONS.items() if reason.startswith(words))


def _guess(line: str) -> tuple[str, str]:
    """Return the likeliest mistake in a line that is no TOML, and the line as it may be meant."""
    pair = _PAIR.match(line) if len(line) < _LONG_LINE else None
    name, value = pair.groups() if pair else ("", "")
    for pattern, code, mended in _MISTAKES:
        if (found := re.fullmatch(pattern, value)) and _is_toml(mended(found[1])):
            return code, f"{name} = {mended(found[1])}"
    return "sources.broken-toml", ""


def _is_toml(value: str) -> bool:
    try:
        tomllib.loads(f"x = {value}")
    except ValueError:
        return False
    return True


def quoted(text: str) -> str:
    """Return `text` as a TOML string on one line, in the quotes that leave it readable."""
    if "'" not in text and ('"' in text or "\\" in text) and text.isprintable():
        return f"'{text}'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in escaped) + '"'


_COMMENT = r"\s*(?:#[^\"']*)?"
_MISTAKES = (
    (rf'"([^"]*[A-Za-z]:\\[^"]*|\\\\[^"]*)"{_COMMENT}', "sources.backslash", quoted),
    (rf'"(.*[^\\]".*|".*)"{_COMMENT}', "sources.stray-quote", quoted),
    (rf"'(.*'.*)'{_COMMENT}", "sources.stray-quote", quoted),
    (r"[„“”«»‚‘’](.*?)[„“”«»‚‘’]?", "sources.curly-quotes", quoted),
    (r"(True|False|TRUE|FALSE)", "sources.capital", str.lower),
    (r"([^\W\d_][^\"'\[\]{}=#]*)", "sources.no-quotes", quoted),
)
"""Patterns of values that are no TOML, the message's code, and how the value is meant."""


def statements(text: str) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """Yield the first and last line (1-based) of each statement, and all that is said so far."""
    lines = text.split("\n")
    first = 1
    for last in range(1, min(len(lines), MAX_LINES) + 1):
        try:
            values = loads("\n".join(lines[:last]) + "\n")
        except (ValueError, RecursionError):
            continue
        yield first, last, values
        first = last + 1


def line_of(text: str, loc: Loc) -> int | None:
    """Return the line on which the value at `loc` is given, or the table that lacks it."""
    for length in range(len(loc), 0, -1):
        for first, _, values in statements(text):
            if _is_in(values, loc[:length]):
                return first
    return None


def _is_in(values: Any, loc: Loc) -> bool:
    for part in loc:
        try:
            values = values[part]
        except (KeyError, IndexError, TypeError):
            return False
    return True
