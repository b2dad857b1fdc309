"""Single ID3 frames with text that every reader takes."""

from __future__ import annotations

import unicodedata
from typing import Any
from urllib.parse import quote

import mutagen.id3

id3: Any = mutagen.id3
"""mutagen is typed in part only: the edge to it is marked here, once."""

Frame = Any
"""A frame, or a tag of frames."""

_URL_SIGNS = "!#$%&'()*+,/:;=?@[]~"
"""What has its meaning in a URL, the % of what is encoded already among it."""

_KEPT_CONTROLS = "\n\t"


def text_frame(name: str, text: str) -> Frame:
    """Return the text frame `name` with `text` on one line."""
    line = " ".join(clean(text).split())
    return id3.Frames[name](encoding=encoding_of(line), text=line)


def encoding_of(text: str) -> int:
    """Return the encoding for `text`: Latin-1 means the local code page to some players."""
    return int(id3.Encoding.LATIN1 if text.isascii() else id3.Encoding.UTF16)


def clean(text: str) -> str:
    """Return `text` without what a frame cannot hold: control characters, lone surrogates."""
    return "".join(
        sign
        for sign in text
        if sign in _KEPT_CONTROLS or unicodedata.category(sign) not in ("Cc", "Cs")
    )


def ascii_url(url: str) -> str:
    """Return `url` with everything percent-encoded that a URL frame cannot hold."""
    return quote(url, safe=_URL_SIGNS, errors="replace")
