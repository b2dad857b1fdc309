"""`sendeturm init`: a folder becomes a show."""

from __future__ import annotations

import click

from sendeturm.cli.call import Call
from sendeturm.cli.options import pass_call
from sendeturm.cli.spoken import SpokenCommand, marked, option
from sendeturm.store.presets import PRESETS


@click.command(
    "init",
    cls=SpokenCommand,
    help=marked(
        "Begin a show in this folder: settings, a folder for recordings, a cover to start with.\n\n"
        "At a terminal it asks for what is not given. Nothing that is there is written over."
    ),
)
@option("--title", metavar="TEXT", help=marked("The show's name."))
@option("--author", metavar="TEXT", help=marked("Who speaks here."))
@option("--description", metavar="TEXT", help=marked("What the show is about."))
@option("--language", metavar="CODE", help=marked("The language spoken in it: de, en …"))
@option("--email", metavar="ADDRESS", help=marked("Where listeners can answer; everyone sees it."))
@option("--timezone", metavar="NAME", help=marked("For dates: Europe/Berlin …"))
@option(
    "--storage",
    type=click.Choice(list(PRESETS)),
    help=marked("Your storage's provider: asks only what is needed (docs/providers/)."),
)
@option("--bucket", metavar="NAME", help=marked("The bucket, and a folder in it after a slash."))
@option("--account", metavar="ID", help=marked("The account's number, where the provider has one."))
@option("--place", metavar="PLACE", help=marked("Where it is published: a folder, s3://bucket/…"))
@option("--address", metavar="URL", help=marked("The public address of that place."))
@option("--endpoint", metavar="URL", help=marked("The S3 storage's own address."))
@option("--region", metavar="NAME", help=marked("The S3 storage's region."))
@option("--profile", metavar="NAME", help=marked("Which of your stored AWS credentials to use."))
@pass_call
def command(call: Call, /, **given: str | None) -> None:
    """Ask for what is missing, and lay out the show."""
    from sendeturm.cli.founding import found_show  # noqa: PLC0415  # not for --help

    found_show(call, {name: value for name, value in given.items() if value is not None})
