"""The program's table of contents, and what it does when it is called by its name alone."""

from __future__ import annotations

import click

from sendeturm import __version__
from sendeturm.cli.call import Call
from sendeturm.cli.spoken import Entry, SpokenGroup, SpokenOption, marked

ENTRIES = {
    "init": Entry(marked("Begin a show in this folder.")),
    "new": Entry(marked("Begin an episode: a title and a file for its notes.")),
    "preview": Entry(marked("See and hear the show on this computer.")),
    "publish": Entry(marked("Put new and changed episodes on the air.")),
    "feed": Entry(marked("Put on the air what is due; for cron, from any computer.")),
    "check": Entry(marked("Look for mistakes.")),
    "plan": Entry(marked("Show what publish would do."), is_everyday=False),
    "submit": Entry(
        marked("List directories, what each needs, and the links for your feed."),
        is_everyday=False,
    ),
    "doctor": Entry(
        marked("Examine the storage, and whether everyone can read it."), is_everyday=False
    ),
    "undo": Entry(marked("Take the last publication back."), is_everyday=False),
    "unpublish": Entry(marked("Take an episode off the air."), is_everyday=False),
    "forget": Entry(marked("Remove an episode everywhere at once."), is_everyday=False),
    "prune": Entry(
        marked("Remove from the storage what nothing names any more."), is_everyday=False
    ),
    "pull": Entry(
        marked("Make a show's folder on another computer from what is published."),
        is_everyday=False,
    ),
    "export": Entry(
        marked("Bring everything into one folder that needs nobody."), is_everyday=False
    ),
    "move": Entry(
        marked("Lead listeners to the show's new address, or open it for a new host."),
        is_everyday=False,
    ),
    "import": Entry(
        marked("Bring a show here from its old host."), is_everyday=False, module="import_"
    ),
    "private": Entry(marked("Show or replace the address of private episodes."), is_everyday=False),
    "measure": Entry(marked("Measure the loudness of any recording."), is_everyday=False),
    "transcribe": Entry(marked("Write down what is said in an episode."), is_everyday=False),
}


@click.group(
    cls=SpokenGroup,
    entries=ENTRIES,
    invoke_without_command=True,
    context_settings={"max_content_width": 100},
    help=marked(
        "From a recording to a podcast on your own storage.\n\n"
        "Called alone, sendeturm says where your show stands and what is next."
    ),
)
@click.version_option(
    __version__,
    prog_name="sendeturm",
    message="%(prog)s %(version)s",
    cls=SpokenOption,
    help=marked("Show the version and leave."),
)
@click.pass_context
def program(ctx: click.Context) -> None:
    """Say where the show stands, unless a command follows."""
    if ctx.invoked_subcommand is not None:
        return
    from sendeturm.cli.status import say_where_we_stand  # noqa: PLC0415  # not for --help

    say_where_we_stand(ctx.ensure_object(Call))
