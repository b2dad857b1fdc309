"""Records become pages: an index and a page per episode, static and in the show's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sendeturm.late import late

if TYPE_CHECKING:
    from sendeturm.site.page import Page
    from sendeturm.site.render import render_site
    from sendeturm.site.words import WORDS

__all__ = ["WORDS", "Page", "render_site"]

__getattr__ = late(
    __name__,
    {
        "Page": "page",
        "WORDS": "words",
        "render_site": "render",
    },
)
