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
    from sendeturm.rss.reading import moment, read_feed
    from sendeturm.rss.whole import OtherTag, Part, WholeFeed, read_whole

__all__ = [
    "Feed",
    "FeedChanges",
    "Item",
    "ItemChange",
    "OtherTag",
    "Part",
    "TagChange",
    "WholeFeed",
    "compare_feeds",
    "moment",
    "open_feed",
    "read_feed",
    "read_whole",
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
        "moment": "reading",
        "OtherTag": "whole",
        "Part": "whole",
        "WholeFeed": "whole",
        "read_whole": "whole",
    },
)
