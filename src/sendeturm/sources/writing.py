"""Sidecars are written: new ones, and what is missing in the person's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import tomlkit

from sendeturm.errors import SendeturmError, fail
from sendeturm.sources.config import CONFIG_NAME
from sendeturm.sources.files import create_file, replace_file, unreadable
from sendeturm.sources.folder import name_of
from sendeturm.sources.front import Front, split_front
from sendeturm.sources.toml import parse, statements


def write_front(sidecar: Path, values: Mapping[str, object], file: object) -> None:
    """Add those of `values` that the front matter lacks; every other line stays as it is.

    None is left out; what is there already is not changed. `file` names the sidecar in errors.
    Raises SendeturmError if the sidecar cannot be read, understood or written.
    """
    text = _read(sidecar, str(file))
    front = split_front(text, str(file))
    said = parse(front.toml, str(file), front.line_offset)
    lacking = {key: value for key, value in values.items() if key not in said}
    if lines := _lines(lacking):
        _replace(sidecar, _with_lines(front, lines), str(file))


def change_front(sidecar: Path, values: Mapping[str, object], file: object) -> None:
    """Give `values` to the front matter, in place of what it says; all other words stay.

    `file` names the sidecar in errors. Raises SendeturmError as `write_front`.
    """
    text = _read(sidecar, str(file))
    front = split_front(text, str(file))
    said = parse(front.toml, str(file), front.line_offset)
    document: Any = tomlkit.parse(front.toml)
    for key in said.keys() & values.keys():
        document[key] = values[key]
    lacking = {key: value for key, value in values.items() if key not in said}
    changed = replace(front, toml=tomlkit.dumps(document))
    _replace(sidecar, _with_lines(changed, _lines(lacking)), str(file))


def new_sidecar(path: Path, title: str, notes: str = "", **values: object) -> None:
    """Write a sidecar with `title`, those of `values` that are not None, and `notes` (Markdown).

    Raises SendeturmError if there is a file already, or if it cannot be written.
    """
    lines = ["+++", *_lines({"title": title, **values}), "+++", "", notes.strip()]
    text = "\n".join(lines).rstrip() + "\n"
    try:
        create_file(path, text.encode())
    except FileExistsError as error:
        raise fail("sources.exists", file=name_of(path)) from error
    except OSError as error:
        raise unwritable(name_of(path), error) from error


def change_setting(folder: Path, table: str, key: str, value: object) -> None:
    """Give a setting in `folder`'s `sendeturm.toml` another value; all other words stay.

    Raises SendeturmError if the file cannot be read, understood or written.
    """
    path = folder / CONFIG_NAME
    text = _read(path, CONFIG_NAME)
    parse(text, CONFIG_NAME)
    document: Any = tomlkit.parse(text)
    document[table][key] = value
    _replace(path, tomlkit.dumps(document), CONFIG_NAME)


def unwritable(file: object, error: OSError) -> SendeturmError:
    """Return the error of a file that cannot be written."""
    return fail("sources.unwritable", file=file, reason=error.strerror or str(error))


def toml_line(key: str, value: object) -> str:
    """Return `key = value` as TOML on one line (no line end); the value may be any TOML has."""
    return f"{key} = {tomlkit.item(_inline(value)).as_string()}"


def _inline(value: object) -> Any:
    """Return a value so that tomlkit writes it on one line, tables too."""
    if isinstance(value, Mapping):
        table = tomlkit.inline_table()
        table.update({key: _inline(inner) for key, inner in value.items() if inner is not None})
        return table
    if isinstance(value, list | tuple):
        array = tomlkit.array()
        array.extend(map(_inline, value))
        return array
    if isinstance(value, str) and '"' in value and "'" not in value and value.isprintable():
        return tomlkit.string(value, literal=True)  # easier to read than with backslashes
    return str(value) if type(value).__module__ == "uuid" else value


def _lines(values: Mapping[str, object]) -> list[str]:
    return [toml_line(key, value) for key, value in values.items() if value is not None]


def _read(sidecar: Path, file: str) -> str:
    try:
        return sidecar.read_bytes().decode()
    except OSError as error:
        raise unreadable(file, error) from error
    except UnicodeDecodeError as error:
        raise fail("sources.not-utf8", file=file) from error


def _replace(sidecar: Path, text: str, file: str) -> None:
    try:
        replace_file(sidecar, text.encode())
    except OSError as error:
        raise unwritable(file, error) from error


def _with_lines(front: Front, lines: list[str]) -> str:
    """Return the sidecar with `lines` after the last setting that stands in no section."""
    line_end = "\r" if "\r\n" in front.opening else ""
    old, at = front.toml.split("\n"), _end_of_top(front.toml)
    toml = "\n".join([*old[:at], *(line + line_end for line in lines), *old[at:]])
    return front.opening + toml + front.closing + front.notes


def _end_of_top(toml: str) -> int:
    """Return how many lines the settings before the first section take."""
    lines, end = toml.split("\n"), 0
    for first, last, _ in statements(toml):
        line = lines[first - 1].lstrip()
        if line.startswith("["):
            break
        if line.strip() and not line.startswith("#"):
            end = last
    return end
