"""The steps of `sendeturm publish` after the plan."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from sendeturm.cli.offering import with_offers
from sendeturm.cli.planning import listeners_line, print_left_out, print_plan
from sendeturm.cli.preparing import Prepared, looked_ahead, plan_with
from sendeturm.cli.problems import one_line, tell
from sendeturm.cli.screen import ask, print_document, say
from sendeturm.i18n import translate
from sendeturm.store.split import carry

if TYPE_CHECKING:
    from sendeturm.cli.call import Call
    from sendeturm.cli.progress import Chronicle
    from sendeturm.publish import Outcome, Told


def publish(call: Call, prepared: Prepared, allowed: Collection[str], *, asks: bool) -> bool:
    """Do what is prepared and return whether nothing was refused and nothing failed."""
    agreed: tuple[str, ...] = ()
    if asks:
        agreed = _agreed(prepared)
        prepared = _with(agreed, prepared, allowed)
    prepared = looked_ahead(prepared)
    if prepared.plan.is_empty:
        carry(prepared.show.store)
        _say_unchanged(call, prepared)
        return not prepared.is_held_back
    if asks:
        print_plan(call, with_offers(call, prepared))
        if not (_is_only(agreed, prepared) or ask(translate("Publish this now?"), default=True)):
            say(translate("Nothing was published."))
            return True
    elif not call.as_json:
        print_left_out(call, prepared)
    from sendeturm.publish import tell_world  # noqa: PLC0415  # not if nothing changed

    outcome, chronicle = _apply(call, prepared)
    _report(call, prepared, outcome, chronicle, tell_world(outcome.rendered))
    return not (prepared.is_held_back or outcome.failed)


def _agreed(prepared: Prepared) -> tuple[str, ...]:
    """Offer each recording without a page, and return the stems of those that are to go out."""
    from sendeturm.text import title_from_stem  # noqa: PLC0415  # only with such recordings

    question = translate("Publish “{title}” now?")
    return tuple(
        episode.stem
        for episode in prepared.plan.waiting
        if ask(question.format(title=one_line(title_from_stem(episode.stem))), default=False)
    )


def _with(agreed: Collection[str], prepared: Prepared, allowed: Collection[str]) -> Prepared:
    return plan_with(prepared.show, allowed, agreed) if agreed else prepared


def _is_only(agreed: Collection[str], prepared: Prepared) -> bool:
    """Say whether nothing goes out but what was agreed to already: nobody is asked twice."""
    stems = {step.wanted.episode.stem for step in prepared.plan.episodes}
    return bool(stems) and stems <= set(agreed)


def _say_unchanged(call: Call, prepared: Prepared) -> None:
    from sendeturm.cli.report import say_next_due  # noqa: PLC0415  # see below

    if call.as_json:
        from sendeturm.cli.outcomes import outcome_document  # noqa: PLC0415  # for programs only

        print_document(outcome_document(None, prepared, None))
        return
    print_left_out(call, prepared)
    if prepared.is_held_back:
        say(translate("Nothing was published."))
    elif not call.quiet:
        say(translate("Nothing has changed; nothing was written."))
        say_next_due(prepared)


def _apply(call: Call, prepared: Prepared) -> tuple[Outcome, Chronicle]:
    from sendeturm.cli.progress import listening  # noqa: PLC0415  # not if nothing changed
    from sendeturm.publish import apply  # noqa: PLC0415  # the same

    with listening(call, titles_of(prepared)) as chronicle:
        outcome = apply(prepared.plan, prepared.situation, prepared.show.store, chronicle)
    return outcome, chronicle


def titles_of(prepared: Prepared) -> dict[str, str]:
    """Return the titles of the episodes that go out, by stem."""
    return {step.wanted.episode.stem: step.wanted.facts.title for step in prepared.plan.episodes}


def _report(
    call: Call,
    prepared: Prepared,
    outcome: Outcome,
    chronicle: Chronicle,
    told: tuple[Told, ...],
) -> None:
    from sendeturm.cli import report  # noqa: PLC0415  # not if nothing changed
    from sendeturm.cli.telling import print_told, told_documents  # noqa: PLC0415  # the same

    if call.as_json:
        from sendeturm.cli.outcomes import outcome_document  # noqa: PLC0415  # for programs only

        document = outcome_document(outcome, prepared, chronicle)
        print_document(document | {"told": told_documents(told)})
        return
    tell(outcome.problems)
    if call.quiet:
        return
    report.print_report(outcome, prepared)
    report.warn_without_cron(outcome, prepared)
    if call.verbose:
        report.print_times(chronicle, titles_of(prepared))
    say(listeners_line(report.what_listeners_see(outcome)))
    report.print_feed_changes(call, outcome)
    print_told(call, told)
    report.say_where_to_look(prepared, outcome)
