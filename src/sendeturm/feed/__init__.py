"""Records become RSS, by feedgen and what it lacks.

`render_feed` loads feedgen and lxml; a run with nothing to render never pays for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sendeturm.feed.render import render_feed

__all__ = ["render_feed"]


def __getattr__(name: str) -> Any:
    """Load what is heavy when it is asked for (PEP 562)."""
    if name == "render_feed":
        from sendeturm.feed.render import render_feed  # noqa: PLC0415  # that is the point

        return render_feed
    raise AttributeError(name)
