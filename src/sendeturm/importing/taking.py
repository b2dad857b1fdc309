"""Values from a feed are taken if they fit the show's vocabulary, and told if they do not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ValidationError

from sendeturm.errors import Param, Place, Problem, Severity
from sendeturm.text.cleaning import clean

ELLIPSIS = "…"
LONGEST_SHOWN = 80


@dataclass
class Taker:
    """Takes values for one show or episode; `file` names it in `problems`."""

    file: str
    problems: list[Problem] = field(default_factory=list)

    def tell(
        self, code: str, severity: Severity = Severity.WARNING, key: str | None = None, **say: Param
    ) -> None:
        """Remember that something is not as it was."""
        self.problems.append(Problem(code, say, Place(self.file, key=key), severity))

    def made(self, tag: str, model: type[BaseModel], values: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a tag says as settings; empty, and told, if it says nothing that fits."""
        given = {name: value for name, value in values.items() if value not in ("", None)}
        try:
            made = model.model_validate(given)
        except ValidationError as error:
            near = _near(error)
            if near and near != given.get("role"):
                self.tell("importing.role", tag=tag, value=str(given.get("role")), near=near)
                return self.made(tag, model, given | {"role": near})
            self.left_out(tag, " ".join(str(value) for value in given.values()))
            return {}
        return made.model_dump(exclude_none=True, exclude_unset=True)

    def left_out(self, tag: str, value: str) -> None:
        """Remember that a tag says something that fits nowhere here."""
        self.tell("importing.left-out", tag=tag, value=cut(value, LONGEST_SHOWN))


def one_line(text: str) -> str:
    """Return `text` cleaned and on one line."""
    return " ".join(clean(text).split())


def cut(text: str, most: int) -> str:
    """Return `text` with at most so many characters, cut at a word's end where there is one."""
    if len(text) <= most:
        return text
    short = text[: most - 1]
    whole = short.rpartition(" ")[0] if not text[most - 1].isspace() else short
    return (whole if len(whole) > most // 2 else short).rstrip() + ELLIPSIS


def _near(error: ValidationError) -> str:
    """Return the role that is probably meant by one that nobody knows; empty for other errors."""
    found = [one for one in error.errors() if one["type"] == "sources.not-a-role"]
    return str(found[0].get("ctx", {}).get("near", "guest")) if found else ""
