"""Finished files that fit already are measured and offered, before anybody decides."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sendeturm.events import silence

if TYPE_CHECKING:
    from sendeturm.cli.call import Call
    from sendeturm.cli.preparing import Prepared


def with_offers(call: Call, prepared: Prepared) -> Prepared:
    """Return the same with what could go out as it is; measuring shows how far it is."""
    from sendeturm.publish import finished_files, offers  # noqa: PLC0415  # not for --help

    if call.quiet or not finished_files(prepared.plan, prepared.situation):
        return prepared
    if call.as_json:
        found = offers(prepared.plan, prepared.situation, silence)
        return replace(prepared, offers=found)
    from sendeturm.cli.pace import MEASURING  # noqa: PLC0415  # only where something is new
    from sendeturm.cli.progress import listening  # noqa: PLC0415  # only where something is new

    titles = {step.wanted.episode.stem: step.wanted.facts.title for step in prepared.plan.episodes}
    with listening(call, titles, MEASURING) as chronicle:
        return replace(prepared, offers=offers(prepared.plan, prepared.situation, chronicle))
