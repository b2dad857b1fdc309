"""Podcasting 2.0's tags (the podcast: namespace).

Source: https://github.com/Podcastindex-org/podcast-namespace/tree/main/docs/tags
"""

from __future__ import annotations

from collections.abc import Iterable

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from lxml import etree

from sendeturm.feed.namespaces import PODCAST, add
from sendeturm.model import Person, Record, ShowRecord
from sendeturm.model.addresses import ascii_url, media_url

CHAPTERS_TYPE = "application/json+chapters"


class PodcastingChannel(BaseExtension):  # type: ignore[misc]  # feedgen has no types
    """The show's podcast: tags; set `show` before rendering."""

    show: ShowRecord

    def extend_ns(self) -> dict[str, str]:
        """Return the prefix and its namespace."""
        return {"podcast": PODCAST}

    def extend_rss(self, feed: etree._Element) -> etree._Element:
        """Add the tags to the channel of `feed` (the rss element)."""
        channel, facts = feed[0], self.show.facts
        if self.show.podcast_guid is not None:
            add(channel, PODCAST, "guid", str(self.show.podcast_guid))
        add(channel, PODCAST, "locked", "yes" if facts.locked else "no", owner=facts.email)
        _add_people(channel, facts.people)
        return feed


class PodcastingItem(BaseEntryExtension):  # type: ignore[misc]  # feedgen has no types
    """An episode's podcast: tags; set `show` and `record` before rendering."""

    show: ShowRecord
    record: Record

    def extend_rss(self, item: etree._Element) -> etree._Element:
        """Add the tags to `item`."""
        for transcript in self.record.transcripts:
            add(
                item,
                PODCAST,
                "transcript",
                url=media_url(self.show, transcript.key),
                type=bare_type(transcript.type),
                language=transcript.language or None,
            )
        if self.record.chapters is not None:
            chapters_url = media_url(self.show, self.record.chapters.key)
            add(item, PODCAST, "chapters", url=chapters_url, type=CHAPTERS_TYPE)
        _add_people(item, everybody(self.show.facts.people, self.record.facts.people))
        return item


def bare_type(content_type: str) -> str:
    """Return a Content-Type without its parameters: what feeds name."""
    return content_type.partition(";")[0].strip()


def everybody(of_show: Iterable[Person], of_episode: Iterable[Person]) -> list[Person]:
    """Return who takes part in an episode: nobody if nobody was named beside the show's people.

    Apps replace the channel's people by the item's, so the show's are named again there; one
    who is named for the episode appears as there, not twice.
    """
    guests = list(of_episode)
    names = {person.name.casefold() for person in guests}
    return [p for p in of_show if p.name.casefold() not in names] + guests if guests else []


def _add_people(parent: etree._Element, people: Iterable[Person]) -> None:
    for person in people:
        add(
            parent,
            PODCAST,
            "person",
            person.name,
            role=person.role,
            group=person.group,
            img=person.image and ascii_url(person.image),
            href=person.url and ascii_url(person.url),
        )
