"""A problem's code and parameters become words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sendeturm.errors import Param
from sendeturm.i18n.language import figure, translate


@dataclass(frozen=True, slots=True)
class Wording:
    """English templates: `what` is wrong and `mend`, how to mend it (may be empty).

    `{lost_s:figure}` is a number as people write it in their language, with one decimal.
    """

    what: str
    mend: str = ""


@dataclass(frozen=True, slots=True)
class Worded:
    """A message as a person reads it."""

    what: str
    mend: str


SYSTEM_REASONS = (
    "No space left on device",
    "Disk quota exceeded",
    "File too large",
    "Permission denied",
    "Operation not permitted",
    "Read-only file system",
    "No such file or directory",
    "Not a directory",
    "Is a directory",
    "Input/output error",
    "Too many open files",
    "File name too long",
)
"""What operating systems say most often; a parameter named `reason` may hold one of them."""


class _Number(float):
    """A number that may stand in a template as a figure of the language in use."""

    language: str | None = None

    def __format__(self, form: str) -> str:
        if form == "figure":
            return figure(self, language=self.language)
        return float(self).__format__(form)


def _number(value: float, language: str | None) -> _Number:
    number = _Number(value)
    number.language = language
    return number


def word(code: str, params: Mapping[str, Param], language: str | None = None) -> Worded:
    """Return the words for `code`, in the language in use unless `language` names one.

    Raises KeyError for a code without a wording (a bug; a test holds that there is none).
    """
    from sendeturm.i18n.wordings import wordings  # noqa: PLC0415  # needed for messages only

    wording = wordings()[code]
    said: dict[str, object] = {
        name: _number(value, language) if isinstance(value, float) else value
        for name, value in params.items()
    }
    if isinstance(reason := said.get("reason"), str):
        said["reason"] = translate(reason, language)
    return Worded(
        translate(wording.what, language).format_map(said),
        translate(wording.mend, language).format_map(said),
    )
