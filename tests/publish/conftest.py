"""What takes its time and is shown in `tests/pictures/` is done once for all publications here."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import pytest

from sendeturm.pictures import cards, covers, smaller

_drawn_once = lru_cache(maxsize=256)
DRAWING = (
    (cards, "draw_card", _drawn_once(cards.draw_card)),
    (covers, "small_cover", _drawn_once(covers.small_cover)),
    (smaller, "page_cover", _drawn_once(smaller.page_cover)),
    (smaller, "icon", _drawn_once(smaller.icon)),
)
"""Each is a function of a picture's bytes and of words alone, and what it gives is frozen."""


@pytest.fixture(autouse=True, scope="session")
def _pictures_drawn_once() -> Iterator[None]:
    """Draw no picture twice; the same covers and titles come again in hundreds of shows."""
    with pytest.MonkeyPatch.context() as patched:
        for room, name, drawn in DRAWING:
            patched.setattr(room, name, drawn)
        yield
