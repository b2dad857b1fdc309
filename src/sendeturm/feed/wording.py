"""Texts as feeds take them: clean, on one line where a line is asked for, within the limit."""

from __future__ import annotations

import re

from sendeturm.text.cleaning import clean

DESCRIPTION_BYTES = 4000
"""Apple and PSP-1: a description holds at most 4,000 bytes of UTF-8."""

_ELLIPSIS = "…"
_UP_TO_SPACE = re.compile(r"(.*)\s", re.DOTALL)


def one_line(text: str) -> str:
    """Return `text` cleaned, on one line, without space at either end (PSP-1)."""
    return " ".join(clean(text).split())


def cut_to_bytes(text: str, limit_bytes: int = DESCRIPTION_BYTES) -> str:
    """Return `text` within `limit_bytes` of UTF-8, cut at a word's end and marked by an ellipsis.

    A text without a space in its second half is cut between two characters.
    """
    if len(text.encode()) <= limit_bytes:
        return text
    room_bytes = limit_bytes - len(_ELLIPSIS.encode())
    # "ignore" drops the character that the limit cuts through.
    length = len(text.encode()[:room_bytes].decode(errors="ignore"))
    words = _UP_TO_SPACE.match(text[: length + 1])
    if words and words.end(1) > length // 2:
        length = words.end(1)
    return text[:length].rstrip() + _ELLIPSIS
