"""Any podcast's feed as values: ours, a stranger's, well-formed or not.

lxml is loaded when a feed is read, not before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sendeturm.rss.values import Feed, Item

if TYPE_CHECKING:
    from sendeturm.rss.reading import read_feed

__all__ = ["Feed", "Item", "read_feed"]


def __getattr__(name: str) -> Any:
    """Load what is heavy when it is asked for (PEP 562)."""
    if name == "read_feed":
        from sendeturm.rss.reading import read_feed  # noqa: PLC0415  # that is the point

        return read_feed
    raise AttributeError(name)
