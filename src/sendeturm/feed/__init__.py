"""Records become RSS, by feedgen and what it lacks.

`render_feed` loads feedgen and lxml; a run with nothing to render never pays for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sendeturm.late import late

if TYPE_CHECKING:
    from sendeturm.feed.render import render_feed

__all__ = ["render_feed"]

__getattr__ = late(
    __name__,
    {
        "render_feed": "render",
    },
)
