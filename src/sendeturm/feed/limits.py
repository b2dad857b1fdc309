"""Texts cut to what the directories take."""

from __future__ import annotations

DESCRIPTION_BYTES = 4000
"""Apple and PSP-1: a description holds at most 4,000 bytes of UTF-8."""

_ELLIPSIS = "…"


def cut_to_bytes(text: str, limit_bytes: int = DESCRIPTION_BYTES) -> str:
    """Return `text` within `limit_bytes` of UTF-8, cut at a word's end and marked by an ellipsis.

    A text without a space in its second half is cut between two characters.
    """
    if len(text.encode()) <= limit_bytes:
        return text
    room_bytes = limit_bytes - len(_ELLIPSIS.encode())
    # "ignore" drops the character that the limit cuts through.
    head = text.encode()[:room_bytes].decode(errors="ignore")
    at_word = head.rsplit(maxsplit=1)[0] if not text[len(head)].isspace() else head
    return (at_word if len(at_word) > len(head) // 2 else head).rstrip() + _ELLIPSIS
