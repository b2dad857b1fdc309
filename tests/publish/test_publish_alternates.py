"""Opus and M4A beside the MP3: put, tagged, in the feed; older records and corrections."""

from __future__ import annotations

import base64
import hashlib
import json

import pytest
from lxml import etree

import shows
from containers import (
    box,
    heard_samples,
    mp4_heard,
    mp4_samples,
    nero_chapters,
    ogg_packets,
    opus_comments,
    opus_samples,
    quicktime_chapters,
)
from meters import ffmpeg_reads
from sendeturm.checks import check_feed
from sendeturm.events import silence
from sendeturm.model import Record
from sendeturm.publish import apply, find_episode, make_plan
from sendeturm.rss import open_feed
from sendeturm.sources import read_config
from shows import place_of
from signals import aged, speech, write_wav

PODCAST = "{https://podcastindex.org/namespace/1.0}"
FRONT = 'title = "Erste"\npublished_at = 2026-11-01T06:00:00+01:00\nnumber = 1'
BASE = "https://example.org/turm/"
WANTED = [(0, "Auftakt"), (2500, "Rest & Schluß")]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("SENDETURM_NOW", shows.NOW.isoformat())
    sound = 'alternates = ["opus", "m4a"]'
    folder = shows.new_folder(tmp_path / "show", storage=shows.PUBLIC, sound=sound)
    folder.write_episode("001-erste", FRONT)
    listed = "".join(f"00:00:{ms / 1000:06.3f} {title}\n" for ms, title in WANTED)
    (folder.root / "episodes/001-erste.chapters.txt").write_text(listed, encoding="utf-8")
    record_anew(folder, speech(4))
    return folder


def record_anew(folder, signal):
    aged(write_wav(folder.root / "episodes/001-erste.wav", signal))


def published(folder, **options):
    store = place_of(folder)
    plan, situation = make_plan(folder.root, read_config(folder.root), store, **options)
    outcome = apply(plan, situation, store, silence)
    assert not outcome.problems
    return outcome


def plan_of(folder):
    return make_plan(folder.root, read_config(folder.root), place_of(folder))[0]


def alternates_in_feed(folder):
    root = etree.fromstring((folder.root / "public/feed.xml").read_bytes())
    return list(root.iter(f"{PODCAST}alternateEnclosure"))


def path_of(folder, element):
    uri = element.find(f"{PODCAST}source").get("uri")
    assert uri.startswith(BASE)
    return folder.root / "public" / uri.removeprefix(BASE)


def test_every_form_is_on_the_air_whole_and_as_the_feed_says(folder):
    outcome = published(folder)
    feed = (folder.root / "public/feed.xml").read_bytes()
    first, opus, m4a = alternates_in_feed(folder)
    assert [e.get("type") for e in (first, opus, m4a)] == ["audio/mpeg", "audio/ogg", "audio/mp4"]
    assert [e.get("default") for e in (first, opus, m4a)] == ["true", None, None]
    for element in (first, opus, m4a):
        body = path_of(folder, element).read_bytes()
        assert int(element.get("length")) == len(body)
        digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
        assert element.find(f"{PODCAST}integrity").get("value") == f"sha256-{digest}"
        reading = ffmpeg_reads(path_of(folder, element))
        assert reading.integrated_lufs == pytest.approx(-16, abs=0.1)
        assert reading.true_peak_dbtp <= -1
        assert heard_samples(path_of(folder, element)) == 4 * 48_000
    sound = [sum(map(len, ogg_packets(path_of(folder, opus).read_bytes())[2:]))]
    sound.append(sum(map(len, mp4_samples(path_of(folder, m4a).read_bytes()))))
    assert [int(e.get("bitrate")) for e in (first, opus, m4a)] == [
        96_000,
        *(pytest.approx(size * 8 / 4, rel=0.1) for size in sound),
    ]
    told = check_feed(open_feed(feed), "feed.xml", shows.NOW)
    assert not [found for found in told if found.code.startswith("SND61")]
    assert plan_of(folder).is_empty
    [record] = [done.record for done in outcome.published]
    keys = set(record.object_keys)
    lying = {p.relative_to(folder.root / "public").as_posix() for p in media_in(folder)}
    assert lying <= keys


def media_in(folder):
    return list((folder.root / "public/media").iterdir())


def test_title_and_chapters_stand_in_every_form(folder):
    published(folder)
    _, opus, m4a = (path_of(folder, element) for element in alternates_in_feed(folder))
    comments = dict(opus_comments(opus.read_bytes()))
    assert comments["TITLE"] == "Erste"
    assert [comments["CHAPTER001"], comments["CHAPTER001NAME"]] == ["00:00:02.500", WANTED[1][1]]
    assert base64.b64decode(comments["METADATA_BLOCK_PICTURE"])[8:18] == b"image/jpeg"
    assert opus_samples(opus.read_bytes()) == 4 * 48_000
    body = m4a.read_bytes()
    assert box(body, b"moov", b"udta", b"meta", b"ilst", b"\xa9nam").endswith(b"Erste")
    assert nero_chapters(body) == quicktime_chapters(body) == WANTED
    assert mp4_heard(body) == (4 * 48_000, 1024, 48_000)
    assert len(mp4_samples(body)) == 1 + -(-4 * 48_000 // 1024)
    assert body.index(b"moov") < body.index(b"mdat")


def test_a_corrected_recording_is_heard_at_the_former_addresses_too(folder):
    published(folder)
    before = [path_of(folder, element) for element in alternates_in_feed(folder)]
    record_anew(folder, speech(3))
    published(folder, allowed=["new-audio=001-erste"])
    after = [path_of(folder, element) for element in alternates_in_feed(folder)]
    assert not set(before) & set(after)
    for old, new in zip(before, after, strict=True):
        assert old.read_bytes() == new.read_bytes()


def test_an_episode_is_found_by_the_address_of_any_form(folder):
    published(folder)
    config, store = read_config(folder.root), place_of(folder)
    for element in alternates_in_feed(folder):
        uri = element.find(f"{PODCAST}source").get("uri")
        assert find_episode(uri, folder.root, config, store).record.facts.title == "Erste"


def test_a_record_from_before_has_no_other_forms(folder):
    [done] = published(folder).published
    plain = json.loads(done.record.model_dump_json())
    del plain["alternates"]
    assert Record.model_validate(plain).alternates == ()
    assert Record.model_validate(plain).is_on_air


def test_asking_for_other_forms_later_changes_nothing_that_is_on_the_air(folder):
    folder.write_config(storage=shows.PUBLIC)
    published(folder)
    assert alternates_in_feed(folder) == []
    folder.write_config(storage=shows.PUBLIC, sound='alternates = ["opus"]')
    assert plan_of(folder).episodes == ()


def test_an_unknown_form_is_told_with_the_known_ones(folder):
    folder.write_config(storage=shows.PUBLIC, sound='alternates = ["ogg"]')
    with pytest.raises(Exception, match=r"sources\.not-one-of"):
        read_config(folder.root)
