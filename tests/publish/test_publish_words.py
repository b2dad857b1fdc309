"""Chapters and transcripts from the person's files to what is published, moved with the sound."""

from __future__ import annotations

import io
import json

import pytest
import webvtt
from lxml import etree, html
from mutagen.id3 import APIC, CHAP, ID3, TIT2, WXXX
from PIL import Image

import shows
from sendeturm.events import silence
from sendeturm.model import Cut
from sendeturm.publish import apply, make_plan
from sendeturm.sources import read_config
from shows import place_of, planned

FRONT = 'title = "Erste Folge"\npublished_at = 2026-11-01T06:00:00+01:00\nnumber = 1'
STAMPS = "Worum es geht\n\n- 0:00 Anfang\n- 0:10 Mitte\n- 0:20 Ende\n"
INTRO_MS = 5000
TIMELINE = (
    Cut(start_ms=0, end_ms=15_000, at_ms=INTRO_MS),
    Cut(start_ms=17_000, end_ms=40_000, at_ms=15_000 + INTRO_MS),
)


def with_intro(*arguments):
    """Stand for mastering that adds an intro of five seconds and takes two out."""
    rendition = shows.stand_in_master(*arguments)
    audio = rendition.audio.model_copy(update={"timeline": TIMELINE})
    return rendition.model_copy(update={"audio": audio})


def published(folder, master=with_intro, **options):
    plan, situation = make_plan(folder.root, read_config(folder.root), place_of(folder), **options)
    return apply(plan, situation, place_of(folder), silence, master=master)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("SENDETURM_NOW", shows.NOW.isoformat())
    return shows.new_folder(tmp_path / "show", storage=shows.PUBLIC)


def test_time_stamps_in_notes_are_chapters_and_move_with_the_sound(folder):
    folder.write_episode("001-erste", FRONT, STAMPS)
    (done,) = published(folder).published
    facts = done.record.facts
    assert [(c.start_ms, c.title) for c in facts.chapters] == [
        (0, "Anfang"),
        (15_000, "Mitte"),
        (23_000, "Ende"),
    ]
    assert "0:00 Anfang\n" in facts.notes_text
    assert "0:15 Mitte\n" in facts.notes_text
    assert "<li>0:23 Ende</li>" in facts.notes_html
    assert planned(folder).is_empty


def test_new_notes_are_moved_as_the_published_sound_is(folder):
    folder.write_episode("001-erste", FRONT, STAMPS)
    published(folder)
    sidecar = folder.root / "episodes" / "001-erste.md"
    sidecar.write_text(sidecar.read_text("utf-8").replace("0:20", "0:25"), "utf-8")
    (done,) = published(folder).published
    assert not done.has_new_audio
    assert done.record.facts.chapters[-1].start_ms == 28_000
    assert "0:28 Ende" in done.record.facts.notes_text
    assert planned(folder).is_empty


def transcribed(folder, name, text, front=FRONT):
    folder.write_episode("001-erste", front)
    (folder.root / "episodes" / name).write_text(text, "utf-8")


def in_feed(folder):
    root = etree.parse(folder.root / "public" / "feed.xml").getroot()
    elements = root.iter("{https://podcastindex.org/namespace/1.0}transcript")
    base = "https://example.org/turm/"
    return {e.get("type"): (e.get("language"), e.get("url").removeprefix(base)) for e in elements}


PEOPLE = f'{FRONT}\npeople = [{{ name = "Anna Müller" }}]\nspeakers = {{ S2 = "Jörg Süß" }}'
SRT = (
    "1\n00:00:01,000 --> 00:00:02,500\nAnna: Hallo & tschüs\n\n"
    "2\n00:00:20,000 --> 00:00:21,000\nS2: Ja.\n"
)


def test_a_transcript_goes_out_in_three_forms_moved_and_with_its_speakers(folder):
    transcribed(folder, "001-erste.srt", SRT, PEOPLE)
    published(folder)
    told, public = in_feed(folder), folder.root / "public"
    assert {kind: language for kind, (language, _) in told.items()} == {
        "text/vtt": "de",
        "application/x-subrip": "de",
        "text/html": "de",
    }
    vtt = webvtt.from_string((public / told["text/vtt"][1]).read_text("utf-8"))
    assert [(c.start, c.voice) for c in vtt] == [
        ("00:00:06.000", "Anna Müller"),
        ("00:00:23.000", "Jörg Süß"),
    ]
    subrip = webvtt.from_srt(public / told["application/x-subrip"][1])
    assert [(c.start, c.text) for c in subrip] == [
        ("00:00:06.000", "Anna Müller: Hallo & tschüs"),
        ("00:00:23.000", "Jörg Süß: Ja."),
    ]
    page = html.fromstring((public / told["text/html"][1]).read_bytes())
    assert [e.text for e in page.iter("cite")] == ["Anna Müller:", "Jörg Süß:"]
    assert page.findtext(".//title") == "Erste Folge"
    own = (public / "erste-folge" / "index.html").read_text("utf-8")
    assert "<b>Jörg Süß</b>" in own
    assert planned(folder).is_empty


def test_who_is_meant_can_be_said_later(folder):
    transcribed(folder, "001-erste.srt", SRT)
    published(folder)
    sidecar = folder.root / "episodes" / "001-erste.md"
    said = sidecar.read_text("utf-8").replace("number = 1", 'number = 1\nspeakers = { S2 = "Jo" }')
    sidecar.write_text(said, "utf-8")
    published(folder)
    assert "<v Jo>" in (folder.root / "public" / in_feed(folder)["text/vtt"][1]).read_text("utf-8")
    assert planned(folder).is_empty


@pytest.mark.parametrize("name", ["001-erste.json", "001-erste.transcript.json"])
def test_json_transcripts_beside_the_recording(folder, name):
    segments = [{"speaker": "A", "startTime": 1, "endTime": 2, "body": "Guten Tag"}]
    transcribed(folder, name, json.dumps({"segments": segments}))
    published(folder)
    assert set(in_feed(folder)) == {"text/vtt", "application/x-subrip", "text/html"}


def test_a_transcript_without_times_goes_out_as_html_and_text(folder):
    transcribed(folder, "001-erste.transcript.txt", "Anna: Hallo.\n\nJo: Ja.\n\nAnna: Schön <3")
    published(folder)
    told, public = in_feed(folder), folder.root / "public"
    assert set(told) == {"text/html", "text/plain"}
    plain = (public / told["text/plain"][1]).read_text("utf-8")
    assert plain == "Anna: Hallo.\n\nJo: Ja.\n\nAnna: Schön <3\n"
    own = (public / "erste-folge" / "index.html").read_text("utf-8")
    assert "<b>Anna</b> Schön &lt;3" in own
    assert planned(folder).is_empty


def test_the_transcript_of_a_longer_recording_is_refused(folder):
    transcribed(folder, "001-erste.vtt", "WEBVTT\n\n09:00:00.000 --> 09:00:01.000\nHallo\n")
    outcome = published(folder, shows.stand_in_master)
    (found,) = outcome.problems
    assert (found.code, found.place.file) == (
        "publish.transcript-too-late",
        "episodes/001-erste.vtt",
    )
    assert not outcome.published


def test_what_runs_over_the_end_ends_with_the_sound(folder):
    transcribed(folder, "001-erste.vtt", "WEBVTT\n\n00:00:01.000 --> 09:00:01.000\nHallo\n")
    (done,) = published(folder, shows.stand_in_master).published
    vtt = webvtt.read(folder.root / "public" / in_feed(folder)["text/vtt"][1])
    (cue,) = vtt
    assert cue.end_in_seconds == done.record.audio.duration_ms // 1000


def mp3_with_chapters(path):
    """An MP3 as an editor exports it, with a link."""
    path.write_bytes(shows.FRAME * 2000)
    tags = ID3()
    for n, (start_ms, title) in enumerate([(0, "Anfang"), (10_000, "Mitte"), (20_000, "Ende")]):
        parts = [TIT2(encoding=3, text=title)]
        parts += [WXXX(encoding=3, desc="chapter url", url="https://example.org/m")] * (n == 1)
        tags.add(CHAP(element_id=f"c{n}", start_time=start_ms, end_time=30_000, sub_frames=parts))
    tags.save(path)


def test_chapters_inside_the_recording_reach_the_feed_moved_and_stay(folder):
    folder.write_episode("001-erste", FRONT)
    (folder.root / "episodes" / "001-erste.wav").unlink()
    mp3_with_chapters(folder.root / "episodes" / "001-erste.mp3")
    (done,) = published(folder).published
    expected = [
        (0, "Anfang", None),
        (15_000, "Mitte", "https://example.org/m"),
        (23_000, "Ende", None),
    ]
    assert [(c.start_ms, c.title, c.url) for c in done.record.facts.chapters] == expected
    media = ID3(folder.root / "public" / done.record.enclosure.key)
    assert [c.start_time for c in media.getall("CHAP")] == [0, 15_000, 23_000]
    assert planned(folder).is_empty


def test_a_list_beside_the_recording_counts_more_than_what_is_inside(folder):
    folder.write_episode("001-erste", FRONT)
    (folder.root / "episodes" / "001-erste.wav").unlink()
    mp3_with_chapters(folder.root / "episodes" / "001-erste.mp3")
    (folder.root / "episodes" / "001-erste.chapters.txt").write_text("0:00 Eigenes\n")
    (done,) = published(folder).published
    assert [c.title for c in done.record.facts.chapters] == ["Eigenes"]


def picture(path, colour, size=(600, 400)):
    Image.new("RGB", size, colour).save(path)
    return path


def json_chapters(folder, *images):
    chapters = [
        {"startTime": n * 10, "title": f"K{n}", "img": image} for n, image in enumerate(images)
    ]
    path = folder.root / "episodes" / "001-erste.chapters.json"
    path.write_text(json.dumps({"version": "1.2.0", "chapters": chapters}), "utf-8")


def colour_of(body):
    with Image.open(io.BytesIO(body)) as opened:
        return opened.format, opened.convert("RGB").getpixel((5, 5))


def nearly(colour):
    return ("JPEG", pytest.approx(colour, abs=6))


@pytest.mark.slow
def test_pictures_of_chapters_are_published_named_and_put_into_the_file(folder):
    folder.write_episode("001-erste", FRONT)
    episodes, public = folder.root / "episodes", folder.root / "public"
    picture(episodes / "größe.png", (200, 20, 20), (3000, 1000))
    picture(episodes / "meer.jpg", (20, 20, 200))
    json_chapters(folder, "größe.png", "https://example.org/ü.jpg", "meer.jpg")
    (done,) = published(folder).published
    record = done.record
    told = json.loads((public / record.chapters.key).read_text("utf-8"))["chapters"]
    base = "https://example.org/turm/"
    keys = [chapter["img"].removeprefix(base) for chapter in told]
    assert keys[1] == "https://example.org/%C3%BC.jpg"
    assert colour_of((public / keys[0]).read_bytes()) == nearly((200, 20, 20))
    assert colour_of((public / keys[2]).read_bytes()) == nearly((20, 20, 200))
    with Image.open(public / keys[0]) as opened:
        assert opened.size == (1400, 467)
    psc = etree.parse(public / "feed.xml").iter("{http://podlove.org/simple-chapters}chapter")
    assert [c.get("image") for c in psc] == [c["img"] for c in told]
    frames = ID3(public / record.enclosure.key).getall("CHAP")
    inside = {f.start_time: f.sub_frames.getall("APIC") for f in frames}
    assert {ms: len(found) for ms, found in inside.items()} == {0: 1, 15_000: 0, 23_000: 1}
    assert colour_of(inside[0][0].data) == nearly((200, 20, 20))
    assert {keys[0], keys[2]} <= set(record.object_keys)  # or they would be swept away
    assert planned(folder).is_empty
    picture(episodes / "meer.jpg", (20, 200, 20))
    (done,) = published(folder).published
    assert not done.has_new_audio
    image = done.record.facts.chapters[2].image
    assert colour_of((public / image).read_bytes()) == nearly((20, 200, 20))


def test_a_picture_that_is_not_there_is_told_and_left_out(folder):
    folder.write_episode("001-erste", FRONT)
    json_chapters(folder, "fehlt.png", "")
    _, situation = make_plan(folder.root, read_config(folder.root), place_of(folder))
    (found,) = situation.problems
    assert (found.code, found.place.file) == (
        "publish.no-chapter-picture",
        "episodes/001-erste.chapters.json",
    )
    (done,) = published(folder).published
    assert [c.image for c in done.record.facts.chapters] == [None, None]


def test_a_broken_picture_keeps_the_episode_back(folder):
    folder.write_episode("001-erste", FRONT)
    (folder.root / "episodes" / "karte.png").write_bytes(b"\x89PNG\r\n\x1a\nkaputt")
    json_chapters(folder, "karte.png")
    outcome = published(folder)
    assert not outcome.published
    assert outcome.problems[0].code.startswith("pictures.")
    assert outcome.problems[0].place.file == "karte.png"


def test_pictures_inside_an_mp3_are_kept(folder, tmp_path):
    folder.write_episode("001-erste", FRONT)
    (folder.root / "episodes" / "001-erste.wav").unlink()
    path = folder.root / "episodes" / "001-erste.mp3"
    mp3_with_chapters(path)
    tags = ID3(path)
    bodies = {"c1": picture(tmp_path / "x.png", (200, 20, 20)).read_bytes(), "c2": b"kein Bild"}
    for chapter in tags.getall("CHAP"):
        if body := bodies.get(chapter.element_id):
            chapter.sub_frames.add(APIC(encoding=0, mime="image/png", type=0, desc="", data=body))
    tags.save(path)
    (done,) = published(folder).published
    images = [c.image for c in done.record.facts.chapters]
    assert images[0] is None
    assert images[2] is None
    assert colour_of((folder.root / "public" / images[1]).read_bytes()) == nearly((200, 20, 20))
    assert planned(folder).is_empty


@pytest.mark.parametrize("master", [with_intro, shows.stand_in_master])
def test_what_is_timed_after_the_end_is_refused_with_its_file(folder, master):
    transcribed(folder, "001-erste.chapters.txt", "0:00 a\n0:10 b\n9:00:00 Viel zu spät\n")
    (found,) = published(folder, master).problems
    assert (found.code, found.place.file) == (
        "publish.chapter-too-late",
        "episodes/001-erste.chapters.txt",
    )
    assert found.params["title"] == "Viel zu spät"
    transcribed(folder, "001-erste.chapters.txt", "0:00 a\n0:10 b\n")
    transcribed(folder, "001-erste.srt", "1\n09:00:00,000 --> 09:00:01,000\nHallo\n")
    (found,) = published(folder, master).problems
    assert (found.code, found.place.file) == (
        "publish.transcript-too-late",
        "episodes/001-erste.srt",
    )


def test_a_marker_in_silence_that_was_taken_off_the_end_is_kept(folder):
    transcribed(folder, "001-erste.chapters.txt", "0:00 a\n0:10 b\n0:45 Ende\n")
    (done,) = published(folder).published  # what is kept of the recording ends at 0:40
    assert [c.title for c in done.record.facts.chapters] == ["a", "b", "Ende"]


def test_signs_that_nobody_can_see_reach_neither_feed_nor_files(folder):
    odd = "0:00 a\x07\x00\u200fשלום\ufeff\n0:10 ]]><script>b</script>\n0:20 c\ufffe 🎙️\n"
    transcribed(folder, "001-erste.chapters.txt", odd)
    vtt = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v A\x1b>x\x00 ]]> &lt;script&gt;\u202ey\n"
    (folder.root / "episodes" / "001-erste.vtt").write_text(vtt, "utf-8")
    (done,) = published(folder).published
    titles = [c.title for c in done.record.facts.chapters]
    assert titles == ["a\u200fשלום", "]]><script>b</script>", "c 🎙️"]
    told, public = in_feed(folder), folder.root / "public"
    for key in (*(key for _, key in told.values()), "feed.xml", "erste-folge/index.html"):
        text = (public / key).read_text("utf-8")
        assert not set(text) & set("\x00\x07\x1b\ufeff\ufffe")
    page = html.fromstring((public / told["text/html"][1]).read_bytes())
    assert page.findall(".//script") == []
    own = (public / "erste-folge" / "index.html").read_text("utf-8")
    assert "<script>b" not in own
