"""Signs for consoles that lack them: an old Windows console knows neither → nor ✓ nor −."""

from __future__ import annotations

import codecs
import unicodedata

# fmt: off
PLAIN = {
    "→": "->", "←": "<-", "↑": "^", "↓": "v", "✓": "+", "✗": "x", "−": "-", "–": "-", "—": "-",
    "…": "...", "„": '"', "“": '"', "”": '"', "‚": "'", "‘": "'", "’": "'", "«": '"', "»": '"',
    "·": "|", "•": "*", "×": "x", "≤": "<=", "≥": ">=", "━": "-", "╸": "-", "╺": "-", "│": "|",
    "─": "-", "§": "par.", "°": "deg", "©": "(c)", "ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae",
    "Ö": "Oe", "Ü": "Ue", "ß": "ss", "€": "EUR", "\N{NO-BREAK SPACE}": " ",
}
# fmt: on
"""What stands for a sign that cannot be written."""
NAME = "sendeturm.plain"


def plainly(error: UnicodeError) -> tuple[str, int]:
    """Return what is written in place of the signs that a console lacks (an error handler)."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(map(_plain, lacking)), error.end


def _plain(sign: str) -> str:
    if sign in PLAIN:
        return PLAIN[sign]
    bare = unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode()
    return bare or "?"


codecs.register_error(NAME, plainly)
