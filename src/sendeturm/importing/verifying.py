"""Whether every address that the feed had before leads to the new one, for good."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from sendeturm.errors import Problem, SendeturmError, fail, problem
from sendeturm.model import Config, FeedText
from sendeturm.model.addresses import FEED_KEY, ascii_address, ascii_url
from sendeturm.sources import CONFIG_NAME, read_sources
from sendeturm.web import ask_once, fetch, is_public, shown

FOR_GOOD: Final = (301, 308)
"""Redirects on which apps and directories change the address they have."""
_ANSWERS: Final = range(200, 300)
MOST_HOPS: Final = 10
SILENCE_S: Final = 20.0
MOST_TITLES: Final = 3


@dataclass(frozen=True, slots=True)
class Hop:
    """An address that was asked, its status, and where it leads on to; None: it answers itself."""

    url: str
    status: int
    leads_to: str | None

    @property
    def is_for_good(self) -> bool:
        """Say whether it tells apps to remember the next address."""
        return self.status in FOR_GOOD


@dataclass(frozen=True, slots=True)
class Followed:
    """A former address, the way from there, and what is wrong with it; None: it leads here."""

    address: str
    hops: tuple[Hop, ...]
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Verified:
    """The new feed, what is wrong with it, and each former address."""

    new_feed: str
    episodes: int
    problems: tuple[Problem, ...]
    former: tuple[Followed, ...]

    @property
    def all_problems(self) -> list[Problem]:
        """Return everything that is wrong."""
        return [*self.problems, *(one.problem for one in self.former if one.problem)]


def verify(folder: Path, config: Config, now: datetime) -> Verified:
    """Ask the new feed and every former address of a show that moved in.

    The new feed must have all episodes of the folder that are due at `now`. Raises
    `verifying.nothing-to-verify` and `importing.no-new-address`.
    """
    storage = config.storage
    address = storage.webspace_address or storage.address
    if not config.show.former_feeds:
        raise fail("verifying.nothing-to-verify", file=CONFIG_NAME, key="former_feeds")
    if address is None:
        raise fail("verifying.no-new-address", file=CONFIG_NAME, key="address")
    new_feed = f"{ascii_address(address)}/{FEED_KEY}"
    due = _due(folder, config, now)
    try:
        there = _episodes_at(new_feed)
    except SendeturmError as error:
        there, problems = {}, list(error.problems)
    else:
        problems = list(_lacking("verifying.lacks-episodes", due, there, new_feed))
    former = (_followed(one, new_feed, there) for one in config.show.former_feeds)
    return Verified(new_feed, len(there), tuple(problems), tuple(former))


def _due(folder: Path, config: Config, now: datetime) -> dict[str, str]:
    """Return the titles of all that the public feed must have, by GUID."""
    if config.show.private:
        return {}
    episodes = read_sources(folder, config, wants_cues=lambda _: False).episodes
    return {
        one.front.guid: one.front.title
        for one in episodes
        if one.front is not None and one.front.guid and one.published_at is not None
        if one.published_at <= now and not (one.front.draft or one.front.private)
    }


def _episodes_at(url: str) -> dict[str, str]:
    """Return the titles of a feed's episodes by GUID; raises SendeturmError if there is none."""
    from sendeturm.rss import open_feed  # noqa: PLC0415  # lxml is heavy

    answer = fetch(url)
    try:
        feed: FeedText = open_feed(answer.body)
    except SendeturmError:
        raise fail("rss.not-a-feed", file=shown(url)) from None
    return {item.words("guid"): item.words("title") for item in feed.items}


def _lacking(
    code: str, wanted: Mapping[str, str], there: Mapping[str, str], url: str
) -> Iterator[Problem]:
    titles = [title for guid, title in wanted.items() if guid not in there]
    if titles:
        named = ", ".join(titles[:MOST_TITLES]) + (" …" if len(titles) > MOST_TITLES else "")
        yield problem(code, file=shown(url), count=len(titles), titles=named)


def _followed(address: str, new_feed: str, there: Mapping[str, str]) -> Followed:
    hops: list[Hop] = []
    try:
        hops += _way(address, new_feed)
    except SendeturmError as error:
        return Followed(address, tuple(hops), error.problems[0])
    return Followed(address, tuple(hops), _fault(address, hops, there))


def _way(address: str, new_feed: str) -> Iterator[Hop]:
    """Yield each step from an address until it arrives, or leads no further.

    No address of the public network leads into a private one.
    """
    url, seen = address, set[str]()
    allow_private = not is_public(urlsplit(ascii_url(address)).hostname or "")
    while not _is_same(url, new_feed):
        if url in seen or len(seen) == MOST_HOPS:
            raise fail("web.leads-round", file=shown(address))
        seen.add(url)
        status, leads_to = ask_once(url, silence_s=SILENCE_S, allow_private=allow_private)
        yield Hop(url, status, leads_to)
        if leads_to is None:
            return
        url = leads_to


def _is_same(one: str, other: str) -> bool:
    """Say whether two addresses are the same but for https, which the host answers for itself."""
    plain = [ascii_url(url.strip()).partition("://")[2] for url in (one, other)]
    return plain[0] == plain[1]


def _fault(address: str, hops: list[Hop], there: Mapping[str, str]) -> Problem | None:
    """Return what is wrong with a way, None if it leads to the new feed for good."""
    file = shown(address)
    if not hops:
        return None  # it is the new address
    last = hops[-1]
    if last.leads_to is None:
        return _stranded(address, last, len(hops), there)
    passing = [hop for hop in hops if not hop.is_for_good]
    if passing:
        return problem("verifying.leads-for-now", file=file, url=shown(passing[0].url))
    return None


def _stranded(address: str, last: Hop, hops: int, there: Mapping[str, str]) -> Problem:
    """Return why an address does not lead to the new feed."""
    file, url = shown(address), shown(last.url)
    if last.status not in _ANSWERS:
        return problem("verifying.old-gone", file=file, status=last.status, url=url)
    if hops > 1:
        return problem("verifying.leads-elsewhere", file=file, url=url)
    try:
        here = _episodes_at(address)
    except SendeturmError:
        return problem("verifying.no-feed-there", file=file)
    new = len(here.keys() - there.keys()) if there else 0
    return problem("verifying.no-redirect", file=file, new=new)
