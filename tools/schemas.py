"""Tables for people out of the JSON Schema of a model: key, meaning, values, default."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from sendeturm.model.vocabulary import EpisodeVocabulary, ShowVocabulary

HEAD = "| Key | What it says | Values | Unless given |\n|---|---|---|---|\n"
PLAIN_HEAD = "| Key | Values | Unless given |\n|---|---|---|\n"
FORMATS = {
    "uuid": "a UUID",
    "date": "a day: 2026-11-21",
    "date-time": "a moment: 2026-11-21T18:00:00+01:00",
    "path": "a path",
}
PATTERNS = {
    r"^https?://[^\s]+$": "an address: https://…",
    r"^https?://": "an address: https://…",
    r"^[^@\s]+@[^@\s]+\.[^@\s]+$": "an email address",
    r"^#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$": "a colour: `#a5311a`",
    r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$": "a language's code",
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "small letters, digits and hyphens",
    r"^[a-z0-9]+([._-][a-z0-9]+)*$": "small letters, digits, dots, hyphens",
    r"^(https?://|tel:|sms:|mailto:|sip:)[^\s]+$": "https://…, tel:…, sms:…, mailto:… or sip:…",
    r"^[a-z][a-z0-9+.-]*:[^\s]+$": "an address",
    r"^[A-Za-z0-9.-]+(:\d+)?$": "a host: irc.example.org",
    r"^[A-Za-z]{2}$": "two letters",
    r"^[NWR]\d+(#\d+)?$": "a place's letter and number",
    r"^[A-Za-z0-9 ,\"'-]+$": "names with commas between",
    r"^FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(;[A-Z]+=[A-Za-z0-9+:.,-]+)*$": "a rule of iCalendar",
    r"^(geo:)?-?\d{1,2}(\.\d+)?,-?\d{1,3}(\.\d+)?(,-?\d+(\.\d+)?)?(;.*)?$": "latitude,longitude",
}
"""What a pattern asks for, in words; others are shown as they are."""


def in_cell(words: str) -> str:
    """Return words so that they stand in one cell of a Markdown table."""
    return words.replace("|", "\\|")


class Tables:
    """The tables of one model and of the models inside it."""

    def __init__(self, model: type[BaseModel], page: str) -> None:
        """Take the model and the page that its tables stand on."""
        schema = model.model_json_schema()
        self.page = page
        self.models = {**schema.pop("$defs", {}), model.__name__: schema}
        self.root = model.__name__
        self._elsewhere: Tables | None = None

    @property
    def names(self) -> set[str]:
        """Return the names of all models."""
        return set(self.models)

    def section(self, name: str, elsewhere: Tables | None = None) -> str:
        """Return what a model is, and its table; models that stand `elsewhere` are linked there."""
        self._elsewhere = elsewhere or self._elsewhere
        schema = self.models[name]
        rows = [
            self._row(key, field, must=key in schema.get("required", ()))
            for key, field in sorted(schema["properties"].items(), key=_is_vocabulary)
        ]
        told = any("description" in field for field in schema["properties"].values())
        if not told:
            rows = [row.replace("|  |", "|", 1) for row in rows]
        return f"{schema['description']}\n\n{HEAD if told else PLAIN_HEAD}{''.join(rows)}"

    def others(self, without: set[str]) -> Iterator[str]:
        """Yield the sections of all models but the root and those that stand elsewhere."""
        for name in sorted(self.names - without - {self.root}):
            yield f"\n### {name}\n\n{self.section(name)}"

    def _row(self, key: str, field: dict[str, Any], *, must: bool) -> str:
        words = (field.get("description", ""), self._values(field), _default(field, must=must))
        return f"| `{key}` | {' | '.join(map(in_cell, words))} |\n"

    def _values(self, field: dict[str, Any]) -> str:
        if "$ref" in field:
            return self._link(field["$ref"].rpartition("/")[2])
        if "anyOf" in field:
            kinds = [kind for kind in field["anyOf"] if kind.get("type") != "null"]
            return ", or ".join(map(self._values, kinds))
        if "enum" in field or "const" in field:
            return ", ".join(f"`{value}`" for value in field.get("enum", [field.get("const")]))
        if field.get("type") == "array":
            return _limited(f"a list: {self._values(field['items'])}", field, "Items")
        if field.get("type") == "object":
            inner = field.get("additionalProperties")
            return f"a table: {self._values(inner)}" if isinstance(inner, dict) else "a table"
        return _plain(field)

    def _link(self, name: str) -> str:
        there = self._elsewhere
        if there and name in there.names:
            return f"[{name}]({there.page}#{name.lower()})"
        return f"[{name}](#{name.lower()})"


def _is_vocabulary(item: tuple[str, object]) -> bool:
    return item[0] in {**ShowVocabulary.model_fields, **EpisodeVocabulary.model_fields}


def _plain(field: dict[str, Any]) -> str:
    kind = field.get("type", "anything")
    if kind == "boolean":
        return "`true`, `false`"
    if kind in ("integer", "number"):
        return _between("a whole number" if kind == "integer" else "a number", field)
    if "pattern" in field:
        return _limited(PATTERNS.get(field["pattern"], f"`{field['pattern']}`"), field, "Length")
    return _limited(FORMATS.get(field.get("format", ""), "text"), field, "Length")


def _between(words: str, field: dict[str, Any]) -> str:
    least, most = field.get("minimum"), field.get("maximum")
    if "exclusiveMinimum" in field:
        words += f" above {_figure(field['exclusiveMinimum'])}"
    if least is not None and most is not None:
        return f"{words}, {_figure(least)} to {_figure(most)}"
    if least is not None:
        return f"{words}, {_figure(least)} or more"
    return words if most is None else f"{words}, at most {_figure(most)}"


def _limited(words: str, field: dict[str, Any], what: str) -> str:
    most = field.get(f"max{what}")
    unit = "characters" if what == "Length" else "of them"
    return f"{words}; at most {most} {unit}" if most else words


def _figure(value: float) -> str:
    return f"{value:.10g}".replace("-", "−")


def _default(field: dict[str, Any], *, must: bool) -> str:
    if must:
        return "must be given"
    value = field.get("default")
    if value is None or value in ([], {}, ""):
        return "–"
    return "as below" if isinstance(value, dict) else f"`{json.dumps(value, ensure_ascii=False)}`"
