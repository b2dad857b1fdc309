"""Times, lengths and figures as people write them, in the language in use."""

from __future__ import annotations

from datetime import datetime, tzinfo
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sendeturm.i18n import chosen_language, decimal, ngettext, translate
from sendeturm.site.words import month_names, page_words
from sendeturm.units import clock_from_ms, size_for_people

if TYPE_CHECKING:
    from sendeturm.model import Config


@cache
def zone_of(name: str | None) -> tzinfo | None:
    """Return the show's time zone; None, the computer's own, if it names none."""
    return ZoneInfo(name) if name else None


def zone_of_show(config: Config) -> tzinfo | None:
    """Return the zone in which the show's makers read times."""
    return zone_of(config.show.timezone)


def moment(when: datetime, zone: tzinfo | None) -> str:
    """Return a moment in words: `20 November 2026, 06:00`."""
    local = when.astimezone(zone)
    return f"{day(when, zone)}, {local:%H:%M}"


def day(when: datetime, zone: tzinfo | None) -> str:
    """Return a day in words: `20 November 2026`."""
    local = when.astimezone(zone)
    language = chosen_language()
    return page_words(language)["date"].format(
        day=local.day, month=month_names(language)[local.month - 1], year=local.year
    )


def days_ago(when: datetime, now: datetime) -> str:
    """Return how long ago something was, in whole days."""
    days = max(0, (now - when).days)
    if days == 0:
        return translate("less than a day ago")
    return ngettext("one day ago", "{count} days ago", days)


def size(size_bytes: int) -> str:
    """Return a size: `4.2 MB`."""
    return decimal(size_for_people(size_bytes))


def length(duration_ms: int) -> str:
    """Return a duration: `1:02:03`."""
    return clock_from_ms(duration_ms)
