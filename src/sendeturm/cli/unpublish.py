"""`sendeturm unpublish`: take an episode off the air."""

from __future__ import annotations

from dataclasses import replace

import click

from sendeturm.cli.call import Call
from sendeturm.cli.completing import episodes
from sendeturm.cli.options import pass_call, yes_option
from sendeturm.cli.spoken import SpokenCommand, argument, marked


@click.command(
    "unpublish",
    cls=SpokenCommand,
    help=marked(
        "Take an episode off the air.\n\n"
        "It leaves feed and pages; your files stay, and its sound can still be had by whoever knows"
        " the address. To bring it back: sendeturm undo, or sendeturm publish --again EPISODE."
    ),
)
@argument("episode", shell_complete=episodes)
@yes_option
@pass_call
def command(call: Call, /, *, episode: str, yes: bool) -> None:
    """Unpublish, after a question at a terminal."""
    from sendeturm.cli import taking  # noqa: PLC0415  # not for --help
    from sendeturm.cli.problems import one_line  # noqa: PLC0415  # the same
    from sendeturm.cli.progress import listening  # noqa: PLC0415  # the same
    from sendeturm.cli.screen import print_document, say  # noqa: PLC0415  # the same
    from sendeturm.i18n import translate  # noqa: PLC0415  # the same
    from sendeturm.publish import unpublish  # noqa: PLC0415  # the same

    show = call.open_show()
    desk, live = taking.open_desk(show)
    found = taking.find_published(show, episode, live)
    title = one_line(found.record.facts.title)
    question = translate("Take “{title}” off the air?").format(title=title)
    if not taking.may_go_on(call, question, yes=yes):
        say(translate("Nothing was changed."))
        return
    with listening(call, {}) as listen:
        rendered = unpublish(replace(desk, listen=listen), found)
    if call.as_json:
        document = {"guid": found.record.item_guid, "title": title}
        print_document(document | taking.on_air_document(rendered))
        return
    if not call.quiet:
        say(translate("Off the air: {title}").format(title=title))
    taking.say_on_air(call, rendered)
