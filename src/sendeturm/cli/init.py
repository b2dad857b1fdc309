"""`sendeturm init`: a folder becomes a show."""

from __future__ import annotations

import click

from sendeturm.cli.call import Call
from sendeturm.cli.options import pass_call, yes_option
from sendeturm.cli.spoken import SpokenCommand, marked, option
from sendeturm.store.presets import PRESETS


@click.command(
    "init",
    cls=SpokenCommand,
    help=marked(
        "Begin a show in this folder: settings, a folder for recordings, a cover to start with.\n\n"
        "At a terminal it asks for what is not given, six questions at most. Nothing that is there"
        " is written over."
    ),
)
@option("--title", metavar="TEXT", help=marked("The show's name."))
@option("--author", metavar="TEXT", help=marked("Who speaks here."))
@option("--description", metavar="TEXT", help=marked("What the show is about."))
@option("--language", metavar="CODE", help=marked("The language spoken in it: de, en …"))
@option("--email", metavar="ADDRESS", help=marked("Where listeners can answer; everyone sees it."))
@option("--timezone", metavar="NAME", help=marked("For dates: Europe/Berlin …"))
@option(
    "--address", metavar="URL", help=marked("The address your listeners keep, if it is your own.")
)
@option(
    "--bucket",
    metavar="URL",
    help=marked("The bucket's address as its provider shows it, or with --storage its name."),
)
@option(
    "--storage",
    type=click.Choice(list(PRESETS)),
    help=marked("The bucket's provider; docs/providers/ has a page for each."),
)
@option("--account", metavar="ID", help=marked("The account's number, where the provider has one."))
@option("--region", metavar="NAME", help=marked("The bucket's region."))
@option("--endpoint", metavar="URL", help=marked("The address of any other S3 storage."))
@option("--profile", metavar="NAME", help=marked("Which of your stored AWS credentials to use."))
@option(
    "--webspace",
    metavar="WAY",
    help=marked("The way to your web space: me@example.org:htdocs/ for rsync, or a folder."),
)
@option("--place", metavar="PLACE", help=marked("Where it is published: a folder, s3://bucket/…"))
@yes_option
@pass_call
def command(call: Call, /, *, yes: bool, **given: str | None) -> None:
    """Ask for what is missing, and lay out the show."""
    from sendeturm.cli.founding import found_show  # noqa: PLC0415  # not for --help

    settings = {name: value for name, value in given.items() if value is not None}
    found_show(call, settings, yes=yes)
