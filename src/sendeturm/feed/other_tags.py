"""Tags that sendeturm has no setting for, put into the feed as they came."""

from __future__ import annotations

from collections.abc import Iterable

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from lxml import etree

from sendeturm.model import Record, ShowRecord
from sendeturm.model.other_tags import Place, read_tag


class OtherChannel(BaseExtension):  # type: ignore[misc]  # feedgen has no types
    """The show's other tags; set `show` before rendering."""

    show: ShowRecord

    def extend_rss(self, feed: etree._Element) -> etree._Element:
        """Add the tags to the channel of `feed` (the rss element)."""
        _add(feed[0], self.show.facts.other_tags, "channel")
        return feed


class OtherItem(BaseEntryExtension):  # type: ignore[misc]  # feedgen has no types
    """An episode's other tags; set `record` before rendering if it has any."""

    record: Record | None = None

    def extend_rss(self, item: etree._Element) -> etree._Element:
        """Add the tags to `item`."""
        if self.record is not None:
            _add(item, self.record.facts.other_tags, "item")
        return item


def _add(parent: etree._Element, tags: Iterable[str], place: Place) -> None:
    for xml in tags:
        try:
            parent.append(read_tag(xml, place))
        except ValueError:
            continue  # what was kept before sendeturm wrote it itself would stand twice
