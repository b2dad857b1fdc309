"""Apple's tags, written as Apple asks for them today.

feedgen's own extension knows `yes`/`no`/`clean` where `true`/`false` is asked, drops a cover's
address that does not end in .jpg, and searches categories by XPath.
Source: https://podcasters.apple.com/support/823-podcast-requirements
"""

from __future__ import annotations

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from lxml import etree

from sendeturm.feed.namespaces import ITUNES, add, true_or_false
from sendeturm.feed.vocabulary import ALL
from sendeturm.model import Record, ShowRecord
from sendeturm.model.addresses import ascii_url, media_url
from sendeturm.units import seconds_from_ms


class ItunesChannel(BaseExtension):  # type: ignore[misc]  # feedgen has no types
    """The show's itunes: tags; set `show` before rendering."""

    show: ShowRecord

    def extend_ns(self) -> dict[str, str]:
        """Return the prefix and its namespace."""
        return {"itunes": ITUNES}

    def extend_rss(self, feed: etree._Element) -> etree._Element:
        """Add the tags to the channel of `feed` (the rss element)."""
        channel, facts = feed[0], self.show.facts
        add(channel, ITUNES, "author", facts.author)
        add(channel, ITUNES, "explicit", true_or_false(facts.explicit))
        add(channel, ITUNES, "type", facts.type)
        if facts.owner_email:
            owner = add(channel, ITUNES, "owner")
            add(owner, ITUNES, "name", facts.author)
            add(owner, ITUNES, "email", facts.owner_email)
        if facts.closed:
            add(channel, ITUNES, "complete", "Yes")
        if facts.new_feed_url:
            add(channel, ITUNES, "new-feed-url", ascii_url(facts.new_feed_url))
        if {ALL, "apple"} & set(facts.block):
            add(channel, ITUNES, "block", "Yes")
        if self.show.cover is not None:
            add(channel, ITUNES, "image", href=media_url(self.show, self.show.cover.key))
        for main, subcategories in grouped(facts.categories).items():
            category = add(channel, ITUNES, "category")
            category.set("text", main)
            for subcategory in subcategories:
                add(category, ITUNES, "category").set("text", subcategory)
        return feed


class ItunesItem(BaseEntryExtension):  # type: ignore[misc]  # feedgen has no types
    """An episode's itunes: tags; set `show` and `record` before rendering."""

    show: ShowRecord
    record: Record

    def extend_rss(self, item: etree._Element) -> etree._Element:
        """Add the tags to `item`."""
        facts = self.record.facts
        explicit = self.show.facts.explicit if facts.explicit is None else facts.explicit
        add(item, ITUNES, "explicit", true_or_false(explicit))
        add(item, ITUNES, "episodeType", facts.type)
        if self.record.audio is not None:
            add(item, ITUNES, "duration", str(seconds_from_ms(self.record.audio.duration_ms)))
        if facts.season is not None:
            add(item, ITUNES, "season", str(facts.season))
        if facts.number is not None:
            add(item, ITUNES, "episode", str(facts.number))
        if facts.author:
            add(item, ITUNES, "author", facts.author)
        if self.record.cover is not None:
            add(item, ITUNES, "image", href=media_url(self.show, self.record.cover.key))
        return item


def grouped(categories: tuple[str, ...]) -> dict[str, list[str]]:
    """Return main categories with their subcategories, both in the order of first mention."""
    groups: dict[str, list[str]] = {}
    for category in categories:
        main, _, subcategory = (part.strip() for part in category.partition(">"))
        subcategories = groups.setdefault(main, [])
        if subcategory and subcategory not in subcategories:
            subcategories.append(subcategory)
    return groups
