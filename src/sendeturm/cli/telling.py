"""Who was told of a changed feed, in a line each; never a reason to fail."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sendeturm.cli.problems import one_line, problem_document, worded_of
from sendeturm.cli.screen import say
from sendeturm.i18n import translate

if TYPE_CHECKING:
    from sendeturm.cli.call import Call
    from sendeturm.publish import Told


def print_told(call: Call, told: Iterable[Told]) -> None:
    """Print who was told, and who was not reached; if quiet, nothing."""
    if call.quiet:
        return
    for one in told:
        if one.problem is None:
            say(translate("Told of the change: {name}").format(name=one_line(one.who)))
            continue
        words = translate("Not told of the change: {name} ({reason}). Apps find it all the same.")
        reason = worded_of(one.problem).what
        say(words.format(name=one_line(one.who), reason=reason))


def told_documents(told: Iterable[Told]) -> list[dict[str, object]]:
    """Return who was told as JSON has it."""
    return [
        {"who": one.who, "problem": problem_document(one.problem) if one.problem else None}
        for one in told
    ]
