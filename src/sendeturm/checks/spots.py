"""Where in a feed something stands, and how its breaches are told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sendeturm.checks.rules import breach
from sendeturm.errors import Param, Place, Problem
from sendeturm.model import Element

_TITLE_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Spot:
    """The feed's name in messages, whom it is about (an episode's or the show's title), and where.

    `element` is the channel or the item.
    """

    file: str
    subject: str
    element: Element

    def tell(self, code: str, at: Element | None = None, /, **params: Param) -> Problem:
        """Return the breach of a rule, at a child or at the whole."""
        element = at or self.element
        place = Place(self.file, element.line, element.name)
        return breach(code, place, subject=self.subject, tag=element.name, **params)

    def missing(self, code: str, *names: str) -> Iterator[Problem]:
        """Yield a breach if none of the children of these names has words."""
        if not any(child.text for name in names for child in self.element.all(name)):
            yield self.tell(code)


def spot_of(file: str, element: Element, position: int = 0) -> Spot:
    """Return the spot of a channel, or of the item that is `position`th in the feed."""
    title = " ".join((element.words("title") or element.words("guid")).split())
    shown = title if len(title) <= _TITLE_LENGTH else f"{title[: _TITLE_LENGTH - 1]}…"
    return Spot(file, shown or f"#{position}", element)
