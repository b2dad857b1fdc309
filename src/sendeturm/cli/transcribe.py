"""`sendeturm transcribe`: what is said in an episode becomes a transcript beside it."""

from __future__ import annotations

import click

from sendeturm.cli.call import Call
from sendeturm.cli.codes import ExitCode
from sendeturm.cli.completing import episodes
from sendeturm.cli.options import pass_call
from sendeturm.cli.spoken import SpokenCommand, argument, marked, option

MODEL = "small"


@click.command(
    "transcribe",
    cls=SpokenCommand,
    help=marked(
        "Write down what is said in an episode, on this computer, into a .vtt file beside its"
        " recording. Nothing is sent anywhere.\n\n"
        "EPISODE is called as its files or its page are (001-first-words). Of tracks the speakers"
        " are known. This needs pip install 'sendeturm[transcribe]'; the model is fetched when it"
        " is used for the first time."
    ),
)
@argument("names", metavar="EPISODE...", nargs=-1, required=True, shell_complete=episodes)
@option(
    "--model",
    default=MODEL,
    metavar="NAME",
    help=marked("Whisper's model: tiny, base, small (unless you say else), medium, large-v3 …"),
)
@option("--replace", is_flag=True, help=marked("Replace a transcript that is there."))
@pass_call
def command(call: Call, /, *, names: tuple[str, ...], model: str, replace: bool) -> int:
    """Say which files were written; exit code 1 if one could not be."""
    from sendeturm.cli.transcribing import transcribe_names  # noqa: PLC0415  # not for --help

    done = transcribe_names(call, names, model, may_replace=replace)
    return ExitCode.DONE if done else ExitCode.MENDABLE
