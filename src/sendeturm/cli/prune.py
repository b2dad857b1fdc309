"""`sendeturm prune`: remove from the storage what nothing names any more."""

from __future__ import annotations

from dataclasses import replace

import click

from sendeturm.cli.call import Call
from sendeturm.cli.options import pass_call, yes_option
from sendeturm.cli.spoken import SpokenCommand, marked


@click.command(
    "prune",
    cls=SpokenCommand,
    help=marked(
        "Remove from the storage what nothing names any more.\n\n"
        "Only files that sendeturm made, and only those that no episode and no publication of the"
        " last 30 days has named for a week: the first call notes them, a later one removes them."
        " Undo reaches back 30 days then."
    ),
)
@yes_option
@pass_call
def command(call: Call, /, *, yes: bool) -> None:
    """Prune, after a question."""
    from sendeturm.cli import taking  # noqa: PLC0415  # not for --help
    from sendeturm.cli.moments import moment, size, zone_of_show  # noqa: PLC0415  # the same
    from sendeturm.cli.progress import listening  # noqa: PLC0415  # the same
    from sendeturm.cli.screen import print_document, say  # noqa: PLC0415  # the same
    from sendeturm.i18n import ngettext, translate  # noqa: PLC0415  # the same
    from sendeturm.publish import plan_prune, prune  # noqa: PLC0415  # the same

    show = call.open_show()
    desk, _ = taking.open_desk(show)
    planned = plan_prune(desk)
    going = len(planned.objects) + len(planned.history)
    if not (call.as_json or call.quiet) and planned.next_at is not None:
        waiting = ngettext("{count} file", "{count} files", len(planned.waiting))
        when = moment(planned.next_at, zone_of_show(show.config))
        words = translate("Not needed any more, and may go from {moment} on: {files}")
        say(words.format(files=waiting, moment=when))
    gone = 0
    if going:
        files = ngettext("{count} file", "{count} files", going)
        words = translate("Remove {files} ({size})? It cannot be taken back.")
        question = words.format(files=files, size=size(planned.size_bytes))
        if not taking.may_go_on(call, question, yes=yes, destroys=True):
            say(translate("Nothing was changed."))
            return
        with listening(call, {}) as listen:
            gone = prune(replace(desk, listen=listen), planned)
    if call.as_json:
        names = {"removed": [one.key for one in planned.objects], "files": gone}
        print_document(names | {"waiting": [one.key for one in planned.waiting]})
    elif not call.quiet and gone:
        files = ngettext("{count} file", "{count} files", gone)
        say(translate("Removed: {files}").format(files=files))
    elif not call.quiet:
        say(translate("Nothing was removed."))
