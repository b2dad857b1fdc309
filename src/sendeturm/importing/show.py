"""A channel becomes the settings of a show."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from sendeturm.checks.categories import is_category, nearest_category
from sendeturm.checks.languages import is_language, meant_language
from sendeturm.errors import Severity
from sendeturm.importing import vocabulary
from sendeturm.importing.fitting import fitting
from sendeturm.importing.tags import kept_and_left, squeezed
from sendeturm.importing.taking import Taker, cut, one_line
from sendeturm.importing.values import FoundShow
from sendeturm.model import Element, ShowSettings
from sendeturm.model.addresses import podcast_guid
from sendeturm.rss import Part
from sendeturm.text.cleaning import clean
from sendeturm.text.markdown import is_html
from sendeturm.text.notes import sanitize
from sendeturm.text.plain import plain_text

FEED = "feed"
TITLE_CHARS = 255
DESCRIPTION_CHARS = 4000
YES = frozenset({"yes", "true", "explicit", "1"})
NO = frozenset({"no", "false", "clean", "0"})
_HUBS = ("pubsubhubbub.appspot.com", "switchboard.p3k.io", "websubhub.com")
"""Hubs that serve everybody; others belong to the old host."""
_UNKNOWN_TITLE = "?"


def found_show(part: Part, address: str, language: str) -> FoundShow:
    """Return what a channel says of the show, without its episodes.

    `address` is that of the feed, for the show's identity where it names none; `language` counts
    where the feed says none.
    """
    node, taker = part.element, Taker(FEED)
    settings = _basics(node, taker, language) | _podcasting(node, taker, address)
    said = {squeezed(str(settings[name])) for name in ("title", "description")}
    others, left = kept_and_left(part.others, said, "channel")
    settings["other_tags"] = [tag.xml for tag in others]
    title = settings["title"]
    needed = {"title": _UNKNOWN_TITLE, "description": title, "author": title, "language": language}
    fit = needed | fitting(ShowSettings, settings, taker)
    return FoundShow(
        fit,
        cover_url=cover_url(node),
        lock_owner=_lock_owner(node),
        problems=taker.problems,
        other_names=tuple(dict.fromkeys(tag.name for tag in others)),
        left_names=left,
    )


def cover_url(node: Element) -> str:
    """Return the address of a channel's or an item's picture, empty without one."""
    pictures = [image.get("href") for image in node.all("itunes:image")]
    pictures += [image.words("url") for image in node.all("image")]
    pictures += [image.get("href") for image in node.all("podcast:image")]
    return next(filter(None, pictures), "")


def title_of(node: Element) -> str:
    """Return a title on one line; HTML's entities in it become their signs."""
    titles = (unescape(one_line(node.words(name))) for name in ("title", "itunes:title"))
    return next(filter(None, (one_line(re.sub(r"</?[a-z][^<>]*>", "", t)) for t in titles)), "")


def plain(text: str) -> str:
    """Return prose of a feed without HTML."""
    words = plain_text(sanitize(text)) if is_html(text) else clean(text)
    return words.strip()


def is_explicit(node: Element) -> bool | None:
    """Return whether something is not for children, None where nothing is said."""
    word = node.words("itunes:explicit").lower()
    return True if word in YES else False if word in NO else None


def _basics(node: Element, taker: Taker, language: str) -> dict[str, Any]:
    title = title_of(node) or _UNKNOWN_TITLE
    if len(title) > TITLE_CHARS:
        taker.tell("importing.long-title", title=title)
    author = one_line(_author(node)) or title
    prose = node.words("description") or node.words("itunes:summary")
    return {
        "title": cut(title, TITLE_CHARS),
        "description": cut(plain(prose), DESCRIPTION_CHARS) or title,
        "language": _language(node, taker, language),
        "author": cut(author, TITLE_CHARS),
        "categories": _categories(node, taker),
        "explicit": is_explicit(node) or None,
        "type": "serial" if node.words("itunes:type").lower() == "serial" else None,
        "copyright": cut(one_line(node.words("copyright")), TITLE_CHARS),
        "closed": node.words("itunes:complete").lower() in YES or None,
        "owner_email": _owner(node, "itunes:email"),
    }


def _podcasting(node: Element, taker: Taker, address: str) -> dict[str, Any]:
    return {
        "link": _link(node, address, taker),
        "podcast_guid": _guid(node, address),
        "people": vocabulary.people(node, taker),
        "funding": vocabulary.funding(node, taker),
        "medium": _medium(node),
        "update_frequency": vocabulary.update_frequency(node, taker),
        "podroll": vocabulary.podroll(node, taker),
        "block": _block(node),
        "hub": _hub(node),
    } | vocabulary.shared(node, taker)


def _author(node: Element) -> str:
    names = (node.words(name) for name in ("itunes:author", "dc:creator", "author"))
    editor = re.search(r"\(([^()]+)\)\s*$", node.words("managingEditor"))
    return next(filter(None, [*names, _owner(node, "itunes:name"), editor and editor[1]]), "") or ""


def _owner(node: Element, what: str) -> str:
    owner = node.first("itunes:owner")
    return owner.words(what) if owner else ""


def _language(node: Element, taker: Taker, fallback: str) -> str:
    written = node.words("language")
    code = written.strip().replace("_", "-")
    first, dash, rest = code.partition("-")
    code = first.lower() + dash + rest
    if is_language(code):
        return code
    meant = meant_language(written) if written else None
    taker.tell("importing.language", written=written, language=meant or fallback)
    return meant or fallback


def _categories(node: Element, taker: Taker) -> list[str]:
    found: dict[str, None] = {}
    for category in _written_categories(node):
        known = category if is_category(category) else nearest_category(category)
        if known is None:
            taker.left_out("itunes:category", category)
            continue
        if known != category and known.casefold() != category.casefold():
            taker.tell("importing.category", severity=Severity.NOTE, written=category, known=known)
        found[known] = None
    if not found:
        taker.tell("importing.no-category", key="show.categories")
    return list(found)


def _written_categories(node: Element) -> list[str]:
    written = []
    for category in node.all("itunes:category"):
        main = unescape(category.get("text"))
        inner = [unescape(one.get("text")) for one in category.all("itunes:category")]
        written += [f"{main} > {sub}" for sub in inner] or [main]
    return [category for category in written if category.strip(" >")]


def _link(node: Element, address: str, taker: Taker) -> str | None:
    """Return the show's own page; one at the old host will be gone with it."""
    link = next((tag.text for tag in node.all("link") if tag.text.startswith("http")), "")
    if not link:
        return None
    if _host(link) == _host(address):
        taker.tell("importing.link", severity=Severity.NOTE, key="show.link", link=link)
        return None
    return link


def _host(url: str) -> str:
    """Return an address's host; empty where it is no address at all."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _guid(node: Element, address: str) -> str | None:
    try:
        return str(UUID(node.words("podcast:guid")))
    except ValueError:
        return str(podcast_guid(address)) if address else None


def _medium(node: Element) -> str | None:
    medium = node.words("podcast:medium").lower()
    return medium if medium not in {"", "podcast"} else None


def _block(node: Element) -> list[str]:
    services = [
        tag.get("id").lower() or "all"
        for tag in node.all("podcast:block")
        if tag.text.lower() in YES
    ]
    if node.words("itunes:block").lower() in YES:
        services.append("apple")
    return list(dict.fromkeys(services))


def _hub(node: Element) -> str | None:
    hubs = (link.get("href") for link in node.all("atom:link") if link.get("rel") == "hub")
    return next((hub for hub in hubs if _host(hub) in _HUBS), None)


def _lock_owner(node: Element) -> str | None:
    lock = node.first("podcast:locked")
    return lock.get("owner") if lock and lock.text.lower() in YES else None
