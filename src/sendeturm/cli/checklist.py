"""The dated steps of a move: what to do at the old host, when, and for how long."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from sendeturm.checks.directories import DIRECTORIES, Directory
from sendeturm.cli.moments import day, zone_of_show
from sendeturm.cli.problems import one_line
from sendeturm.cli.spoken import marked
from sendeturm.i18n import translate
from sendeturm.model.addresses import FEED_KEY, ascii_address

if TYPE_CHECKING:
    from sendeturm.importing import MovedIn
    from sendeturm.model import Config

CHECKLIST: Final = "moving.md"
LOOK_AGAIN: Final = timedelta(days=7)
"""Some directories look for redirects once a week."""
LEAST_REDIRECT: Final = timedelta(weeks=4)
"""Apple asks for a redirect of four weeks."""
CANCEL: Final = timedelta(weeks=8)


@dataclass(frozen=True, slots=True)
class Step:
    """Something to be done on a day; `day` is its date in words."""

    date: date
    day: str
    words: str


def steps_of(moved: MovedIn, config: Config, now: datetime) -> list[Step]:
    """Return the steps of a move that begins at `now` (aware)."""
    zone = zone_of_show(config)

    def step(after: timedelta, words: str, **values: str) -> Step:
        when = (now + after).astimezone(zone)
        return Step(when.date(), day(when, zone), translate(words).format(**values))

    today = timedelta()
    new = new_feed(config)
    old = ", ".join(moved.former_feeds) or translate("the old feed")
    address = new or translate("(set address under [storage] first)")
    last = day(now + LEAST_REDIRECT, zone)
    return [
        step(today, marked("look at the show: sendeturm check, then sendeturm preview")),
        step(today, marked("publish it here: sendeturm publish; from now on only here")),
        step(
            today,
            marked(
                "at the old host, enter the new address of the feed, {new}, as a permanent "
                "redirect (301) of {old}; where it asks for a “new feed URL”, enter it there too"
            ),
            new=address,
            old=old,
        ),
        step(
            timedelta(days=1),
            marked("see whether every old address leads here: sendeturm import --verify"),
        ),
        step(
            LOOK_AGAIN,
            marked(
                "look into the directories below; where one still shows the old address, enter "
                "the new one by hand"
            ),
        ),
        step(
            LEAST_REDIRECT,
            marked("until this day at least the redirect must stand; Apple asks for four weeks"),
        ),
        step(
            CANCEL,
            marked(
                "not before this day, cancel at the old host, once sendeturm import --verify is "
                "content; ask there whether the redirect stays (it must not end before {last})"
            ),
            last=last,
        ),
    ]


def new_feed(config: Config) -> str:
    """Return the feed's new address, empty where there is no public one yet."""
    storage = config.storage
    address = storage.webspace_address or storage.address
    return f"{ascii_address(address)}/{FEED_KEY}" if address else ""


def checklist_text(moved: MovedIn, steps: list[Step], config: Config) -> str:
    """Return the checklist as Markdown, with boxes to tick."""
    return "\n".join(_lines(moved, steps, config)) + "\n"


def _lines(moved: MovedIn, steps: list[Step], config: Config) -> Iterator[str]:
    title = translate("Moving {title}").format(title=one_line(moved.title))
    yield f"# {title}"
    yield ""
    for step in steps:
        yield f"- [ ] **{step.day}**: {step.words}"
    yield ""
    yield f"## {translate('Addresses')}"
    yield ""
    yield f"- {translate('new')}: {new_feed(config) or '–'}"
    for address in moved.former_feeds:
        yield f"- {translate('old')}: {address}"
    yield ""
    yield f"## {translate('Directories')}"
    yield ""
    yield translate(
        "They follow the redirect by themselves. Never enter the show as a new one where it is "
        "listed already: change its address there."
    )
    yield ""
    for directory in DIRECTORIES:
        yield f"- [ ] {directory.name}: {_place(directory)}"


def _place(directory: Directory) -> str:
    """Return where a directory is entered, without what would enter the show as a new one."""
    scheme, _, rest = directory.link.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}/"
