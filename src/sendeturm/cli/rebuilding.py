"""The preview kept up to date: what changed is made anew, and told in one line."""

from __future__ import annotations

import json
import os
import time
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sendeturm.cli.problems import lines_of, one_line, problem_document, tell
from sendeturm.cli.progress import Chronicle, listening
from sendeturm.cli.report import print_times
from sendeturm.cli.screen import harmless, say
from sendeturm.errors import SendeturmError
from sendeturm.i18n import chosen_language, figure, ngettext, translate

if TYPE_CHECKING:
    from sendeturm.cli.call import Call
    from sendeturm.errors import Problem
    from sendeturm.model import Config
    from sendeturm.publish.editions import Edition
    from sendeturm.store import PreviewServer

POLL_S = 0.3
MOST_NAMES = 3
STATE_FILE = "state.json"
STATE_TYPE = "application/json; charset=utf-8"


def print_line(event: str, **facts: object) -> None:
    """Print an event as one line of JSON on stdout."""
    click.echo(json.dumps({"event": event, **facts}, ensure_ascii=False))


class LivePreview:
    """Makes one edition of the preview after the other and has the server show the latest."""

    def __init__(
        self, call: Call, folder: Path, place: Path, server: PreviewServer, address: str
    ) -> None:
        """Keep editions in `place`; nothing is made yet."""
        from sendeturm.publish.editions import Editions  # noqa: PLC0415  # Jinja2 is heavy

        self._call = call
        self._folder = folder
        self._place = place
        self._server = server
        self._editions = Editions(folder, place, address, chosen_language())
        self._pending: frozenset[str] = frozenset()
        self._told: tuple[Problem, ...] = ()

    def begin(self, config: Config, told: Collection[Problem] = ()) -> None:
        """Make the first edition; raises SendeturmError where there cannot be one.

        `told` are mistakes that the person knows of.
        """
        from sendeturm.sources import Watch  # noqa: PLC0415  # not for --help

        self._watch = Watch(self._folder, config)
        edition = self._make(config)
        tell(p for p in edition.problems if p not in told)
        self._told = edition.problems

    def keep_watch(self) -> None:
        """Make another edition whenever files have changed and are quiet again; never ends."""
        while True:
            time.sleep(POLL_S)
            changed = self._watch.look(time.monotonic())
            if changed:
                self.renew(changed)

    def renew(self, changed: Collection[str]) -> None:
        """Make the next edition and tell what it brought; without one the latest stays."""
        from sendeturm.sources import read_config  # noqa: PLC0415  # not for --help

        self._pending |= frozenset(changed)
        os.utime(self._place)  # a sign of life: nobody takes it for left behind
        before, began_s = self._editions.latest, time.monotonic()
        try:
            config = read_config(self._folder)
            edition = self._make(config)
        except SendeturmError as error:
            self._fail(changed, error.problems)
            return
        self._watch.config = config
        self._pending = frozenset()
        assert before is not None, "begin() has made one"
        self._report(changed, before, edition, time.monotonic() - began_s)

    def _make(self, config: Config) -> Edition:
        from sendeturm.site.marking import STATE_KEY  # noqa: PLC0415  # Jinja2 is heavy
        from sendeturm.store.serving import Beside, Shown  # noqa: PLC0415  # not for --help

        former = self._editions.latest
        edition = self._editions.make(config, self._pending, self._listening)
        beside = {key: Beside(path, kind) for key, (path, kind) in edition.compared.files.items()}
        beside[STATE_KEY] = Beside(self._place / STATE_FILE, STATE_TYPE)
        self._write_state(edition.problems)
        self._server.shown = Shown(edition.store, beside, former.store if former else None)
        return edition

    @contextmanager
    def _listening(self, titles: Mapping[str, str]) -> Iterator[Chronicle]:
        """Show bars where sound may have to be made; all else is over before they are read."""
        takes_time = self._editions.latest is None or any(map(_is_slow, self._pending))
        if not (titles and takes_time):
            yield Chronicle()
            return
        with listening(self._call, titles) as chronicle:
            yield chronicle
        if self._call.verbose and not self._call.as_json:
            print_times(chronicle, titles)

    def _write_state(self, problems: Iterable[Problem]) -> None:
        """Write what the pages ask for: their versions, and what is wrong."""
        from sendeturm.sources.files import replace_file  # noqa: PLC0415  # not for --help

        assert self._editions.latest is not None, "asked only once there is one"
        lines = [line for found in problems for line in lines_of(found)]
        notice = [translate("This preview is not up to date, because of a mistake:"), *lines]
        state = {
            "pages": self._editions.latest.compared.versions,
            "moved": self._editions.moved,
            "notice": harmless("\n".join(notice)) if lines else "",
        }
        replace_file(self._place / STATE_FILE, json.dumps(state, ensure_ascii=False).encode())

    def _fail(self, changed: Collection[str], problems: Sequence[Problem]) -> None:
        self._told = tuple(problems)
        self._write_state(problems)
        if self._call.as_json:
            documents = [problem_document(p) for p in problems]
            print_line("out-of-date", files=sorted(changed), problems=documents)
            return
        words = translate("{time}  {files}: a mistake; the preview stays as it was.")
        say(words.format(time=_time(), files=_names(changed)), err=True)
        tell(problems)

    def _report(
        self, changed: Collection[str], before: Edition, edition: Edition, seconds: float
    ) -> None:
        pages = _new_pages(before, edition)
        if self._call.as_json:
            documents = [problem_document(p) for p in edition.problems]
            about = {"episodes": list(edition.made), "pages": pages, "problems": documents}
            print_line("rebuilt", files=sorted(changed), seconds=round(seconds, 3), **about)
            return
        tell(p for p in edition.problems if p not in self._told)
        self._told = edition.problems
        if self._call.quiet:
            return
        what = translate("no page looks different")
        if pages:
            what = ngettext("{count} page made anew", "{count} pages made anew", len(pages))
        say(f"{_time()}  {_names(changed)}: {what}, {figure(seconds)} s")


def _is_slow(name: str) -> bool:
    """Say whether a change of this file may mean that sound must be made."""
    from sendeturm.sources import CONFIG_NAME, RECORDING_SUFFIXES  # noqa: PLC0415  # not for --help

    return name == CONFIG_NAME or Path(name).suffix.lower() in RECORDING_SUFFIXES


def _new_pages(before: Edition, edition: Edition) -> list[str]:
    """Return the pages of the site that look different now."""
    former, versions = before.compared.versions, edition.compared.versions
    different = {key for key in former.keys() | versions if former.get(key) != versions.get(key)}
    return sorted(key for key in different if not key.startswith("_preview/"))


def _names(changed: Collection[str]) -> str:
    names = [one_line(unicodedata.normalize("NFC", name)) for name in sorted(changed)]
    more = len(names) - MOST_NAMES
    shown = names[:MOST_NAMES]
    return ", ".join(
        [*shown, ngettext("{count} more", "{count} more", more)] if more > 0 else shown
    )


def _time() -> str:
    return f"{datetime.now().astimezone():%H:%M:%S}"
