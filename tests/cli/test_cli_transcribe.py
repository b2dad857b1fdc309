"""`sendeturm transcribe`, with a stand-in for faster-whisper: no test fetches a model."""

from __future__ import annotations

import html
import json
import sys
from types import ModuleType, SimpleNamespace

import pytest
import webvtt
from lxml import etree


class StandInModel:
    """Says two sentences, whatever it hears."""

    def __init__(self, model_size_or_path, device, compute_type):
        self.loaded = (model_size_or_path, device, compute_type)

    def transcribe(self, audio, language=None, **options):
        del options
        words = (" Guten Tag.", " Grüße & Küsse!") if language == "de" else (" Hello.", " Bye.")
        segments = [
            SimpleNamespace(start=n * 0.4, end=n * 0.4 + 0.3, text=text)
            for n, text in enumerate(words)
        ]
        return iter(segments), SimpleNamespace(language=language)


@pytest.fixture
def whisper(monkeypatch):
    module = ModuleType("faster_whisper")
    module.WhisperModel = StandInModel
    monkeypatch.setitem(sys.modules, "faster_whisper", module)


def txt_of(show):
    root = etree.parse(show.root / "public/feed.xml").getroot()
    elements = root.iter("{https://podcastindex.org/namespace/1.0}txt")
    return [(element.get("purpose"), element.text) for element in elements]


def page_of(show):
    return (show.root / "public/einfach-tun/index.html").read_text("utf-8")


@pytest.mark.slow
def test_an_episode_is_written_down_and_the_feed_says_by_whom(show, sendeturm, whisper):
    show.episode("001-einfach-tun", 'title = "Einfach tun"')
    said = sendeturm("transcribe", "001-einfach-tun")
    assert said.code == 0, said.err
    assert "episodes/001-einfach-tun.vtt" in said.out
    assert "NOTE made by" in said.out
    path = show.root / "episodes/001-einfach-tun.vtt"
    assert [(c.start, html.unescape(c.text)) for c in webvtt.read(path)] == [
        ("00:00:00.000", "Guten Tag."),
        ("00:00:00.400", "Grüße & Küsse!"),
    ]
    assert sendeturm("publish").code == 0
    assert txt_of(show) == [("ai-content", "transcript: faster-whisper small")]
    assert "Von einer Maschine aufgeschrieben, faster-whisper small." in page_of(show)


def test_once_it_is_corrected_it_is_the_authors(show, sendeturm, whisper):
    show.episode("001-einfach-tun", 'title = "Einfach tun"')
    sendeturm("transcribe", "einfach-tun")
    sendeturm("publish")
    path = show.root / "episodes/001-einfach-tun.vtt"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(x for x in lines if not x.startswith("NOTE made by")), "utf-8")
    assert sendeturm("publish").code == 0
    assert txt_of(show) == []
    assert "Maschine" not in page_of(show)


def test_what_somebody_wrote_is_replaced_only_if_asked(show, sendeturm, whisper):
    show.episode("001-einfach-tun", 'title = "Einfach tun"\nlanguage = "en"')
    path = show.root / "episodes/001-einfach-tun.vtt"
    path.write_text("WEBVTT\n\n00:00.000 --> 00:00.500\nVon Hand\n")
    said = sendeturm("transcribe", "001-einfach-tun")
    assert said.code == 1
    assert "--replace" in said.err
    assert "Von Hand" in path.read_text()
    said = sendeturm("transcribe", "--json", "--replace", "--model", "tiny", "001-einfach-tun")
    assert said.code == 0, said.err
    told = json.loads(said.out)
    assert told == {"files": ["episodes/001-einfach-tun.vtt"], "model": "tiny", "problems": []}
    assert "NOTE made by: faster-whisper tiny" in path.read_text()
    assert "Hello." in path.read_text()


@pytest.mark.parametrize("name", ["002-nichts", "https://example.org/x"])
def test_what_is_no_episode_is_told(show, sendeturm, whisper, name):
    said = sendeturm("transcribe", name)
    assert said.code == 1
    assert name in said.err


def test_without_the_extra_it_is_said_how_to_get_it(show, sendeturm, monkeypatch):
    monkeypatch.setitem(sys.modules, "faster_whisper", None)
    show.episode("001-einfach-tun", 'title = "Einfach tun"')
    said = sendeturm("transcribe", "001-einfach-tun")
    assert said.code == 1
    assert "pip install 'sendeturm[transcribe]'" in said.err
    assert not (show.root / "episodes/001-einfach-tun.vtt").exists()


def test_an_episode_whose_recording_is_elsewhere_is_told(show, sendeturm, whisper):
    show.episode("001-einfach-tun", 'title = "Einfach tun"')
    assert sendeturm("publish").code == 0
    (show.root / "episodes/001-einfach-tun.wav").unlink()
    said = sendeturm("transcribe", "einfach-tun")
    assert said.code == 1
    assert "001-einfach-tun" in said.err
    assert "no recording of this episode" in said.err
