"""Write docs/reference/ from the code: commands, settings, front matter, records.

Run by `make catalogue`.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path

import click

from schemas import Tables, in_cell
from sendeturm.cli.codes import ExitCode
from sendeturm.cli.program import ENTRIES, program
from sendeturm.i18n import use_language
from sendeturm.model import Config, FrontMatter, Record, ShowRecord
from sendeturm.model.record import FORMAT

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "reference"
WRITTEN = "This page is written by `tools/reference.py` from the code itself.\n"
EXAMPLES = """\
[The feed](../feed.md) shows examples; `sound = "as is"` is short for `recordings`. There is a JSON
Schema for [editors](../installing.md#an-editor-that-knows-the-settings).
"""
ENDINGS = {
    ExitCode.DONE: "done",
    ExitCode.MENDABLE: "something is wrong that you can mend; the message says how",
    ExitCode.USAGE: "a mistyped command or option",
    ExitCode.BUG: "a mistake in sendeturm; the message names the file that says where",
    ExitCode.CHANGES: "`plan --exit-code` found something to do",
    ExitCode.INTERRUPTED: "interrupted (Ctrl-C); nothing is left half-written",
}
ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN": "the storage's keys",
    "AWS_PROFILE": "which of the keys in `~/.aws/credentials` to use",
    "AWS_SHARED_CREDENTIALS_FILE, AWS_CONFIG_FILE": "where those files are instead",
    "AWS_ENDPOINT_URL, AWS_REGION": "the storage, where settings and options do not name it",
    "LANGUAGE, LC_ALL, LC_MESSAGES, LANG": "the language sendeturm speaks: German or English",
    "NO_COLOR": "if it is set: no colours",
    "HTTPS_PROXY, HTTP_PROXY, NO_PROXY": "the way to the storage, where there is a proxy",
    "SENDETURM_NOW": "a moment to take for now (`2026-11-21T18:00:00+01:00`), for trying things",
}


def pages() -> dict[Path, str]:
    """Return every page by its path."""
    use_language("en")
    settings, front = Tables(Config, "settings.md"), Tables(FrontMatter, "front-matter.md")
    records = Tables(Record, "records.md"), Tables(ShowRecord, "records.md")
    return {
        FOLDER / "commands.md": "".join(commands()),
        FOLDER / "settings.md": "".join(settings_page(settings)),
        FOLDER / "front-matter.md": "".join(front_page(front, settings)),
        FOLDER / "records.md": "".join(records_page(*records)),
    }


def commands() -> Iterator[str]:
    """Yield the page of commands."""
    yield f"# Commands\n\n{WRITTEN}`sendeturm COMMAND --help` says the same, in German too.\n"
    with click.Context(program, info_name="sendeturm") as context:
        yield f"\n## sendeturm\n\n{_told(program)}{_options(program, context)}"
        yield "\nEvery command takes these, before its name and after it, but `--version`.\n"
        for name in ENTRIES:
            command = program.get_command(context, name)
            assert command is not None, name
            with click.Context(command, parent=context, info_name=name) as inner:
                usage = " ".join(["sendeturm", name, *command.collect_usage_pieces(inner)])
                yield f"\n## {name}\n\n`{usage}`\n\n{_told(command)}{_options(command, inner)}"
    yield "\n## Exit codes\n\n| Code | What it says |\n|---|---|\n"
    yield from (f"| {code.value} | {ENDINGS[code]} |\n" for code in ExitCode)
    yield "\n## Environment\n\n| Variable | What it says |\n|---|---|\n"
    for names, words in ENVIRONMENT.items():
        yield f"| {', '.join(f'`{name}`' for name in names.split(', '))} | {words} |\n"


def _told(command: click.Command) -> str:
    return inspect.cleandoc(command.help or "") + "\n"


def _options(command: click.Command, context: click.Context) -> str:
    found = filter(None, (option.get_help_record(context) for option in command.params))
    common = {"--json"} if context.parent else set()
    rows = [
        f"| `{in_cell(names)}` | {in_cell(words)} |\n"
        for names, words in found
        if names not in common and words
    ]
    return "\n| Option | What it does |\n|---|---|\n" + "".join(rows) if rows else ""


def settings_page(tables: Tables) -> Iterator[str]:
    """Yield the page of `sendeturm.toml`."""
    yield f"# `sendeturm.toml`\n\n{WRITTEN}"
    yield EXAMPLES
    names = {field.annotation.__name__: name for name, field in Config.model_fields.items()}
    for model_name, name in names.items():
        yield f"\n## `[{name}]`\n\n{tables.section(model_name)}"
    yield "\n## Values inside\n"
    yield from tables.others(set(names))


def front_page(tables: Tables, settings: Tables) -> Iterator[str]:
    """Yield the page of what stands between the `+++` lines."""
    yield f"# Front matter\n\n{WRITTEN}\n{tables.section(FrontMatter.__name__, settings)}"
    yield "\n## Values inside\n"
    yield from tables.others(settings.names)


def records_page(episode: Tables, show: Tables) -> Iterator[str]:
    """Yield the page of the records in the bucket."""
    yield f"# Records\n\n{WRITTEN}"
    yield f"""\
Every record says its format, `{FORMAT}` today. Readers keep keys they do not know; a higher
number before the point makes sendeturm stop and leave everything as it is. How records work:
[a publication, step by step](../publication.md).
"""
    yield f"\n## An episode\n\n{episode.section(Record.__name__)}"
    yield f"\n## The show\n\n{show.section(ShowRecord.__name__)}"
    yield "\n## Values inside\n"
    yield from episode.others(set())
    yield from show.others(episode.names)


def main() -> None:
    """Write the pages."""
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
