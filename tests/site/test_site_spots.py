"""Places that are worth a listen: start, end, joins, loudest and most limited."""

from __future__ import annotations

from sendeturm.model import AudioFacts, Cut, Loudness
from sendeturm.site.spots import cuts, seams, spots
from sendeturm.site.words import preview_words
from sendeturm.sound import seams_ms

LEVEL = Loudness(integrated_lufs=-16, true_peak_dbtp=-1.5, lra_lu=4)
WORDS = preview_words("en")


def facts(duration_ms: int = 100_000, *timeline: tuple[int, int, int], **more: int) -> AudioFacts:
    cuts = tuple(Cut(start_ms=start, end_ms=end, at_ms=at) for start, end, at in timeline)
    form = {"channels": 1, "sample_rate_hz": 48_000, "bitrate_kbps": 96, "gain_db": 0}
    return AudioFacts(
        duration_ms=duration_ms, before=LEVEL, after=LEVEL, timeline=cuts, **form, **more
    )


def offered(audio: AudioFacts, *parts_ms: int) -> dict[str, float]:
    return {spot.name: float(spot.seconds) for spot in spots(audio, parts_ms, WORDS)}


def test_a_plain_episode_has_its_start_its_end_and_its_extremes():
    audio = facts(loudest_ms=30_000, most_limited_ms=60_000)
    assert offered(audio) == {"Start": 0, "Loudest": 30, "Most limited": 58.5, "End": 85}
    assert offered(facts(4000)) == {"Start": 0, "End": 0}
    assert cuts(audio) == []


def test_intro_and_outro_are_heard_across_their_joins():
    audio = facts(100_000, (0, 20_000, 8000), (25_000, 90_000, 28_000))
    assert offered(audio)["The speech begins"] == 6.5
    assert offered(audio)["The speech ends"] == 90
    assert [(spot.seconds, spot.x) for spot in cuts(audio)] == [("26.5", 112.0)]


def test_trimmed_ends_are_no_intro():
    audio = facts(60_000, (3000, 63_000, 0))
    assert set(offered(audio)) == {"Start", "End"}


def test_parts_are_found_where_they_went():
    audio = facts(60_000, (0, 20_000, 5000), (22_000, 57_000, 25_000))
    found = offered(audio, 0, 21_000, 40_000)
    assert found["Part 2"] == 23.5  # in the pause that was left out
    assert found["Part 3"] == 41.5


def test_seams_are_as_many_as_pieces_that_meet():
    hour = seams_ms(3_600_000, 48_000)
    assert len(hour) == 95
    assert seams_ms(30_000, 48_000) == ()
    assert [spot.clock for spot in seams(facts(3_600_000), hour[:2])] == ["0:37", "1:14"]
