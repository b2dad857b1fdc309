"""HTTP out: fetching what nobody vouches for, and short calls, both within limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sendeturm.late import late

if TYPE_CHECKING:
    from sendeturm.web.fetching import Fetched, Limits, fetch

__all__ = ["Fetched", "Limits", "fetch"]

__getattr__ = late(
    __name__,
    {
        "Fetched": "fetching",
        "Limits": "fetching",
        "fetch": "fetching",
    },
)
