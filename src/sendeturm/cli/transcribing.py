"""Transcripts of the episodes somebody names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sendeturm.cli.pace import TRANSCRIBING
from sendeturm.cli.problems import problem_document, tell
from sendeturm.cli.progress import listening
from sendeturm.cli.screen import print_document, say
from sendeturm.errors import Problem, SendeturmError, fail
from sendeturm.events import Failed, Listener
from sendeturm.i18n import translate

if TYPE_CHECKING:
    from sendeturm.cli.call import Call, OpenShow
    from sendeturm.model import Episode
    from sendeturm.sound import Engine


def transcribe_names(call: Call, names: Sequence[str], model: str, *, may_replace: bool) -> bool:
    """Write a transcript for each episode that is named; return whether all could be."""
    show = call.open_show()
    written: list[str] = []
    problems: list[Problem] = []
    episodes = _episodes(show, names, problems)
    titles = {stem: _title(episode) for stem, episode in episodes.items()}
    with listening(call, titles, TRANSCRIBING) as chronicle:
        desk = _Desk(show, model, chronicle, may_replace=may_replace)
        for stem, episode in episodes.items():
            try:
                path = desk.write(episode)
                written.append(path.relative_to(show.folder.absolute()).as_posix())
            except SendeturmError as error:
                problems += [found for found in error.problems if found not in problems]
                chronicle(Failed(stem, error.problems))
    if call.as_json:
        told = [problem_document(found) for found in problems]
        print_document({"files": written, "model": model, "problems": told})
    else:
        _say(call, written)
        tell(problems)
    return not problems


def _episodes(show: OpenShow, names: Sequence[str], problems: list[Problem]) -> dict[str, Episode]:
    from sendeturm.publish import find_episode  # noqa: PLC0415  # not for --help

    episodes = {}
    for name in dict.fromkeys(names):
        found = find_episode(name, show.folder, show.config, show.store)
        if found is None or found.episode is None:
            problems += fail("cli.no-such-episode", name=name).problems
        else:
            episodes[found.episode.stem] = found.episode
    return episodes


@dataclass
class _Desk:
    """Where one episode after the other is written down, by an engine that is loaded once."""

    show: OpenShow
    model: str
    listen: Listener
    may_replace: bool = field(kw_only=True)
    _engine: Engine | None = None

    def write(self, episode: Episode) -> Path:
        """Write the transcript of `episode` and return its file; raises SendeturmError."""
        from sendeturm.publish import (  # noqa: PLC0415  # not for --help
            material_to_hear,
            write_transcript,
        )
        from sendeturm.sound import load_whisper  # noqa: PLC0415  # the same

        material = material_to_hear(episode, self.show.folder, may_replace=self.may_replace)
        self._engine = self._engine or load_whisper(self.model)
        return write_transcript(episode, material, self.show.config, self._engine, self.listen)


def _title(episode: Episode) -> str:
    return episode.front.title if episode.front else episode.stem


def _say(call: Call, written: Sequence[str]) -> None:
    for file in written:
        say(translate("Written: {file}").format(file=file))
    if written and not call.quiet:
        say(
            translate(
                "A machine wrote this, and feed and page will say so. Once you have read and"
                " corrected it, delete the line that begins NOTE made by."
            )
        )
