"""Settings from a feed that do not fit the model are left out one by one, and told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from sendeturm.importing.taking import Taker


def fitting(model: type[BaseModel], values: Mapping[str, Any], taker: Taker) -> dict[str, Any]:
    """Return those of `values` that `model` takes; None and empty ones are no values.

    Of a list only what does not fit is left out.
    """
    kept = {name: value for name, value in values.items() if value not in (None, "", [], {}, ())}
    while wrong := _wrong(model, kept):
        for loc in sorted(wrong, key=_last_first, reverse=True):
            taker.left_out(loc[0], str(_without(kept, loc)))
        kept = {name: value for name, value in kept.items() if value not in ([], {})}
    return kept


def _wrong(model: type[BaseModel], values: Mapping[str, Any]) -> set[tuple[Any, ...]]:
    """Return where values do not fit: a key, or a key and the place in its list."""
    try:
        model.model_validate(values)
    except ValidationError as error:
        found = (one["loc"] for one in error.errors() if one["loc"] and one["loc"][0] in values)
        return {loc[:2] if isinstance(values[str(loc[0])], list) else loc[:1] for loc in found}
    return set()


def _last_first(loc: tuple[Any, ...]) -> tuple[str, int]:
    return (loc[0], loc[1] if len(loc) > 1 and isinstance(loc[1], int) else 0)


def _without(values: dict[str, Any], loc: tuple[Any, ...]) -> Any:
    """Take a value out, and return it."""
    if len(loc) == 1 or not isinstance(loc[1], int):
        return values.pop(loc[0])
    kept = list(values[loc[0]])
    gone = kept.pop(loc[1])
    values[loc[0]] = kept
    return gone
