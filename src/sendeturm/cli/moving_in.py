"""A show is brought from its old host, and the person is told what came and what is next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from sendeturm.cli.checklist import CHECKLIST, Step, checklist_text, steps_of
from sendeturm.cli.defaults import local_language, local_timezone
from sendeturm.cli.moments import size
from sendeturm.cli.pace import DOWNLOADING
from sendeturm.cli.problems import has_errors, one_line, problem_document, tell
from sendeturm.cli.progress import listening
from sendeturm.cli.screen import ask, is_terminal, print_document, say
from sendeturm.errors import Problem, Severity, fail, problem
from sendeturm.i18n import ngettext, translate, word
from sendeturm.importing import Allowed, Found, MovedIn, find_show, move_in
from sendeturm.publish.clock import now_of
from sendeturm.publish.writing import write_whole
from sendeturm.sources import read_config

if TYPE_CHECKING:
    from sendeturm.cli.call import Call
    from sendeturm.web import DownloadLimits

BYTES_PER_MB = 1_000_000
MOST_ALIKE = 5
"""More notes of one kind than these are counted."""


def bring_show(call: Call, feed: str, allowed: Allowed, *, largest_mb: int, yes: bool) -> bool:
    """Bring the show of a feed into the call's folder, and say what came.

    Return whether all of it is here; raises SendeturmError where nothing can come.
    """
    from sendeturm.web import DownloadLimits  # noqa: PLC0415  # not for --help

    around = call.find_show()
    if around not in {None, call.start}:
        raise fail("cli.inside-show", folder=str(around))
    with listening(call, {}, DOWNLOADING) as listen:
        found = find_show(feed, call.start, allowed, local_language(), listen)
    if not _may_go_on(call, found, yes=yes):
        say(translate("Nothing was changed."))
        return True
    limits = DownloadLimits(size_bytes=largest_mb * BYTES_PER_MB)
    moved = _move(call, found, allowed, limits)
    steps = _way_on(call, moved)
    if call.as_json:
        print_document(_document(call, moved, steps))
    else:
        _say(call, moved, steps)
    return not has_errors(moved.all_problems)


def _may_go_on(call: Call, found: Found, *, yes: bool) -> bool:
    """Say what would change in a show that has begun here, and ask where somebody can answer."""
    replaced = ", ".join(found.standing.replaced)
    if not replaced:
        return True
    words = translate("Settings that take the old host's values: {names}")
    if not (call.quiet or call.as_json):
        say(words.format(names=replaced))
    if yes or call.as_json or not is_terminal():
        return True
    return ask(translate("Replace them?"), default=True)


def _move(call: Call, found: Found, allowed: Allowed, limits: DownloadLimits) -> MovedIn:
    """Bring everything, with a bar for each episode."""
    titles = {episode.stem: episode.title for episode in found.show.episodes}
    language = str(found.show.settings["language"])
    defaults = {"timezone": local_timezone(language)}
    with listening(call, titles, DOWNLOADING) as listen:
        return move_in(found, allowed, limits, defaults, listen)


def _way_on(call: Call, moved: MovedIn) -> list[Step]:
    """Return what is to be done now, and write it down where that is not done yet."""
    config = read_config(call.start)
    steps = steps_of(moved, config, now_of(None, None))
    path = call.start / CHECKLIST
    if not path.exists():
        write_whole(path, checklist_text(moved, steps, config).encode())
    return steps


def _say(call: Call, moved: MovedIn, steps: list[Step]) -> None:
    tell(_few_alike(call, moved.all_problems))
    if call.quiet:
        return
    for line in _lines(moved):
        say(line)
    say()
    say(translate("The way from here (also in {file}):").format(file=CHECKLIST))
    for step in steps:
        say(f"  {step.day}: {step.words}")


def _lines(moved: MovedIn) -> Iterator[str]:
    """Yield what came, and what did not."""
    counts = Counter(one.sound for one in moved.brought)
    new = sum(one.is_new for one in moved.brought)
    all_of_them = ngettext("{count} episode", "{count} episodes", len(moved.brought))
    yield translate("{title}: {episodes} in the feed, {new} new here").format(
        title=one_line(moved.title), episodes=all_of_them, new=new
    )
    if counts["brought"]:
        size_bytes = sum(one.size_bytes for one in moved.brought)
        words = ngettext(
            "sound of {count} episode fetched",
            "sound of {count} episodes fetched",
            counts["brought"],
        )
        yield f"{words} ({size(size_bytes)})"
    if counts["missing"]:
        yield ngettext(
            "without sound so far: {count} episode; the next run tries again",
            "without sound so far: {count} episodes; the next run tries again",
            counts["missing"],
        )
    if moved.other_tags:
        words = translate("kept as they are, in other_tags: {names}")
        yield words.format(names=_names(moved.other_tags))
    if moved.left_tags:
        yield translate("left behind, as they speak of the old host: {names}").format(
            names=_names(moved.left_tags)
        )


def _names(tags: Mapping[str, int]) -> str:
    return one_line(", ".join(sorted(tags)))


def _few_alike(call: Call, problems: list[Problem]) -> list[Problem]:
    """Return problems with the first few of each kind, and how many more there are.

    What stopped nothing is for the curious, if there is much of it.
    """
    if call.verbose:
        return problems
    if call.quiet:
        return [found for found in problems if found.severity is Severity.ERROR]
    shown, counts = [], Counter[str]()
    for found in problems:
        counts[found.code] += 1
        if found.severity is Severity.ERROR or counts[found.code] <= MOST_ALIKE:
            shown.append(found)
    errors = {found.code for found in problems if found.severity is Severity.ERROR}
    more = (
        problem(
            "cli.more-like-it",
            file=word(code, dict(_first(problems, code).params)).what,
            severity=Severity.NOTE,
            count=count - MOST_ALIKE,
        )
        for code, count in counts.items()
        if count > MOST_ALIKE and code not in errors
    )
    return [*shown, *more]


def _first(problems: list[Problem], code: str) -> Problem:
    return next(found for found in problems if found.code == code)


def _document(call: Call, moved: MovedIn, steps: list[Step]) -> dict[str, object]:
    return {
        "folder": str(call.start),
        "title": moved.title,
        "pages": moved.pages,
        "former_feeds": list(moved.former_feeds),
        "replaced": list(moved.replaced),
        "episodes": [
            {
                "file": one.file,
                "title": one.episode.title,
                "guid": one.episode.guid,
                "is_new": one.is_new,
                "sound": one.sound,
                "size_bytes": one.size_bytes,
            }
            for one in moved.brought
        ],
        "other_tags": dict(moved.other_tags),
        "left_tags": dict(moved.left_tags),
        "checklist": CHECKLIST,
        "steps": [{"date": step.date.isoformat(), "what": step.words} for step in steps],
        "problems": [problem_document(found) for found in moved.all_problems],
    }
