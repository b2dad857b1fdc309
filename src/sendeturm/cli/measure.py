"""`sendeturm measure`: the loudness of any recording."""

from __future__ import annotations

from pathlib import Path

import click

from sendeturm.cli.call import Call
from sendeturm.cli.codes import ExitCode
from sendeturm.cli.options import pass_call
from sendeturm.cli.spoken import SpokenCommand, marked


@click.command(
    "measure",
    cls=SpokenCommand,
    help=marked(
        "Measure recordings, and change nothing: loudness (ITU-R BS.1770-4), true peak, how much"
        " the loudness varies, length and format."
    ),
)
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@pass_call
def command(call: Call, /, *, files: tuple[Path, ...]) -> int:
    """Print a row for each file; exit code 1 if one cannot be measured."""
    from sendeturm.cli.measuring import measure_files  # noqa: PLC0415  # not for --help

    return ExitCode.DONE if measure_files(call, files) else ExitCode.MENDABLE
