"""Short stretches that stand for an episode, moved along with its sound."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sendeturm.errors import fail
from sendeturm.model import AudioFacts, Cut
from sendeturm.model.vocabulary import Soundbite
from sendeturm.text.timeline import moment_at, recorded_moment

if TYPE_CHECKING:
    from sendeturm.publish.wanted import Wanted

S_TO_MS = 1000


def soundbites_at(
    soundbites: Sequence[Soundbite], timeline: Sequence[Cut]
) -> tuple[Soundbite, ...]:
    """Return soundbites as an edited rendition has them; one that was cut out is left out."""
    if not timeline:
        return tuple(soundbites)
    moved = (_moved(bite, timeline) for bite in soundbites)
    return tuple(bite for bite in moved if bite is not None)


def recorded_soundbites(
    soundbites: Sequence[Soundbite], timeline: Sequence[Cut]
) -> tuple[Soundbite, ...]:
    """Return published soundbites in the recording's time: `soundbites_at` gives them again."""
    if not timeline:
        return tuple(soundbites)
    return tuple(
        _between(
            bite,
            recorded_moment(round(bite.start_s * S_TO_MS), timeline),
            recorded_moment(_end_ms(bite), timeline),
        )
        for bite in soundbites
    )


def refuse_lost_soundbites(item: Wanted, audio: AudioFacts | None) -> None:
    """Raise `publish.lost-soundbite` for one that ends after the episode or was cut out."""
    front = item.episode.front
    if front is None or audio is None:
        return
    kept = [bite for bite in item.facts.soundbites if _end_ms(bite) <= audio.duration_ms]
    if len(kept) < len(front.soundbites):
        raise fail("publish.lost-soundbite", file=item.file, duration_s=audio.duration_ms // 1000)


def _moved(bite: Soundbite, timeline: Sequence[Cut]) -> Soundbite | None:
    start_ms = moment_at(round(bite.start_s * S_TO_MS), timeline)
    end_ms = moment_at(_end_ms(bite), timeline)
    if end_ms <= start_ms:
        return None
    return _between(bite, start_ms, end_ms)


def _between(bite: Soundbite, start_ms: int, end_ms: int) -> Soundbite:
    times = {"start_s": start_ms / S_TO_MS, "duration_s": (end_ms - start_ms) / S_TO_MS}
    return bite.model_copy(update=times)


def _end_ms(bite: Soundbite) -> int:
    return round((bite.start_s + bite.duration_s) * S_TO_MS)
