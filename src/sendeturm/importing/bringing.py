"""Episodes are brought: their words first, then their files, each at most once."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from sendeturm.errors import Place, Problem, SendeturmError, Severity, fail, problem
from sendeturm.events import Failed, Finished
from sendeturm.i18n import word
from sendeturm.importing.assembling import named
from sendeturm.importing.carrier import PICTURE_LIMITS, TEXT_LIMITS, Carrier
from sendeturm.importing.pictures import found_picture, shown_picture
from sendeturm.importing.shelf import Shelf
from sendeturm.importing.sounds import look_at
from sendeturm.importing.texts import (
    FoundText,
    best_first,
    found_chapters,
    found_transcript,
    heard_chapters,
    with_pictures,
)
from sendeturm.importing.values import FoundEpisode
from sendeturm.model import Chapter
from sendeturm.model.config import UNTOUCHED
from sendeturm.sources import new_sidecar, write_front
from sendeturm.sources.files import create_file
from sendeturm.sources.folder import Kind, name_of
from sendeturm.sources.writing import unwritable
from sendeturm.text.stamps import note_chapters

ARRIVING = ".sendeturm/arriving"
"""Where sound grows until it is whole."""
_STOPS: Final = ("web.disk-full", "web.unwritable", "sources.unwritable")
"""What would meet every further file alike."""
SOUND: Final = "sound"
_CODES: Final = {
    "cover": "importing.no-cover",
    "chapters": "importing.no-chapters",
    "transcript": "importing.no-transcript",
    SOUND: "importing.no-voice",
}
_CAUSES: Final = {
    "web.private": "importing.private-voice",
    "web.leads-elsewhere": "importing.private-voice",
    "web.file-too-large": "importing.large-voice",
}
"""Why sound did not come, where the person can allow it."""
SoundState = Literal["brought", "there", "missing"]


@dataclass(slots=True)
class Brought:
    """What became of an episode; `file` is its sidecar, `is_new` says that this run made it."""

    episode: FoundEpisode
    file: str
    is_new: bool
    sound: SoundState = "missing"
    size_bytes: int = 0
    duration_ms: int = 0
    problems: list[Problem] = field(default_factory=list)


def bring(
    episodes: Sequence[FoundEpisode], shelf: Shelf, carrier: Carrier, language: str
) -> list[Brought]:
    """Bring all episodes into the folder, and return what became of each.

    All words are written before the first file is asked for. Nothing that is there is written
    over. Raises SendeturmError where nothing can be written at all; all else is told.
    """
    brought = [_with_words(episode, shelf) for episode in episodes]
    for one in brought:
        _Bringing(one, shelf, carrier, language).all_files()
        failed = any(p.severity is Severity.ERROR for p in one.problems)
        stem = one.episode.stem
        carrier.listen(Failed(stem, tuple(one.problems)) if failed else Finished(stem))
    return brought


def _with_words(episode: FoundEpisode, shelf: Shelf) -> Brought:
    """Write an episode's sidecar, if its identity is not here yet."""
    path = shelf.episodes / f"{episode.stem}.md"
    is_new = episode.guid not in shelf.stems
    brought = Brought(episode, name_of(path), is_new)
    if is_new:
        new_sidecar(path, episode.title, episode.notes, **episode.front)
        brought.problems += [named(found, brought.file) for found in episode.problems]
    return brought


@dataclass(frozen=True, slots=True)
class _Bringing:
    """The files of one episode on their way."""

    brought: Brought
    shelf: Shelf
    carrier: Carrier
    language: str

    def all_files(self) -> None:
        """Bring what is not here yet; what cannot be brought is told, and the rest goes on."""
        steps: tuple[tuple[str, Callable[[], None]], ...] = (
            ("cover", self._cover),
            ("transcript", self._transcript),
            (SOUND, self._sound),
            ("chapters", self._chapters),
        )
        for thing, step in steps:
            try:
                step()
            except SendeturmError as error:
                first = error.problems[0]
                if first.code in _STOPS:
                    raise
                self._tell(thing, first)
            except OSError as error:
                raise unwritable(self.brought.file, error) from error

    @property
    def _episode(self) -> FoundEpisode:
        return self.brought.episode

    def _tell(self, thing: str, why: Problem) -> None:
        """Tell what could not be brought, from where, and why."""
        urls = {
            "cover": self._episode.cover_url,
            "chapters": self._episode.chapters_url,
            "transcript": next((one.url for one in self._episode.transcripts), ""),
            SOUND: self._episode.sound.url,
        }
        severity = Severity.ERROR if thing == SOUND else Severity.WARNING
        reason = word(why.code, dict(why.params))
        self.brought.problems.append(
            problem(
                _CAUSES.get(why.code, _CODES[thing]) if thing == SOUND else _CODES[thing],
                file=self.brought.file,
                severity=severity,
                url=urls[thing],
                reason=reason.what,
                cause=why.code,
            )
        )

    def _note(self, code: str, **params: str) -> None:
        note = Problem(code, params, Place(self.brought.file), Severity.NOTE)
        self.brought.problems.append(note)

    def _cover(self) -> None:
        url, stem = self._episode.cover_url, self._episode.stem
        if not url or self.shelf.has(stem, Kind.COVER):
            return
        picture = found_picture(self.carrier.body(url, PICTURE_LIMITS), self.brought.file)
        self._write(picture.ending, picture.body)
        if picture.was:
            self._note("importing.squared", pixels=picture.was)

    def _chapters(self) -> None:
        """Write the chapters; those behind the end, which old notes often list, are left out."""
        if self.shelf.has(self._episode.stem, Kind.CHAPTERS):
            return
        found, chapters = self._listed_chapters()
        if found is None:
            chapters = note_chapters(self._episode.notes, self.brought.file)[0]
        found = heard_chapters(chapters, self.brought.duration_ms) or found
        found = found and with_pictures(found, chapters, self._pictures(chapters))
        if found is not None:
            self._write(found.ending, found.body)
            if found.is_mended:
                self._note("importing.mended-chapters")

    def _listed_chapters(self) -> tuple[FoundText | None, tuple[Chapter, ...]]:
        """Return the chapters of a file, or else those in the feed itself."""
        episode, file = self._episode, self.brought.file
        trouble: SendeturmError | None = None
        if episode.chapters_url:
            try:
                body = self.carrier.body(episode.chapters_url, TEXT_LIMITS)
                found, chapters = found_chapters(body, file)
                if found is not None:
                    return found, chapters
                trouble = fail("importing.nothing-in-it")
            except SendeturmError as error:
                trouble = error
        if trouble is not None and not episode.listed:
            raise trouble
        return found_chapters(episode.listed, file) if episode.listed else (None, ())

    def _pictures(self, chapters: tuple[Chapter, ...]) -> dict[str, str]:
        """Bring the chapters' pictures, and return the file of each address; others stay away."""
        files: dict[str, str] = {}
        urls = dict.fromkeys(c.image for c in chapters if c.image and not c.own_picture)
        for number, url in enumerate(urls, 1):
            try:
                body = self.carrier.body(url, PICTURE_LIMITS)
                picture = shown_picture(body, self.brought.file)
            except SendeturmError:
                self._note("importing.no-chapter-picture", url=url)
                continue
            ending = f"-chapter-{number:02}{picture.ending}"
            self._write(ending, picture.body)
            files[url] = f"{self._episode.stem}{ending}"
        return files

    def _transcript(self) -> None:
        episode = self._episode
        if not episode.transcripts or self.shelf.has(episode.stem, Kind.TRANSCRIPT):
            return
        trouble: SendeturmError | None = None
        for one in best_first(episode.transcripts, self.language):
            try:
                body = self.carrier.body(one.url, TEXT_LIMITS)
            except SendeturmError as error:
                trouble = trouble or error
                continue
            found = found_transcript(body, one, self.brought.file)
            if found is not None:
                self._write(found.ending, found.body)
                if found.is_mended:
                    self._note("importing.mended-transcript")
                return
        raise trouble or fail("importing.nothing-in-it")

    def _sound(self) -> None:
        episode, brought = self._episode, self.brought
        if self.shelf.has(episode.stem, Kind.RECORDING, Kind.FOLDER):
            brought.sound = "there"
            return
        arriving = self.shelf.folder / ARRIVING / episode.stem
        arriving.parent.mkdir(parents=True, exist_ok=True)
        if not arriving.is_file():
            self.carrier.sound(episode.sound.url, arriving, episode.stem)
        try:
            looked = look_at(arriving, episode.sound, brought.file)
        except SendeturmError:
            arriving.unlink()
            raise
        sidecar = self.shelf.episodes / f"{episode.stem}.md"
        if looked.is_finished:
            # The words come first: whole sound without them would be mastered.
            write_front(sidecar, {"sound": UNTOUCHED}, brought.file)
        else:
            self._note("importing.other-kind", kind=looked.ending.lstrip("."))
        brought.size_bytes = arriving.stat().st_size
        brought.duration_ms = looked.duration_ms
        if episode.published_at is not None:
            # It came whole: publishing need not wait to see whether it still grows.
            os.utime(arriving, (episode.published_at.timestamp(),) * 2)
        arriving.replace(sidecar.with_suffix(looked.ending))
        brought.sound = "brought"

    def _write(self, ending: str, body: bytes) -> None:
        path = self.shelf.episodes / f"{self._episode.stem}{ending}"
        try:
            create_file(path, body)
        except FileExistsError:
            return
        except OSError as error:
            raise unwritable(name_of(path), error) from error
