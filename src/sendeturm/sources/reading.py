"""`episodes/` becomes episodes: each whole and right, or left out with all that is wrong."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sendeturm.errors import Param, Problem, SendeturmError, Severity, problem
from sendeturm.model import Config, Episode, FrontMatter
from sendeturm.sources.chapters import chapters_in_files, chapters_in_notes, chosen_chapters
from sendeturm.sources.collisions import without_collisions
from sendeturm.sources.files import read_text
from sendeturm.sources.folder import EPISODES, Files, Kind, name_of, sorted_files
from sendeturm.sources.front import split_front
from sendeturm.sources.several import Several
from sendeturm.sources.toml import Loc, parse
from sendeturm.sources.transcripts import read_cues, transcript_in
from sendeturm.sources.validation import Written, cleaned, validated
from sendeturm.sources.zones import DATE_KEY, as_date, moment_of, zone_of
from sendeturm.text.cleaning import clean
from sendeturm.text.slugs import RESERVED_SLUGS

_IN_FORMS = (Kind.CHAPTERS, Kind.TRANSCRIPT, Kind.MAYBE)


@dataclass(frozen=True, slots=True)
class Sources:
    """What `episodes/` holds, in the order of stems.

    `episodes` have a sidecar; `waiting` are bare recordings (their `front` is None). What is in
    neither has errors among `problems`; warnings leave nothing out.
    """

    episodes: tuple[Episode, ...] = ()
    waiting: tuple[Episode, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_sources(
    folder: Path, config: Config, *, wants_cues: Callable[[Path], bool] = lambda _: True
) -> Sources:
    """Return the episodes in `folder`, dates in the show's time zone where they name none.

    A broken episode is left out, the others are not. `wants_cues` may say of a transcript that
    its cues are not needed: they take 30 ms for an hour of speech, everything else 0.3 ms for an
    episode. Raises SendeturmError only if the folder itself cannot be read.
    """
    all_files, problems = sorted_files(folder)
    zone = zone_of(config.show.timezone)
    read: list[Episode] = []
    for files in all_files:
        reading = _Reading(folder.absolute(), files, zone, wants_cues)
        episode = reading.episode()
        problems += reading.problems
        read += [episode] if episode else []
    kept, collisions = without_collisions(read)
    return Sources(
        episodes=tuple(episode for episode in kept if episode.front is not None),
        waiting=tuple(episode for episode in kept if episode.front is None),
        problems=(*problems, *collisions),
    )


@dataclass
class _Reading:
    """The reading of one episode's files."""

    folder: Path
    files: Files
    zone: ZoneInfo | None
    wants_cues: Callable[[Path], bool]
    problems: list[Problem] = field(default_factory=list)
    fields: dict[str, Any] = field(default_factory=dict)
    written: Written | None = None
    notes_line: int = 1

    def episode(self) -> Episode | None:
        """Return the episode, None if there is none or something is wrong with it."""
        if not any(map(self.files.first, (Kind.SIDECAR, Kind.RECORDING, Kind.FOLDER))):
            self._tell_orphans()
            return None
        for read in (self._names, self._front, self._folder, self._chapters, self._transcript):
            try:
                read()
            except SendeturmError as error:
                self.problems += error.problems
        if any(found.severity is Severity.ERROR for found in self.problems):
            return None
        return Episode(stem=self.files.stem, **self.fields)

    def _tell_orphans(self) -> None:
        for kind in (Kind.CHAPTERS, Kind.TRANSCRIPT):  # a picture may be named by any sidecar
            for path in self.files.of.get(kind, ()):
                stem = self.files.stem
                self.problems.append(problem("sources.orphan", file=name_of(path), stem=stem))

    def _names(self) -> None:
        """Refuse two files that want to be the same thing; what is exported may have two forms."""
        for kind, paths in self.files.of.items():
            if len(paths) > 1 and kind not in _IN_FORMS:
                first, second = name_of(paths[0]), name_of(paths[1])
                self.problems.append(problem("sources.two-files", file=second, other=first))
        recording, folder = self.files.first(Kind.RECORDING), self.files.first(Kind.FOLDER)
        if recording and folder:
            file, other = f"{name_of(folder)}/", name_of(recording)
            self.problems.append(problem("sources.two-files", file=file, other=other))
        self.fields["recording"] = recording
        self.fields["cover"] = self.files.first(Kind.COVER)

    def _front(self) -> None:
        path = self.files.first(Kind.SIDECAR)
        if path is None:
            return
        file = name_of(path)
        parts = split_front(read_text(path, file), file)
        self.written = written = Written(file, parts.toml, parts.line_offset)
        self.fields |= {"sidecar": path, "notes_markdown": clean(parts.notes).strip("\n")}
        self.notes_line = parts.notes_line
        values = cleaned(parse(parts.toml, file, parts.line_offset))
        self._date(values, written)
        front, problems = validated(FrontMatter, values, written)
        self.fields["front"] = front
        self.problems += problems
        if front is None:
            return
        self._cover(front.cover, written)
        if front.slug in RESERVED_SLUGS:
            found = written.problem("sources.reserved-slug", ("slug",), value=front.slug)
            self.problems.append(found)

    def _folder(self) -> None:
        """Read what the files of the episode's folder are to each other."""
        folder, front = self.files.first(Kind.FOLDER), self.fields.get("front")
        has_sidecar = self.files.first(Kind.SIDECAR) is not None
        if folder is None:
            if self.fields["recording"] and front and (front.parts or front.tracks):
                key = "parts" if front.parts else "tracks"
                stem = self.files.stem
                self.problems.append(self._said("sources.no-folder", (key,), stem=stem))
        elif front is not None or not has_sidecar:  # a broken sidecar says enough
            fields, problems = Several(folder, self.files.stem, front, self.written).fields()
            self.fields |= fields
            self.problems += problems

    def _said(self, code: str, loc: Loc, **params: Param) -> Problem:
        assert self.written is not None, "only what is written can be wrong"
        return self.written.problem(code, loc, **params)

    def _date(self, values: dict[str, Any], written: Written) -> None:
        """Make the date a moment; pydantic would take `20261120` for seconds since 1970."""
        if DATE_KEY not in values:
            return
        value = values.pop(DATE_KEY)
        written_at = as_date(value)
        if written_at is None:
            shown = str(value)
            self.problems.append(written.problem("sources.not-date", (DATE_KEY,), value=shown))
            return
        moment = moment_of(written_at, self.zone, written)
        if isinstance(moment, datetime):
            values[DATE_KEY] = written_at
            self.fields["published_at"] = moment
        else:
            self.problems.append(moment)

    def _cover(self, named: str | None, written: Written) -> None:
        """Take the picture the sidecar names, in whichever form the disk has its accents."""
        if not named:
            return
        forms = (unicodedata.normalize(form, named) for form in ("NFC", "NFD"))
        paths = (self.folder / EPISODES / form for form in forms)
        self.fields["cover"] = next((path for path in paths if _is_file(path)), None)
        if self.fields["cover"] is None:
            self.problems.append(written.problem("sources.no-cover", ("cover",), value=named))

    def _chapters(self) -> None:
        """Take the chapters of the file or notes that say most, and tell what differs."""
        sources = chapters_in_files(self.files)
        notes = self.fields.get("notes_markdown", "")
        if notes and self.written:
            sources += chapters_in_notes(notes, self.written.file, self.notes_line)
        chosen, problems = chosen_chapters(sources)
        self.problems += problems
        if chosen is not None:
            self.fields |= {"chapters": chosen.chapters, "chapters_from": chosen.file}

    def _transcript(self) -> None:
        path = transcript_in(self.files)
        if path is None:
            return
        self.fields["transcript"] = path
        if self.wants_cues(path):
            self.fields["cues"], problems = read_cues(path)
            self.problems += problems


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name that no file can have
        return False
