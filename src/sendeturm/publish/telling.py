"""Hubs and directories are told that the public feed has changed; that they are is never needed.

Sources: https://www.w3.org/TR/websub/ (a publisher's ping, as hubs take it), and
https://podcastindex-org.github.io/docs-api/#get-/hub/pubnotify
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import quote, urlsplit

from sendeturm.errors import Problem, SendeturmError, Severity
from sendeturm.model import ShowRecord
from sendeturm.model.addresses import feed_url
from sendeturm.publish.rendering import Rendered

PODCAST_INDEX: Final = "https://api.podcastindex.org/api/1.0/hub/pubnotify"
PATIENCE_S: Final = 5.0
_MOST_BYTES = 100_000


@dataclass(frozen=True, slots=True)
class Told:
    """Who was told, by name, and what went wrong, None if nothing did."""

    who: str
    problem: Problem | None = None


def tell_world(rendered: Rendered | None) -> tuple[Told, ...]:
    """Tell those whom the show names that its feed has changed, and return how that went.

    Nobody is told of a feed that is the same as before, that only this computer can read, or that
    asks not to be listed. Raises nothing.
    """
    if rendered is None or rendered.show is None or not _is_worth_telling(rendered):
        return ()
    return tuple(_tell(who, call) for who, call in _listeners(rendered.show))


def is_listed(show: ShowRecord) -> bool:
    """Say whether strangers may hear of the show's address."""
    from sendeturm.checks.show import is_only_here  # noqa: PLC0415  # not for --help

    return show.is_public and not is_only_here(show.address) and "all" not in show.facts.block


def _is_worth_telling(rendered: Rendered) -> bool:
    from sendeturm.rss import compare_feeds, open_feed  # noqa: PLC0415  # lxml is heavy

    assert rendered.show is not None
    facts = rendered.show.facts
    if not (facts.hub or facts.podcast_index) or not is_listed(rendered.show):
        return False
    blocks = open_feed(rendered.feed_after).channel.all("podcast:block")
    if any(block.text.lower() == "yes" and not block.get("id") for block in blocks):
        return False
    return bool(compare_feeds(rendered.feed_before, rendered.feed_after))


def _listeners(show: ShowRecord) -> Iterator[tuple[str, Callable[[], object]]]:
    from sendeturm.web import Limits, fetch  # noqa: PLC0415  # only where somebody is told

    limits = Limits(_MOST_BYTES, whole_s=PATIENCE_S, silence_s=PATIENCE_S, redirects=2)
    address, hub = feed_url(show), show.facts.hub
    if hub:
        form = {"hub.mode": "publish", "hub.url": address}
        yield urlsplit(hub).netloc or hub, lambda: fetch(hub, form=form, limits=limits)
    if show.facts.podcast_index:
        asked = f"{PODCAST_INDEX}?url={quote(address, safe='')}"
        yield "Podcast Index", lambda: fetch(asked, limits=limits)


def _tell(who: str, call: Callable[[], object]) -> Told:
    try:
        call()
    except SendeturmError as error:
        return Told(who, replace(error.problems[0], severity=Severity.WARNING))
    return Told(who)
