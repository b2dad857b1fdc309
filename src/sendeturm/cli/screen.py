"""What is printed, and where: words and documents to stdout, all else to stderr."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from sendeturm.i18n import translate

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_COMMANDING = re.compile(
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u2028-\\u202e\\u2066-\\u2069\\ud800-\\udfff]"
)
PIPE_WIDTH = 200
"""In a pipe nothing is wrapped that a person could want to search for."""


def say(text: str = "", *, err: bool = False) -> None:
    """Print a line, without characters that could command a terminal.

    At a terminal a line that is too long goes on below, between words.
    """
    text, stream = harmless(text), sys.stderr if err else sys.stdout
    if stream.isatty():
        from sendeturm.cli.wrapping import wrapped  # noqa: PLC0415  # at a terminal only

        text = wrapped(text, shutil.get_terminal_size().columns)
    click.echo(text, err=err)


def print_document(document: Mapping[str, object]) -> None:
    """Print one JSON document on stdout."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


def harmless(text: str) -> str:
    """Return `text` with all that could command a terminal or turn its writing made visible."""
    return _COMMANDING.sub("\N{REPLACEMENT CHARACTER}", text)


YES = ("y", "yes", "j", "ja")
NO = ("n", "no", "nein")


def ask(question: str, *, default: bool) -> bool:
    """Ask for a yes or a no, in either language, until it is one; Enter means `default`."""
    choice = translate("[Y/n]") if default else translate("[y/N]")
    while True:
        answer = click.prompt(f"{harmless(question)} {choice}", default="", show_default=False)
        if not answer.strip():
            return default
        if answer.strip().lower() in (*YES, *NO):
            return answer.strip().lower() in YES


def is_terminal() -> bool:
    """Say whether a person is sitting here, reading and able to answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def can_redraw() -> bool:
    """Say whether stderr is a terminal on which lines can be drawn anew."""
    return sys.stderr.isatty() and os.environ.get("TERM", "") not in ("dumb", "unknown")


def print_table(table: Table) -> None:
    """Print a table on stdout; in a pipe no line ends with blanks, a narrow screen gets blocks."""
    from sendeturm.cli.narrow import blocks, is_too_narrow  # noqa: PLC0415  # for tables only

    screen = console()
    if is_too_narrow(table, screen.width):
        for line in blocks(table):
            say(line)
        return
    if screen.is_terminal:
        screen.print(table)
        return
    with screen.capture() as captured:
        screen.print(table)
    click.echo("\n".join(line.rstrip() for line in captured.get().splitlines()))


def console(*, err: bool = False) -> Console:
    """Return rich's console; in a pipe it is wide and prints no control characters."""
    from rich.console import Console  # noqa: PLC0415  # for tables and bars only

    stream = sys.stderr if err else sys.stdout
    # Asked for here, because rich takes every simple terminal (TERM=dumb) for one of 80 columns.
    width = shutil.get_terminal_size().columns if stream.isatty() else PIPE_WIDTH
    return Console(file=stream, width=width, highlight=False, markup=False, emoji=False)
