"""Addresses that can be spoken: `/42` leads to the episode with this number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sendeturm.model.record import Record


def short_names(aired: Sequence[Record]) -> dict[str, Record]:
    """Return what can be said after the address, and the episode it leads to.

    A number belongs for ever to the first episode that was published with it; where another
    season counts anew, its episodes are said with their season: `s2e4`. What is the address of
    an episode's page stays it.
    """
    others = {record.facts.slug for record in aired}
    names: dict[str, Record] = {}
    for record in sorted(aired, key=lambda r: (r.facts.published_at, r.guid)):
        name = next((n for n in _wishes(record) if n not in names and n not in others), None)
        if name:
            names[name] = record
    return names


def spoken_names(aired: Sequence[Record]) -> dict[str, str]:
    """Return the name that can be said for each episode that has one, by GUID."""
    return {record.guid: name for name, record in short_names(aired).items()}


def _wishes(record: Record) -> Iterable[str]:
    number, season = record.facts.number, record.facts.season
    if number:
        yield str(number)
        if season:
            yield f"s{season}e{number}"
