"""`sendeturm measure`: the loudness of any recording."""

from __future__ import annotations

from pathlib import Path

import click

from sendeturm.cli.call import Call
from sendeturm.cli.codes import ExitCode
from sendeturm.cli.completing import episodes_or_files
from sendeturm.cli.options import pass_call
from sendeturm.cli.spoken import SpokenCommand, argument, marked, option


@click.command(
    "measure",
    cls=SpokenCommand,
    help=marked(
        "Measure recordings, and change nothing: loudness (ITU-R BS.1770-4), true peak, how much"
        " the loudness varies, how far voices are apart, length and format.\n\n"
        "FILE may also be an episode, as its files or its page are called (001-first-words), or the"
        " address of either: then its recording and what is published of it are measured."
    ),
)
@argument("names", metavar="FILE...", nargs=-1, required=True, shell_complete=episodes_or_files)
@option(
    "--picture",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help=marked("Draw it as well: a .png or .svg file, or a folder for the pictures of several."),
)
@pass_call
def command(call: Call, /, *, names: tuple[str, ...], picture: Path | None) -> int:
    """Print a row for each file; exit code 1 if one cannot be measured or drawn."""
    from sendeturm.cli.measuring import measure_names  # noqa: PLC0415  # not for --help

    return ExitCode.DONE if measure_names(call, names, picture) else ExitCode.MENDABLE
