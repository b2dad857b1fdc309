"""Any podcast's feed as values: ours, a stranger's, well-formed or not.

lxml is loaded when a feed is read, not before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sendeturm.late import late
from sendeturm.rss.values import Feed, Item

if TYPE_CHECKING:
    from sendeturm.rss.reading import read_feed

__all__ = ["Feed", "Item", "read_feed"]

__getattr__ = late(
    __name__,
    {
        "read_feed": "reading",
    },
)
