"""Directories beside what is true of the show, in words and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sendeturm.checks import DIRECTORIES, Directory, stands_in_the_way
from sendeturm.cli.checking import problems_of
from sendeturm.cli.preparing import Prepared, plan_with
from sendeturm.cli.problems import worded_of
from sendeturm.cli.screen import print_document, say
from sendeturm.i18n import translate

if TYPE_CHECKING:
    from sendeturm.cli.call import Call
    from sendeturm.errors import Problem
    from sendeturm.model import ShowRecord

NO_ADDRESS = "SND121"


@dataclass(frozen=True, slots=True)
class Standing:
    """The show as it is published, and all that is wrong with it; `show` is None before that."""

    prepared: Prepared
    problems: tuple[Problem, ...]

    @property
    def show(self) -> ShowRecord | None:
        """Return the show's record."""
        live = self.prepared.situation.show
        return live.record if live else None

    @property
    def feed_url(self) -> str:
        """Return the address to be entered, empty if there is none that others can read."""
        from sendeturm.model.addresses import feed_url  # noqa: PLC0415  # not for --help

        show = self.show
        is_public = show and not any(p.code == NO_ADDRESS for p in self.problems)
        return feed_url(show) if show and is_public else ""

    @property
    def is_heard(self) -> bool:
        """Say whether an episode is on the air."""
        now = self.prepared.plan.now
        records = self.prepared.situation.published.values()
        return any(r.is_on_air and r.facts.published_at <= now for r in records)


def see(call: Call) -> Standing:
    """Return how the show stands; raises SendeturmError if its storage does not answer."""
    prepared = plan_with(call.open_show(), (), ())
    return Standing(prepared, tuple(problems_of(prepared)))


def print_directories(call: Call, standing: Standing) -> None:
    """Print each directory with its link, what it needs and what is missing."""
    if call.as_json:
        print_document(_document(standing))
        return
    if call.quiet:
        return
    if standing.feed_url:
        say(translate("Feed: {address}").format(address=standing.feed_url))
    for directory in DIRECTORIES:
        say()
        for line in _lines(directory, standing):
            say(line)
    if standing.feed_url:
        say()
        say(translate("Links to give away, each opens an app:"))
        for app, link in _ways(standing):
            say(f"  {app}: {link}")


def _lines(directory: Directory, standing: Standing) -> Iterator[str]:
    yield directory.name
    url = standing.feed_url
    yield f"  {directory.link_for(url) if url else directory.link.format(feed='…')}"
    if needs := " · ".join(needs_of(directory)):
        yield "  " + translate("needs: {needs}").format(needs=needs)
    if directory.reaches:
        yield "  " + translate("reaches as well: {apps}").format(apps=directory.reaches)
    lacks = " · ".join(missing(directory, standing))
    yield "  " + (
        translate("still missing: {lacks}").format(lacks=lacks)
        if lacks
        else translate("nothing is missing")
    )


def needs_of(directory: Directory) -> Iterator[str]:
    """Yield what a person needs there beside the feed's address."""
    if directory.account:
        words = translate("an account with {company}")
        yield words.format(company=directory.account)
    if "{feed}" not in directory.link:
        yield translate("the feed's address, to be pasted there")
    if directory.sends_code:
        yield translate("an e-mail address in the feed, for a code")
    if directory.asks == "Apple":
        yield translate("later, Apple's code as txt under [show], to prove that the show is yours")


def missing(directory: Directory, standing: Standing) -> Iterator[str]:
    """Yield what keeps the show out of a directory as it is now."""
    from sendeturm.publish import is_listed  # noqa: PLC0415  # not for --help

    show = standing.show
    if show is None:
        yield translate("the show is not published yet: sendeturm publish")
        return
    if not standing.feed_url:
        yield translate("a public address under [storage]")
    elif not is_listed(show):
        yield translate("the show asks not to be listed (block under [show])")
    if not standing.is_heard:
        yield translate("an episode on the air")
    if directory.sends_code and not show.facts.owner_email:
        yield translate("owner_email under [show]; you may take it out again afterwards")
    found = [p for p in standing.problems if p.code != NO_ADDRESS]
    yield from dict.fromkeys(worded_of(p).what for p in stands_in_the_way(directory, found))


def _ways(standing: Standing) -> list[tuple[str, str]]:
    from sendeturm.site.subscribing import ways  # noqa: PLC0415  # not for --help

    title = standing.prepared.show.config.show.title
    return [(way.app, way.link) for way in ways(standing.feed_url, title)]


def _document(standing: Standing) -> dict[str, object]:
    return {
        "feed": standing.feed_url or None,
        "directories": [
            {
                "name": directory.name,
                "link": directory.link_for(standing.feed_url) if standing.feed_url else None,
                "needs": list(needs_of(directory)),
                "missing": list(missing(directory, standing)),
            }
            for directory in DIRECTORIES
        ],
        "apps": dict(_ways(standing)) if standing.feed_url else {},
    }
