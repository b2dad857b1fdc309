"""Addresses that can be spoken: `/42` leads to the episode with this number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sendeturm.model import Record


def short_names(aired: Sequence[Record], taken: Iterable[str] = ()) -> dict[str, Record]:
    """Return what can be said after the address, and the episode it leads to.

    A number belongs for ever to the first episode that was published with it; where another
    season counts anew, its episodes are said with their season: `s2e4`. Names in `taken` belong
    to somebody else.
    """
    others = set(taken)
    names: dict[str, Record] = {}
    for record in sorted(aired, key=lambda r: (r.facts.published_at, r.guid)):
        name = next((n for n in _wishes(record) if n not in names and n not in others), None)
        if name:
            names[name] = record
    return names


def _wishes(record: Record) -> Iterable[str]:
    number, season = record.facts.number, record.facts.season
    if number:
        yield str(number)
        if season:
            yield f"s{season}e{number}"
