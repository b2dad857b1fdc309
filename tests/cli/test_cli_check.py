"""`sendeturm check`: feeds of all kinds, and rules explained."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image

import shows
import spoiled

GOOD = etree.tostring(spoiled.good(), xml_declaration=True, encoding="UTF-8")


def test_a_good_feed_in_a_file(sendeturm, tmp_path):
    feed = tmp_path / "feed.xml"
    feed.write_bytes(GOOD)
    said = sendeturm("check", str(feed))
    assert (said.code, said.out) == (0, "Nothing is wrong.\n")


def test_a_bad_feed_in_a_file(sendeturm, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "feed.xml").write_bytes(GOOD.replace(b'length="4321987"', b'length="0"', 1))
    said = sendeturm("check", "feed.xml")
    assert said.code == 1
    assert "Der Turm, Teil 7: the sound file's size is 0" in said.out
    assert "1 error · 0 warnings" in said.out
    document = json.loads(sendeturm("check", "feed.xml", "--json").out)
    assert [problem["code"] for problem in document["problems"]] == ["SND505"]


def test_many_alike_are_counted(sendeturm, tmp_path):
    item = "<item><title>A</title></item>"
    feed = tmp_path / "feed.xml"
    feed.write_text(f"<rss version='2.0'><channel>{item * 9}</channel></rss>", encoding="utf-8")
    said = sendeturm("check", str(feed))
    assert said.out.count("has no sound file") == 1  # the same words in the same line
    assert "4 more like these (SND502)" in said.out
    assert "more like these" not in sendeturm("check", str(feed), "--verbose").out


@pytest.mark.parametrize(
    ("body", "words"),
    [(b"<html></html>", "no podcast feed"), (b"", "no podcast feed"), (None, "cannot be read")],
)
def test_what_is_no_feed(sendeturm, tmp_path, body, words):
    feed = tmp_path / "feed.xml"
    if body is not None:
        feed.write_bytes(body)
    said = sendeturm("check", str(feed))
    assert said.code == 1
    assert words in said.err


def test_an_address_that_is_none(sendeturm):
    said = sendeturm("check", "https://name:secret@/feed.xml")
    assert said.code == 1
    assert "no web address" in said.err
    assert "secret" not in said.err


def test_a_rule_is_explained(sendeturm):
    said = sendeturm("check", "--explain", "snd505")
    assert said.code == 0
    assert said.out.splitlines() == [
        "SND505  the sound file's size is 0",
        "  → write the number of bytes into length",
        "error: publish refuses",
        "Asked by: Apple, PSP-1",
        "Written in: https://podcasters.apple.com/support/823-podcast-requirements",
    ]
    document = json.loads(sendeturm("check", "--explain", "SND505", "--json").out)
    assert document["asked_by"] == ["Apple", "PSP-1"]
    said = sendeturm("--lang", "de", "check", "--explain", "SND505")
    assert "die Größe der Tondatei ist 0" in said.out


def test_a_rule_that_is_none(sendeturm):
    said = sendeturm("check", "--explain", "SND999")
    assert said.code == 1
    assert "there is no rule SND999" in said.err


def test_rules_are_chosen_in_the_settings(sendeturm, show):
    show.write_config(storage=shows.PUBLIC)
    show.episode("001-a", 'title = "Folge 1: Anfang"')
    assert "begins with the episode's number" in sendeturm("check").out
    show.write_config(storage=shows.PUBLIC, check='ignore = ["SND201"]')
    assert sendeturm("check").out == "Nothing is wrong.\n"
    show.write_config(storage=shows.PUBLIC, check='raise = ["SND201"]')
    assert sendeturm("check").code == 1
    said = sendeturm("publish")
    assert said.code == 1
    assert not list((show.root / "public").glob("media/*"))


def test_rules_that_are_none_are_told(sendeturm, show):
    show.write_config(check='ignore = ["SND209", "SND301"]\nraiss = []')
    said = sendeturm("check")
    assert said.code == 1
    assert "raise" in said.err
    show.write_config(check='ignore = ["SND209", "SND301"]')
    said = sendeturm("check")
    assert "there is no rule SND209" in said.err
    assert "SND301 cannot be ignored" in said.err


def test_covers_are_mended_and_the_originals_kept(sendeturm, show):
    show.write_config(show='cover = "bild.png"', storage=shows.PUBLIC)
    (show.root / "cover.jpg").unlink()
    drawn = Image.effect_mandelbrot((3200, 3200), (-3, -2.5, 2, 2.5), 100).convert("RGBA")
    drawn.save(show.root / "bild.png")
    show.episode("001-a", 'title = "Anfang"')
    Image.new("CMYK", (1500, 1500)).save(show.root / "episodes/001-a.jpg")
    before = (show.root / "bild.png").read_bytes()
    found = {p["code"] for p in json.loads(sendeturm("check", "--json").out)["problems"]}
    assert {"SND105", "SND106"} <= found
    said = sendeturm("check", "--fix")
    assert "bild.jpg was written anew: 3000 × 3000 pixels" in said.out
    assert "episodes/001-a.jpg was written anew" in said.out
    assert said.out.endswith("Nothing is wrong.\n")
    assert (show.root / "bild.png.original").read_bytes() == before
    assert not (show.root / "bild.png").exists()
    for name in ("bild.jpg", "episodes/001-a.jpg"):
        with Image.open(show.root / name) as picture:
            assert (picture.format, picture.mode) == ("JPEG", "RGB")
        assert (show.root / name).stat().st_size <= 500_000
    assert 'cover = "bild.jpg"' in (show.root / "sendeturm.toml").read_text(encoding="utf-8")
    said = sendeturm("check", "--fix")
    assert "No cover was written anew." in said.out


def test_nothing_in_the_way_is_overwritten(sendeturm, show):
    Image.new("CMYK", (1500, 1500)).save(show.root / "cover.jpg")
    before = (show.root / "cover.jpg").read_bytes()
    (show.root / "cover.jpg.original").write_text("kept")
    said = sendeturm("check", "--fix")
    assert "cover.jpg.original is in the way" in said.err
    assert (show.root / "cover.jpg").read_bytes() == before
    assert (show.root / "cover.jpg.original").read_text() == "kept"


@pytest.fixture
def web(tmp_path) -> Iterator[tuple[Path, str]]:
    """A folder that a real web server hands out, and its address."""
    folder = tmp_path / "web"
    folder.mkdir()
    handler = partial(QuietHandler, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield folder, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_args) -> None:
        pass


def feed_at(base: str, cover: str) -> bytes:
    theirs = b"https://cdn.example.org/show/covers/show-abc.jpg"
    body = GOOD.replace(theirs, f"{base}/{cover}".encode())
    return body.replace(spoiled.ADDRESS.encode(), f"{base}/feed.xml".encode())


def test_a_feed_at_an_address_and_its_cover(sendeturm, web):
    folder, base = web
    (folder / "feed.xml").write_bytes(feed_at(base, "c.jpg"))
    Image.new("RGB", (1400, 1400)).save(folder / "c.jpg")
    said = sendeturm("check", f"{base}/feed.xml")
    assert (said.code, said.out) == (0, "Nothing is wrong.\n")
    Image.new("CMYK", (1000, 1000)).save(folder / "c.jpg")
    found = json.loads(sendeturm("check", f"{base}/feed.xml", "--json").out)["problems"]
    assert [problem["code"] for problem in found] == ["SND102", "SND132"]
    assert found[0]["file"] == f"{base}/c.jpg"
    (folder / "c.jpg").unlink()
    said = sendeturm("check", f"{base}/feed.xml")
    assert said.code == 1
    assert "the server answers with 404" in said.out


def test_an_address_where_no_feed_is(sendeturm, web):
    folder, base = web
    said = sendeturm("check", f"{base}/feed.xml")
    assert (said.code, "the server answers with 404" in said.err) == (1, True)
    (folder / "feed.xml").write_text("<html><body>Hallo</body></html>", encoding="utf-8")
    assert "no podcast feed" in sendeturm("check", f"{base}/feed.xml").err
