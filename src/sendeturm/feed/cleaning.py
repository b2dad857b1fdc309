"""Text without what XML 1.0 cannot hold."""

from __future__ import annotations

import re
import unicodedata

_UNFIT = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\x7f-\x84\x86-\x9f]")


def clean(text: str) -> str:
    """Return `text` in NFC, with LF for line ends and without control characters or surrogates."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _UNFIT.sub("", lines)).strip()
