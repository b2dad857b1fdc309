"""What came as sound is looked at: apps' own kinds stay as they are, web pages are none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from sendeturm.errors import SendeturmError, fail
from sendeturm.importing.values import Sound
from sendeturm.sources import RECORDING_SUFFIXES

_ENDINGS = {
    "audio/mpeg": ".mp3",
    "audio/mp3": ".mp3",
    "audio/x-m4a": ".m4a",
    "audio/m4a": ".m4a",
    "audio/mp4": ".m4a",
    "audio/aac": ".aac",
    "audio/ogg": ".ogg",
    "audio/opus": ".opus",
    "audio/flac": ".flac",
    "audio/wav": ".wav",
    "audio/x-wav": ".wav",
    "video/mp4": ".mp4",
    "video/x-m4v": ".mp4",
    "video/quicktime": ".mov",
    "video/webm": ".webm",
}
_PAGE = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|\?xml|error)", re.IGNORECASE)
_HEAD_BYTES = 512


@dataclass(frozen=True, slots=True)
class Looked:
    """What a file turned out to be: its ending, and whether it can go out untouched.

    `duration_ms` is what it says of itself, 0 where it says nothing.
    """

    ending: str
    is_finished: bool
    duration_ms: int = 0


def look_at(path: Path, sound: Sound, file: str) -> Looked:
    """Return what came from an enclosure; `file` is its name in messages.

    Raises SendeturmError: `importing.page-for-sound`, and what the room of sound says of files
    that nobody can hear.
    """
    from sendeturm.sound.decode import open_recording  # noqa: PLC0415  # the signal's libraries
    from sendeturm.sound.finished import looked_at  # noqa: PLC0415  # the same

    with path.open("rb") as opened:
        head = opened.read(_HEAD_BYTES)
    if _PAGE.match(head):
        raise fail("importing.page-for-sound", file=file)
    with open_recording(path, file) as recording:
        duration_ms = recording.facts.duration_ms
    try:
        return Looked(looked_at(path, file).kind.suffix, True, duration_ms)  # noqa: FBT003  # named above
    except SendeturmError as error:
        if error.problems[0].code != "sound.not-finished":
            raise
    return Looked(_ending(sound), False, duration_ms)  # noqa: FBT003  # the same


def _ending(sound: Sound) -> str:
    written = f".{sound.url.partition('?')[0].rpartition('.')[2].lower()}"
    if written in RECORDING_SUFFIXES:
        return written
    return _ENDINGS.get(sound.type.partition(";")[0].strip(), ".mp4")
