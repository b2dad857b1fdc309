"""Podcasting's own tags (podcast:) in a channel or an item, as settings.

Source: https://github.com/Podcastindex-org/podcast-namespace/tree/main/docs/tags
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from pydantic import BaseModel

from sendeturm.importing.taking import Taker, cut, one_line
from sendeturm.model import Element, Person
from sendeturm.model.taxonomy import group_of
from sendeturm.model.vocabulary import (
    Chat,
    Funding,
    License,
    Location,
    RemoteShow,
    SocialPost,
    Soundbite,
    Txt,
    UpdateFrequency,
)

NAME_CHARS = 128
AI_CONTENT = "ai-content"
Values = dict[str, Any]


def shared(node: Element, taker: Taker) -> Values:
    """Return what a show and an episode can both say."""
    licenses = _all(node, "podcast:license", License, _license, taker)
    chats = _all(node, "podcast:chat", Chat, _chat, taker)
    texts = [one for one in node.all("podcast:txt") if one.get("purpose") != AI_CONTENT]
    return {
        "locations": _all(node, "podcast:location", Location, _location, taker),
        "license": licenses[0] if licenses else None,
        "social": _all(node, "podcast:socialInteract", SocialPost, _post, taker),
        "chat": chats[0] if chats else None,
        "txt": _taken(texts, "podcast:txt", Txt, _txt, taker),
        "cover_alt": cut(_cover_alt(node), 500) or None,
        "ai_content": _ai_content(node),
    }


def people(node: Element, taker: Taker) -> list[Values]:
    """Return who takes part, each name and role once."""
    found = _all(node, "podcast:person", Person, _person, taker)
    for one in found:
        if one.get("group") == group_of(one.get("role", "host")):
            one.pop("group")
    return list({(one["name"], one.get("role")): one for one in found}.values())


def funding(node: Element, taker: Taker) -> list[Values]:
    """Return where listeners can support the show."""
    return _all(node, "podcast:funding", Funding, _funding, taker)


def podroll(node: Element, taker: Taker) -> list[Values]:
    """Return the shows that are recommended."""
    rolls = (one for roll in node.all("podcast:podroll") for one in roll.all("podcast:remoteItem"))
    return _taken(rolls, "podcast:remoteItem", RemoteShow, _remote, taker)


def update_frequency(node: Element, taker: Taker) -> Values | None:
    """Return how often new episodes come; that a show is complete is said elsewhere."""
    tags = (tag for tag in node.all("podcast:updateFrequency") if tag.get("complete") != "true")
    found = _taken(tags, "podcast:updateFrequency", UpdateFrequency, _frequency, taker)
    return found[0] if found else None


def soundbites(node: Element, title: str, taker: Taker) -> list[Values]:
    """Return the stretches that stand for the episode called `title`."""
    found = _all(node, "podcast:soundbite", Soundbite, _soundbite, taker)
    return [{k: v for k, v in one.items() if (k, v) != ("title", title)} for one in found]


def _all(
    node: Element, tag: str, model: type[BaseModel], said: Callable[[Element], Values], taker: Taker
) -> list[Values]:
    return _taken(node.all(tag), tag, model, said, taker)


def _taken(
    tags: Iterable[Element],
    name: str,
    model: type[BaseModel],
    said: Callable[[Element], Values],
    taker: Taker,
) -> list[Values]:
    made = (taker.made(name, model, said(tag)) for tag in tags)
    return [one for one in made if one]


def _name(tag: Element) -> str:
    return cut(one_line(tag.text), NAME_CHARS)


def _location(tag: Element) -> Values:
    rel = tag.get("rel")
    return {
        "name": _name(tag),
        "geo": tag.get("geo").removeprefix("geo:"),
        "osm": tag.get("osm"),
        "country": tag.get("country"),
        "rel": rel if rel in {"subject", "creator"} else "",
    }


def _license(tag: Element) -> Values:
    name = _name(tag)
    return {"name": name if tag.get("url") else name.lower().replace(" ", "-")} | _url(tag, "url")


def _post(tag: Element) -> Values:
    return {
        "protocol": tag.get("protocol").lower(),
        "url": tag.get("uri") or tag.text,
        "account": tag.get("accountId"),
        "account_url": tag.get("accountUrl"),
        "priority": tag.get("priority"),
    }


def _chat(tag: Element) -> Values:
    return {
        "server": tag.get("server"),
        "protocol": tag.get("protocol").lower(),
        "account": tag.get("accountId"),
        "space": tag.get("space"),
    }


def _txt(tag: Element) -> Values:
    return {"purpose": tag.get("purpose"), "text": cut(one_line(tag.text), 4000)}


def _person(tag: Element) -> Values:
    role, group = tag.get("role").lower(), tag.get("group").lower()
    said = {"name": _name(tag), "role": role, "url": tag.get("href"), "image": tag.get("img")}
    return said | ({"group": group} if group and role else {})


def _funding(tag: Element) -> Values:
    url = tag.get("url")
    return {"url": url, "text": _name(tag) or re.sub(r"^https?://|/$", "", url)[:NAME_CHARS]}


def _remote(tag: Element) -> Values:
    return {
        "feed_guid": tag.get("feedGuid"),
        "title": tag.get("title"),
        "medium": tag.get("medium"),
    } | _url(tag, "feedUrl", "feed_url")


def _frequency(tag: Element) -> Values:
    start = tag.get("dtstart")[: len("2026-11-21")]
    return {"text": _name(tag), "rrule": tag.get("rrule"), "start": start}


def _soundbite(tag: Element) -> Values:
    return {
        "start_s": tag.get("startTime"),
        "duration_s": tag.get("duration"),
        "title": _name(tag),
    }


def _url(tag: Element, attribute: str, name: str = "url") -> Values:
    return {name: tag.get(attribute)}


def _cover_alt(node: Element) -> str:
    images = (one_line(image.get("alt")) for image in node.all("podcast:image"))
    return next(filter(None, images), "")


def _ai_content(node: Element) -> bool | None:
    words = {"true": True, "yes": True, "false": False, "no": False}
    said = (one for one in node.all("podcast:txt") if one.get("purpose") == AI_CONTENT)
    return next((words[tag.text.lower()] for tag in said if tag.text.lower() in words), None)
