"""Problems as values: a code with parameters, worded only where a person reads it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

Param = str | int | float | None
"""What a message's placeholder may hold."""


class Severity(StrEnum):
    """How much a problem weighs: an error stops, a warning is told, a note is for the curious."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a problem is: `file` as the person would write it, 1-based `line`, dotted `key`."""

    file: str | None = None
    line: int | None = None
    key: str | None = None


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, as a message code (`room.what`) and its parameters.

    `code` must have a wording in `sendeturm.i18n.wordings`; a test holds that.
    """

    code: str
    params: Mapping[str, Param] = field(default_factory=dict)
    place: Place = NOWHERE
    severity: Severity = Severity.ERROR

    def __post_init__(self) -> None:
        """Freeze the parameters."""
        object.__setattr__(self, "params", MappingProxyType(dict(self.params)))

    def __reduce__(self) -> tuple[object, ...]:
        """Travel between processes: a mapping proxy cannot be pickled as it is."""
        return (Problem, (self.code, dict(self.params), self.place, self.severity))


def problem(
    code: str,
    *,
    file: object = None,
    line: int | None = None,
    key: str | None = None,
    severity: Severity = Severity.ERROR,
    **params: Param,
) -> Problem:
    """Make a `Problem`; `file` may be a path, the other keywords are the message's parameters."""
    place = Place(None if file is None else str(file), line, key)
    return Problem(code, params, place, severity)


class SendeturmError(Exception):
    """Something the person can mend: one or more problems, all of them at once."""

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        """Carry `problems`, a single one or several."""
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("; ".join(p.code for p in self.problems))

    def __reduce__(self) -> tuple[object, ...]:
        """Travel between processes."""
        return (SendeturmError, (self.problems,))


def fail(
    code: str,
    *,
    file: object = None,
    line: int | None = None,
    key: str | None = None,
    **params: Param,
) -> SendeturmError:
    """Make the error of a single problem, to be raised by the caller."""
    place = Place(None if file is None else str(file), line, key)
    return SendeturmError(Problem(code, params, place))
