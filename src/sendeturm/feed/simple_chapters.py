"""Podlove Simple Chapters in the feed: what German apps and players read.

Source: https://podlove.org/simple-chapters/
"""

from __future__ import annotations

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from lxml import etree

from sendeturm.feed.namespaces import PSC, add
from sendeturm.model import Record, ShowRecord
from sendeturm.model.addresses import ascii_url, picture_url
from sendeturm.units import timecode_from_ms

VERSION = "1.2"


class SimpleChannel(BaseExtension):  # type: ignore[misc]  # feedgen has no types
    """The channel's part: the prefix alone."""

    def extend_ns(self) -> dict[str, str]:
        """Return the prefix and its namespace."""
        return {"psc": PSC}


class SimpleItem(BaseEntryExtension):  # type: ignore[misc]  # feedgen has no types
    """An episode's `<psc:chapters>`; set `show` and `record` before rendering."""

    show: ShowRecord
    record: Record

    def extend_rss(self, item: etree._Element) -> etree._Element:
        """Add the listed chapters to `item`, with links and pictures."""
        listed = [chapter for chapter in self.record.facts.chapters if not chapter.is_hidden]
        if listed:
            parent = add(item, PSC, "chapters", version=VERSION)
        for chapter in listed:
            add(
                parent,
                PSC,
                "chapter",
                start=timecode_from_ms(chapter.start_ms),
                title=chapter.title,
                href=chapter.url and ascii_url(chapter.url),
                image=chapter.image and picture_url(self.show, chapter.image),
            )
        return item
