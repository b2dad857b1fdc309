"""Records become pages: an index and a page per episode, static and in the show's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sendeturm.late import late

if TYPE_CHECKING:
    from sendeturm.site.comparing import Comparison, Take, render_comparisons
    from sendeturm.site.layout import check_templates
    from sendeturm.site.page import Page
    from sendeturm.site.render import render_site
    from sendeturm.site.words import WORDS, page_words

__all__ = [
    "WORDS",
    "Comparison",
    "Page",
    "Take",
    "check_templates",
    "page_words",
    "render_comparisons",
    "render_site",
]

__getattr__ = late(
    __name__,
    {
        "Comparison": "comparing",
        "Page": "page",
        "Take": "comparing",
        "WORDS": "words",
        "check_templates": "layout",
        "page_words": "words",
        "render_comparisons": "comparing",
        "render_site": "render",
    },
)
