"""All problems of a show, those that are found without its storage included."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sendeturm.checks import selected
from sendeturm.cli.planning import recording_file, waiting_problems
from sendeturm.cli.preparing import plan_with
from sendeturm.errors import Place, Problem, SendeturmError, Severity, fail, problem

if TYPE_CHECKING:
    from sendeturm.cli.call import Call
    from sendeturm.cli.preparing import Prepared
    from sendeturm.model import Config, Episode

STORE_ROOM = "store."
ADDRESSES = ("http", "https")
MOST_BYTES = 50_000_000
TOLD_OF_SOURCES = frozenset({"SND433", "SND524", "SND525"})


def find_problems(call: Call) -> list[Problem]:
    """Return all problems of the show; raises SendeturmError if its settings cannot be read."""
    show = call.open_show()
    try:
        prepared = plan_with(show, (), ())
    except SendeturmError as error:
        here = problems_here(show.folder, show.config)
        return [*here, *error.problems, *_about_storage(error)]
    return [*problems_of(prepared), *_receipt(prepared)]


def problems_of(prepared: Prepared) -> list[Problem]:
    """Return all problems of a show whose storage answers."""
    plan, show = prepared.plan, prepared.show
    refused = [refusal.problem for refusal in plan.refusals]
    deeper = [*_about_published(prepared), *_about_covers(prepared), *_about_feed(prepared)]
    found = [*plan.problems, *selected(deeper, show.config.check), *refused]
    return [*found, *waiting_problems(plan.waiting, show.folder)]


def _receipt(prepared: Prepared) -> list[Problem]:
    """Say which servers listeners' apps and browsers are made to ask."""
    from sendeturm.publish import receipt_of  # noqa: PLC0415  # not for --help

    found = receipt_of(prepared.situation, prepared.show.store)
    if found is None:
        return []
    linked, foreign = ", ".join(found.linked) or "–", ", ".join(found.foreign)
    if not foreign:
        note = Severity.NOTE
        return [problem("cli.receipt", severity=note, own=found.own, linked=linked)]
    code, warning = "cli.receipt-foreign", Severity.WARNING
    return [problem(code, severity=warning, own=found.own, foreign=foreign, linked=linked)]


def _about_published(prepared: Prepared) -> list[Problem]:
    """Look at what listeners have: records, their sound among it."""
    from sendeturm.checks import check_records  # noqa: PLC0415  # not for --help

    situation = prepared.situation
    if situation.show is None:
        return []
    return check_records(situation.show.record, situation.published.values())


def _about_feed(prepared: Prepared) -> list[Problem]:
    """Look at the feed as it would be; what the sources' own rules tell already is left out."""
    from sendeturm.checks import check_feed  # noqa: PLC0415  # not for --help
    from sendeturm.publish import foreseen_feed  # noqa: PLC0415  # the same
    from sendeturm.publish.foreseeing import nowhere  # noqa: PLC0415  # the same
    from sendeturm.rss import open_feed  # noqa: PLC0415  # lxml is heavy

    body = foreseen_feed(prepared.plan, prepared.situation)
    if body is None:
        return []
    found = check_feed(open_feed(body), "", prepared.plan.now)
    return [p for p in nowhere(found) if p.code not in TOLD_OF_SOURCES]


def _about_covers(prepared: Prepared) -> list[Problem]:
    """Look at the covers of single episodes."""
    covers = [(w.episode.cover, w) for w in prepared.situation.wanted if w.episode.cover]
    found = []
    for path, item in covers:
        found += _about_cover(path, item.beside(path))
    return found


def _about_cover(path: Path, name: str) -> list[Problem]:
    from sendeturm.checks import check_cover  # noqa: PLC0415  # not for --help
    from sendeturm.pictures import measure_picture  # noqa: PLC0415  # Pillow is heavy

    try:
        return list(check_cover(measure_picture(path, name), name))
    except SendeturmError as error:
        return list(error.problems)


def problems_of_feed(name: str) -> list[Problem]:
    """Return all problems of the feed in a file or at a web address.

    Raises SendeturmError if it cannot be read, or is no feed.
    """
    from sendeturm.checks import check_feed  # noqa: PLC0415  # not for --help
    from sendeturm.publish.clock import now_of  # noqa: PLC0415  # the same
    from sendeturm.rss import open_feed  # noqa: PLC0415  # lxml is heavy

    body, address = _feed_body(name)
    try:
        feed = open_feed(body)
    except SendeturmError as error:
        raise SendeturmError(replace(p, place=Place(name)) for p in error.problems) from None
    found = check_feed(feed, name, now_of(datetime.now(UTC), None), address)
    image = feed.channel.first("itunes:image")
    return [*found, *(_about_cover_at(image.get("href")) if image and address else [])]


def _about_cover_at(url: str) -> list[Problem]:
    """Look at a feed's cover where listeners get it; what leads nowhere is told already."""
    from sendeturm.checks import check_published_cover  # noqa: PLC0415  # for addresses only
    from sendeturm.checks.values import is_absolute  # noqa: PLC0415  # the same
    from sendeturm.pictures import measure_body  # noqa: PLC0415  # Pillow is heavy
    from sendeturm.web import fetch  # noqa: PLC0415  # for addresses only

    if not is_absolute(url):
        return []
    try:
        return list(check_published_cover(measure_body(fetch(url).body, url), url))
    except SendeturmError as error:
        return list(error.problems)


def _feed_body(name: str) -> tuple[bytes, str]:
    """Return a feed's bytes and the web address where it was found, empty for a file."""
    if name.partition("://")[0].lower() not in ADDRESSES:
        return _read_feed(Path(name), name), ""
    from sendeturm.web import fetch  # noqa: PLC0415  # for addresses only

    fetched = fetch(name)
    return fetched.body, fetched.url


def _read_feed(path: Path, name: str) -> bytes:
    try:
        with path.open("rb") as file:
            body = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise fail("cli.unreadable-feed", file=name, reason=reason) from None
    if len(body) > MOST_BYTES:
        raise fail("web.too-large", file=name, most_mb=MOST_BYTES // 1_000_000)
    return body


def _about_storage(error: SendeturmError) -> list[Problem]:
    """Say that only this computer was looked at, if it is the storage that failed."""
    if not any(p.code.startswith(STORE_ROOM) for p in error.problems):
        return []
    return [problem("cli.checked-here-only", severity=Severity.NOTE)]


def problems_here(folder: Path, config: Config) -> list[Problem]:
    """Return what can be found without the storage."""
    from sendeturm.checks import check_episode  # noqa: PLC0415  # not for --help
    from sendeturm.sources import read_sources  # noqa: PLC0415  # the same

    sources = read_sources(folder, config)
    found = [*_about_show(folder, config), *sources.problems]
    for episode in sources.episodes:
        found += check_episode(episode, _file(episode, folder))
    found = selected(found, config.check)
    return found + waiting_problems(sources.waiting, folder)


def _about_show(folder: Path, config: Config) -> list[Problem]:
    from sendeturm.checks import check_config  # noqa: PLC0415  # not for --help
    from sendeturm.pictures import measure_picture  # noqa: PLC0415  # Pillow is heavy

    name = config.show.cover
    path = folder / name
    try:
        return check_config(config, measure_picture(path, name) if path.is_file() else None)
    except SendeturmError as error:
        return list(error.problems)


def show_errors(folder: Path, config: Config) -> list[Problem]:
    """Return the errors that keep the whole show from being made."""
    return [p for p in _about_show(folder, config) if p.severity is Severity.ERROR]


def _file(episode: Episode, folder: Path) -> str:
    if episode.sidecar is None:
        return recording_file(episode, folder)
    return episode.sidecar.relative_to(folder).as_posix()
