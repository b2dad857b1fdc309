"""The places in an episode that are worth a listen before it goes out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sendeturm.model import AudioFacts, Cut
from sendeturm.site.reading import moment

WAVE_WIDTH = 400

_END_MS = 15_000
_LEAD_MS = 1500
"""How long before a seam listening begins."""
_HEARD_MS = 500
"""What sounds for shorter before or after the speech is no intro or outro."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place to jump to; `x` is where it lies in the waveform's box."""

    name: str
    seconds: str
    clock: str
    x: float = 0.0


def spot(name: str, at_ms: int, audio: AudioFacts, lead_ms: int = 0) -> Spot:
    """Return a place; listening begins `lead_ms` before it."""
    at = moment(max(0, at_ms - lead_ms))
    x = WAVE_WIDTH * at_ms / max(1, audio.duration_ms)
    return Spot(name, at.seconds, at.clock, round(x, 1))


def spots(audio: AudioFacts, parts_ms: Sequence[int], words: Mapping[str, str]) -> list[Spot]:
    """Return the places in their order; parts begin at `parts_ms` of the recording."""
    found = [spot(words["preview_start"], 0, audio)]
    if audio.loudest_ms is not None:
        found.append(spot(words["preview_loudest"], audio.loudest_ms, audio))
    if audio.most_limited_ms is not None:
        limited_ms = audio.most_limited_ms
        found.append(spot(words["preview_limited"], limited_ms, audio, _LEAD_MS))
    found += _around(audio, words)
    for number, start_ms in enumerate(parts_ms[1:], start=2):
        name = words["preview_part"].format(number=number)
        found.append(spot(name, _published_ms(start_ms, audio.timeline), audio, _LEAD_MS))
    last_ms = max(0, audio.duration_ms - _END_MS)
    return [*found, spot(words["preview_end"], last_ms, audio)]


def cuts(audio: AudioFacts) -> list[Spot]:
    """Return where something was left out of what was recorded."""
    return [spot("", cut.at_ms, audio, _LEAD_MS) for cut in audio.timeline[1:]]


def seams(audio: AudioFacts, seams_ms: Sequence[int]) -> list[Spot]:
    """Return where pieces of the encoding meet."""
    return [spot("", at_ms, audio, _LEAD_MS) for at_ms in seams_ms]


def _around(audio: AudioFacts, words: Mapping[str, str]) -> Iterator[Spot]:
    """Yield where the intro gives way to the speech, and the speech to the outro."""
    if not audio.timeline:
        return
    first, last = audio.timeline[0], audio.timeline[-1]
    if first.at_ms > _HEARD_MS:
        yield spot(words["preview_speech"], first.at_ms, audio, _LEAD_MS)
    end_ms = last.at_ms + last.end_ms - last.start_ms
    if end_ms < audio.duration_ms - _HEARD_MS:
        yield spot(words["preview_outro"], end_ms, audio, 2 * _LEAD_MS)


def _published_ms(recording_ms: int, timeline: Sequence[Cut]) -> int:
    """Return where a moment of the recording stands in what goes out."""
    for cut in reversed(timeline):
        if cut.start_ms <= recording_ms:
            return cut.at_ms + min(recording_ms, cut.end_ms) - cut.start_ms
    return timeline[0].at_ms if timeline else recording_ms
