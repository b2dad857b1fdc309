"""`sendeturm pull`: make a show's folder from what is published."""

from __future__ import annotations

import click

from sendeturm.cli.call import Call
from sendeturm.cli.completing import folders
from sendeturm.cli.options import pass_call, storage_options
from sendeturm.cli.spoken import SpokenCommand, argument, marked


@click.command(
    "pull",
    cls=SpokenCommand,
    help=marked(
        "Make this folder's settings, pages and episodes' files from what is published.\n\n"
        "PLACE is a folder or s3://bucket/prefix; without it, the show's own storage is meant."
        " Files that are here stay as they are. Covers, chapters, transcripts and the show's own"
        " pages come along; recordings, intro and outro do not: what is on the air stays."
    ),
)
@argument("place", required=False, shell_complete=folders)
@storage_options
@pass_call
def command(call: Call, /, *, place: str | None, **storage: str | None) -> None:
    """Pull, and name what was made."""
    from sendeturm.cli.feeding import feed_target  # noqa: PLC0415  # not for --help
    from sendeturm.cli.problems import one_line, problem_document, tell  # noqa: PLC0415  # the same
    from sendeturm.cli.screen import print_document, say  # noqa: PLC0415  # the same
    from sendeturm.errors import Severity, problem  # noqa: PLC0415  # the same
    from sendeturm.i18n import translate  # noqa: PLC0415  # the same
    from sendeturm.publish import pull  # noqa: PLC0415  # the same

    target = feed_target(call, place, storage)
    folder = call.start if place else call.show_folder()
    settings = {"place": place, **storage} if place else {}
    done = pull(target.store, folder, {name: value for name, value in settings.items() if value})
    warnings = [
        problem("cli.not-pulled", file=name, severity=Severity.WARNING) for name in done.lacking
    ]
    if call.as_json:
        document = {"folder": str(folder), "made": done.made, "lacking": done.lacking}
        print_document(
            document | {"problems": [problem_document(found) for found in done.problems]}
        )
        return
    tell([*warnings, *done.problems])
    if call.quiet:
        return
    for name in done.made:
        say(translate("Made {file}").format(file=one_line(name)))
    if not done.made:
        say(translate("Nothing is missing here."))
