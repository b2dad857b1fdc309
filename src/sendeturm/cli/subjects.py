"""What `measure` is asked about: files, and episodes with what is published of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sendeturm.errors import SendeturmError, fail
from sendeturm.i18n import figure, translate

if TYPE_CHECKING:
    from sendeturm.cli.call import Call, OpenShow
    from sendeturm.model import AudioFacts, Measurement, Record, SoundSettings
    from sendeturm.publish import Found

_ADDRESSES = ("https://", "http://")
CHANNELS = {1: "mono", 2: "stereo"}


@dataclass(frozen=True, slots=True)
class Sound:
    """One sound to measure: a file here, or the published one of an episode (`record`)."""

    label: str
    path: Path | None = None
    record: Record | None = None

    @property
    def words(self) -> str:
        """Return how it is called in tables and pictures."""
        words = translate("published: {file}") if self.record else "{file}"
        return words.format(file=self.label)

    @property
    def audio(self) -> AudioFacts | None:
        """Return what is known of how a published sound was made."""
        return self.record.audio if self.record else None


@dataclass(frozen=True, slots=True)
class Subject:
    """What one word on the command line means; `title` is empty for a plain file."""

    name: str
    title: str
    sounds: tuple[Sound, ...]


class Finder:
    """Finds what words mean; a show is opened only if a word is no file."""

    def __init__(self, call: Call) -> None:
        """Look around the call's show, if there is one."""
        self._call = call
        self._show: OpenShow | None = None

    def find(self, name: str) -> Subject:
        """Return what `name` means; raises SendeturmError if it means nothing."""
        path = Path(name)
        if path.exists() or self._call.find_show() is None:
            return Subject(name, "", (Sound(name, path),))
        found = self._episode(name)
        if found is not None:
            return Subject(name, _title(found) or name, tuple(self._sounds(found)))
        if path.parent != Path() and not name.startswith(_ADDRESSES):
            return Subject(name, "", (Sound(name, path),))
        raise fail("cli.no-such-sound", file=name)

    @contextmanager
    def opened(self, sound: Sound) -> Iterator[Path]:
        """Give a sound as a file, fetched from the show's storage if need be."""
        if sound.path is not None:
            yield sound.path
            return
        from sendeturm.publish import fetched_media  # noqa: PLC0415  # for published ones only

        assert sound.record is not None
        show = self._open_show()
        with fetched_media(sound.record, show.folder, show.store) as path:
            yield path

    def settings(self) -> SoundSettings:
        """Return the sound that is aimed at: the show's, or the usual one."""
        from sendeturm.model import SoundSettings  # noqa: PLC0415  # not for --help
        from sendeturm.sources import read_config  # noqa: PLC0415  # the same

        folder = self._call.find_show()
        try:
            return read_config(folder).sound if folder else SoundSettings()
        except SendeturmError:
            return SoundSettings()  # measuring a file needs no show that is in order

    def _open_show(self) -> OpenShow:
        self._show = self._show or self._call.open_show()
        return self._show

    def _episode(self, name: str) -> Found | None:
        from sendeturm.publish import find_episode  # noqa: PLC0415  # for episodes only

        show = self._open_show()
        return find_episode(name, show.folder, show.config, show.store)

    def _sounds(self, found: Found) -> Iterator[Sound]:
        folder = self._open_show().folder
        episode = found.episode
        single = [episode.recording] if episode and episode.recording else []
        several = [one.path for one in episode.recordings] if episode else []
        for path in [*single, *several]:
            yield Sound(path.relative_to(folder.absolute()).as_posix(), path)
        if found.record and found.record.enclosure:
            yield Sound(found.record.enclosure.key, None, found.record)


def _title(found: Found) -> str:
    if found.record:
        return found.record.facts.title
    front = found.episode.front if found.episode else None
    return front.title if front else ""


def format_words(measurement: Measurement) -> str:
    """Return codec, sample rate and channels."""
    channels = CHANNELS.get(measurement.channels, str(measurement.channels))
    codec = measurement.codec.removesuffix("float")  # FFmpeg names its decoders, mp3float for one
    return f"{codec}, {figure(measurement.sample_rate_hz / 1000)} kHz, {channels}"
