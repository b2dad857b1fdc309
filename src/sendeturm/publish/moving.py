"""A show that leaves: its feed is opened for a new host, and then names its new address."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sendeturm.errors import Problem, SendeturmError, Severity, fail, problem
from sendeturm.events import Listener
from sendeturm.model import FeedText, ShowRecord
from sendeturm.model.addresses import ascii_url, feed_url
from sendeturm.publish.apply import apply
from sendeturm.publish.keys import FEED_KEY
from sendeturm.publish.plan import AGAIN, Plan
from sendeturm.publish.publication import make_plan
from sendeturm.publish.records import read_show
from sendeturm.publish.rendering import Rendered
from sendeturm.publish.respecting import SHOW_NAME
from sendeturm.sources import CONFIG_NAME, read_config, write_settings
from sendeturm.store.protocol import Store

OPEN: Mapping[str, object] = {"locked": False}
BACK: Mapping[str, object] = {"new_feed_url": None, "locked": True}
MOST_TITLES = 3


@dataclass(frozen=True, slots=True)
class Leaving:
    """A show as it can be left: where its public feed is, and what listeners see in it."""

    show: ShowRecord
    address: str
    episodes: Mapping[str, str]
    """Titles by GUID."""


def read_leaving(store: Store) -> Leaving:
    """Return the show that is published in `store`, and its public feed.

    Raises `publish.nothing-published`, `publish.moves-from-nowhere` and `publish.moves-private`.
    """
    live, stored = read_show(store), store.get(FEED_KEY)
    if live is None or stored is None:
        raise fail("publish.nothing-published", place=store.label)
    if not live.record.is_public:
        raise fail("publish.moves-from-nowhere", file=CONFIG_NAME)
    if live.record.facts.private:
        raise fail("publish.moves-private", file=CONFIG_NAME, key="private")
    episodes = _titles_in(_opened(stored.body, FEED_KEY))
    return Leaving(live.record, feed_url(live.record), episodes)


def look_at_new_home(leaving: Leaving, url: str) -> list[Problem]:
    """Return what the feed at `url` lacks of the show; errors would cost listeners something.

    Raises `publish.moves-to-itself`, and SendeturmError for an address that gives no feed.
    """
    from sendeturm.web import fetch  # noqa: PLC0415  # only where somebody moves

    if _is_same(url, leaving.address):
        raise fail("publish.moves-to-itself", file=url)
    there = fetch(url)
    if _is_same(there.url, leaving.address):
        raise fail("publish.moves-to-itself", file=url)
    feed = _opened(there.body, url)
    return [*_about_episodes(leaving, feed, url), *_about_show(leaving, feed, url)]


def _opened(body: bytes, file: str) -> FeedText:
    from sendeturm.rss import open_feed  # noqa: PLC0415  # lxml is heavy

    try:
        return open_feed(body)
    except SendeturmError:
        raise fail("rss.not-a-feed", file=file) from None


def _titles_in(feed: FeedText) -> dict[str, str]:
    return {item.words("guid"): item.words("title") for item in feed.items}


def _is_same(one: str, other: str) -> bool:
    plain = [ascii_url(url.strip()).partition("://")[2].rstrip("/") for url in (one, other)]
    return plain[0] == plain[1]


def _about_episodes(leaving: Leaving, feed: FeedText, url: str) -> Iterator[Problem]:
    there = _titles_in(feed)
    lacking = [title for guid, title in leaving.episodes.items() if guid not in there]
    if lacking and len(lacking) == len(leaving.episodes):
        yield problem("publish.none-there", file=url)
    elif lacking:
        named = ", ".join(lacking[:MOST_TITLES]) + (" …" if len(lacking) > MOST_TITLES else "")
        yield problem(
            "publish.not-all-there",
            file=url,
            url=url,
            count=len(lacking),
            all=len(leaving.episodes),
            titles=named,
        )


def _about_show(leaving: Leaving, feed: FeedText, url: str) -> Iterator[Problem]:
    own, found = str(leaving.show.podcast_guid or ""), feed.channel.words("podcast:guid")
    warning = Severity.WARNING
    if own and not found:
        yield problem("publish.no-podcast-guid", file=url, severity=warning, own=own)
    elif own and found.lower() != own:
        yield problem(
            "publish.other-podcast-guid", file=url, severity=warning, own=own, found=found
        )
    onward = feed.channel.words("itunes:new-feed-url")
    if onward and not _is_same(onward, url):
        yield problem("publish.leads-back", file=url, url=onward)


def announce(
    folder: Path, store: Store, values: Mapping[str, object], listen: Listener
) -> Rendered | None:
    """Set `values` in the show's settings and bring them into the feed, and nothing else with it.

    Comments and layout of the settings stay; episodes wait for `publish`. None if the feed says it
    already. Raises what keeps the show from being published, before anything is written.
    """
    _refuse(make_plan(folder, read_config(folder), store)[0])
    write_settings(folder, "show", values)
    # What was so before, or was undone, is asked for again here: that is the person's own word.
    allowed = ("older-show", f"{AGAIN}{SHOW_NAME}")
    plan, situation = make_plan(folder, read_config(folder), store, allowed=allowed)
    _refuse(plan)
    return apply(replace(plan, episodes=()), situation, store, listen).rendered


def _refuse(plan: Plan) -> None:
    found = [refusal.problem for refusal in plan.refusals if not refusal.whom]
    errors = (p for p in plan.problems if p.severity is Severity.ERROR)
    found += [p for p in errors if p.place.file == CONFIG_NAME]
    if found:
        raise SendeturmError(found)
