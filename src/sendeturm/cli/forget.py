"""`sendeturm forget`: remove an episode everywhere."""

from __future__ import annotations

from dataclasses import replace

import click

from sendeturm.cli.call import Call
from sendeturm.cli.completing import episodes
from sendeturm.cli.options import pass_call, yes_option
from sendeturm.cli.spoken import SpokenCommand, argument, marked


@click.command(
    "forget",
    cls=SpokenCommand,
    help=marked(
        "Remove an episode everywhere at once.\n\n"
        "Sound, former addresses and versions, pictures, chapters, transcripts, history and this"
        " computer's cache; then it is asked for as anybody could, to prove that it is gone. Your"
        " own files stay. It cannot be taken back."
    ),
)
@argument("episode", shell_complete=episodes)
@yes_option
@pass_call
def command(call: Call, /, *, episode: str, yes: bool) -> int:
    """Forget, after a question; exit code 1 if something still answers."""
    from sendeturm.checks import DIRECTORIES  # noqa: PLC0415  # not for --help
    from sendeturm.cli import taking  # noqa: PLC0415  # the same
    from sendeturm.cli.codes import ExitCode  # noqa: PLC0415  # the same
    from sendeturm.cli.problems import one_line, tell  # noqa: PLC0415  # the same
    from sendeturm.cli.progress import listening  # noqa: PLC0415  # the same
    from sendeturm.cli.screen import print_document, say  # noqa: PLC0415  # the same
    from sendeturm.errors import problem  # noqa: PLC0415  # the same
    from sendeturm.i18n import ngettext, translate  # noqa: PLC0415  # the same
    from sendeturm.publish import forget  # noqa: PLC0415  # the same

    show = call.open_show()
    desk, live = taking.open_desk(show)
    found = taking.find_published(show, episode, live)
    title = one_line(found.record.facts.title)
    question = translate("Remove “{title}” everywhere? It cannot be taken back.")
    if not taking.may_go_on(call, question.format(title=title), yes=yes, destroys=True):
        say(translate("Nothing was changed."))
        return ExitCode.DONE
    with listening(call, {}) as listen:
        done = forget(replace(desk, listen=listen), live, found)
    names = [directory.name for directory in DIRECTORIES]
    if call.as_json:
        facts = {"guid": found.record.item_guid, "objects": done.objects, "directories": names}
        print_document(facts | {"answering": list(done.answering), "is_proven": done.is_proven})
    else:
        tell(problem("cli.still-there", file=address) for address in done.answering)
        if not done.knows_versions:
            tell([problem("cli.versions-unknown", key=show.store.label)])
        if not call.quiet:
            files = ngettext("{count} file", "{count} files", done.objects)
            say(translate("Removed: {files}").format(files=files))
            if done.is_proven and not done.answering:
                say(translate("Asked for it as anybody could: it is gone."))
            ask = translate("Apps and directories may have copies; write to: {names}")
            say(ask.format(names=", ".join(names)))
    return ExitCode.MENDABLE if done.answering else ExitCode.DONE
