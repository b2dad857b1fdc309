"""`sendeturm plan`: what publish would do."""

from __future__ import annotations

import click

from sendeturm.cli.call import Call
from sendeturm.cli.codes import ExitCode
from sendeturm.cli.options import again_option, going_out, pass_call
from sendeturm.cli.spoken import SpokenCommand, marked, option


@click.command(
    "plan",
    cls=SpokenCommand,
    help=marked(
        "Show what publish would do, and change nothing.\n\n"
        "Says what is new and changed, what would be refused, and what listeners' apps will see."
    ),
)
@option(
    "--exit-code", "with_exit_code", is_flag=True, help=marked("Leave with 4 if there are changes.")
)
@again_option
@going_out
@pass_call
def command(
    call: Call,
    /,
    *,
    with_exit_code: bool,
    bare: bool,
    allowed: tuple[str, ...],
    again: tuple[str, ...],
) -> int:
    """Print the plan; exit code 1 for errors and refusals, 4 for changes if asked for."""
    from sendeturm.cli.offering import with_offers  # noqa: PLC0415  # the same
    from sendeturm.cli.planning import plan_document, print_plan  # noqa: PLC0415  # not for --help
    from sendeturm.cli.preparing import AGAIN, looked_ahead, prepare  # noqa: PLC0415  # the same
    from sendeturm.cli.problems import problem_document  # noqa: PLC0415  # the same
    from sendeturm.cli.screen import print_document  # noqa: PLC0415  # the same

    allowed += tuple(f"{AGAIN}{name}" for name in again)
    prepared = with_offers(call, looked_ahead(prepare(call, allowed=allowed, bare=bare)))
    if call.as_json:
        from sendeturm.cli.listeners import changes_document  # noqa: PLC0415  # the same

        changes = prepared.foreseen.changes if prepared.foreseen else None
        offers = [problem_document(offer) for offer in prepared.offers]
        document = plan_document(prepared.plan, prepared.situation)
        print_document(document | {"feed": changes_document(changes), "offers": offers})
    else:
        print_plan(call, prepared)
    if prepared.is_held_back:
        return ExitCode.MENDABLE
    return ExitCode.CHANGES if with_exit_code and not prepared.plan.is_empty else ExitCode.DONE
