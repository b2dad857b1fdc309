"""`sendeturm import`: a show moves in from its old host."""

from __future__ import annotations

import click

from sendeturm.cli.call import Call
from sendeturm.cli.codes import ExitCode
from sendeturm.cli.options import pass_call, yes_option
from sendeturm.cli.spoken import SpokenCommand, argument, marked, option
from sendeturm.i18n import translate


@click.command(
    "import",
    cls=SpokenCommand,
    help=marked(
        "Bring a whole show here from its old host: settings, episodes, notes, pictures, sound.\n\n"
        "FEED is the feed's address, or a file, as in a folder that sendeturm export made."
        " Identities and dates stay as they are, so that no app downloads anything again; sound"
        " goes out untouched. Nothing that is here is written over, and a second run goes on where"
        " the first one stopped."
    ),
)
@argument("feed", required=False)
@option(
    "--verify",
    "verifies",
    is_flag=True,
    help=marked("Only see whether every former address of the feed leads to the new one."),
)
@option(
    "--allow-missing",
    type=click.IntRange(min=0),
    default=0,
    metavar="NUMBER",
    help=marked("Go ahead though so many episodes are missing in the feed."),
)
@option(
    "--allow-locked",
    is_flag=True,
    help=marked("Take the show though its host locks it; for your own shows."),
)
@option(
    "--allow-private",
    is_flag=True,
    help=marked("Ask addresses in private networks too, such as your own at home."),
)
@option(
    "--largest-mb",
    type=click.IntRange(min=1),
    default=4000,
    metavar="NUMBER",
    help=marked("Leave sound files out that are larger than this (else 4000)."),
)
@yes_option
@pass_call
def command(
    call: Call,
    /,
    *,
    feed: str | None,
    verifies: bool,
    allow_missing: int,
    yes: bool,
    largest_mb: int,
    **allowed: bool,
) -> int:
    """Find the show and bring it; exit code 1 if an episode's sound could not be brought.

    Or see where its former addresses lead; exit code 1 if one does not lead here for good.
    """
    if verifies is (feed is not None):
        raise click.UsageError(translate("Name a FEED, or ask for --verify."))
    if feed is None:
        from sendeturm.cli.verifying import verify_redirects  # noqa: PLC0415  # the same

        return ExitCode.DONE if verify_redirects(call) else ExitCode.MENDABLE
    from sendeturm.cli.moving_in import bring_show  # noqa: PLC0415  # not for --help
    from sendeturm.importing import Allowed  # noqa: PLC0415  # the same

    lets_through = Allowed(
        allow_missing, locked=allowed["allow_locked"], private=allowed["allow_private"]
    )
    is_whole = bring_show(call, feed, lets_through, largest_mb=largest_mb, yes=yes)
    return ExitCode.DONE if is_whole else ExitCode.MENDABLE
