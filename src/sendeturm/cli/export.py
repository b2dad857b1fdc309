"""`sendeturm export`: all that is published, and the person's own files, in one folder."""

from __future__ import annotations

import click

from sendeturm.cli.call import Call
from sendeturm.cli.completing import folders
from sendeturm.cli.options import pass_call, storage_options
from sendeturm.cli.spoken import SpokenCommand, argument, marked, option


@click.command(
    "export",
    cls=SpokenCommand,
    help=marked(
        "Bring everything into one folder that needs nobody: feed, pages, sound, covers, chapters,"
        " transcripts, and the files you write.\n\n"
        "FOLDER is export/ unless you name another. A second run fetches only what is new, an"
        " interrupted one goes on. Episodes that are not on the air yet and private ones come"
        " along; your recordings stay where they are."
    ),
)
@argument("folder", required=False, shell_complete=folders)
@option(
    "--from",
    "place",
    metavar="PLACE",
    help=marked("What to bring, without a show's settings: a folder or s3://bucket/prefix."),
)
@option("--recordings", is_flag=True, help=marked("Take your recordings along, too."))
@storage_options
@pass_call
def command(
    call: Call, /, *, folder: str | None, place: str | None, recordings: bool, **storage: str | None
) -> int:
    """Export; exit code 1 if something could not be brought."""
    from sendeturm.cli.codes import ExitCode  # noqa: PLC0415  # not for --help
    from sendeturm.cli.exporting import exported, print_exported  # noqa: PLC0415  # the same
    from sendeturm.cli.problems import has_errors  # noqa: PLC0415  # the same
    from sendeturm.publish import EXPORT  # noqa: PLC0415  # the same

    name = folder or EXPORT
    done = exported(call, call.start / name, place, storage, with_recordings=recordings)
    print_exported(call, name, done)
    return ExitCode.MENDABLE if has_errors(done.problems) else ExitCode.DONE
