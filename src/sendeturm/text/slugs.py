"""Slugs from titles, titles and numbers from file names."""

from __future__ import annotations

import re
import unicodedata

from sendeturm.text.cleaning import clean

FALLBACK = "folge"
MAX_LENGTH = 60

_DEVICES = {"con", "prn", "aux", "nul"} | {f"{p}{n}" for p in ("com", "lpt") for n in range(1, 10)}
RESERVED_SLUGS = frozenset(
    {
        "about",
        "assets",
        "cards",
        "chapters",
        "covers",
        "datenschutz",
        "episodes",
        "feed",
        "history",
        "impressum",
        "imprint",
        "index",
        "media",
        "privacy",
        "private",
        "search",
        "subscribe",
        "transcripts",
    }
    | _DEVICES  # Windows has no folders of these names
)
"""Names that the bucket needs for itself (DESIGN.md section 5) or a folder cannot have."""

_LETTERS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "å": "aa"}
    | {"ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "'": "", "’": ""}
)
_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_LEADING = re.compile(rf"^(?:{_DATE}|(?P<number>[0-9]{{1,4}}))(?:[\s._–-]+|$)")


def slug(title: str) -> str:
    """Return the last part of a page's address for `title`.

    It matches `[a-z0-9]+(-[a-z0-9]+)*`, has at most 60 characters and ends with a whole word,
    is never empty (`folge`) and never a name of `RESERVED_SLUGS`.
    """
    words = re.findall(r"[a-z0-9]+", _ascii(title))
    made = _joined(words) or FALLBACK
    return f"{made}-{FALLBACK}" if made in RESERVED_SLUGS else made


def title_from_stem(stem: str) -> str:
    """Return a title for a recording's file name: `001-einfach-tun` gives `Einfach tun`."""
    name = clean(stem)
    rest = _LEADING.sub("", name) or name
    # Whoever writes spaces means the hyphens.
    words = rest if " " in rest.strip() else re.sub(r"[\s_-]+", " ", rest)
    title = " ".join(words.split())
    return (title[:1].upper() + title[1:]) or clean(FALLBACK.title())


def number_from_stem(stem: str) -> int | None:
    """Return the number a file name begins with (`001-einfach-tun` gives 1); None without one.

    A date in front is no number.
    """
    match = _LEADING.match(clean(stem))
    return int(match["number"] or 0) or None if match else None


def _ascii(title: str) -> str:
    text = clean(title).lower().translate(_LETTERS)
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()


def _joined(words: list[str]) -> str:
    made = "-".join(words)
    if len(made) <= MAX_LENGTH:
        return made
    whole, _, _ = made[: MAX_LENGTH + 1].rpartition("-")
    return whole or made[:MAX_LENGTH]
