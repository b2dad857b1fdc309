"""`sendeturm check`: everything that is wrong or could be better, at once."""

from __future__ import annotations

import click

from sendeturm.cli.call import Call
from sendeturm.cli.codes import ExitCode
from sendeturm.cli.completing import files
from sendeturm.cli.options import pass_call
from sendeturm.cli.spoken import SpokenCommand, argument, marked, option


@click.command(
    "check",
    cls=SpokenCommand,
    help=marked(
        "Look for mistakes in the show, in its episodes, and in what publish would do.\n\n"
        "If the storage cannot be reached, everything on this computer is checked all the same."
        " FEED is the file or the web address of any podcast's feed: then that is checked instead."
    ),
)
@argument("feed", required=False, shell_complete=files)
@option(
    "--explain", "code", metavar="CODE", help=marked("Say what a rule asks, who asks it, and why.")
)
@option(
    "--fix",
    is_flag=True,
    help=marked("Write covers anew as directories take them; the originals are kept beside them."),
)
@pass_call
def command(call: Call, /, *, feed: str | None, code: str | None, fix: bool) -> int:
    """Print all problems; exit code 1 if one of them is an error."""
    from sendeturm.cli.checking import find_problems, problems_of_feed  # noqa: PLC0415  # not for --help
    from sendeturm.cli.problems import has_errors, print_findings  # noqa: PLC0415  # the same

    if code:
        from sendeturm.cli.explaining import explain  # noqa: PLC0415  # the same

        explain(call, code)
        return ExitCode.DONE
    if fix:
        from sendeturm.cli.mending import mend  # noqa: PLC0415  # the same

        mend(call)
    found = problems_of_feed(feed) if feed else find_problems(call)
    print_findings(call, found)
    return ExitCode.MENDABLE if has_errors(found) else ExitCode.DONE
