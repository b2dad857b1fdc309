"""`sendeturm check`: feeds of all kinds, and rules explained."""

from __future__ import annotations

import json

import pytest
from lxml import etree

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
