"""Write contrib/man/ from the program's own help: sendeturm(1), in English and in German.

Run by `make catalogue`; the wheel installs the pages under share/man.
"""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

import click

from reference import ENDINGS, ENVIRONMENT
from sendeturm import __version__
from sendeturm.cli.program import ENTRIES, program
from sendeturm.i18n import translate, use_language

FOLDER = Path(__file__).resolve().parents[1] / "contrib" / "man"
PAGES = {"en": FOLDER / "man1/sendeturm.1", "de": FOLDER / "de/man1/sendeturm.1"}
ABOUT = {
    "en": "from a recording to a podcast on your own storage",
    "de": "von der Aufnahme zum Podcast auf eigener Ablage",
}
GERMAN = {
    "NAME": "BEZEICHNUNG",
    "SYNOPSIS": "ÜBERSICHT",
    "DESCRIPTION": "BESCHREIBUNG",
    "OPTIONS": "OPTIONEN",
    "COMMANDS": "BEFEHLE",
    "EXIT STATUS": "RÜCKGABEWERT",
    "ENVIRONMENT": "UMGEBUNGSVARIABLEN",
    "FILES": "DATEIEN",
    "SEE ALSO": "SIEHE AUCH",
    "done": "erledigt",
    "something is wrong that you can mend; the message says how": (
        "etwas stimmt nicht, das du beheben kannst; die Meldung sagt, wie"
    ),
    "a mistyped command or option": "Befehl oder Option vertippt",
    "a mistake in sendeturm; the message names the file that says where": (
        "ein Fehler in sendeturm; die Meldung nennt die Datei, in der steht, wo"
    ),
    "`plan --exit-code` found something to do": "`plan --exit-code` fand etwas zu tun",
    "interrupted (Ctrl-C); nothing is left half-written": (
        "unterbrochen (Strg-C); nichts bleibt halb geschrieben"
    ),
    "the storage's keys": "die Schlüssel der Ablage",
    "which of the keys in `~/.aws/credentials` to use": (
        "welche Schlüssel aus `~/.aws/credentials` gelten"
    ),
    "where those files are instead": "wo diese Dateien sonst liegen",
    "the storage, where settings and options do not name it": (
        "die Ablage, wo Einstellungen und Optionen sie nicht nennen"
    ),
    "the language sendeturm speaks: German or English": (
        "die Sprache, die sendeturm spricht: Deutsch oder Englisch"
    ),
    "if it is set: no colours": "wenn gesetzt: keine Farben",
    "the way to the storage, where there is a proxy": "der Weg zur Ablage, wo es einen Proxy gibt",
    "a moment to take for now (`2026-11-21T18:00:00+01:00`), for trying things": (
        "ein Zeitpunkt, der als jetzt gilt (`2026-11-21T18:00:00+01:00`), zum Ausprobieren"
    ),
    "the show's settings": "die Einstellungen der Sendung",
    "recordings, and notes of the same name ending in .md": (
        "Aufnahmen, und Notizen mit demselben Namen und der Endung .md"
    ),
    "what takes long to make; may be deleted": ("was lange zu machen dauert; darf gelöscht werden"),
    "keys of the storage": "Schlüssel der Ablage",
}
FILES = {
    "sendeturm.toml": "the show's settings",
    "episodes/": "recordings, and notes of the same name ending in .md",
    ".sendeturm/": "what takes long to make; may be deleted",
    "~/.aws/credentials": "keys of the storage",
}


def pages() -> dict[Path, str]:
    """Return each language's page by its path."""
    try:
        return {path: page(language) for language, path in PAGES.items()}
    finally:
        use_language("en")


def page(language: str) -> str:
    """Return sendeturm(1) in a language, in the macros of man(7)."""
    use_language(language)
    return "".join(f"{line}\n" for line in _lines(language) if line)


def _lines(language: str) -> Iterator[str]:
    def spoken(english: str) -> str:
        return GERMAN[english] if language == "de" else english

    yield '.\\" written by tools/manual.py'
    yield f'.TH SENDETURM 1 "" "sendeturm {__version__}"'
    yield f".SH {spoken('NAME')}"
    yield f"sendeturm \\- {_text(ABOUT[language])}"
    with click.Context(program, info_name="sendeturm") as context:
        yield f".SH {spoken('SYNOPSIS')}\n{_usage(program, context)}"
        yield f".SH {spoken('DESCRIPTION')}"
        yield from _told(program)
        yield f".SH {spoken('OPTIONS')}"
        yield from _options(program, context)
        yield f".SH {spoken('COMMANDS')}"
        for name in ENTRIES:
            yield from _command(name, context)
    yield f".SH {spoken('EXIT STATUS')}"
    yield from _list({str(int(c)): spoken(words) for c, words in ENDINGS.items()})
    yield f".SH {spoken('ENVIRONMENT')}"
    yield from _list({names: spoken(words) for names, words in ENVIRONMENT.items()})
    yield f".SH {spoken('FILES')}"
    yield from _list({name: spoken(words) for name, words in FILES.items()})
    yield f".SH {spoken('SEE ALSO')}\n.BR crontab (5),\n.BR systemd.timer (5)"


def _command(name: str, context: click.Context) -> Iterator[str]:
    command = program.get_command(context, name)
    assert command is not None, name
    with click.Context(command, parent=context, info_name=name) as inner:
        yield f".SS {name}\n{_usage(command, inner)}\n.PP"
        yield from _told(command)
        yield from _options(command, inner)


def _usage(command: click.Command, context: click.Context) -> str:
    return f".B {_safe(context.command_path)}\n" + _text(
        " ".join(command.collect_usage_pieces(context))
    )


def _told(command: click.Command) -> Iterator[str]:
    words = translate(inspect.cleandoc(command.help or ""))
    yield "\n.PP\n".join(_text(part) for part in words.split("\n\n"))


def _options(command: click.Command, context: click.Context) -> Iterator[str]:
    found = filter(None, (option.get_help_record(context) for option in command.params))
    yield from _list({names: words for names, words in found if words})


def _list(rows: dict[str, str]) -> Iterator[str]:
    for name, words in rows.items():
        yield f".TP\n.B {_safe(name)}\n{_text(words)}"


def _text(words: str) -> str:
    """Return words as lines, none of which is a command of roff; `…` becomes bold."""
    bold = re.sub(r"`([^`]*)`", r"\\fB\1\\fR", _safe(words))
    lines = textwrap.wrap(bold, 78, break_long_words=False, break_on_hyphens=False)
    return "\n".join(f"\\&{line}" if line.startswith((".", "'")) else line for line in lines)


def _safe(words: str) -> str:
    return words.replace("\\", "\\e").replace("-", "\\-")


def main() -> None:
    """Write the pages."""
    for path, text in pages().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
