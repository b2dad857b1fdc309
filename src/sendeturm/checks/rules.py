"""Every rule: its code, its weight, who asks for it and where that is written.

The words of a rule stand under its code in `sendeturm.i18n.wordings.checks`.
SND1xx are about the show, SND2xx about an episode's source, SND3xx about records before a put.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sendeturm.errors import NOWHERE, Param, Place, Problem, Severity

_APPLE: Final = "https://podcasters.apple.com/support/823-podcast-requirements"
_APPLE_ARTWORK: Final = "https://podcasters.apple.com/support/896-artwork-requirements"
_APPLE_CATEGORIES: Final = "https://podcasters.apple.com/support/1691-apple-podcasts-categories"
_APPLE_CHAPTERS: Final = (
    "https://podcasters.apple.com/support/5482-using-chapters-on-apple-podcasts"
)
_PSP: Final = "https://github.com/Podcast-Standards-Project/PSP-1-Podcast-RSS-Specification"
_RSS: Final = "https://www.rssboard.org/rss-specification"

_ERROR, _WARNING, _NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE


@dataclass(frozen=True, slots=True)
class Rule:
    """What is asked: `asked_by` names directories or standards, `source` is an address."""

    code: str
    severity: Severity
    asked_by: tuple[str, ...]
    source: str


RULES: Final[dict[str, Rule]] = {
    rule.code: rule
    for rule in (
        # The show's cover
        Rule("SND101", _ERROR, ("Apple", "PSP-1"), _APPLE),
        Rule("SND102", _ERROR, ("Apple", "PSP-1"), _APPLE_ARTWORK),
        Rule("SND103", _ERROR, ("Apple", "PSP-1"), _APPLE_ARTWORK),
        # A cover that breaks these is published as a copy that keeps them.
        Rule("SND104", _NOTE, ("Apple", "PSP-1"), _APPLE_ARTWORK),
        Rule("SND105", _NOTE, ("Apple", "PSP-1"), _APPLE_ARTWORK),
        Rule("SND106", _NOTE, ("Apple", "PSP-1"), _APPLE_ARTWORK),
        Rule("SND107", _NOTE, ("Apple",), _APPLE_ARTWORK),
        # The show's words
        Rule("SND111", _ERROR, ("Apple", "PSP-1"), _APPLE_CATEGORIES),
        Rule("SND112", _WARNING, ("Apple", "PSP-1"), _PSP),
        Rule("SND113", _WARNING, ("Apple", "PSP-1"), _APPLE),
        # The show's address
        Rule("SND121", _WARNING, ("Apple", "Spotify", "Podcast Index"), _APPLE),
        Rule("SND122", _WARNING, ("Podcast Index",), _PSP),
        Rule("SND123", _WARNING, ("Apple",), _APPLE),
        # An episode's words
        Rule("SND201", _WARNING, ("Apple",), _APPLE),
        Rule("SND202", _WARNING, ("PSP-1",), _PSP),
        Rule("SND203", _WARNING, ("PSP-1",), _PSP),
        Rule("SND204", _NOTE, ("Apple", "PSP-1"), _PSP),
        # An episode's chapters
        Rule("SND211", _NOTE, ("Apple", "Spotify"), _APPLE_CHAPTERS),
        Rule("SND212", _NOTE, ("Apple", "Spotify"), _APPLE_CHAPTERS),
        # The identity of records
        Rule("SND301", _ERROR, ("Apple", "PSP-1"), _APPLE),
        Rule("SND302", _ERROR, ("Apple",), _APPLE),
        Rule("SND303", _ERROR, ("RSS",), _RSS),
        Rule("SND304", _ERROR, ("sendeturm",), _RSS),
        # What is heard of records
        Rule("SND311", _ERROR, ("RSS", "PSP-1"), _RSS),
        Rule("SND312", _ERROR, ("Apple", "PSP-1"), _APPLE),
        Rule("SND313", _ERROR, ("Apple", "PSP-1"), _APPLE),
        Rule("SND314", _WARNING, ("Apple",), _APPLE),
        Rule("SND315", _ERROR, ("sendeturm",), _APPLE_CHAPTERS),
        # Words and numbers of records
        Rule("SND321", _ERROR, ("Apple", "PSP-1"), _APPLE),
        Rule("SND322", _ERROR, ("Apple",), _APPLE),
        Rule("SND323", _WARNING, ("Apple",), _APPLE),
    )
}


def breach(code: str, place: Place = NOWHERE, /, **params: Param) -> Problem:
    """Return the problem of a rule that is not kept, with the rule's own weight."""
    return Problem(code, params, place, RULES[code].severity)
