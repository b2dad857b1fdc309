"""Any podcast's feed as values: ours, a stranger's, well-formed or not.

lxml is loaded when a feed is read, not before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sendeturm.late import late
from sendeturm.rss.values import Feed, Item

if TYPE_CHECKING:
    from sendeturm.rss.comparing import FeedChanges, ItemChange, TagChange, compare_feeds
    from sendeturm.rss.opening import open_feed
    from sendeturm.rss.reading import read_feed

__all__ = [
    "Feed",
    "FeedChanges",
    "Item",
    "ItemChange",
    "TagChange",
    "compare_feeds",
    "open_feed",
    "read_feed",
]

__getattr__ = late(
    __name__,
    {
        "FeedChanges": "comparing",
        "ItemChange": "comparing",
        "TagChange": "comparing",
        "compare_feeds": "comparing",
        "open_feed": "opening",
        "read_feed": "reading",
    },
)
