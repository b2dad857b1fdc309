"""A whole show from the bucket into an empty folder: publish has nothing to do there."""

from __future__ import annotations

import json

import pytest
from PIL import Image

import shows
from sendeturm.events import silence
from sendeturm.model import Cut
from sendeturm.publish import apply, make_plan, pull
from sendeturm.sources import read_config
from shows import place_of, planned, published

RICH = """title = "Töne & Türme"
published_at = 2026-11-01T06:00:00+01:00
number = 1
season = 2
summary = "Kurz."
people = [{ name = "Jörg Süß", role = "guest" }]
speakers = { SPEAKER_00 = "Jörg Süß" }
soundbites = [{ start_s = 31.0, duration_s = 20.0, title = "Hört" }]
other_tags = ['''
<m:rating xmlns:m="http://search.yahoo.com/mrss/">
	o\u0308 "\\ü" &amp;\u2028
</m:rating>''', '<m:x xmlns:m="urn:x"/>']"""
KEYWORDS = """other_tags = [
  '<i:keywords xmlns:i="http://www.itunes.com/dtds/podcast-1.0.dtd">turm &amp; "ö"</i:keywords>']"""
VTT = """WEBVTT

NOTE made by: faster-whisper small

00:00:00.000 --> 00:00:09.000
<v SPEAKER_00>Vor dem Schnitt & danach

00:00:20.100 --> 00:00:20.400
<v SPEAKER_00>Im Schnitt

00:00:24.900 --> 00:00:31.000
<v Ada>Weiter
"""
CHAPTERS = {
    "chapters": [
        {"startTime": 0, "title": "Anfang", "img": "turm.png"},
        {"startTime": 12.5, "title": "Schnitt", "url": "https://example.org/"},
        {"startTime": 33.123, "title": "Ende <3"},
        {"startTime": 35, "toc": False, "img": "https://example.org/b.jpg"},
    ]
}
TIMELINE = (
    Cut(start_ms=2000, end_ms=20_000, at_ms=5000),
    Cut(start_ms=25_000, end_ms=50_000, at_ms=23_000),
)
PAGE = """# Über uns & mehr

Absatz mit <b>Fettem</b> und `<code>`.

```
eins

  zwei
```

> Zitat

- Liste
"""


def edited_master(*arguments):
    """Give a rendition with an intro before it, and silence taken out."""
    rendition = shows.stand_in_master(*arguments)
    audio = rendition.audio.model_copy(update={"timeline": TIMELINE})
    return rendition.model_copy(update={"audio": audio})


@pytest.fixture(params=[edited_master], ids=["edited"])
def laptop(request, tmp_path, monkeypatch):
    """Give a show with everything, published: two episodes, one of them private, and pages."""
    monkeypatch.setenv("SENDETURM_NOW", shows.NOW.isoformat())
    storage = f'{shows.PUBLIC}\nplace = "{tmp_path / "bucket"}"'
    made = shows.new_folder(tmp_path / "laptop", storage=storage, show=KEYWORDS)
    episodes = made.root / "episodes"
    made.write_episode("001-toene", RICH, "Notizen.\n\n<!-- privat -->")
    (episodes / "001-toene.vtt").write_text(VTT, encoding="utf-8")
    (episodes / "001-toene.chapters.json").write_text(json.dumps(CHAPTERS), encoding="utf-8")
    Image.new("RGB", (300, 200), "teal").save(episodes / "turm.png")
    Image.new("RGB", (1500, 1500), "olive").save(episodes / "001-toene.png")
    stamps = "00:00 Beginn\n\n00:27 Mitte\n\n00:40 Schluss\n"
    front = 'title = "Geheim"\nprivate = true\npublished_at = 2026-11-08T06:00:00+01:00'
    made.write_episode("002-geheim", front, stamps)
    (episodes / "002-geheim.transcript.txt").write_text("Ada: Eins.\n\nBo: Zwei.\n")
    Image.new("RGB", (1500, 1500), "navy").save(episodes / "002-geheim.jpg")
    pages = made.root / "pages"
    pages.mkdir()
    (pages / "Über uns.md").write_text(PAGE, encoding="utf-8")
    (pages / "Zeit.md").write_text("Ohne Überschrift.\n", encoding="utf-8")
    (pages / "impressum.md").write_text("# Impressum\n\n<div>Ada\n\nTurmweg</div>\n")
    plan, situation = make_plan(made.root, read_config(made.root), place_of(made))
    outcome = apply(plan, situation, place_of(made), silence, master=request.param)
    assert outcome.failed == []
    assert planned(made).is_empty
    return made


@pytest.fixture
def other(laptop, tmp_path):
    """Give a folder that was empty and pulled."""
    made = shows.Folder(tmp_path / "other")
    done = pull(place_of(laptop), made.root, {"place": str(tmp_path / "bucket")})
    assert done.problems == []
    return made


def rendered(place):
    return {
        path.relative_to(place).as_posix(): path.read_bytes()
        for path in place.rglob("*")
        if path.suffix in (".xml", ".html") and not {".sendeturm", "transcripts"} & set(path.parts)
    }


def whole(place):
    return {path: path.read_bytes() for path in place.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    "laptop", [shows.stand_in_master, edited_master], ids=["as recorded", "edited"], indirect=True
)
def test_nothing_is_to_be_done_after_pulling(laptop, other, tmp_path):
    made = {p.relative_to(other.root).as_posix() for p in other.root.rglob("*") if p.is_file()}
    assert {
        "episodes/001-toene-tuerme.vtt",
        "episodes/001-toene-tuerme.chapters.json",
        "episodes/001-toene-tuerme.png",
        "episodes/geheim.transcript.txt",
        "episodes/geheim.jpg",
        "pages/impressum.md",
        "pages/ueber-uns.md",
        "pages/zeit.md",
    } <= made
    assert "episodes/geheim.chapters.json" not in made  # they stand in the notes
    before = whole(tmp_path / "bucket")
    plan = planned(other)
    assert [p.code for p in plan.problems if p.severity == "error"] == []
    assert plan.is_empty, plan
    assert plan.unchanged == 2
    published(other)
    assert whole(tmp_path / "bucket") == before
    assert pull(place_of(laptop), other.root, {}).made == []
    assert pull(place_of(laptop), laptop.root, {}).made == []


def test_feed_and_pages_from_the_pulled_folder_have_the_same_bytes(laptop, other, tmp_path):
    before = rendered(tmp_path / "bucket")
    for key in before:
        # A private feed lives under its address alone: there it is put again.
        (tmp_path / "bucket" / key).write_bytes(b"")
    (tmp_path / "bucket/feed.xml").unlink()
    (tmp_path / "bucket/.sendeturm/site.json").unlink()
    published(other)
    after = rendered(tmp_path / "bucket")
    assert after.keys() == before.keys()
    assert [key for key in before if after[key] != before[key]] == []


def test_pulled_files_are_the_persons_own_from_then_on(laptop, other, tmp_path):
    words = other.root / "episodes/001-toene-tuerme.vtt"
    words.write_text(words.read_text(encoding="utf-8").replace("Weiter", "Ende"), encoding="utf-8")
    page = other.root / "pages/ueber-uns.md"
    page.write_text(page.read_text(encoding="utf-8") + "Neu.\n", encoding="utf-8")
    assert pull(place_of(laptop), other.root, {}).made == []
    plan = planned(other)
    assert plan.show.changes == ("site",)
    (step,) = plan.episodes
    assert step.wanted.changes == ("transcript",)
    before = spoken(tmp_path / "bucket")
    published(other)
    assert planned(other).is_empty
    assert spoken(tmp_path / "bucket") == before.replace("Weiter", "Ende")


def spoken(place):
    """Return the transcript that the feed names."""
    records = [json.loads(p.read_bytes()) for p in (place / ".sendeturm/episodes").glob("*.json")]
    record = next(r for r in records if r["facts"]["number"] == 1)
    key = next(t["key"] for t in record["transcripts"] if t["type"] == "text/vtt")
    return (place / key).read_text(encoding="utf-8")


def test_what_was_pulled_before_somebody_went_on_takes_nothing_back(laptop, other):
    words = laptop.root / "episodes/001-toene.vtt"
    words.write_text(VTT.replace("Weiter", "Anders"), encoding="utf-8")
    (laptop.root / "pages/impressum.md").write_text("# Impressum\n\nNeu\n")
    published(laptop)
    permits = [refusal.permit for refusal in planned(other).refusals]
    assert permits == ["older-show", "older-source=001-toene-tuerme"]


def test_times_that_no_recording_has_are_told_and_left_out(laptop, tmp_path):
    for path in (tmp_path / "bucket/transcripts").glob("toene*.vtt"):
        words = path.read_text(encoding="utf-8")
        path.write_text(words.replace("00:00:05.000 -->", "00:00:01.000 -->"), encoding="utf-8")
    other = shows.Folder(tmp_path / "other")
    done = pull(place_of(laptop), other.root, {"place": str(tmp_path / "bucket")})
    assert [(p.code, p.place.file) for p in done.problems] == [
        ("publish.not-as-published", "episodes/001-toene-tuerme.vtt")
    ]
    assert planned(other).is_empty


def test_pull_writes_over_nothing(laptop, tmp_path):
    other = tmp_path / "other"
    (other / "episodes").mkdir(parents=True)
    (other / "episodes/001-toene-tuerme.vtt").write_text("WEBVTT\n")
    (other / "pages").mkdir()
    (other / "pages/zeit.md").write_text("Meins.")
    before = whole(other)
    pull(place_of(laptop), other, {"place": str(tmp_path / "bucket")})
    assert {path: body for path, body in whole(other).items() if path in before} == before
