"""Finished files on the air as they are: frames, chapters, lengths, types, what is said."""

from __future__ import annotations

import json
import struct

import pytest
from lxml import etree

import shows
from containers import (
    mp3_stream,
    mp4_samples,
    nero_chapters,
    ogg_packets,
    packet_hashes,
    quicktime_chapters,
)
from finished import CHAPTERS, finished
from sendeturm.events import silence
from sendeturm.i18n import word
from sendeturm.publish import apply, make_plan
from sendeturm.sources import read_config
from shows import place_of
from signals import aged, sine, wav

FRONT = 'title = "Fertig"\npublished_at = 2026-11-01T06:00:00+01:00\nsound = "as is"'
TYPES = {".mp3": "audio/mpeg", ".m4a": "audio/x-m4a", ".opus": "audio/ogg"}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fertig")
    return {suffix: finished(folder / f"folge{suffix}").read_bytes() for suffix in TYPES}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("SENDETURM_NOW", shows.NOW.isoformat())
    folder = shows.new_folder(tmp_path / "show", storage=shows.PUBLIC)
    (folder.root / "episodes").mkdir()
    return folder


def put_in(folder, suffix, body, front=FRONT, notes="Notizen.\n"):
    episodes = folder.root / "episodes"
    path = episodes / f"001-fertig{suffix}"
    path.write_bytes(body)
    aged(path)
    (episodes / "001-fertig.md").write_text(f"+++\n{front}\n+++\n\n{notes}", encoding="utf-8")
    return path


def published(folder):
    store = place_of(folder)
    plan, situation = make_plan(folder.root, read_config(folder.root), store)
    return apply(plan, situation, store, silence)


def item_of(folder):
    root = etree.fromstring((folder.root / "public/feed.xml").read_bytes())
    return next(root.iter("item"))


def media_of(folder):
    url = item_of(folder).find("enclosure").get("url")
    return folder.root / "public" / url.removeprefix("https://example.org/turm/")


def chapters_of(folder):
    """Return what the chapters in the feed say."""
    tag = item_of(folder).find("{https://podcastindex.org/namespace/1.0}chapters")
    if tag is None:
        return []
    key = tag.get("url").removeprefix("https://example.org/turm/")
    plain = json.loads((folder.root / "public" / key).read_bytes())
    return [(round(c["startTime"] * 1000), c["title"]) for c in plain["chapters"]]


def sound_of(suffix, body):
    if suffix == ".mp3":
        return mp3_stream(body)
    return mp4_samples(body) if suffix == ".m4a" else ogg_packets(body)[2:]


@pytest.mark.parametrize("suffix", TYPES)
def test_an_untouched_file_keeps_every_byte(folder, made, suffix):
    front = FRONT.replace("as is", "untouched")
    put_in(folder, suffix, made[suffix], front=f"{front}\nnumber = 1")
    published(folder)
    assert media_of(folder).read_bytes() == made[suffix]
    assert item_of(folder).find("enclosure").get("length") == str(len(made[suffix]))
    assert len(chapters_of(folder)) == len(CHAPTERS)


@pytest.mark.parametrize("suffix", TYPES)
def test_a_finished_file_is_on_the_air_untouched_with_its_chapters(folder, made, suffix):
    path = put_in(folder, suffix, made[suffix])
    outcome = published(folder)
    assert not outcome.problems
    media = media_of(folder)
    enclosure = item_of(folder).find("enclosure")
    assert media.suffix == suffix
    assert enclosure.get("type") == TYPES[suffix]
    assert int(enclosure.get("length")) == media.stat().st_size
    assert sound_of(suffix, media.read_bytes()) == sound_of(suffix, made[suffix])
    assert packet_hashes(media) == packet_hashes(path)
    assert path.read_bytes() == made[suffix]
    assert chapters_of(folder) == list(CHAPTERS)
    head = place_of(folder).head(f"media/{media.name}")
    assert head.meta.content_type == TYPES[suffix]
    assert make_plan(folder.root, read_config(folder.root), place_of(folder))[0].is_empty
    [done] = outcome.published
    assert "sound.as-is" in [p.code for p in done.remarks]


@pytest.mark.parametrize("suffix", TYPES)
def test_chapters_in_a_file_beside_it_win_and_stand_in_the_sound_too(folder, made, suffix):
    put_in(folder, suffix, made[suffix])
    listed = "00:00:00.000 Auftakt\n00:00:04.500 Rest & Schluß\n"
    (folder.root / "episodes/001-fertig.chapters.txt").write_text(listed, encoding="utf-8")
    outcome = published(folder)
    assert not outcome.problems
    wanted = [(0, "Auftakt"), (4500, "Rest & Schluß")]
    assert chapters_of(folder) == wanted
    body = media_of(folder).read_bytes()
    assert sound_of(suffix, body) == sound_of(suffix, made[suffix])
    if suffix == ".m4a":
        assert nero_chapters(body) == quicktime_chapters(body) == wanted
    assert make_plan(folder.root, read_config(folder.root), place_of(folder))[0].is_empty


def test_own_chapters_count_more_than_time_stamps_in_the_notes(folder, made):
    notes = "00:00 Eins\n00:02 Zwei\n00:04 Drei\n"
    put_in(folder, ".mp3", made[".mp3"], notes=notes)
    published(folder)
    assert chapters_of(folder) == list(CHAPTERS)
    assert make_plan(folder.root, read_config(folder.root), place_of(folder))[0].is_empty


def test_the_whole_show_may_go_out_as_it_is(folder, made):
    folder.write_config(storage=shows.PUBLIC, sound='recordings = "as is"\nintro = "no-such.wav"')
    path = put_in(folder, ".opus", made[".opus"], front=FRONT.replace('sound = "as is"', ""))
    published(folder)
    assert packet_hashes(media_of(folder)) == packet_hashes(path)


def test_the_short_form_for_the_whole_show(folder, made):
    config = folder.root / "sendeturm.toml"
    config.write_text(f'sound = "as is"\n{config.read_text()}', encoding="utf-8")
    path = put_in(folder, ".mp3", made[".mp3"], front=FRONT.replace('sound = "as is"', ""))
    published(folder)
    assert packet_hashes(media_of(folder)) == packet_hashes(path)


def test_nothing_is_taken_as_it_is_without_being_told(folder, made):
    put_in(folder, ".mp3", made[".mp3"], front=FRONT.replace('sound = "as is"', ""))
    outcome = published(folder)
    assert packet_hashes(media_of(folder)) != packet_hashes(folder.root / "episodes/001-fertig.mp3")
    assert "sound.as-is" not in [p.code for p in outcome.published[0].remarks]


def test_an_episode_may_be_mastered_in_a_show_that_goes_out_as_it_is(folder, made):
    folder.write_config(storage=shows.PUBLIC, sound='recordings = "as is"')
    front = FRONT.replace('"as is"', '"mastered"')
    put_in(folder, ".m4a", made[".m4a"], front=front)
    published(folder)
    assert media_of(folder).suffix == ".mp3"


def test_a_wav_cannot_go_out_as_it_is(folder):
    folder.write_episode("001-fertig", FRONT)
    plan, _ = make_plan(folder.root, read_config(folder.root), place_of(folder))
    [found] = plan.problems
    assert found.code == "sound.not-finished"
    worded = word(found.code, found.params)
    assert "(.wav) cannot go out as it is" in worded.what
    assert 'sound = "mastered"' in worded.mend
    assert not plan.episodes


def test_the_content_of_a_file_counts_and_not_its_name(folder, made):
    put_in(folder, ".mp3", made[".opus"])
    published(folder)
    assert media_of(folder).suffix == ".opus"


def test_a_wav_under_another_name_is_refused_and_nothing_is_put(folder):
    put_in(folder, ".mp3", wav(sine(-20, 2)))
    outcome = published(folder)
    assert [p.code for p in outcome.problems] == ["sound.not-finished"]
    assert not (folder.root / "public/media").exists()


def test_several_files_cannot_go_out_as_they_are(folder, made):
    episode = folder.root / "episodes/002-gespraech"
    episode.mkdir()
    for name in ("a.mp3", "b.mp3"):
        (episode / name).write_bytes(made[".mp3"])
    sidecar = folder.root / "episodes/002-gespraech.md"
    sidecar.write_text(f'+++\n{FRONT}\nparts = ["a.mp3", "b.mp3"]\n+++\n', encoding="utf-8")
    plan, _ = make_plan(folder.root, read_config(folder.root), place_of(folder))
    assert [p.code for p in plan.problems] == ["publish.several-as-is"]
    assert not plan.episodes


def test_pictures_in_own_chapters_stay(folder, made):
    picture = b"APIC\0\0\0\x10\0\0\0image/png\0\0\0PIC"
    inner = b"TIT2\0\0\0\5\0\0\0eins" + picture
    chapter = b"ch0\0" + struct.pack(">IIII", 0, 8000, 2**32 - 1, 2**32 - 1) + inner
    frame = b"CHAP" + struct.pack(">I", len(chapter)) + b"\0\0" + chapter
    size = bytes(len(frame) >> shift & 0x7F for shift in (21, 14, 7, 0))
    put_in(folder, ".mp3", b"ID3\3\0\0" + size + frame + mp3_stream(made[".mp3"]))
    published(folder)
    assert chapters_of(folder) == [(0, "eins")]
    assert b"image/png\0\0\0PIC" in media_of(folder).read_bytes()
