"""How the program ends: exit codes, mendable errors in words, and a log for its own mistakes."""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path

import click

from sendeturm.cli import signs
from sendeturm.cli.codes import ExitCode
from sendeturm.cli.stopping import stoppable
from sendeturm.i18n import translate, use_language
from sendeturm.i18n.language import LANGUAGES, language_of_locale

SECRETS = ("AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")
_USER_IN_ADDRESS = re.compile(r"(?<=://)[^/\s@]+(?=@)")


def run(words: Sequence[str]) -> int:
    """Run the program on the command line's `words` and return its exit code."""
    _make_output_forgiving()
    use_language(_wished_language(words) or language_of_locale())
    try:
        with stoppable():
            code = _run(words)
        sys.stdout.flush()
    except BrokenPipeError:
        _close_output()
        return ExitCode.MENDABLE
    except KeyboardInterrupt:
        return _interrupted()
    return code


def _run(words: Sequence[str]) -> int:
    from sendeturm.cli.program import program  # noqa: PLC0415  # after the language is chosen

    color = False if os.environ.get("NO_COLOR") else None
    try:
        code = program.main(list(words), "sendeturm", standalone_mode=False, color=color)
    except click.exceptions.Abort:
        return _interrupted()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (BrokenPipeError, KeyboardInterrupt):
        raise
    except Exception as error:  # noqa: BLE001  # the last resort: a person never sees a traceback
        return _bug(error, words)
    return int(code or ExitCode.DONE)


def _interrupted() -> int:
    click.echo(
        translate("Interrupted. Nothing is half-published; run it again whenever you like."),
        err=True,
    )
    return ExitCode.INTERRUPTED


def _bug(error: Exception, words: Sequence[str]) -> int:
    log = _write_log(error, words)
    line = translate("This is a mistake in sendeturm itself, not yours. What happened: {log}")
    click.echo(line.format(log=log), err=True)
    return ExitCode.BUG


def _write_log(error: Exception, words: Sequence[str]) -> Path | str:
    import platform  # noqa: PLC0415  # for this log only
    import traceback  # noqa: PLC0415  # the same

    from sendeturm import __version__  # noqa: PLC0415  # the same

    about = f"sendeturm {__version__}, Python {platform.python_version()}, {platform.platform()}"
    trace = "".join(traceback.format_exception(error))
    text = without_secrets(f"{about}\n{' '.join(words)}\n\n{trace}")
    for folder in _log_folders(words):
        try:
            return _new_log(folder, text)
        except OSError:
            continue
    return repr(error)


def _log_folders(words: Sequence[str]) -> list[Path]:
    """Return where a log may go: the show's own folder first."""
    import tempfile  # noqa: PLC0415  # for this log only

    from sendeturm.cli.call import Call  # noqa: PLC0415  # the same

    show = Call(folder=_value_of("--folder", words)).find_show()
    return [*([show / ".sendeturm" / "log"] if show else []), Path(tempfile.gettempdir())]


def _new_log(folder: Path, text: str) -> Path:
    from datetime import UTC, datetime  # noqa: PLC0415  # for this log only

    folder.mkdir(parents=True, exist_ok=True)
    name = f"sendeturm-{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{os.getpid()}.log"
    handle = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as log:
        log.write(text)
    return folder / name


def without_secrets(text: str) -> str:
    """Return `text` without the storage's credentials and without users in addresses."""
    for secret in filter(None, map(os.environ.get, SECRETS)):
        text = text.replace(secret, "***")
    return _USER_IN_ADDRESS.sub("***", text)


def _wished_language(words: Sequence[str]) -> str:
    """Return the value of `--lang`, wherever it stands; empty if it is none of ours."""
    wished = _value_of("--lang", words)
    return wished if wished in LANGUAGES else ""


def _value_of(name: str, words: Sequence[str]) -> str:
    found = ""
    for word, following in zip_longest(words, words[1:], fillvalue=""):
        if word == "--":
            break
        if word == name:
            found = following
        elif word.startswith(f"{name}="):
            found = word.partition("=")[2]
    return found


def _make_output_forgiving() -> None:
    """Let no terminal's character set stop a message."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=signs.NAME)


def _close_output() -> None:
    """Let nothing be said any more to a reader that has gone."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
