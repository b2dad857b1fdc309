"""`sendeturm submit`: where to enter the show, and what is still missing for it."""

from __future__ import annotations

import click

from sendeturm.cli.call import Call
from sendeturm.cli.options import pass_call
from sendeturm.cli.spoken import SpokenCommand, marked


@click.command(
    "submit",
    cls=SpokenCommand,
    help=marked(
        "List the directories of podcasts, what each needs, and the links for your feed.\n\n"
        "Nothing is sent anywhere: you follow the links, once for each directory. What is still"
        " missing in the show is said beside each."
    ),
)
@pass_call
def command(call: Call, /) -> None:
    """Print the directories; nothing is asked but the show's own storage."""
    from sendeturm.cli.submitting import print_directories, see  # noqa: PLC0415  # not for --help

    print_directories(call, see(call))
