"""`sendeturm move`: the show gets a new address, and its listeners come along."""

from __future__ import annotations

import click

from sendeturm.cli.call import Call
from sendeturm.cli.options import pass_call, yes_option
from sendeturm.cli.spoken import SpokenCommand, argument, marked, option


@click.command(
    "move",
    cls=SpokenCommand,
    help=marked(
        "Lead listeners to the show's new address.\n\n"
        "Without NEW_URL the feed is opened, so that a new host may take the show over. With it"
        " the feed there is looked at first: it must have every episode under the identity that"
        " apps know. Then the feed here names it, and what remains to be done is printed with"
        " dates."
    ),
)
@argument("new_url", required=False)
@option("--back", is_flag=True, help=marked("Stay after all: take it back, and lock the feed."))
@option("--anyway", is_flag=True, help=marked("Even if the new feed lacks episodes."))
@yes_option
@pass_call
def command(call: Call, /, *, new_url: str | None, back: bool, anyway: bool, yes: bool) -> int:
    """Move; exit code 1 if the new address would cost listeners something."""
    from sendeturm.cli.codes import ExitCode  # noqa: PLC0415  # not for --help
    from sendeturm.cli.moving import Move, open_door, stay  # noqa: PLC0415  # the same

    if new_url and back:
        raise click.UsageError("NEW_URL / --back")
    if back:
        stay(call)
        return ExitCode.DONE
    if new_url is None:
        open_door(call)
        return ExitCode.DONE
    is_done = Move(call, new_url.strip(), anyway=anyway, yes=yes).go()
    return ExitCode.DONE if is_done else ExitCode.MENDABLE
