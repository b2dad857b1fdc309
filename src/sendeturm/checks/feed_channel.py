"""Rules about a feed's channel: what Apple and PSP-1 require of a show."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sendeturm.checks.categories import CATEGORIES, is_category, nearest_category
from sendeturm.checks.html import html_faults, listed
from sendeturm.checks.languages import is_language, meant_language
from sendeturm.checks.spots import Spot
from sendeturm.checks.values import date_fault, is_absolute, path_ending, right_weekday
from sendeturm.errors import Problem
from sendeturm.model import Element

DESCRIPTION_BYTES = 4000
PICTURES: Final = (".jpg", ".jpeg", ".png")
TRUE_OR_FALSE: Final = ("true", "false")
TYPES: Final = ("episodic", "serial")


def check_channel(spot: Spot, address: str) -> Iterator[Problem]:
    """Yield what is wrong with the show; `address` is where its feed was found, if known."""
    yield from spot.missing("SND411", "title")
    yield from spot.missing("SND412", "description", "itunes:summary")
    yield from spot.missing("SND417", "language")
    yield from spot.missing("SND421", "itunes:explicit")
    yield from spot.missing("SND423", "link")
    yield from spot.missing("SND426", "itunes:author")
    yield from check_description(spot)
    yield from check_explicit(spot)
    yield from _image(spot)
    yield from _language(spot)
    yield from _categories(spot)
    yield from _self(spot, address)
    yield from _status(spot)
    for name in ("pubDate", "lastBuildDate"):
        yield from check_date(spot, name)


def check_description(spot: Spot) -> Iterator[Problem]:
    """Yield what is wrong with the words about a show or an episode."""
    for name in ("description", "itunes:summary", "content:encoded"):
        element = spot.element.first(name)
        if element is None:
            continue
        size_bytes = len(element.text.encode(errors="replace"))
        if size_bytes > DESCRIPTION_BYTES and name != "content:encoded":
            yield spot.tell("SND413", element, size=size_bytes)
        if element.children:
            yield spot.tell("SND527", element, markup=f"<{element.children[0].name}>")
        yield from _html(spot, element)


def _html(spot: Spot, element: Element) -> Iterator[Problem]:
    faults = html_faults(element.text)
    if faults.unbalanced:
        yield spot.tell("SND528", element, markup=listed(faults.unbalanced))
    if faults.active:
        yield spot.tell("SND529", element, markup=listed(faults.active))
    if faults.unknown:
        yield spot.tell("SND530", element, markup=listed(faults.unknown))
    if faults.relative:
        yield spot.tell("SND531", element, url=listed(faults.relative))


def check_explicit(spot: Spot) -> Iterator[Problem]:
    """Yield if itunes:explicit says anything but true or false."""
    element = spot.element.first("itunes:explicit")
    if element and element.text and element.text.lower() not in TRUE_OR_FALSE:
        yield spot.tell("SND422", element, value=element.text)


def check_image(spot: Spot, element: Element) -> Iterator[Problem]:
    """Yield what is wrong with a picture's address (itunes:image)."""
    url = element.get("href")
    if not is_absolute(url):
        yield spot.tell("SND415", element, url=url)
    elif path_ending(url) not in PICTURES:
        yield spot.tell("SND416", element, url=url)


def check_date(spot: Spot, name: str) -> Iterator[Problem]:
    """Yield what is wrong with a date, if there is one."""
    element = spot.element.first(name)
    if element is None or not element.text:
        return
    fault = date_fault(element.text)
    if fault == "form":
        yield spot.tell("SND513", element, value=element.text)
    elif fault == "zone":
        yield spot.tell("SND514", element, value=element.text)
    elif fault == "weekday":
        yield spot.tell("SND515", element, value=element.text, right=right_weekday(element.text))


def _image(spot: Spot) -> Iterator[Problem]:
    element = spot.element.first("itunes:image")
    if element is None or not element.get("href"):
        yield spot.tell("SND414")
    else:
        yield from check_image(spot, element)


def _language(spot: Spot) -> Iterator[Problem]:
    element = spot.element.first("language")
    if element and element.text and not is_language(element.text.lower()):
        nearest = meant_language(element.text.lower()) or "de, en, fr …"
        yield spot.tell("SND418", element, language=element.text, nearest=nearest)


def _categories(spot: Spot) -> Iterator[Problem]:
    main = list(spot.element.all("itunes:category"))
    if not main:
        yield spot.tell("SND419")
    for element in main:
        inner = [f"{element.get('text')} > {sub.get('text')}" for sub in element.children]
        for name in inner or [element.get("text")]:
            if not is_category(name):
                nearest = nearest_category(name) or ", ".join(CATEGORIES)
                yield spot.tell("SND420", element, category=name, nearest=nearest)


def _self(spot: Spot, address: str) -> Iterator[Problem]:
    links = [e for e in spot.element.all("atom:link") if e.get("rel") == "self"]
    if not links:
        yield spot.tell("SND424")
    elif address and not any(_same(link.get("href"), address) for link in links):
        yield spot.tell("SND425", links[0], url=links[0].get("href"), address=address)


def _same(one: str, other: str) -> bool:
    return one.partition("://")[2].rstrip("/") == other.partition("://")[2].rstrip("/")


def _status(spot: Spot) -> Iterator[Problem]:
    kind = spot.element.first("itunes:type")
    if kind and kind.text.lower() not in TYPES:
        yield spot.tell("SND427", kind, value=kind.text)
    if owner := spot.element.first("itunes:owner"):
        yield spot.tell("SND428", owner)
    moved = spot.element.first("itunes:new-feed-url")
    if moved and not is_absolute(moved.text):
        yield spot.tell("SND429", moved, url=moved.text)
    if spot.element.words("itunes:block").lower() == "yes":
        yield spot.tell("SND430", spot.element.first("itunes:block"))
