"""`sendeturm undo`: take the last publication back."""

from __future__ import annotations

from dataclasses import replace

import click

from sendeturm.cli.call import Call
from sendeturm.cli.options import pass_call, yes_option
from sendeturm.cli.spoken import SpokenCommand, marked


@click.command(
    "undo",
    cls=SpokenCommand,
    help=marked(
        "Take the last publication back.\n\n"
        "What it changed is as it was before, what was new is off the air; run it again for the"
        " publication before that. Your files stay as they are, and publish does not bring back by"
        " itself what was undone: sendeturm publish --again does."
    ),
)
@yes_option
@pass_call
def command(call: Call, /, *, yes: bool) -> None:
    """Undo, after a question at a terminal."""
    from sendeturm.cli import taking  # noqa: PLC0415  # not for --help
    from sendeturm.cli.moments import moment, zone_of_show  # noqa: PLC0415  # the same
    from sendeturm.cli.progress import listening  # noqa: PLC0415  # the same
    from sendeturm.cli.screen import print_document, say  # noqa: PLC0415  # the same
    from sendeturm.i18n import translate  # noqa: PLC0415  # the same
    from sendeturm.publish import plan_undo, undo  # noqa: PLC0415  # the same

    show = call.open_show()
    desk, live = taking.open_desk(show)
    planned = plan_undo(show.store, live)
    if not (call.as_json or call.quiet):
        when = moment(planned.at, zone_of_show(show.config))
        say(translate("The publication of {moment}:").format(moment=when))
        taking.say_undo(planned)
    if not taking.may_go_on(call, translate("Take this back?"), yes=yes):
        say(translate("Nothing was changed."))
        return
    with listening(call, {}) as listen:
        rendered = undo(replace(desk, listen=listen), planned)
    if call.as_json:
        titles = [item.title for item in planned.episodes]
        facts = {"publication": planned.publication, "episodes": titles}
        about_show = {"show": planned.show is not None}
        print_document(facts | about_show | taking.on_air_document(rendered))
    else:
        taking.say_on_air(call, rendered)
