"""How often episodes come, that a show rests, or that it is complete (podcast:updateFrequency)."""

from __future__ import annotations

from datetime import datetime

from lxml import etree

from sendeturm.feed.namespaces import PODCAST, add
from sendeturm.i18n import translate
from sendeturm.model import ShowFacts
from sendeturm.model.schedule import pause_end
from sendeturm.model.vocabulary import Pause


def add_frequency(channel: etree._Element, facts: ShowFacts, now: datetime) -> None:
    """Add what listeners can expect at `now` (aware); a pause that is over is no more told."""
    frequency, pause = facts.update_frequency, facts.pause
    if facts.closed:
        words = (
            frequency.text if frequency else translate("The show is complete.", facts.language[:2])
        )
        add(channel, PODCAST, "updateFrequency", words, complete="true")
        return
    rrule = frequency.rrule if frequency else None
    if pause is not None and pause_end(facts, now) is not None:
        start = pause.until.isoformat()
        words = pause.text or _until(pause, facts)
        add(channel, PODCAST, "updateFrequency", words, dtstart=start, rrule=rrule)
    elif frequency is not None:
        start_day = frequency.start.isoformat() if frequency.start else None
        add(channel, PODCAST, "updateFrequency", frequency.text, dtstart=start_day, rrule=rrule)


def _until(pause: Pause, facts: ShowFacts) -> str:
    template = translate("A pause, back on {year}-{month:02}-{day:02}", facts.language[:2])
    day = pause.until
    return template.format(year=day.year, month=day.month, day=day.day)
