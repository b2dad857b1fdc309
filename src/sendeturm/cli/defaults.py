"""What this computer knows about its person: language and time zone."""

from __future__ import annotations

import os
import re
from pathlib import Path

from sendeturm.checks.languages import is_language
from sendeturm.i18n import chosen_language

ZONES = {"de": "Europe/Berlin"}
LOCALTIME = Path("/etc/localtime")
_LOCALE = re.compile(r"([a-z]{2,3})(?:[_.@]|$)")


def local_language() -> str:
    """Return the language of the environment's locale, or the one in use where it names none."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable, "")
        if value:
            found = _LOCALE.match(value)
            return found[1] if found and is_language(found[1]) else chosen_language()
    return chosen_language()


def local_timezone(language: str) -> str:
    """Return this computer's time zone, or the likeliest for `language`."""
    for name in (os.environ.get("TZ", "").lstrip(":"), _linked_zone(LOCALTIME)):
        if name and _exists(name):
            return name
    return ZONES.get(language[:2], "UTC")


def _linked_zone(link: Path) -> str:
    """Return the zone a link like /usr/share/zoneinfo/Europe/Berlin names."""
    try:
        target = str(link.readlink())
    except OSError:
        return ""
    return target.partition("zoneinfo/")[2]


def _exists(name: str) -> bool:
    from sendeturm.sources.zones import zone_of  # noqa: PLC0415  # not for --help

    return zone_of(name) is not None
