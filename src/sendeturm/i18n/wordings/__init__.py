"""The English wording of every message code, one file per room that speaks."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from sendeturm.i18n.wording import Wording

ROOMS = (
    "cli",
    "publish",
    "sound",
    "tags",
    "pictures",
    "store",
    "probe",
    "sources",
    "checks",
    "text",
    "site",
    "web",
    "verifying",
    "importing",
)


@cache
def wordings() -> dict[str, Wording]:
    """Return every code's wording; codes are `room.what-is-wrong`."""
    table: dict[str, Wording] = {}
    for room in ROOMS:
        table |= import_module(f"sendeturm.i18n.wordings.{room}").WORDINGS
    return table
