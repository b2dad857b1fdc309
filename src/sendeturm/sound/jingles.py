"""Intro and outro around the speech: crossfaded, or laid under it."""

from __future__ import annotations

from dataclasses import dataclass

from sendeturm.model import SoundSettings
from sendeturm.sound.envelopes import Points, fades, times
from sendeturm.sound.mixing import Layer
from sendeturm.sound.program import Program
from sendeturm.units import MS_PER_SECOND, ratio_from_db

DUCKED_DB = -15.0
"""How far music goes down under speech."""

_DUCKING_MS = 500
_CLICK_MS = 10  # the shortest fade, where nothing overlaps
_GRID_MS = 10


@dataclass(frozen=True, slots=True)
class Speech:
    """The speech of an episode; nobody is heard in its first `lead` and last `tail` samples."""

    program: Program
    samples: int
    lead: int
    tail: int


@dataclass(frozen=True, slots=True)
class Jingle:
    """Music before or after the speech, `gain_db` bringing it to the speech's loudness."""

    program: Program
    samples: int
    gain_db: float


def around(
    speech: Speech, intro: Jingle | None, outro: Jingle | None, settings: SoundSettings
) -> tuple[Layer, ...]:
    """Return the layers of an episode, the speech among them first.

    In a crossfade the music goes over the whole overlap, the speech comes only as long as nobody
    is heard: no word is lost.
    """
    rate_hz = speech.program.rate_hz
    before = _overlap(speech, intro, settings)
    after = _overlap(speech, outro, settings)
    at = intro.samples - before if intro else 0
    is_under = settings.jingles == "under"
    ends = (0, 0) if is_under else (min(before, speech.lead), min(after, speech.tail))
    layers = [Layer(speech.program, at, speech.samples, fades(*ends, speech.samples))]
    if intro:
        points = times(_ending(intro.samples, before, rate_hz, is_under=is_under), _ratio(intro))
        layers.append(Layer(intro.program, 0, intro.samples, points))
    if outro:
        ending = _ending(outro.samples, after, rate_hz, is_under=is_under)
        points = times(_reversed(ending, outro.samples), _ratio(outro))
        end = at + speech.samples
        layers.append(Layer(outro.program, end - after, outro.samples, points))
    return tuple(layers)


def _overlap(speech: Speech, jingle: Jingle | None, settings: SoundSettings) -> int:
    """Return by how many samples music and speech overlap: half of either at most."""
    if jingle is None:
        return 0
    grid = speech.program.rate_hz * _GRID_MS // MS_PER_SECOND
    wished = settings.overlap_ms * speech.program.rate_hz // MS_PER_SECOND
    return min(wished, jingle.samples // 2, speech.samples // 2) // grid * grid


def _ending(samples: int, overlap: int, rate_hz: int, *, is_under: bool) -> Points:
    """Return the gains of music that ends in its last `overlap` samples, under speech or not."""
    click = rate_hz * _CLICK_MS // MS_PER_SECOND
    if not is_under or not overlap:
        return fades(0, max(overlap, min(click, samples)), samples)
    ducking = min(rate_hz * _DUCKING_MS // MS_PER_SECOND, samples - overlap)
    start = samples - overlap
    return ((start - ducking, 1.0), (start, ratio_from_db(DUCKED_DB)), (samples, 0.0))


def _reversed(points: Points, samples: int) -> Points:
    return tuple((samples - sample, gain) for sample, gain in reversed(points))


def _ratio(jingle: Jingle) -> float:
    return ratio_from_db(jingle.gain_db)
