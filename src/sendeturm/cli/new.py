"""`sendeturm new`: a title becomes an episode's page, with room for notes."""

from __future__ import annotations

import click

from sendeturm.cli.call import Call
from sendeturm.cli.options import pass_call
from sendeturm.cli.spoken import SpokenCommand, marked


@click.command(
    "new",
    cls=SpokenCommand,
    help=marked(
        "Begin an episode: make its notes file in episodes/ from TITLE, with the next free"
        " number.\n\n"
        "The recording comes beside it, with the same name but for the ending."
    ),
)
@click.argument("title")
@pass_call
def command(call: Call, /, *, title: str) -> None:
    """Make the page, and say where the recording goes."""
    from sendeturm.cli.beginning import begin_episode  # noqa: PLC0415  # not for --help

    begin_episode(call, title)
