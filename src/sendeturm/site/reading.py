"""A transcript's cues become paragraphs one likes to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from sendeturm.model import Cue
from sendeturm.units import MS_PER_SECOND, clock_from_ms

_LONG_ENOUGH_CHARACTERS = 420
_SENTENCE_ENDS = (".", "!", "?", "…", "”", "“", "»", "«", "。", "؟")


@dataclass(frozen=True, slots=True)
class Moment:
    """A time one can jump to: `seconds` as media fragments have it, `clock` as people read it."""

    seconds: str
    clock: str


class Paragraph(NamedTuple):
    """What one person says in one go; `speaker` is empty where the same one goes on.

    A tuple, because a template unpacks it much faster than the sandbox reads attributes.
    """

    seconds: str
    clock: str
    speaker: str
    text: str


def moment(time_ms: int) -> Moment:
    """Return the moment `time_ms` after the episode's start."""
    return Moment(f"{time_ms / MS_PER_SECOND:.3f}".rstrip("0").rstrip("."), clock_from_ms(time_ms))


def paragraphs(cues: Iterable[Cue]) -> Iterator[Paragraph]:
    """Join cues to paragraphs: a new one with each speaker, and after a sentence when it is long.

    A speaker is named once, at the first paragraph of what they say.
    """
    named = ""
    for group in _groups(cues):
        speaker = (group[0].speaker or "").strip()
        text = " ".join(" ".join(cue.text.split()) for cue in group)
        at = moment(group[0].start_ms) if group[0].is_timed else Moment("", "")
        yield Paragraph(at.seconds, at.clock, "" if speaker == named else speaker, text)
        named = speaker


def _groups(cues: Iterable[Cue]) -> Iterator[list[Cue]]:
    group: list[Cue] = []
    length = 0
    for cue in cues:
        if not cue.text.strip():
            continue
        if group and (_changes_speaker(group[-1], cue) or _is_full(group[-1], length)):
            yield group
            group, length = [], 0
        group.append(cue)
        length += len(cue.text)
    if group:
        yield group


def _changes_speaker(before: Cue, cue: Cue) -> bool:
    return (before.speaker or "").strip() != (cue.speaker or "").strip()


def _is_full(last: Cue, length: int) -> bool:
    if length > 2 * _LONG_ENOUGH_CHARACTERS:
        return True
    return length > _LONG_ENOUGH_CHARACTERS and last.text.rstrip().endswith(_SENTENCE_ENDS)
