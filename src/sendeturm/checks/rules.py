"""Every rule: its code, its weight, who asks for it and where that is written.

The words of a rule stand under its code in `sendeturm.i18n.wordings.checks`.
SND1xx are about the show, SND2xx about an episode's source, SND3xx about records before a put,
SND4xx about a feed and its channel, SND5xx about its items, SND6xx about podcast: tags.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from sendeturm.errors import NOWHERE, Param, Place, Problem, Severity
from sendeturm.model import CheckSettings

_APPLE: Final = "https://podcasters.apple.com/support/823-podcast-requirements"
_APPLE_ARTWORK: Final = "https://podcasters.apple.com/support/896-artwork-requirements"
_APPLE_CATEGORIES: Final = "https://podcasters.apple.com/support/1691-apple-podcasts-categories"
_APPLE_CHAPTERS: Final = (
    "https://podcasters.apple.com/support/5482-using-chapters-on-apple-podcasts"
)
_APPLE_SOUND: Final = "https://podcasters.apple.com/support/893-audio-requirements"
_NAMESPACE: Final = "https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs"
_CHAPTERS: Final = f"{_NAMESPACE}/examples/chapters/jsonChapters.md"
_PSP: Final = "https://github.com/Podcast-Standards-Project/PSP-1-Podcast-RSS-Specification"
_RSS: Final = "https://www.rssboard.org/rss-specification"
_XML: Final = "https://www.w3.org/TR/xml/"
_RFC_DATE: Final = "https://www.rfc-editor.org/rfc/rfc5322#section-3.3"
_TAGS: Final = f"{_NAMESPACE}/tags"

_ERROR, _WARNING, _NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE


@dataclass(frozen=True, slots=True)
class Rule:
    """What is asked: `asked_by` names directories or standards, `source` is an address."""

    code: str
    severity: Severity
    asked_by: tuple[str, ...]
    source: str

    @property
    def can_be_ignored(self) -> bool:
        """Say whether a show may do without: never where records or a feed would be broken."""
        return not (self.severity is Severity.ERROR and self.code[3] in "3456")


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
        # A cover as a feed has it: nobody makes a copy of it.
        Rule("SND131", _ERROR, ("Apple", "PSP-1"), _APPLE_ARTWORK),
        Rule("SND132", _ERROR, ("Apple", "PSP-1"), _APPLE_ARTWORK),
        Rule("SND133", _ERROR, ("Apple", "PSP-1"), _APPLE_ARTWORK),
        Rule("SND134", _WARNING, ("Apple",), _APPLE_ARTWORK),
        Rule("SND135", _WARNING, ("Apple",), _APPLE_ARTWORK),
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
        Rule("SND213", _WARNING, ("Podcast Index",), _CHAPTERS),
        # An episode's notes
        Rule("SND205", _WARNING, ("PSP-1",), _PSP),
        Rule("SND206", _WARNING, ("PSP-1",), _PSP),
        Rule("SND207", _WARNING, ("PSP-1",), _PSP),
        Rule("SND208", _NOTE, ("PSP-1",), _PSP),
        # An episode's transcript
        Rule("SND221", _NOTE, ("Apple", "Podcast Index"), f"{_TAGS}/transcript.md"),
        Rule("SND222", _NOTE, ("Apple", "Podcast Index"), f"{_TAGS}/transcript.md"),
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
        # The sound of records
        Rule("SND331", _WARNING, ("Apple",), _APPLE_SOUND),
        Rule("SND332", _WARNING, ("Apple",), _APPLE_SOUND),
        Rule("SND333", _WARNING, ("Apple",), _APPLE_SOUND),
        Rule("SND334", _NOTE, ("Apple",), _APPLE_SOUND),
        Rule("SND335", _ERROR, ("Apple", "PSP-1"), _APPLE),
        # The feed as a document
        Rule("SND401", _ERROR, ("RSS", "Apple", "PSP-1"), _XML),
        Rule("SND402", _WARNING, ("Apple",), _APPLE),
        Rule("SND403", _ERROR, ("RSS", "Apple", "PSP-1"), _RSS),
        Rule("SND404", _WARNING, ("Apple", "PSP-1"), _APPLE),
        Rule("SND405", _WARNING, ("Apple", "Podcast Index"), _PSP),
        Rule("SND406", _WARNING, ("RSS",), _XML),
        Rule("SND407", _WARNING, ("RSS",), _RSS),
        # The channel: what is required and recommended
        Rule("SND411", _ERROR, ("Apple", "PSP-1"), _APPLE),
        Rule("SND412", _ERROR, ("Apple", "PSP-1"), _APPLE),
        Rule("SND413", _ERROR, ("Apple", "PSP-1"), _PSP),
        Rule("SND414", _ERROR, ("Apple", "PSP-1"), _APPLE),
        Rule("SND415", _ERROR, ("Apple", "PSP-1"), _APPLE_ARTWORK),
        Rule("SND416", _WARNING, ("Apple",), _APPLE_ARTWORK),
        Rule("SND417", _ERROR, ("Apple", "PSP-1"), _APPLE),
        Rule("SND418", _WARNING, ("Apple", "PSP-1"), _APPLE),
        Rule("SND419", _ERROR, ("Apple", "PSP-1"), _APPLE_CATEGORIES),
        Rule("SND420", _WARNING, ("Apple",), _APPLE_CATEGORIES),
        Rule("SND421", _ERROR, ("Apple", "PSP-1"), _APPLE),
        Rule("SND422", _ERROR, ("Apple", "PSP-1"), _PSP),
        Rule("SND423", _ERROR, ("RSS", "PSP-1"), _PSP),
        Rule("SND424", _ERROR, ("PSP-1",), _PSP),
        Rule("SND425", _WARNING, ("PSP-1",), _PSP),
        Rule("SND426", _NOTE, ("PSP-1",), _PSP),
        Rule("SND427", _WARNING, ("Apple",), _APPLE),
        Rule("SND428", _NOTE, ("Apple",), _APPLE),
        Rule("SND429", _ERROR, ("Apple",), _APPLE),
        Rule("SND430", _NOTE, ("Apple",), _APPLE),
        Rule("SND431", _WARNING, ("Apple", "PSP-1"), _PSP),
        Rule("SND432", _WARNING, ("PSP-1",), _PSP),
        Rule("SND433", _WARNING, ("Apple", "RSS"), _APPLE),
        Rule("SND435", _WARNING, ("Apple",), _APPLE),
        Rule("SND436", _NOTE, ("Podcast Index",), _PSP),
        # The items: what is required
        Rule("SND501", _ERROR, ("Apple", "PSP-1"), _APPLE),
        Rule("SND502", _ERROR, ("Apple", "PSP-1"), _APPLE),
        Rule("SND503", _ERROR, ("Apple", "PSP-1"), _APPLE),
        Rule("SND504", _ERROR, ("Apple", "PSP-1"), _APPLE),
        Rule("SND505", _ERROR, ("Apple", "PSP-1"), _APPLE),
        Rule("SND506", _ERROR, ("Apple", "PSP-1"), _APPLE),
        Rule("SND507", _WARNING, ("Apple",), _APPLE),
        Rule("SND508", _ERROR, ("Apple", "PSP-1"), _APPLE),
        Rule("SND509", _ERROR, ("Apple", "PSP-1"), _APPLE),
        Rule("SND510", _ERROR, ("Apple",), _APPLE),
        Rule("SND511", _WARNING, ("RSS",), _RSS),
        # The items: dates, numbers and words
        Rule("SND512", _WARNING, ("PSP-1",), _PSP),
        Rule("SND513", _ERROR, ("RSS", "Apple"), _RFC_DATE),
        Rule("SND514", _ERROR, ("RSS", "Apple"), _RFC_DATE),
        Rule("SND515", _WARNING, ("RSS",), _RFC_DATE),
        Rule("SND516", _WARNING, ("Apple",), _APPLE),
        Rule("SND517", _WARNING, ("PSP-1",), _PSP),
        Rule("SND518", _WARNING, ("Apple", "PSP-1"), _PSP),
        Rule("SND521", _WARNING, ("Apple",), _APPLE),
        Rule("SND522", _WARNING, ("Apple",), _APPLE),
        Rule("SND523", _ERROR, ("Apple",), _APPLE),
        Rule("SND524", _WARNING, ("Apple",), _APPLE),
        Rule("SND525", _WARNING, ("PSP-1",), _PSP),
        Rule("SND526", _ERROR, ("Apple", "RSS"), _RSS),
        Rule("SND527", _ERROR, ("RSS",), _RSS),
        Rule("SND528", _WARNING, ("PSP-1",), _PSP),
        Rule("SND529", _WARNING, ("PSP-1",), _PSP),
        Rule("SND530", _NOTE, ("PSP-1",), _PSP),
        Rule("SND531", _WARNING, ("PSP-1",), _PSP),
        Rule("SND532", _WARNING, ("Apple",), _APPLE),
        Rule("SND533", _WARNING, ("RSS",), _RSS),
        Rule("SND534", _WARNING, ("Apple",), _APPLE),
        Rule("SND538", _NOTE, ("PSP-1",), _PSP),
        # Podcasting 2.0's tags
        Rule("SND601", _ERROR, ("Podcast Index",), f"{_TAGS}/guid.md"),
        Rule("SND602", _WARNING, ("Podcast Index",), f"{_TAGS}/guid.md"),
        Rule("SND603", _WARNING, ("Podcast Index",), f"{_TAGS}/locked.md"),
        Rule("SND604", _WARNING, ("Podcast Index",), f"{_TAGS}/funding.md"),
        Rule("SND605", _ERROR, ("Podcast Index",), f"{_TAGS}/transcript.md"),
        Rule("SND606", _ERROR, ("Podcast Index",), f"{_TAGS}/chapters.md"),
        Rule("SND607", _WARNING, ("Podcast Index",), f"{_TAGS}/soundbite.md"),
        Rule("SND608", _WARNING, ("Podcast Index",), f"{_TAGS}/person.md"),
        Rule("SND609", _NOTE, ("Podcast Index",), f"{_TAGS}/person.md"),
        Rule("SND610", _WARNING, ("Podcast Index",), f"{_TAGS}/location.md"),
        Rule("SND611", _WARNING, ("Podcast Index",), f"{_TAGS}/season.md"),
        Rule("SND612", _WARNING, ("Podcast Index",), f"{_TAGS}/episode.md"),
        Rule("SND613", _ERROR, ("Podcast Index",), f"{_TAGS}/trailer.md"),
        Rule("SND614", _WARNING, ("Podcast Index",), f"{_TAGS}/license.md"),
        Rule("SND615", _ERROR, ("Podcast Index",), f"{_TAGS}/alternate-enclosure.md"),
        Rule("SND616", _ERROR, ("Podcast Index",), f"{_TAGS}/source.md"),
        Rule("SND617", _ERROR, ("Podcast Index",), f"{_TAGS}/integrity.md"),
        Rule("SND618", _WARNING, ("Podcast Index",), f"{_TAGS}/value.md"),
        Rule("SND619", _WARNING, ("Podcast Index",), f"{_TAGS}/value-recipient.md"),
        Rule("SND620", _WARNING, ("Podcast Index",), f"{_TAGS}/medium.md"),
        Rule("SND621", _WARNING, ("Podcast Index",), f"{_TAGS}/update-frequency.md"),
        Rule("SND622", _WARNING, ("Podcast Index",), f"{_TAGS}/podroll.md"),
        Rule("SND623", _WARNING, ("Podcast Index",), f"{_TAGS}/remote-item.md"),
        Rule("SND624", _WARNING, ("Podcast Index",), f"{_TAGS}/social-interact.md"),
        Rule("SND625", _WARNING, ("Podcast Index",), f"{_TAGS}/chat.md"),
        Rule("SND626", _WARNING, ("Podcast Index",), f"{_TAGS}/txt.md"),
        Rule("SND627", _WARNING, ("Podcast Index",), f"{_TAGS}/block.md"),
        Rule("SND628", _WARNING, ("Podcast Index",), f"{_TAGS}/image.md"),
        Rule("SND629", _WARNING, ("Podcast Index",), f"{_TAGS}/live-item.md"),
        Rule("SND630", _WARNING, ("Podcast Index",), f"{_TAGS}/podping.md"),
        Rule("SND631", _WARNING, ("Podcast Index",), f"{_TAGS}/publisher.md"),
        Rule("SND632", _WARNING, ("Podcast Index",), f"{_TAGS}/content-link.md"),
        Rule("SND633", _WARNING, ("Podcast Index",), _TAGS),
        Rule("SND634", _WARNING, ("Podcast Index",), _TAGS),
        Rule("SND635", _WARNING, ("Apple",), f"{_TAGS}/txt.md"),
    )
}


def breach(code: str, place: Place = NOWHERE, /, **params: Param) -> Problem:
    """Return the problem of a rule that is not kept, with the rule's own weight."""
    return Problem(code, params, place, RULES[code].severity)


def selected(found: Iterable[Problem], settings: CheckSettings) -> list[Problem]:
    """Return the problems that count for a show: none that it ignores, raised ones as errors."""
    return [
        replace(p, severity=Severity.ERROR) if p.code in settings.raised else p
        for p in found
        if p.code not in settings.ignore
    ]
