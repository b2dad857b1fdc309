"""The ways of `sendeturm move`, and what remains to be done by hand, with dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sendeturm.checks import DIRECTORIES
from sendeturm.cli.moments import day, zone_of_show
from sendeturm.cli.problems import has_errors, one_line, problem_document, tell
from sendeturm.cli.progress import listening
from sendeturm.cli.screen import print_document, say
from sendeturm.cli.taking import may_go_on
from sendeturm.errors import Problem
from sendeturm.i18n import ngettext, translate
from sendeturm.publish import (
    BACK,
    OPEN,
    Leaving,
    announce,
    look_at_new_home,
    read_leaving,
    tell_world,
)
from sendeturm.publish.clock import now_of

if TYPE_CHECKING:
    from sendeturm.cli.call import Call, OpenShow

KEPT = timedelta(weeks=4)
"""So long Apple wants the old address to lead on, at least."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do by hand: what, and until when; None: now."""

    words: str
    until: datetime | None = None


def open_door(call: Call) -> None:
    """Let other hosts import the show, and say how it goes on."""
    show = call.open_show()
    leaving = read_leaving(show.store)
    _put(call, show, OPEN)
    steps = _steps_before(leaving)
    if call.as_json:
        print_document(_document(leaving, steps, (), new_url=None, is_done=True))
    elif not call.quiet:
        say(
            translate("Your feed is open: another host may take the show over from {feed}.").format(
                feed=leaving.address
            )
        )
        _print_steps(show, steps)


def stay(call: Call) -> None:
    """Take it back."""
    show = call.open_show()
    leaving = read_leaving(show.store)
    _put(call, show, BACK)
    if call.as_json:
        print_document(_document(leaving, (), (), new_url=None, is_done=True))
    elif not call.quiet:
        say(translate("The show stays at {feed}; the feed is locked.").format(feed=leaving.address))


@dataclass(frozen=True, slots=True)
class Move:
    """A move to the feed at `new_url`."""

    call: Call
    new_url: str
    anyway: bool
    yes: bool

    def go(self) -> bool:
        """Look at the new address, ask, and let the feed name it; say whether that was done."""
        show = self.call.open_show()
        leaving = read_leaving(show.store)
        found = look_at_new_home(leaving, self.new_url)
        is_done = (self.anyway or not has_errors(found)) and self._agreed(leaving, found)
        steps = _steps_after(show, leaving, self.new_url) if is_done else ()
        if is_done:
            values = {"new_feed_url": self.new_url, "locked": False}
            _put(self.call, show, values)
        self._tell(show, leaving, found, steps, is_done=is_done)
        return is_done or not has_errors(found)

    def _agreed(self, leaving: Leaving, found: Sequence[Problem]) -> bool:
        if not self.call.as_json:
            tell(found)
        title = one_line(leaving.show.facts.title)
        words = translate("Lead the listeners of “{title}” to {url} from now on?")
        question = words.format(title=title, url=one_line(self.new_url))
        return may_go_on(self.call, question, yes=self.yes)

    def _tell(
        self,
        show: OpenShow,
        leaving: Leaving,
        found: Sequence[Problem],
        steps: Sequence[Step],
        *,
        is_done: bool,
    ) -> None:
        if self.call.as_json:
            document = _document(leaving, steps, found, self.new_url, is_done=is_done)
            print_document(document)
        elif not is_done:
            tell(found if has_errors(found) and not self.anyway else ())
            say(translate("Nothing was changed."), err=True)
        elif not self.call.quiet:
            say(_arrived(leaving, self.new_url, found))
            _print_steps(show, steps)


def _put(call: Call, show: OpenShow, values: Mapping[str, object]) -> None:
    with listening(call, {}) as listen:
        rendered = announce(show.folder, show.store, values, listen)
    tell_world(rendered)


def _arrived(leaving: Leaving, url: str, found: Sequence[Problem]) -> str:
    said = translate("Your feed now says that the show has moved to {url}.").format(url=url)
    if has_errors(found):
        return said
    words = ngettext(
        "The one episode is there, under the same identity: nobody downloads it again.",
        "All {count} episodes are there, under the same identity: nobody downloads them again.",
        len(leaving.episodes),
    )
    return f"{said} {words}"


def _steps_before(leaving: Leaving) -> tuple[Step, ...]:
    episodes = ngettext("{count} episode", "{count} episodes", len(leaving.episodes))
    words = translate(
        "let the new host import {feed} ({episodes}); every episode must keep its identity and"
        " its date"
    )
    return (
        Step(words.format(feed=leaving.address, episodes=episodes)),
        Step(translate("sendeturm move NEW_URL, with the address that your feed has there")),
        Step(translate("if you stay after all: sendeturm move --back")),
    )


def _steps_after(show: OpenShow, leaving: Leaving, url: str) -> tuple[Step, ...]:
    end = now_of(show.store.clock(), None) + KEPT
    names = ", ".join(directory.name for directory in DIRECTORIES if directory.account)
    return (
        Step(_redirect(show, leaving.address, url)),
        Step(
            translate("change the address by hand where you have an account: {names}").format(
                names=names
            )
        ),
        Step(translate("publish new episodes at the new address alone")),
        Step(
            translate(
                "leave feed, pages and sound where they are, and let sendeturm feed run: some"
                " apps look rarely, and Apple asks for four weeks"
            ),
            end,
        ),
        Step(translate("after that: sendeturm export; and lead on for as long as you can")),
        Step(translate("if you stay after all: sendeturm move --back")),
    )


def _redirect(show: OpenShow, feed: str, url: str) -> str:
    """Return how the old address can lead on by itself, which a plain bucket cannot."""
    storage = show.config.storage
    if storage.is_bucket and not storage.webspace:
        return translate(
            "a bucket answers no question with another address: leave the feed in it, which names"
            " the new one. If {host} is a domain of your own, let its provider lead on for good"
            " (301) from {feed} to {url}"
        ).format(host=urlsplit(feed).hostname, feed=feed, url=url)
    return translate(
        "let your web server lead on for good from {feed}; for Apache one line in .htaccess does:"
        " Redirect 301 {path} {url}"
    ).format(feed=feed, path=urlsplit(feed).path, url=url)


def _print_steps(show: OpenShow, steps: Sequence[Step]) -> None:
    say()
    say(translate("What remains to be done:"))
    for number, step in enumerate(steps, start=1):
        say(f"  {number}. {_when(show, step)}{step.words}")


def _when(show: OpenShow, step: Step) -> str:
    if step.until is None:
        return ""
    date = day(step.until, zone_of_show(show.config))
    return translate("until {date}:").format(date=date) + " "


def _document(
    leaving: Leaving,
    steps: Sequence[Step],
    found: Sequence[Problem],
    new_url: str | None,
    *,
    is_done: bool,
) -> dict[str, object]:
    return {
        "feed": leaving.address,
        "new_feed": new_url,
        "is_done": is_done,
        "episodes": len(leaving.episodes),
        "steps": [
            {"what": step.words, "until": step.until.date().isoformat() if step.until else None}
            for step in steps
        ],
        "problems": [problem_document(one) for one in found],
    }
