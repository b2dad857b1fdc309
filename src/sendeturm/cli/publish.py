"""`sendeturm publish`: check, plan, show, ask, apply, report."""

from __future__ import annotations

import click

from sendeturm.cli.call import Call
from sendeturm.cli.codes import ExitCode
from sendeturm.cli.options import again_option, going_out, pass_call, yes_option
from sendeturm.cli.spoken import SpokenCommand, marked


@click.command(
    "publish",
    cls=SpokenCommand,
    help=marked(
        "Put new and changed episodes on the air.\n\n"
        "At a terminal it shows what it will do and asks once. Elsewhere nothing asks: it goes"
        " ahead unless something would harm listeners, and leaves recordings that have no notes"
        " file yet waiting."
    ),
)
@yes_option
@again_option
@going_out
@pass_call
def command(
    call: Call, /, *, yes: bool, bare: bool, allowed: tuple[str, ...], again: tuple[str, ...]
) -> int:
    """Publish; exit code 1 if anything was refused or failed, the rest goes out all the same."""
    from sendeturm.cli.preparing import AGAIN, prepare  # noqa: PLC0415  # not for --help
    from sendeturm.cli.publishing import publish  # noqa: PLC0415  # the same
    from sendeturm.cli.screen import is_terminal  # noqa: PLC0415  # the same

    asks = is_terminal() and not (yes or call.as_json)
    allowed += tuple(f"{AGAIN}{name}" for name in again)
    prepared = prepare(call, allowed=allowed, bare=bare)
    return ExitCode.DONE if publish(call, prepared, allowed, asks=asks) else ExitCode.MENDABLE
