"""Values of podcasting's own vocabulary become elements, in a channel or in an item.

Source: https://github.com/Podcastindex-org/podcast-namespace/tree/main/docs/tags
"""

from __future__ import annotations

from collections.abc import Iterable
from email.utils import format_datetime

from lxml import etree

from sendeturm.feed.namespaces import PODCAST, add
from sendeturm.model import ImageFacts, Person, Record, ShowFacts, ShowRecord
from sendeturm.model.addresses import ascii_url, media_url
from sendeturm.model.vocabulary import License, Location, RemoteShow, Shared, SocialPost, Soundbite

ALL = "all"
AI_CONTENT = "ai-content"


def add_shared(parent: etree._Element, told: Shared) -> None:
    """Add what a show and an episode can both say."""
    for location in told.locations:
        _add_location(parent, location)
    if told.license is not None:
        _add_license(parent, told.license)
    for post in told.social:
        _add_post(parent, post)
    if told.chat is not None:
        chat = told.chat
        attributes = {"protocol": chat.protocol, "accountId": chat.account, "space": chat.space}
        add(parent, PODCAST, "chat", server=chat.server, **attributes)
    for line in told.txt:
        add(parent, PODCAST, "txt", line.text, purpose=line.purpose)
    if told.ai_content is not None:
        words = "true" if told.ai_content else "false"
        add(parent, PODCAST, "txt", words, purpose=AI_CONTENT)


def add_people(parent: etree._Element, people: Iterable[Person]) -> None:
    """Add those who take part."""
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


def add_image(parent: etree._Element, show: ShowRecord, image: ImageFacts, alt: str | None) -> None:
    """Add a cover with its words and measures; it is square."""
    measures = {"aspect-ratio": "1/1", "width": str(image.width_px), "type": image.type}
    url = media_url(show, image.key)
    add(parent, PODCAST, "image", href=url, alt=alt, purpose="artwork", **measures)


def add_funding(channel: etree._Element, facts: ShowFacts) -> None:
    """Add the places where listeners can support the show."""
    for funding in facts.funding:
        add(channel, PODCAST, "funding", funding.text, url=ascii_url(funding.url))


def add_podroll(channel: etree._Element, shows: Iterable[RemoteShow]) -> None:
    """Add the shows that are recommended, if there are any."""
    listed = list(shows)
    if not listed:
        return
    podroll = add(channel, PODCAST, "podroll")
    for other in listed:
        url = other.feed_url and ascii_url(other.feed_url)
        named = {"feedUrl": url, "medium": other.medium, "title": other.title}
        add(podroll, PODCAST, "remoteItem", feedGuid=str(other.feed_guid), **named)


def add_blocks(channel: etree._Element, services: Iterable[str]) -> None:
    """Add who must not list the show; `all` is everybody."""
    for service in services:
        add(channel, PODCAST, "block", "yes", id=None if service == ALL else service)


def add_trailers(channel: etree._Element, show: ShowRecord, on_air: Iterable[Record]) -> None:
    """Add every trailer on the air, the newest first: episodes of the type `trailer`."""
    for record in on_air:
        facts, enclosure = record.facts, record.enclosure
        if facts.type == "trailer" and enclosure is not None:
            add(
                channel,
                PODCAST,
                "trailer",
                facts.title,
                pubdate=format_datetime(facts.published_at),
                url=media_url(show, enclosure.key),
                length=str(enclosure.size_bytes),
                type=bare_type(enclosure.type),
                season=str(facts.season) if facts.season else None,
            )


def add_place_in_show(item: etree._Element, show: ShowFacts, record: Record) -> None:
    """Add the season with its name, and the number with what is shown for it."""
    facts = record.facts
    if facts.season is not None:
        name = show.seasons.get(facts.season)
        add(item, PODCAST, "season", str(facts.season), name=name)
    if facts.number is not None:
        add(item, PODCAST, "episode", str(facts.number), display=facts.number_shown)


def add_soundbites(item: etree._Element, soundbites: Iterable[Soundbite]) -> None:
    """Add the short stretches that stand for the episode."""
    for bite in soundbites:
        times = {"startTime": f"{bite.start_s:.3f}", "duration": f"{bite.duration_s:.3f}"}
        add(item, PODCAST, "soundbite", bite.title or None, **times)


def bare_type(content_type: str) -> str:
    """Return a Content-Type without its parameters: what feeds name."""
    return content_type.partition(";")[0].strip()


def _add_location(parent: etree._Element, location: Location) -> None:
    geo = location.geo and f"geo:{location.geo.removeprefix('geo:')}"
    country = location.country and location.country.lower()
    attributes = {"geo": geo, "osm": location.osm, "country": country}
    add(parent, PODCAST, "location", location.name, rel=location.rel, **attributes)


def _add_license(parent: etree._Element, terms: License) -> None:
    name = terms.name if terms.url else terms.name.lower()
    add(parent, PODCAST, "license", name, url=terms.url and ascii_url(terms.url))


def _add_post(parent: etree._Element, post: SocialPost) -> None:
    if post.protocol == "disabled":
        add(parent, PODCAST, "socialInteract", protocol=post.protocol)
        return
    attributes = {
        "uri": post.url and ascii_url(post.url),
        "accountId": post.account,
        "accountUrl": post.account_url and ascii_url(post.account_url),
        "priority": None if post.priority is None else str(post.priority),
    }
    add(parent, PODCAST, "socialInteract", protocol=post.protocol, **attributes)
