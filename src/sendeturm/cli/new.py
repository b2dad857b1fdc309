"""`sendeturm new`: a title becomes an episode's page, with room for notes."""

from __future__ import annotations

import click

from sendeturm.cli.call import Call
from sendeturm.cli.options import pass_call
from sendeturm.cli.spoken import SpokenCommand, argument, marked, option


@click.command(
    "new",
    cls=SpokenCommand,
    help=marked(
        "Begin an episode: make its notes file in episodes/ from TITLE, with the next free"
        " number.\n\n"
        "The recording comes beside it, with the same name but for the ending."
    ),
)
@argument("title")
@option(
    "--date", metavar="DATE", help=marked("When it goes on the air: 2026-12-24T18:00 (else now).")
)
@option("--draft", is_flag=True, help=marked("Keep it here until you take draft = true out."))
@option(
    "--number",
    type=click.IntRange(1, 99999),
    metavar="NUMBER",
    help=marked("Its number (else the next free one)."),
)
@option("--same-title", is_flag=True, help=marked("Even if another episode has this title."))
@pass_call
def command(
    call: Call,
    /,
    *,
    title: str,
    date: str | None,
    draft: bool,
    number: int | None,
    same_title: bool,
) -> None:
    """Make the page, and say where the recording goes."""
    from sendeturm.cli.beginning import Beginning, begin_episode  # noqa: PLC0415  # not for --help

    begin_episode(call, Beginning(title, date, number, draft, same_title))
