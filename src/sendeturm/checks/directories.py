"""Where a podcast is entered: each directory, what it needs, and the link for a feed.

A table of addresses that change now and then; none of them is asked by sendeturm.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from sendeturm.checks.rules import RULES
from sendeturm.errors import Problem, Severity

APPLE = "Apple"


@dataclass(frozen=True, slots=True)
class Directory:
    """A directory: where to enter a feed, and what that needs.

    `link` may have a place for the feed's address; `asks` is its name in the rules, `account`
    whose account is needed, empty if none; `reaches` names apps that take their list from it.
    `sends_code` says that it sends a code to the feed's e-mail address.
    """

    name: str
    link: str
    asks: str = ""
    account: str = ""
    reaches: str = ""
    sends_code: bool = False

    def link_for(self, feed_url: str) -> str:
        """Return where to enter the feed at this address."""
        return self.link.format(feed=quote(feed_url, safe=""))


DIRECTORIES: Final = (
    Directory(
        "Apple Podcasts",
        "https://podcastsconnect.apple.com/my-podcasts/new-feed?submitfeed={feed}",
        asks=APPLE,
        account="Apple",
        reaches="Overcast, Castro",
    ),
    Directory(
        "Spotify",
        "https://creators.spotify.com/",
        asks="Spotify",
        account="Spotify",
        sends_code=True,
    ),
    Directory(
        "Podcast Index",
        "https://podcastindex.org/add?feed={feed}",
        asks="Podcast Index",
        reaches="AntennaPod, Fountain, TrueFans, Podverse",
    ),
    Directory("fyyd", "https://fyyd.de/add-feed", reaches="AntennaPod, gPodder"),
    Directory("Podcast Addict", "https://podcastaddict.com/submit"),
    Directory("Pocket Casts", "https://pocketcasts.com/submit/"),
    Directory("Amazon Music", "https://podcasters.amazon.com/", account="Amazon", sends_code=True),
    Directory("YouTube Music", "https://studio.youtube.com/", account="Google", sends_code=True),
    Directory("podcast.de", "https://www.podcast.de/podcast-anmelden/?url={feed}"),
)


def stands_in_the_way(directory: Directory, found: Iterable[Problem]) -> list[Problem]:
    """Return the problems that keep a feed out: all errors, and what the directory itself asks."""
    return [
        problem
        for problem in found
        if problem.severity is Severity.ERROR
        or (problem.severity is Severity.WARNING and directory.asks in _asked_by(problem))
    ]


def _asked_by(problem: Problem) -> tuple[str, ...]:
    rule = RULES.get(problem.code)
    return rule.asked_by if rule else ()
