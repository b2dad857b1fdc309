"""Markers of a REAPER project (`.rpp`), the program many a podcast is cut in."""

from __future__ import annotations

import re

from sendeturm.text.chapter_json import ms_of
from sendeturm.text.found import Found, Spot
from sendeturm.text.lines import lines_of

_MARKER = re.compile(
    r"  MARKER -?[0-9]+ (?P<at>[0-9.]+) "
    r"(?P<name>\"[^\"]*\"|'[^']*'|`[^`]*`|\S+)(?: (?P<flags>[0-9]+))?"
)
_REGION = 1
_QUOTES = "\"'`"


def read_markers(text: str, found: Found) -> None:
    """Add the project's named markers; they count from the beginning of the project.

    Regions are no chapters, nor what Ultraschall begins with an underscore (`_Edit`, `_Shownote`).
    """
    lines = lines_of(text)
    if not lines[0].startswith("<REAPER_PROJECT"):
        found.wrong("text.no-reaper", Spot(1))
        return
    for number, line in enumerate(lines, 1):
        marker = _MARKER.match(line)
        if marker is None or int(marker["flags"] or 0) & _REGION:
            continue
        title, start_ms = marker["name"].strip(_QUOTES).strip(), ms_of(marker["at"])
        if title and not title.startswith("_") and start_ms is not None:
            found.add(Spot(number), start_ms, title)
