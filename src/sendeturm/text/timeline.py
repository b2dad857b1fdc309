"""Times of a recording become times of what was made of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sendeturm.model import Chapter, Cue, Cut

SHORTEST_CUE_MS = 500
"""How long words are shown whose moment was cut out."""


LATE_MS = 60_000
"""What is timed this much later than the last sound that is kept belongs to another recording."""


def latest_ms(timeline: Sequence[Cut]) -> int:
    """Return the recording's moment from which on nothing can be meant.

    Silence may have been taken off its end, and a marker may have stood there.
    """
    return timeline[-1].end_ms + LATE_MS


def shifted_chapters(chapters: Iterable[Chapter], timeline: Sequence[Cut]) -> tuple[Chapter, ...]:
    """Return chapters as an edited rendition needs them, in the order of time.

    What begins before the recording is heard begins with the episode, intro included; what begins
    in a stretch that was cut out begins after it. Of chapters that fall on one moment the last is
    kept: nothing of the others is heard. An empty timeline changes nothing.
    """
    if not timeline:
        return tuple(chapters)
    moved: dict[tuple[int, bool], Chapter] = {}
    for chapter in chapters:
        start_ms = moment_at(chapter.start_ms, timeline)
        moved[start_ms, chapter.is_hidden] = chapter.model_copy(update={"start_ms": start_ms})
    return tuple(moved.values())


def moment_at(time_ms: int, timeline: Sequence[Cut]) -> int:
    """Return where a moment of the recording stands in a rendition that was edited."""
    is_early = time_ms <= timeline[0].start_ms
    return 0 if is_early else min(_place(time_ms, timeline), _end(timeline) - 1)


def shifted_cues(cues: Iterable[Cue], timeline: Sequence[Cut]) -> tuple[Cue, ...]:
    """Return a transcript's cues as an edited rendition needs them.

    No word is dropped: what was cut out is shown for a moment where the recording goes on. An
    empty timeline changes nothing.
    """
    if not timeline:
        return tuple(cues)
    return tuple(_shifted(cue, timeline) if cue.is_timed else cue for cue in cues)


def recorded_chapters(chapters: Iterable[Chapter], timeline: Sequence[Cut]) -> tuple[Chapter, ...]:
    """Return a rendition's chapters in the recording's time: `shifted_chapters` gives them again.

    What begins with the episode begins with the recording. An empty timeline changes nothing.
    """
    if not timeline:
        return tuple(chapters)
    moments = ((c, recorded_moment(c.start_ms, timeline) if c.start_ms else 0) for c in chapters)
    return tuple(c.model_copy(update={"start_ms": start_ms}) for c, start_ms in moments)


def recorded_cues(cues: Iterable[Cue], timeline: Sequence[Cut]) -> tuple[Cue, ...]:
    """Return a rendition's cues in the recording's time: `shifted_cues` gives them again.

    An empty timeline changes nothing.
    """
    if not timeline:
        return tuple(cues)
    return tuple(_recorded_cue(cue, timeline) if cue.is_timed else cue for cue in cues)


def _recorded_cue(cue: Cue, timeline: Sequence[Cut]) -> Cue:
    start_ms, shown_ms = recorded_moment(cue.start_ms, timeline), cue.end_ms - cue.start_ms
    # One that is short may only have been shown for a moment, for something that was cut out.
    end_ms = start_ms + shown_ms
    if shown_ms > SHORTEST_CUE_MS:
        end_ms = min(recorded_moment(cue.end_ms - 1, timeline) + 1, timeline[-1].end_ms)
    return cue.model_copy(update={"start_ms": start_ms, "end_ms": end_ms})


def recorded_moment(time_ms: int, timeline: Sequence[Cut]) -> int:
    """Return which moment of the recording stands there, so that `moment_at` gives it again.

    That is the first one for what is before the recording, its end for the last millisecond.
    """
    if time_ms >= _end(timeline) - 1:
        return timeline[-1].end_ms
    for cut in timeline:
        if time_ms < cut.at_ms + cut.end_ms - cut.start_ms:
            return cut.start_ms + max(0, time_ms - cut.at_ms)
    return timeline[-1].end_ms


def _shifted(cue: Cue, timeline: Sequence[Cut]) -> Cue:
    last_ms = _end(timeline)
    start_ms = min(_place(cue.start_ms, timeline), last_ms - 1)
    shown_ms = max(1, min(SHORTEST_CUE_MS, cue.end_ms - cue.start_ms))
    end_ms = max(_place(cue.end_ms, timeline), start_ms + shown_ms)
    return cue.model_copy(update={"start_ms": start_ms, "end_ms": min(end_ms, last_ms)})


def _place(time_ms: int, timeline: Sequence[Cut]) -> int:
    """Return where a moment of the recording stands, or the next one that is kept."""
    for cut in timeline:
        if time_ms < cut.end_ms:
            return cut.at_ms + max(0, time_ms - cut.start_ms)
    return _end(timeline)


def _end(timeline: Sequence[Cut]) -> int:
    """Return where the recording ends in the rendition."""
    last = timeline[-1]
    return last.at_ms + last.end_ms - last.start_ms
