"""The lines of settings in the person's files, looked up only for messages."""

from __future__ import annotations

from pathlib import Path

import click

from sendeturm.cli.call import CONFIG_FILE, Call
from sendeturm.errors import Place, SendeturmError

PAGE = ".md"


def line_of(place: Place) -> int | None:
    """Return the line a place names, or the one on which its key stands in the show's files."""
    if place.line or not (place.file and place.key):
        return place.line
    if place.file != CONFIG_FILE and not place.file.endswith(PAGE):
        return None
    folder = _show_in_use()
    return _line_in(folder / place.file, place) if folder else None


def _show_in_use() -> Path | None:
    context = click.get_current_context(silent=True)
    call = context.find_object(Call) if context else None
    return call.find_show() if call else None


def _line_in(path: Path, place: Place) -> int | None:
    from sendeturm.sources.files import read_text  # noqa: PLC0415  # only for messages
    from sendeturm.sources.front import split_front  # noqa: PLC0415  # the same
    from sendeturm.sources.validation import Written  # noqa: PLC0415  # the same

    try:
        text = read_text(path, path.name)
        if path.name == CONFIG_FILE:
            written = Written(CONFIG_FILE, text)
        else:
            front = split_front(text, path.name)
            written = Written(path.name, front.toml, front.line_offset)
    except SendeturmError:
        return None
    return written.line_of(tuple((place.key or "").split(".")))
