"""Single settings changed in the person's `sendeturm.toml`; comments and layout stay."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Table

from sendeturm.errors import fail
from sendeturm.sources.config import CONFIG_NAME, config_from_text
from sendeturm.sources.files import read_text, replace_file
from sendeturm.sources.writing import unwritable


def write_settings(folder: Path, table: str, values: Mapping[str, object]) -> None:
    """Set `values` in a table of `folder`'s `sendeturm.toml`, which is written beside and renamed.

    None takes a setting away.
    Raises SendeturmError if the file cannot be read, understood or written, or if the settings
    would not fit; then nothing has changed.
    """
    path = folder / CONFIG_NAME
    text = _with(read_text(path, CONFIG_NAME), table, values)
    config_from_text(text)
    try:
        replace_file(path, text.encode())
    except OSError as error:
        raise unwritable(CONFIG_NAME, error) from error


def _with(text: str, name: str, values: Mapping[str, object]) -> str:
    try:
        document = tomlkit.parse(text)
    except TOMLKitError:
        config_from_text(text)  # says what is wrong, if something is
        raise fail("sources.not-rewritable", file=CONFIG_NAME) from None
    table = document.setdefault(name, tomlkit.table())
    if not isinstance(table, Table):
        raise fail("sources.not-rewritable", file=CONFIG_NAME)
    for key, value in values.items():
        if value is not None:
            table[key] = value
        elif key in table:
            table.remove(key)
    return tomlkit.dumps(document)
