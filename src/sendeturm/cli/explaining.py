"""`sendeturm check --explain`: what a rule asks, who asks it, and how it is kept."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from sendeturm.checks import RULES, Rule
from sendeturm.cli.screen import print_document, say
from sendeturm.cli.spoken import marked
from sendeturm.errors import Severity, fail
from sendeturm.i18n import Worded, translate
from sendeturm.i18n.wordings import wordings

if TYPE_CHECKING:
    from sendeturm.cli.call import Call

WEIGHTS = {
    Severity.ERROR: marked("error: publish refuses"),
    Severity.WARNING: marked("warning: publish tells it and goes ahead"),
    Severity.NOTE: marked("note: told by check, and by publish --verbose"),
}
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")


def explain(call: Call, code: str) -> None:
    """Print a rule; raises `cli.no-such-rule` for a code that is none."""
    rule = RULES.get(code.upper())
    if rule is None:
        near = get_close_matches(code.upper(), RULES, 1, 0)
        raise fail("cli.no-such-rule", rule=code, near=near[0])
    worded = general_words(rule.code)
    if call.as_json:
        print_document(_document(rule, worded))
        return
    if call.quiet:
        return
    say(f"{rule.code}  {worded.what}")
    say(f"  → {worded.mend}")
    say(translate(WEIGHTS[rule.severity]))
    say(translate("Asked by: {names}").format(names=", ".join(rule.asked_by)))
    say(translate("Written in: {address}").format(address=rule.source))


def general_words(code: str, language: str | None = None) -> Worded:
    """Return a rule's words with an ellipsis for whatever hangs on the case."""
    wording = wordings()[code]
    return Worded(
        *(
            _PLACEHOLDER.sub("…", translate(text, language)).removeprefix("…: ")
            for text in (wording.what, wording.mend)
        )
    )


def _document(rule: Rule, worded: Worded) -> dict[str, object]:
    return {
        "code": rule.code,
        "severity": str(rule.severity),
        "asked_by": list(rule.asked_by),
        "source": rule.source,
        "what": worded.what,
        "mend": worded.mend,
    }
