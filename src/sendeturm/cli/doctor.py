"""`sendeturm doctor`: what is well and what is not with the show's storage."""

from __future__ import annotations

import click

from sendeturm.cli.call import Call
from sendeturm.cli.codes import ExitCode
from sendeturm.cli.options import pass_call
from sendeturm.cli.spoken import SpokenCommand, marked, option


@click.command(
    "doctor",
    cls=SpokenCommand,
    help=marked(
        "Examine the show's storage: the keys, what it can do, and who can read it.\n\n"
        "Writes a few small files there and removes them again. What it can do is kept in the"
        " storage for 90 days, so that publish need not find it out."
    ),
)
@option("--fix", is_flag=True, help=marked("Write settings that work better into sendeturm.toml."))
@pass_call
def command(call: Call, *, fix: bool) -> int:
    """Print the findings; exit code 1 if one of them must be mended."""
    from sendeturm.cli.examining import examine_storage  # noqa: PLC0415  # not for --help

    found = examine_storage(call, fixes=fix)
    return ExitCode.MENDABLE if found.has_errors else ExitCode.DONE
