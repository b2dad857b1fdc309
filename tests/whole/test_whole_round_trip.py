"""What was exported comes back in an empty folder, and goes out elsewhere as the same show."""

from __future__ import annotations

import json
from io import BytesIO

import feedparser
import podcastparser
import pytest

import shows
import signals
from sendeturm.cli.ending import run
from sendeturm.i18n import use_language
from sendeturm.sources import write_settings

OLD, NEW = "https://example.org/turm", "https://neu.example.net/sendung"
SHOW = """\
email = "ada@example.org"
copyright = "© Ada"
people = [{name = "Ada", role = "host", url = "https://example.org/ada"}]
funding = [{url = "https://example.org/geld", text = "Danke"}]
locations = [{name = "Berlin", geo = "52.52,13.40", osm = "R62422", country = "de"}]
license = "cc-by-4.0"
seasons = {1 = "Am Meer"}
"""
HILL = """\
title = "Hügel & Täler"
published_at = 2026-11-01T06:00:00+01:00
number = 1
season = 1
slug = "huegel"
summary = "Kurz gesagt."
people = [{name = "Gast", role = "guest"}]
soundbites = [{start_s = 0.2, duration_s = 0.5, title = "Da"}]
"""
NOTES = "## Über\n\nText mit [Link](https://example.org/x) und **fett**.\n\n- eins\n- zwei\n"
CHAPTERS = "00:00:00.000 Anfang\n00:00:00.500 Mitte <https://example.org/m>\n00:00:01.000 Ende\n"
VTT = "WEBVTT\n\n00:00:00.100 --> 00:00:00.700\n<v Ada>Hallo.\n\n00:00:00.800 --> 00:00:01.300\n"
VTT += "<v Gast>Grüß dich.\n"
WIND = 'title = "Wind"\npublished_at = 2026-11-08T06:00:00+01:00\nexplicit = true\ntype = "bonus"'
SOON = 'title = "Bald"\npublished_at = 2026-12-24T06:00:00+01:00'
OURS = 'title = "Unter uns"\npublished_at = 2026-11-09T06:00:00+01:00\nprivate = true'


@pytest.fixture
def show(tmp_path):
    made = shows.new_folder(tmp_path / "turm", show=SHOW, storage=f'address = "{OLD}"')
    fronts = {"001-hügel": HILL, "002-wind": WIND, "003-bald": SOON, "004-wir": OURS}
    for number, (stem, front) in enumerate(fronts.items()):
        made.write_episode(stem, front, NOTES if stem == "001-hügel" else "Ein Absatz.\n")
        recording = made.root / "episodes" / f"{stem}.wav"
        signals.write_wav(recording, signals.speech(1.5, seed=number))
        signals.aged(recording)
    (made.root / "episodes/001-hügel.chapters.txt").write_text(CHAPTERS, encoding="utf-8")
    (made.root / "episodes/001-hügel.vtt").write_text(VTT, encoding="utf-8")
    return made


def files_of(public):
    """Return each object's body, by its key without the digest of its content."""
    return {
        path.relative_to(public).as_posix().rpartition("-")[0]: path.read_bytes()
        for folder in ("media", "chapters", "transcripts")
        for path in (public / folder).iterdir()
    }


def media_in(files):
    """Return the sound of all episodes; a private one's key is another one in every place."""
    return sorted(body for key, body in files.items() if key.startswith("media/"))


def told(public, address):
    """Return what two independent readers make of a feed, wherever it lies."""
    host = address.removeprefix("https://").encode()
    body = (public / "feed.xml").read_bytes().replace(host, b"here.example")
    lenient = feedparser.parse(body)
    strict = podcastparser.parse("https://here.example/feed.xml", BytesIO(body))
    return (dict(lenient.feed), list(map(dict, lenient.entries))), strict


@pytest.mark.slow
def test_what_was_exported_comes_back_and_goes_out_elsewhere(show, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SENDETURM_NOW", shows.NOW.isoformat())
    monkeypatch.chdir(show.root)
    assert run(("publish", "--quiet")) == 0
    assert run(("export", "--quiet", str(tmp_path / "out"))) == 0
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    monkeypatch.chdir(fresh)
    assert run(("--lang", "en", "import", str(tmp_path / "out/feed.xml"))) == 0
    write_settings(fresh, "storage", {"address": NEW, "place": "anderswo"})
    assert run(("publish", "--quiet")) == 0
    use_language("en")
    capsys.readouterr()

    before, after = show.root / "public", fresh / "anderswo"
    old, new = told(before, OLD), told(after, NEW)
    assert [one["title"] for one in new[1]["episodes"]] == ["Wind", "Hügel & Täler"]
    assert new == old
    assert {NOTES.encode()} < {text.encode() for text in texts_of(fresh)}
    sound, there = files_of(before), files_of(after)
    assert len(media_in(there)) == 4
    assert media_in(there) == media_in(sound)
    assert json.loads(there["chapters/huegel"]) == json.loads(sound["chapters/huegel"])
    assert there["transcripts/huegel"] == sound["transcripts/huegel"]
    private = next((after / "private").rglob("feed.xml")).read_text(encoding="utf-8")
    assert "Unter uns" in private
    assert "Bald" not in private


def texts_of(folder):
    pages = (folder / "episodes").glob("*.md")
    return [page.read_text(encoding="utf-8").partition("\n+++\n\n")[2] for page in pages]
