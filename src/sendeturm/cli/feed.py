"""`sendeturm feed`: rebuild feed and pages from the storage alone, if there is a reason to."""

from __future__ import annotations

import click

from sendeturm.cli.call import Call
from sendeturm.cli.completing import folders
from sendeturm.cli.options import allow_option, pass_call, storage_options
from sendeturm.cli.spoken import SpokenCommand, argument, marked


@click.command(
    "feed",
    cls=SpokenCommand,
    help=marked(
        "Put on the air what is due, and rebuild feed and pages if they are out of date.\n\n"
        "PLACE is a folder or s3://bucket/prefix; without it, the show's own storage is meant."
        " Needs no recordings and no show folder, so it can run from cron on any computer that may"
        " write there."
    ),
)
@argument("place", required=False, shell_complete=folders)
@storage_options
@allow_option
@pass_call
def command(
    call: Call, /, *, place: str | None, allowed: tuple[str, ...], **storage: str | None
) -> None:
    """Run the feed, and say in one line what was done."""
    from sendeturm.cli.feeding import feed_target, print_run  # noqa: PLC0415  # not for --help
    from sendeturm.cli.patience import tell_tries  # noqa: PLC0415  # the same
    from sendeturm.cli.progress import listening  # noqa: PLC0415  # the same
    from sendeturm.publish import run_feed, tell_world  # noqa: PLC0415  # the same

    target = feed_target(call, place, storage)
    tell_tries(call, target.store)
    with listening(call, {}) as listen:
        done = run_feed(target.store, target.cache, listen, allowed)
    print_run(call, done, target, tell_world(done.rendered))
