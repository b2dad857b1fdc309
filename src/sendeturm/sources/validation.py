"""What pydantic finds wrong with a person's values, in codes with plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from sendeturm.errors import Param, Place, Problem
from sendeturm.sources.toml import Loc, line_of
from sendeturm.text.cleaning import clean, printable

Made = TypeVar("Made", bound=BaseModel)

_KINDS = (
    (r"missing", "sources.missing"),
    (r"string_too_short", "sources.empty"),
    (r"too_short", "sources.empty-list"),
    (r"too_long", "sources.many"),
    (r"string_too_long", "sources.long"),
    (r"greater_than.*", "sources.small"),
    (r"less_than.*", "sources.large"),
    (r"literal_error", "sources.not-one-of"),
    (r"uuid_.*", "sources.not-id"),
    (r"string_.*", "sources.not-text"),
    (r"int_.*", "sources.not-whole-number"),
    (r"float_.*|finite_number", "sources.not-number"),
    (r"bool_.*", "sources.not-true-or-false"),
    (r"tuple_type|list_type", "sources.not-list"),
    (r"model_.*|dict_type", "sources.not-table"),
)
_PATTERNS = {
    "email": "sources.not-email",
    "owner_email": "sources.not-email",
    "language": "sources.not-language",
    "slug": "sources.not-slug",
    "link": "sources.not-address",
    "address": "sources.not-address",
    "endpoint": "sources.not-address",
    "url": "sources.not-address",
    "feed_url": "sources.not-address",
    "former_feeds": "sources.not-address",
    "account_url": "sources.not-address",
    "hub": "sources.not-address",
    "new_feed_url": "sources.not-address",
    "geo": "sources.not-geo",
    "osm": "sources.not-osm",
    "country": "sources.not-country",
    "rrule": "sources.not-rrule",
    "server": "sources.not-server",
    "block": "sources.not-service",
}
_VERBATIM = "guid"  # imported ones must stay as they are, accents included
_XML = "other_tags"  # read as XML, which refuses what it cannot carry


@dataclass(frozen=True, slots=True)
class Written:
    """A stretch of TOML in `file` that begins after `line_offset` lines of it."""

    file: str
    text: str
    line_offset: int = 0

    def line_of(self, loc: Loc) -> int | None:
        """Return the line of the file on which the value at `loc` stands."""
        line = line_of(self.text, loc)
        return None if line is None else line + self.line_offset

    def problem(self, code: str, loc: Loc, **params: Param) -> Problem:
        """Return a problem of the value at `loc`; its name is the parameter `name`."""
        keys = [str(part) for part in loc if isinstance(part, str)]
        place = Place(self.file, self.line_of(loc), ".".join(keys))
        return Problem(code, {"name": keys[-1], **params}, place)


def cleaned(values: Any) -> Any:
    """Return `values` with all text in them fit for feeds and pages."""
    if isinstance(values, str):
        return clean(values)
    if isinstance(values, list):
        return [cleaned(value) for value in values]
    if isinstance(values, dict):
        return {key: _cleaned_at(key, value) for key, value in values.items()}
    return values


def _cleaned_at(key: str, value: Any) -> Any:
    if key == _VERBATIM and isinstance(value, str):
        return printable(value)
    return value if key == _XML else cleaned(value)


def validated(
    model: type[Made], values: Mapping[str, Any], written: Written
) -> tuple[Made | None, list[Problem]]:
    """Return `values` as `model`, or None and all that is wrong with them."""
    try:
        return model.model_validate(values, extra="forbid"), []
    except ValidationError as error:
        return None, [_worded(model, written, found) for found in error.errors()]


def _worded(model: type[BaseModel], written: Written, found: ErrorDetails) -> Problem:
    if found["type"] == "extra_forbidden":
        return _unknown_key(model, written, found["loc"])
    return written.problem(_code(found), found["loc"], **_params(found))


def _code(found: ErrorDetails) -> str:
    name = next((part for part in reversed(found["loc"]) if isinstance(part, str)), "")
    kind = found["type"]
    if kind.startswith("sources."):  # one of our own models says so
        return kind
    if name == "id" and kind == "missing":
        return "sources.no-show-id"
    if kind == "string_pattern_mismatch":
        return _PATTERNS.get(name, "sources.invalid")
    matching = (code for pattern, code in _KINDS if re.fullmatch(pattern, kind))
    return next(matching, "sources.invalid")


def _params(found: ErrorDetails) -> dict[str, Param]:
    limits = found.get("ctx", {})
    bounds = (limits.get(name) for name in ("ge", "gt", "le", "lt", "max_length"))
    bound = next((bound for bound in bounds if bound is not None), None)
    choices = ", ".join(re.findall(r"'([^']*)'", str(limits.get("expected", ""))))
    value = found["input"] if isinstance(found["input"], str | int | float) else ""
    bound = f"{bound:g}" if isinstance(bound, float) else bound
    near = str(limits.get("near", ""))
    return {
        "near": near,
        "value": value,
        "bound": bound,
        "choices": choices,
        "reason": found["msg"],
    }


def _unknown_key(model: type[BaseModel], written: Written, loc: Loc) -> Problem:
    """Return the problem of a key that is not known, with the one that is probably meant."""
    name, known = str(loc[-1]), _keys_at(model, loc[:-1])
    if near := get_close_matches(name.lower(), known, 1, 0.6):
        return written.problem("sources.unknown-key-near", loc, near=near[0])
    for table, keys in _tables(model):
        if name in keys:
            return written.problem("sources.misplaced-key", loc, table=table)
    return written.problem("sources.unknown-key", loc, known=", ".join(known))


def _keys_at(model: type[BaseModel], loc: Loc) -> list[str]:
    for part in loc:
        if isinstance(part, str):
            model = next(_models_in(model.model_fields[part].annotation))
    return _names(model)


def _names(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


def _tables(model: type[BaseModel]) -> Iterator[tuple[str, list[str]]]:
    for name, field in model.model_fields.items():
        for inner in _models_in(field.annotation):
            yield name, _names(inner)


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)
