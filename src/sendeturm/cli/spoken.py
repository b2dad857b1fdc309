"""Click commands that speak the person's language, and load only when they are called."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import click

from sendeturm.cli.call import Call
from sendeturm.cli.codes import ExitCode
from sendeturm.cli.completing import folders
from sendeturm.errors import SendeturmError
from sendeturm.i18n import translate


def marked(text: str) -> str:
    """Return `text` as it is: the mark of an English text that is translated when it is shown."""
    return text


PLACEHOLDERS = {
    "ADDRESS": marked("ADDRESS"),
    "ARGS": marked("ARGS"),
    "COMMAND": marked("COMMAND"),
    "DATE": marked("DATE"),
    "EPISODE": marked("EPISODE"),
    "FILE": marked("FILE"),
    "FOLDER": marked("FOLDER"),
    "NUMBER": marked("NUMBER"),
    "OPTIONS": marked("OPTIONS"),
    "PATH": marked("PATH"),
    "PLACE": marked("PLACE"),
    "TITLE": marked("TITLE"),
    "WAY": marked("WAY"),
    "WHAT": marked("WHAT"),
}
"""What stands for a value in help and usage, where another language has another word."""
_CAPITALS = re.compile(r"\b[A-Z]+\b")
_RANGE = re.compile(r"\s+\[[^\]]*x[<>]?=?[^\]]*\]$")


def translated_placeholders(text: str) -> str:
    """Return `[OPTIONS] TITLE` and the like in the language in use."""
    return _CAPITALS.sub(lambda found: translate(PLACEHOLDERS.get(found[0], found[0])), text)


class SpokenArgument(click.Argument):
    """An argument whose placeholder is translated when it is shown."""

    def make_metavar(self, *given: Any, **named: Any) -> str:
        """Return what stands for it in usage lines (Click 8.1 gives no context)."""
        return translated_placeholders(super().make_metavar(*given, **named))


def argument(*names: str, **attributes: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return `click.argument` that speaks."""
    return click.argument(*names, cls=SpokenArgument, **attributes)


class SpokenOption(click.Option):
    """An option whose help is translated when it is shown."""

    def make_metavar(self, *given: Any, **named: Any) -> str:
        """Return what stands for its value (Click 8.1 gives no context)."""
        metavar = super().make_metavar(*given, **named)
        return translated_placeholders(metavar) if self.metavar else metavar

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return how the option is written and what it does, in the language in use."""
        record = super().get_help_record(ctx)
        english = self.help or ""
        if record is None or not english:
            return record
        words = _RANGE.sub("", record[1].replace(english, translate(english), 1))
        return record[0], words


def option(*names: str, **attributes: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return `click.option` that speaks."""
    return click.option(*names, cls=SpokenOption, **attributes)


def everywhere_options(*, hidden: bool) -> list[click.Parameter]:
    """Return the options every command takes, before its name and after it."""
    return [
        _everywhere(
            ["--lang"],
            "language",
            hidden=hidden,
            type=click.Choice(["de", "en"]),
            help=marked("Speak German or English (else as this computer is set)."),
        ),
        _everywhere(
            ["--folder"],
            "folder",
            hidden=hidden,
            metavar="PATH",
            shell_complete=folders,
            help=marked("Where the show is (else here or in a folder above)."),
        ),
        _everywhere(
            ["--json"],
            "as_json",
            hidden=False,
            is_flag=True,
            help=marked("Print one JSON document instead of words."),
        ),
        _everywhere(
            ["--verbose"], "verbose", hidden=hidden, is_flag=True, help=marked("Say more.")
        ),
        _everywhere(
            ["--quiet"],
            "quiet",
            hidden=hidden,
            is_flag=True,
            help=marked("Say only what went wrong."),
        ),
    ]


def _everywhere(
    names: list[str], attribute: str, *, hidden: bool, **attributes: Any
) -> SpokenOption:
    def keep(ctx: click.Context, _param: click.Parameter, value: object) -> None:
        if value:
            setattr(ctx.ensure_object(Call), attribute, value)

    return SpokenOption(
        [*names, f"_{attribute}"], expose_value=False, hidden=hidden, callback=keep, **attributes
    )


def in_words_of_now(option: click.Option | None) -> click.Option | None:
    """Return Click's own option for help in the language in use."""
    if option is not None:
        option.help = translate("Show this message and exit.")
    return option


class SpokenCommand(click.Command):
    """A command whose help is translated when it is shown, and that knows the common options."""

    def __init__(self, *args: Any, **attributes: Any) -> None:
        """Construct as Click does."""
        super().__init__(*args, **attributes)
        self.params += everywhere_options(hidden=True)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return what follows the command's name in its usage line."""
        return [translated_placeholders(piece) for piece in super().collect_usage_pieces(ctx)]

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option that shows the help; Click keeps it in the words of its first use."""
        return in_words_of_now(super().get_help_option(ctx))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does."""
        del ctx
        write_help_text(self.help, formatter)


def write_help_text(english: str | None, formatter: click.HelpFormatter) -> None:
    """Write a help text in the language in use."""
    if english:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(translate(inspect.cleandoc(english)))


@dataclass(frozen=True, slots=True)
class Entry:
    """A command that is not loaded yet: what it does, in a few words, and its module.

    The module has the command's name, unless Python keeps that for itself.
    """

    about: str
    is_everyday: bool = True
    module: str = ""


class SpokenGroup(click.Group):
    """The program itself: it lists its commands without loading them."""

    def __init__(self, *args: Any, entries: Mapping[str, Entry], **attributes: Any) -> None:
        """Take the commands' table beside what Click takes."""
        super().__init__(*args, **attributes)
        self.entries = entries
        self.params += everywhere_options(hidden=False)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option that shows the help; Click keeps it in the words of its first use."""
        return in_words_of_now(super().get_help_option(ctx))

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return what follows the program's name in its usage line."""
        return [translated_placeholders(piece) for piece in super().collect_usage_pieces(ctx)]

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a mendable error ends it with words and exit code 1."""
        call = ctx.ensure_object(Call)
        try:
            return super().invoke(ctx)
        except SendeturmError as error:
            from sendeturm.cli.problems import end_with  # noqa: PLC0415  # errors are rare

            end_with(call, error)
            return ExitCode.MENDABLE

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands' names in the order of the table."""
        del ctx
        return list(self.entries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command when it is called."""
        del ctx
        if cmd_name not in self.entries:
            return None
        module = self.entries[cmd_name].module or cmd_name
        command = import_module(f"sendeturm.cli.{module}").command
        assert isinstance(command, click.Command)
        return command

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the program does."""
        del ctx
        write_help_text(self.help, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the everyday commands, then the others."""
        del ctx
        for is_everyday, title in (
            (True, marked("Every day")),
            (False, marked("When you need them")),
        ):
            rows = [
                (name, translate(entry.about))
                for name, entry in self.entries.items()
                if entry.is_everyday is is_everyday
            ]
            with formatter.section(translate(title)):
                formatter.write_dl(rows)
