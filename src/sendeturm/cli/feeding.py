"""Where `sendeturm feed` works, and what it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

from sendeturm.cli.moments import moment, zone_of_show
from sendeturm.cli.planning import REASONS
from sendeturm.cli.screen import print_document, say
from sendeturm.cli.telling import print_told, told_documents
from sendeturm.errors import Place, Problem, SendeturmError, problem
from sendeturm.i18n import ngettext, translate

if TYPE_CHECKING:
    from sendeturm.cli.call import Call
    from sendeturm.publish import FeedRun, Told
    from sendeturm.store import Store

OPTIONS = {"endpoint": "--endpoint", "place": "PLACE"}


@dataclass(frozen=True, slots=True)
class FeedTarget:
    """The store to be kept up to date, with a show folder's cache and time zone if there is one."""

    store: Store
    cache: Path | None = None
    zone: tzinfo | None = None


def feed_target(call: Call, place: str | None, given: Mapping[str, str | None]) -> FeedTarget:
    """Return the store that is meant: at `place`, or the show's own.

    `given` are settings of `[storage]` that win over the show's; raises `cli.no-place` if there
    is neither a place nor a show.
    """
    settings = {name: value for name, value in given.items() if value}
    return _at(place, settings, call.start) if place else _of_show(call, settings)


def _at(place: str, settings: Mapping[str, str], start: Path) -> FeedTarget:
    from pydantic import ValidationError  # noqa: PLC0415  # not for --help

    from sendeturm.model import StorageSettings  # noqa: PLC0415  # the same
    from sendeturm.store import open_store  # noqa: PLC0415  # the same

    try:
        storage = StorageSettings.model_validate({"place": place, **settings})
    except ValidationError:
        raise SendeturmError(problem("store.bad-endpoint", key=OPTIONS["endpoint"])) from None
    try:
        return FeedTarget(open_store(storage, start))
    except SendeturmError as error:
        raise SendeturmError(_as_options(p) for p in error.problems) from None


def _of_show(call: Call, settings: Mapping[str, str]) -> FeedTarget:
    from sendeturm.publish import cache_folder  # noqa: PLC0415  # not for --help
    from sendeturm.sources import read_config  # noqa: PLC0415  # the same
    from sendeturm.store import open_store  # noqa: PLC0415  # the same

    folder = call.find_show()
    if folder is None:
        raise SendeturmError(problem("cli.no-place", folder=str(call.start)))
    config = read_config(folder)
    storage = config.storage.model_copy(update=dict(settings))
    return FeedTarget(open_store(storage, folder), cache_folder(folder), zone_of_show(config))


def _as_options(found: Problem) -> Problem:
    """Name the option where there is no settings file."""
    name = (found.place.key or "").rpartition(".")[2]
    return replace(found, place=Place(key=OPTIONS.get(name, name)))


def print_run(call: Call, done: FeedRun, target: FeedTarget, told: tuple[Told, ...] = ()) -> None:
    """Print in one line what was done, and when the next episode falls due; and who was told."""
    if call.as_json:
        print_document(_document(done, target) | {"told": told_documents(told)})
    elif not call.quiet:
        say(f"{target.store.label}: {_did(done)} {_next(done, target)}".rstrip())
        print_told(call, told)


def _did(done: FeedRun) -> str:
    if done.rendered is None:
        return translate("Nothing is due, nothing was written.")
    rebuilt = translate("Feed and page {reason};").format(reason=translate(REASONS[done.reason]))
    on_air = ngettext(
        "{count} episode is on the air.", "{count} episodes are on the air.", done.rendered.items
    )
    return f"{rebuilt} {on_air}"


def _next(done: FeedRun, target: FeedTarget) -> str:
    if done.next_due is None:
        return ""
    when = moment(done.next_due, target.zone)
    return translate("The next episode goes on the air on {moment}.").format(moment=when)


def _document(done: FeedRun, target: FeedTarget) -> dict[str, object]:
    rendered = done.rendered
    return {
        "place": target.store.label,
        "reason": done.reason or None,
        "is_rebuilt": rendered is not None,
        "items": rendered.items if rendered else None,
        "pages_put": rendered.pages_put if rendered else None,
        "next_due": done.next_due.isoformat() if done.next_due else None,
    }
