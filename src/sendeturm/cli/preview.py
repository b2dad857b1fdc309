"""`sendeturm preview`: the show on this computer, as it will be."""

from __future__ import annotations

import click

from sendeturm.cli.call import Call
from sendeturm.cli.codes import ExitCode
from sendeturm.cli.options import pass_call
from sendeturm.cli.spoken import SpokenCommand, marked, option

PORT = 4242


@click.command(
    "preview",
    cls=SpokenCommand,
    help=marked(
        "See and hear the show on this computer, drafts and scheduled episodes included.\n\n"
        "Plays exactly the files that will go out, and follows every change that is saved. Only"
        " this computer can see it; Ctrl-C ends it."
    ),
)
@option(
    "--port",
    type=click.IntRange(0, 65535),
    metavar="NUMBER",
    help=marked("Serve at this port (else 4242, or a free one if that is taken)."),
)
@option("--no-browser", is_flag=True, help=marked("Do not open the browser."))
@pass_call
def command(call: Call, /, *, port: int | None, no_browser: bool) -> int:
    """Build the preview and serve it until Ctrl-C; exit code 1 if an episode could not be made."""
    from sendeturm.cli.previewing import preview  # noqa: PLC0415  # not for --help

    preview(call, port, opens_browser=not no_browser)
    return ExitCode.DONE
