"""Records become pages: an index and a page per episode, static and in the show's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sendeturm.site.page import Page
    from sendeturm.site.render import render_site
    from sendeturm.site.words import WORDS

__all__ = ["WORDS", "Page", "render_site"]

_MODULES = {
    "Page": "sendeturm.site.page",
    "WORDS": "sendeturm.site.words",
    "render_site": "sendeturm.site.render",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for: Jinja is not paid for by `--help`."""
    from importlib import import_module  # noqa: PLC0415  # only here

    if name not in _MODULES:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(_MODULES[name]), name)
