"""Podcasting 2.0's tags (the podcast: namespace), and the feed's hub.

Source: https://github.com/Podcastindex-org/podcast-namespace/tree/main/docs/tags
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from lxml import etree

from sendeturm.feed.alternates import add_alternates
from sendeturm.feed.frequency import add_frequency
from sendeturm.feed.namespaces import ATOM, PODCAST, add
from sendeturm.feed.vocabulary import (
    AI_CONTENT,
    add_blocks,
    add_funding,
    add_image,
    add_people,
    add_place_in_show,
    add_podroll,
    add_shared,
    add_soundbites,
    add_trailers,
    bare_type,
)
from sendeturm.model import Person, Record, ShowRecord
from sendeturm.model.addresses import ascii_url, media_url

CHAPTERS_TYPE = "application/json+chapters"


class PodcastingChannel(BaseExtension):  # type: ignore[misc]  # feedgen has no types
    """The show's podcast: tags; set `show`, `on_air` and `now` before rendering."""

    show: ShowRecord
    on_air: Sequence[Record]
    now: datetime

    def extend_ns(self) -> dict[str, str]:
        """Return the prefix and its namespace."""
        return {"podcast": PODCAST}

    def extend_rss(self, feed: etree._Element) -> etree._Element:
        """Add the tags to the channel of `feed` (the rss element)."""
        channel, facts = feed[0], self.show.facts
        if facts.hub:
            add(channel, ATOM, "link", href=ascii_url(facts.hub), rel="hub")
        if self.show.podcast_guid is not None:
            add(channel, PODCAST, "guid", str(self.show.podcast_guid))
        add(channel, PODCAST, "locked", "yes" if facts.locked else "no", owner=facts.email)
        add(channel, PODCAST, "medium", facts.medium)
        if self.show.cover is not None:
            add_image(channel, self.show, self.show.cover, facts.cover_alt)
        add_frequency(channel, facts, self.now)
        add_funding(channel, facts)
        add_blocks(channel, facts.block)
        add_shared(channel, facts)
        add_people(channel, facts.people)
        add_podroll(channel, facts.podroll)
        add_trailers(channel, self.show, self.on_air)
        return feed


class PodcastingItem(BaseEntryExtension):  # type: ignore[misc]  # feedgen has no types
    """An episode's podcast: tags; set `show` and `record` before rendering."""

    show: ShowRecord
    record: Record

    def extend_rss(self, item: etree._Element) -> etree._Element:
        """Add the tags to `item`."""
        record = self.record
        self._add_files(item)
        if record.cover is not None:
            add_image(item, self.show, record.cover, record.facts.cover_alt)
        add_place_in_show(item, self.show.facts, record)
        add_soundbites(item, record.facts.soundbites)
        add_shared(item, record.facts)
        add_people(item, everybody(self.show.facts.people, record.facts.people))
        return item

    def _add_files(self, item: etree._Element) -> None:
        for transcript in self.record.transcripts:
            add(
                item,
                PODCAST,
                "transcript",
                url=media_url(self.show, transcript.key),
                type=bare_type(transcript.type),
                language=transcript.language or None,
            )
        for maker in sorted({one.made_by for one in self.record.transcripts if one.made_by}):
            add(item, PODCAST, "txt", f"transcript: {maker}", purpose=AI_CONTENT)
        if self.record.chapters is not None:
            chapters_url = media_url(self.show, self.record.chapters.key)
            add(item, PODCAST, "chapters", url=chapters_url, type=CHAPTERS_TYPE)
        add_alternates(item, self.show, self.record)


def everybody(of_show: Iterable[Person], of_episode: Iterable[Person]) -> list[Person]:
    """Return who takes part in an episode: nobody if nobody was named beside the show's people.

    Apps replace the channel's people by the item's, so the show's are named again there; one
    who is named for the episode appears as there, not twice.
    """
    guests = list(of_episode)
    names = {person.name.casefold() for person in guests}
    return [p for p in of_show if p.name.casefold() not in names] + guests if guests else []
