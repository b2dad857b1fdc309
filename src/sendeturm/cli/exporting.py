"""What `export` brings from where, and what it says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sendeturm.cli.feeding import feed_target
from sendeturm.cli.moments import size
from sendeturm.cli.pace import COPYING
from sendeturm.cli.problems import one_line, problem_document, tell
from sendeturm.cli.progress import listening
from sendeturm.cli.screen import print_document, say
from sendeturm.i18n import ngettext, translate
from sendeturm.publish import EXPORT, Exported, Home, export

if TYPE_CHECKING:
    from sendeturm.cli.call import Call

MOST_NAMES = 5


def exported(
    call: Call,
    target: Path,
    place: str | None,
    storage: Mapping[str, str | None],
    *,
    with_recordings: bool,
) -> Exported:
    """Export what is meant: at `place`, or the show's own."""
    store = feed_target(call, place, storage).store
    home = _nowhere(call, place, storage) if place else _home(call, with_recordings)
    with listening(call, {EXPORT: target.name}, COPYING) as listen:
        return export(store, target, home, listen)


def _nowhere(call: Call, place: str, storage: Mapping[str, str | None]) -> Home:
    """Return the settings that lead to a place, which the exported settings name."""
    if not place.lower().startswith("s3://"):
        place = str((call.start / Path(place).expanduser()).resolve())
    settings = {"place": place, **storage}
    return Home(storage={name: value for name, value in settings.items() if value})


def _home(call: Call, with_recordings: bool) -> Home:  # noqa: FBT001  # the person's own word
    from sendeturm.sources import read_config  # noqa: PLC0415  # few need it

    folder = call.show_folder()
    return Home(folder, read_config(folder), with_recordings=with_recordings)


def print_exported(call: Call, name: str, done: Exported) -> None:
    """Say what the folder is now, what is in it that nobody knows yet, and where to take it."""
    if call.as_json:
        print_document(_document(call.start / name, done))
        return
    tell(done.problems)
    if call.quiet:
        return
    say(_whole(name, done))
    for line in (*_unheard(done), *_apart(done)):
        say(f"  {line}")
    say()
    say(translate("To take it elsewhere:"))
    for line in _ways(name):
        say(f"  {line}")


def _whole(name: str, done: Exported) -> str:
    episodes = ngettext("{count} episode", "{count} episodes", len(done.on_air))
    came = len(done.copied) + len(done.made)
    files = ngettext("{count} file is new", "{count} files are new", came)
    if not came:
        files = translate("nothing is new")
    words = translate("{folder}: all of “{title}” — {episodes} on the air, {size}; {files}.")
    title = one_line(done.show.facts.title)
    room = size(done.size_bytes)
    return words.format(
        folder=f"{name.rstrip('/')}/", title=title, episodes=episodes, size=room, files=files
    )


def _unheard(done: Exported) -> list[str]:
    """Return what is in the export and not for everybody."""
    lines = []
    if done.waiting:
        words = translate("Not on the air yet, and in it: {titles}")
        lines.append(words.format(titles=_few(done.waiting)))
    if done.private:
        words = translate(
            "For friends alone, and in it with their private address: {titles}."
            " Give this folder to nobody who must not hear them."
        )
        lines.append(words.format(titles=_few(done.private)))
    return lines


def _apart(done: Exported) -> list[str]:
    """Return what is not in the export, and what is in it no more on the air."""
    lines = []
    if done.left:
        files = ngettext("{count} recording", "{count} recordings", len(done.left))
        words = translate("Stays where it is: {recordings} (--recordings takes them along)")
        lines.append(words.format(recordings=files))
    if done.former:
        words = translate("From an earlier export, and not published any more: {files}")
        lines.append(words.format(files=_few(done.former)))
    return lines


def _ways(name: str) -> list[str]:
    feed = f"{name.rstrip('/')}/feed.xml"
    return [
        translate("into a new show of sendeturm: sendeturm import {feed}").format(feed=feed),
        translate("onto a webspace: all of it but show/ and the hidden .sendeturm/"),
        translate("to a hoster: give it the address of your feed; then: sendeturm move NEW_URL"),
    ]


def _few(names: Sequence[str]) -> str:
    shown = ", ".join(one_line(name) for name in names[:MOST_NAMES])
    more = len(names) - MOST_NAMES
    return f"{shown}, +{more}" if more > 0 else shown


def _document(target: Path, done: Exported) -> dict[str, object]:
    return {
        "folder": str(target),
        "title": done.show.facts.title,
        "on_air": list(done.on_air),
        "waiting": list(done.waiting),
        "private": list(done.private),
        "size_bytes": done.size_bytes,
        "files": len(done.keys),
        "copied": list(done.copied),
        "made": list(done.made),
        "recordings_left": list(done.left),
        "former": list(done.former),
        "problems": [problem_document(found) for found in done.problems],
    }
