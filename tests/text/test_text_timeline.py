"""Chapters and transcripts in the time of an edited rendition."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sendeturm.model import Chapter, Cue, Cut
from sendeturm.text import (
    recorded_chapters,
    recorded_cues,
    shifted_chapters,
    shifted_cues,
)

TIMELINE = (
    Cut(start_ms=3000, end_ms=60_000, at_ms=9000),
    Cut(start_ms=64_000, end_ms=100_000, at_ms=66_000),
)


def starts(*times_ms, timeline=TIMELINE):
    chapters = [Chapter(start_ms=ms, title=str(ms)) for ms in times_ms]
    return [(c.start_ms, c.title) for c in shifted_chapters(chapters, timeline)]


def test_chapters_follow_the_recording():
    assert starts(0, 10_000, 70_000) == [(0, "0"), (16_000, "10000"), (72_000, "70000")]


def test_what_begins_in_a_cut_begins_after_it_and_the_last_of_several_counts():
    assert starts(61_000, 63_000) == [(66_000, "63000")]
    assert starts(1000, 3000) == [(0, "3000")]
    assert starts(200_000) == [(101_999, "200000")]


def test_without_a_timeline_nothing_moves():
    assert starts(0, 7, timeline=()) == [(0, "0"), (7, "7")]


def test_cues_are_clipped_moved_and_never_lost():
    cues = [
        Cue(start_ms=0, end_ms=2000, text="before"),
        Cue(start_ms=10_000, end_ms=12_000, text="inside", speaker="Anna"),
        Cue(start_ms=59_000, end_ms=62_000, text="into the pause"),
        Cue(start_ms=61_000, end_ms=63_000, text="in the pause"),
        Cue(start_ms=99_000, end_ms=120_000, text="over the end"),
    ]
    assert [(c.start_ms, c.end_ms, c.text) for c in shifted_cues(cues, TIMELINE)] == [
        (9000, 9500, "before"),
        (16_000, 18_000, "inside"),
        (65_000, 66_000, "into the pause"),
        (66_000, 66_500, "in the pause"),
        (101_000, 102_000, "over the end"),
    ]
    assert shifted_cues(cues, TIMELINE)[1].speaker == "Anna"


@st.composite
def timelines(draw):
    """Cuts in order, as mastering makes them: each begins where the one before ends."""
    at_ms, time_ms, cuts = draw(st.integers(0, 5000)), 0, []
    for _ in range(draw(st.integers(1, 6))):
        start_ms = time_ms + draw(st.integers(0, 4000))
        time_ms = start_ms + draw(st.integers(1, 6000))
        cuts.append(Cut(start_ms=start_ms, end_ms=time_ms, at_ms=at_ms))
        at_ms += time_ms - start_ms
    return tuple(cuts), at_ms


@given(timelines(), st.lists(st.integers(0, 70_000), unique=True))
def test_chapters_stay_in_order_and_inside(made, times_ms):
    timeline, end_ms = made
    chapters = [Chapter(start_ms=ms, title=str(ms)) for ms in sorted(times_ms)]
    moved = shifted_chapters(chapters, timeline)
    kept = {chapter.title for chapter in moved}
    assert all(a.start_ms < b.start_ms for a, b in pairwise(moved))
    assert all(0 <= c.start_ms < end_ms for c in moved)
    assert [c.title for c in moved] == [c.title for c in chapters if c.title in kept]
    assert bool(moved) == bool(chapters)


@given(timelines(), st.lists(st.tuples(st.integers(0, 70_000), st.integers(1, 9000))))
def test_cues_stay_in_order_and_inside(made, spans):
    timeline, end_ms = made
    cues = [Cue(start_ms=s, end_ms=s + length, text="x") for s, length in sorted(spans)]
    moved = shifted_cues(cues, timeline)
    assert len(moved) == len(cues)
    assert all(a.start_ms <= b.start_ms for a, b in pairwise(moved))
    assert all(0 <= c.start_ms < c.end_ms <= end_ms for c in moved)


@given(timelines(), st.integers(0, 70_000))
def test_what_is_kept_moves_with_its_cut(made, time_ms):
    timeline, _ = made
    for cut in timeline:
        if cut.start_ms <= time_ms < cut.end_ms and time_ms > timeline[0].start_ms:
            chapter = Chapter(start_ms=time_ms, title="x")
            (moved,) = shifted_chapters([chapter], timeline)
            assert moved.start_ms == cut.at_ms + time_ms - cut.start_ms


@given(timelines(), st.lists(st.integers(0, 70_000), unique=True))
def test_published_chapters_go_back_to_the_recording_and_come_again(made, times_ms):
    timeline, _ = made
    chapters = [Chapter(start_ms=ms, title=str(ms)) for ms in sorted(times_ms)]
    published = shifted_chapters(chapters, timeline)
    assert shifted_chapters(recorded_chapters(published, timeline), timeline) == published


@given(timelines(), st.lists(st.tuples(st.integers(0, 70_000), st.integers(1, 9000))))
def test_published_cues_go_back_to_the_recording_and_come_again(made, spans):
    timeline, _ = made
    cues = [Cue(start_ms=s, end_ms=s + length, text="x") for s, length in sorted(spans)]
    published = shifted_cues(cues, timeline)
    recorded = recorded_cues(published, timeline)
    assert shifted_cues(recorded, timeline) == published
    assert all(a.start_ms <= b.start_ms for a, b in pairwise(recorded))


def test_what_was_not_cut_goes_back_to_where_it_was():
    chapters = [Chapter(start_ms=ms, title="x") for ms in (0, 10_000, 70_000)]
    assert recorded_chapters(shifted_chapters(chapters, TIMELINE), TIMELINE) == tuple(chapters)
    cues = [Cue(start_ms=59_000, end_ms=65_000, text="x")]
    assert recorded_cues(shifted_cues(cues, TIMELINE), TIMELINE) == tuple(cues)
