"""JSON chapters: those that apps read (podcast:chapters), and Podlove's."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from typing import Any

from sendeturm.model import Chapter
from sendeturm.text.cleaning import clean
from sendeturm.text.found import Found, Spot
from sendeturm.text.lines import CLOCK, ms_from_clock

_LONGEST_S = 3_600_000
_NUMBER = re.compile(r"[0-9]{1,7}(?:\.[0-9]{1,20})?")


def read_json(text: str, found: Found) -> None:
    """Add the chapters of JSON: `{"chapters": [{"startTime": 1.5, …}]}`, or Podlove's list.

    Source: github.com/Podcastindex-org/podcast-namespace, chapters/jsonChapters.md; Podlove's
    entries have `start`, `title`, `href` and `image`.
    """
    document = loaded(text, found, "text.broken-json")
    entries = document.get("chapters") if isinstance(document, dict) else document
    if not isinstance(entries, list):
        if document is not None:
            found.wrong("text.no-json-chapters", Spot())
        return
    for number, entry in enumerate(entries, 1):
        _read_entry(entry, Spot(key=f"chapters[{number}]"), found)


def loaded(text: str, found: Found, code: str) -> Any:
    """Return the document in `text`; None, with a problem of this code, where it is broken."""
    try:
        return json.loads(clean(text))
    except json.JSONDecodeError as error:
        found.wrong(code, Spot(error.lineno), reason=error.msg)
    except (RecursionError, ValueError):  # lists in lists in lists; a number of 5,000 digits
        found.wrong(code, Spot(), reason="–")
    return None


def _read_entry(entry: Any, spot: Spot, found: Found) -> None:
    values = entry if isinstance(entry, dict) else {}
    start_ms = ms_of(values.get("startTime", values.get("start")))
    if start_ms is None:
        found.wrong("text.entry-without-time", spot)
        return
    title, image = _text(values, "title"), _text(values, "img") or _text(values, "image")
    found.add(
        spot,
        start_ms,
        title,
        url=_text(values, "url") or _text(values, "href"),
        image=image,
        is_hidden=values.get("toc") is False or bool(image and not title.strip()),
    )


def ms_of(value: Any) -> int | None:
    """Return a time in ms, given in seconds or as `HH:MM:SS.mmm`; None if it is no such time."""
    if isinstance(value, str):
        words = value.strip()
        if clock := re.fullmatch(CLOCK, words):
            return ms_from_clock(clock.groups())
        value = float(words) if _NUMBER.fullmatch(words) else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    is_time = math.isfinite(value) and 0 <= value <= _LONGEST_S
    return round(value * 1000) if is_time else None


def _text(values: dict[str, Any], name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""


def chapters_json(chapters: tuple[Chapter, ...], address_of: Callable[[str], str] = str) -> bytes:
    """Return JSON chapters, version 1.2.0 (podcast:chapters), in UTF-8.

    `address_of` gives the whole address of a picture.
    """
    entries = [_entry(chapter, address_of) for chapter in chapters]
    text = json.dumps({"version": "1.2.0", "chapters": entries}, ensure_ascii=False, indent=1)
    return f"{text}\n".encode()


def _entry(chapter: Chapter, address_of: Callable[[str], str]) -> dict[str, str | float]:
    seconds, ms = divmod(chapter.start_ms, 1000)
    entry: dict[str, str | float] = {"startTime": seconds if ms == 0 else chapter.start_ms / 1000}
    if chapter.title or not chapter.is_hidden:
        entry["title"] = chapter.title
    if chapter.url:
        entry["url"] = chapter.url
    if chapter.image:
        entry["img"] = address_of(chapter.image)
    return entry | ({"toc": False} if chapter.is_hidden else {})
