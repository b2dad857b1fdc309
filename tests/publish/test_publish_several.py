"""Episodes of several files on their way to listeners; the sound of the first is made for real."""

from __future__ import annotations

import json

import numpy as np
import pytest
import webvtt
from lxml import etree
from mutagen.id3 import ID3

from materials import levels_of
from meters import decoded, ffmpeg_reads
from sendeturm.errors import Severity
from sendeturm.events import silence
from sendeturm.publish import apply, make_plan
from sendeturm.sources import read_config
from shows import items, new_folder, place_of, planned, published
from signals import RATE_HZ, faded, sine, speech, write_wav

TRACKS = (
    'tracks = [{ file = "host.wav", speaker = "Anna" },'
    ' { file = "guest.wav", speaker = "Jörg", role = "guest", starts_at_s = 0.5 }]'
)
CHAPTERS = "00:00 Anfang\n00:02 Mitte\n00:05.500 Ende\n"
VTT = "WEBVTT\n\n00:02.000 --> 00:03.000\n<v Anna>Hallo\n"


def write_conversation(folder, lines: str = TRACKS, seconds: float = 1.5) -> None:
    episodes = folder.root / "episodes"
    place = episodes / "002-gespräch"
    place.mkdir(parents=True, exist_ok=True)
    write_wav(place / "host.wav", speech(seconds))
    write_wav(place / "guest.wav", speech(seconds - 1, seed=5, pitch_hz=190) * 0.2)
    sidecar = episodes / "002-gespräch.md"
    sidecar.write_text(f'+++\ntitle = "Gespräch"\n{lines}\n+++\n', encoding="utf-8")


def write_words(folder) -> None:
    episodes = folder.root / "episodes"
    (episodes / "002-gespräch.chapters.txt").write_text(CHAPTERS)
    (episodes / "002-gespräch.vtt").write_text(VTT)


def really_published(folder, **options):
    store = place_of(folder)
    plan, situation = make_plan(folder.root, read_config(folder.root), store, **options)
    return apply(plan, situation, store, silence)


@pytest.mark.slow
def test_a_conversation_of_two_tracks_goes_on_air_with_all_its_times_moved(tmp_path):
    folder = new_folder(tmp_path / "show", sound='intro = "jingle.wav"\noverlap_ms = 500')
    write_wav(folder.root / "jingle.wav", sine(-12, 3, 700))
    write_conversation(folder, seconds=6)
    write_words(folder)
    outcome = really_published(folder)
    assert not outcome.problems
    record = outcome.published[0].record
    shift_ms = 2500
    (cut,) = record.audio.timeline
    assert (cut.start_ms, cut.end_ms, cut.at_ms) == (0, 6000, shift_ms)
    assert record.audio.duration_ms == 6000 + shift_ms
    times = [0, 2000 + shift_ms, 5500 + shift_ms]
    assert [c.start_ms for c in record.facts.chapters] == times
    public = folder.root / "public"
    told = json.loads((public / record.chapters.key).read_text())
    assert [c["startTime"] for c in told["chapters"]] == [0, 4.5, 8]
    tagged = ID3(public / record.enclosure.key)
    assert [frame.start_time for frame in tagged.getall("CHAP")] == times
    cues = (public / record.transcripts[0].key).read_text()
    assert "00:00:04.500 --> 00:00:05.500" in cues
    people = [(p.name, p.role) for p in record.facts.people]
    assert people == [("Anna", "host"), ("Jörg", "guest")]
    reading = ffmpeg_reads(public / record.enclosure.key)
    assert reading.integrated_lufs == pytest.approx(-16, abs=0.1)
    assert reading.true_peak_dbtp <= -1
    assert planned(folder).is_empty
    (folder.root / "jingle.wav").unlink()  # an old episode does not miss it
    assert planned(folder).is_empty


EDITED = """
intro = "intro.wav"
outro = "outro.wav"
jingles = "under"
overlap_ms = 1000
trim_silence = true
longest_pause_s = 1.0
fade_in_ms = 300
fade_out_ms = 500
"""


def first_heard_s(sound, hz: float) -> float:
    """When a tone is first heard at half its strength, to a twentieth of a second."""
    finer = [levels_of(sound[:, shift:], hz) for shift in (0, RATE_HZ // 20)]
    tone = np.stack([level[: len(finer[1])] for level in finer], axis=1).ravel()
    return float(np.flatnonzero(tone > tone.max() / 2)[0]) / 20


@pytest.mark.slow
def test_all_edits_of_the_settings_reach_the_feed_and_every_time_moves_along(tmp_path):
    folder = new_folder(tmp_path / "show", sound=EDITED)
    write_wav(folder.root / "intro.wav", sine(-12, 3, 2000))
    write_wav(folder.root / "outro.wav", sine(-30, 2, 3000))
    folder.write_episode("001-wind", 'title = "Wind"')
    quiet = np.random.default_rng(3).standard_normal((1, 14 * RATE_HZ)) * 3e-4
    for start_s, hz in ((2, 500), (8, 900)):
        place = slice(start_s * RATE_HZ, (start_s + 3) * RATE_HZ)
        quiet[:, place] += faded(sine(-20, 3, hz, channels=1), 10)
    episodes = folder.root / "episodes"
    write_wav(episodes / "001-wind.wav", quiet)
    (episodes / "001-wind.chapters.txt").write_text("00:00 Anfang\n00:02 Tief\n00:08 Hoch\n")
    cues = "00:00:02.000 --> 00:00:05.000\nTief\n\n00:00:08.000 --> 00:00:11.000\nHoch\n"
    (episodes / "001-wind.vtt").write_text(f"WEBVTT\n\n{cues}")
    outcome = really_published(folder)
    assert not outcome.problems
    (published,) = outcome.published
    assert {n.code for n in published.remarks} >= {"sound.trimmed", "sound.shortened"}
    record, public = published.record, folder.root / "public"
    sound = decoded(public / record.enclosure.key, RATE_HZ, 1)
    chapters = {c.title: c.start_ms / 1000 for c in record.facts.chapters}
    assert chapters["Anfang"] == 0
    assert chapters["Tief"] == pytest.approx(first_heard_s(sound, 500), abs=0.1)
    assert chapters["Hoch"] == pytest.approx(first_heard_s(sound, 900), abs=0.1)
    assert chapters["Hoch"] - chapters["Tief"] == pytest.approx(4, abs=0.1)  # 3 s and a pause of 1
    heard = levels_of(sound, 2000)
    assert first_heard_s(sound, 2000) < 0.5  # faded in
    assert heard[24] < 0.3 * heard[10]  # laid under the speech
    assert first_heard_s(sound, 3000) > chapters["Hoch"] + 2
    spoken = webvtt.from_string((public / record.transcripts[0].key).read_text("utf-8"))
    assert [(cue.start_in_seconds, cue.text) for cue in spoken] == [
        (int(chapters["Tief"]), "Tief"),
        (int(chapters["Hoch"]), "Hoch"),
    ]
    root = etree.parse(public / "feed.xml").getroot()
    duration_s = int(root.findtext(".//{http://www.itunes.com/dtds/podcast-1.0.dtd}duration"))
    assert duration_s == pytest.approx(sound.shape[1] / RATE_HZ, abs=0.51)
    assert ffmpeg_reads(public / record.enclosure.key).integrated_lufs == pytest.approx(
        -16, abs=0.1
    )
    assert planned(folder).is_empty


def test_without_the_intro_nothing_new_goes_out_and_it_is_said_once(tmp_path):
    folder = new_folder(tmp_path / "show", sound='intro = "gone.wav"\noutro = "lost.wav"')
    folder.write_episode("001", 'title = "x"')
    folder.write_episode("003", 'title = "y"')
    plan = planned(folder)
    assert plan.episodes == ()
    told = [p for p in plan.problems if p.severity is Severity.ERROR]
    assert [(p.code, p.place.key, p.params["value"]) for p in told] == [
        ("publish.no-jingle", "sound.intro", "gone.wav"),
        ("publish.no-jingle", "sound.outro", "lost.wav"),
    ]


def test_tracks_are_identified_by_all_their_files_and_how_they_lie(tmp_path):
    guids = []
    for name, lines in (("a", TRACKS), ("b", TRACKS), ("c", TRACKS.replace("0.5", "0.6"))):
        folder = new_folder(tmp_path / name)
        write_conversation(folder, lines)
        guids.append(planned(folder).episodes[0].wanted.guid)
    assert guids[0] == guids[1] != guids[2]


def test_speakers_that_are_named_among_the_people_are_named_once(tmp_path):
    folder = new_folder(tmp_path / "show")
    people = 'people = [{ name = "Anna", role = "editor" }]'
    write_conversation(folder, f"{people}\n{TRACKS}")
    named = planned(folder).episodes[0].wanted.facts.people
    assert [(p.name, p.role) for p in named] == [("Anna", "editor"), ("Jörg", "guest")]


def test_a_changed_track_is_a_changed_recording(tmp_path):
    folder = new_folder(tmp_path / "show")
    write_conversation(folder)
    assert not published(folder).problems
    assert planned(folder).is_empty
    guest = folder.root / "episodes/002-gespräch/guest.wav"
    write_wav(guest, np.zeros((1, 48_000)))
    plan = planned(folder)
    assert [r.permit for r in plan.refusals] == ["new-audio=002-gespräch"]


def test_published_tracks_that_are_not_here_stay_on_the_air(tmp_path):
    folder = new_folder(tmp_path / "show")
    write_conversation(folder)
    published(folder)
    place = folder.root / "episodes/002-gespräch"
    for path in place.iterdir():
        path.unlink()
    place.rmdir()
    assert planned(folder).is_empty
    assert len(items(folder)) == 1


def test_undeclared_tracks_keep_only_their_episode_back(tmp_path):
    folder = new_folder(tmp_path / "show")
    write_conversation(folder, "")
    folder.write_episode("001", 'title = "x"')
    plan = planned(folder)
    assert [step.wanted.episode.stem for step in plan.episodes] == ["001"]
    errors = [p.code for p in plan.problems if p.severity is Severity.ERROR]
    assert errors == ["sources.undeclared"]


def test_a_bare_recording_in_a_folder_gets_its_page_beside_the_folder(tmp_path):
    folder = new_folder(tmp_path / "show")
    place = folder.root / "episodes" / "001.5-anfang"
    place.mkdir(parents=True)
    write_wav(place / "aufnahme.wav", speech(1))
    outcome = published(folder, bare=["001.5-anfang"])
    assert not outcome.problems
    assert (folder.root / "episodes" / "001.5-anfang.md").is_file()
    assert planned(folder).is_empty
