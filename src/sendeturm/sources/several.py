"""An episode of several files: which they are, and what they are to each other."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sendeturm.errors import Problem, problem
from sendeturm.model import FrontMatter, Recorded
from sendeturm.sources.folder import EPISODES, name_of, recordings_in
from sendeturm.sources.toml import Loc, quoted
from sendeturm.sources.validation import Written
from sendeturm.text.slugs import title_from_stem
from sendeturm.units import MS_PER_SECOND


@dataclass(frozen=True, slots=True)
class Several:
    """What lies in an episode's folder, beside what its front matter says of it.

    `front` and `written` are None where there is no sidecar yet.
    """

    folder: Path
    stem: str
    front: FrontMatter | None
    written: Written | None

    def fields(self) -> tuple[dict[str, Any], list[Problem]]:
        """Return the episode's fields about its recordings, and all that is wrong with them.

        A single file needs no words. Raises SendeturmError if the folder cannot be read.
        """
        found = {unicodedata.normalize("NFC", p.name): p for p in recordings_in(self.folder)}
        fields: dict[str, Any] = {"folder": self.folder}
        front = self.front
        if front is None or self.written is None or not (front.parts or front.tracks):
            (first, *others) = found.values()
            if others:
                return fields, [self._undeclared(list(found))]
            return fields | {"recording": first}, []
        if front.parts and front.tracks:
            return fields, [self.written.problem("sources.parts-and-tracks", ("tracks",))]
        problems = self._problems(found, front, self.written)
        if problems:
            return fields, problems
        layout = "parts" if front.parts else "tracks"
        return fields | {"layout": layout, "recordings": _recordings(found, front)}, []

    def _undeclared(self, names: Sequence[str]) -> Problem:
        sidecar, folder = f"{EPISODES}/{self.stem}.md", f"{name_of(self.folder)}/"
        code = "sources.undeclared" if self.front else "sources.undeclared-bare"
        return problem(
            code,
            file=sidecar if self.front else folder,
            count=len(names),
            sidecar=sidecar,
            title=f"title = {quoted(title_from_stem(self.stem))}",
            parts=parts_line(names),
            tracks=tracks_line(names),
        )

    def _problems(
        self, found: dict[str, Path], front: FrontMatter, written: Written
    ) -> list[Problem]:
        """Return what is missing, named twice, or not named."""
        problems: list[Problem] = []
        named: set[str] = set()
        for loc, name in _named(front):
            if name not in found or not found[name].is_file():
                folder = f"{name_of(self.folder)}/"
                problems.append(written.problem("sources.no-part", loc, value=name, folder=folder))
            elif name in named:
                problems.append(written.problem("sources.part-twice", loc, value=name))
            named.add(name)
        key = "parts" if front.parts else "tracks"
        forgotten = [name for name in found if name not in named]
        problems += [written.problem("sources.part-left", (key,), value=n) for n in forgotten]
        return problems


def parts_line(names: Sequence[str]) -> str:
    """Return the line that makes files parts in this order."""
    return f"parts = [{', '.join(quoted(name) for name in names)}]"


def tracks_line(names: Sequence[str]) -> str:
    """Return the line that makes files tracks of one conversation."""
    entries = (
        f"{{ file = {quoted(name)}, speaker = {quoted(title_from_stem(Path(name).stem))} }}"
        for name in names
    )
    return f"tracks = [{', '.join(entries)}]"


def _named(front: FrontMatter) -> list[tuple[Loc, str]]:
    """Return the files' names as the front matter has them, each with its place."""
    parts: list[tuple[Loc, str]] = [(("parts", n), name) for n, name in enumerate(front.parts)]
    tracks: list[tuple[Loc, str]] = [
        (("tracks", n, "file"), track.file) for n, track in enumerate(front.tracks)
    ]
    return [(loc, unicodedata.normalize("NFC", name)) for loc, name in (*parts, *tracks)]


def _recordings(found: dict[str, Path], front: FrontMatter) -> tuple[Recorded, ...]:
    names = [name for _, name in _named(front)]
    if front.parts:
        return tuple(Recorded(path=found[name]) for name in names)
    return tuple(
        Recorded(
            path=found[name],
            speaker=track.speaker,
            starts_at_ms=round(track.starts_at_s * MS_PER_SECOND),
        )
        for name, track in zip(names, front.tracks, strict=True)
    )
