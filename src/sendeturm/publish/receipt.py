"""The receipt of a show: which servers its listeners' apps and browsers are made to ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sendeturm.model import Record
from sendeturm.model.schedule import due
from sendeturm.publish.site import read_site_files
from sendeturm.publish.situation import Situation
from sendeturm.store.protocol import Store

if TYPE_CHECKING:
    from sendeturm.checks import Hosts

MOST_PAGES = 50
"""Pages of so many episodes, the newest, are looked at; the feed holds the notes of all."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """`own` is the show's server, `foreign` are others asked without a click."""

    own: str
    foreign: tuple[str, ...]
    linked: tuple[str, ...]


def receipt_of(situation: Situation, store: Store) -> Receipt | None:
    """Return the receipt of what is published, None where nothing is."""
    if situation.show is None:
        return None
    show = situation.show.record
    records = list(situation.published.values())
    own = urlsplit(show.address).hostname or ""
    hosts = _hosts_of(situation, store, records, own)
    others = tuple(sorted(hosts.asked - {own}))
    return Receipt(own, others, tuple(sorted(hosts.linked - {own})))


def _hosts_of(situation: Situation, store: Store, records: list[Record], own: str) -> Hosts:
    from sendeturm.checks import (  # noqa: PLC0415  # lxml is heavy
        hosts_of_feed,
        hosts_of_page,
        hosts_of_style,
    )
    from sendeturm.feed import render_feed  # noqa: PLC0415  # feedgen is heavy
    from sendeturm.site import render_site  # noqa: PLC0415  # Jinja2 is heavy

    assert situation.show is not None
    show, now = situation.show.record, situation.now
    newest = due(records, now)[:MOST_PAGES]
    files = read_site_files(store, show.facts.site)
    pages = render_site(show, newest, _NO_CUES, now, own=files)
    hosts = hosts_of_feed(render_feed(show, records, now), own)
    for page in pages.values():
        if page.content_type.startswith("text/html"):
            hosts |= hosts_of_page(page.body, own)
        elif page.content_type.startswith("text/css"):
            hosts |= hosts_of_style(page.body, own)
    return hosts


_NO_CUES: Mapping[str, tuple[()]] = {}
