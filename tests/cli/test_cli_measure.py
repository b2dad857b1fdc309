"""`sendeturm measure`: files, episodes by name, and pictures of both."""

from __future__ import annotations

import json
import re

import pytest
from lxml import etree

import signals


def measured(said) -> list[dict]:
    return json.loads(said.out)["files"]


@pytest.fixture
def published(show, sendeturm):
    show.episode("001-einfach-tun", 'title = "Einfach tun"')
    signals.write_wav(show.root / "episodes/001-einfach-tun.wav", signals.speech(5.0))
    assert sendeturm("publish").code == 0
    return show


def media_of(show) -> str:
    return next(path.name for path in (show.root / "public/media").iterdir())


@pytest.mark.parametrize("name", ["001-einfach-tun", "einfach-tun"])
def test_an_episode_is_measured_before_and_after(published, sendeturm, name):
    said = sendeturm("measure", "--json", name)
    assert said.code == 0, said.err
    recording, media = measured(said)
    assert recording["file"] == "episodes/001-einfach-tun.wav"
    assert recording["guid"] is None
    assert media["file"].startswith("media/einfach-tun-")
    assert media["title"] == "Einfach tun"
    assert media["loudness"]["integrated_lufs"] == pytest.approx(-16, abs=0.1)
    assert len(media["short_term_lufs"]) == 3
    assert len(media["waveform"]) == 400


def test_an_episode_is_found_by_its_identity_and_its_addresses(published, sendeturm):
    config = published.root / "sendeturm.toml"
    lines = '[storage]\naddress = "https://example.org/turm/"\n'
    config.write_text(config.read_text("utf-8") + lines, encoding="utf-8")
    guid = measured(sendeturm("measure", "--json", "einfach-tun"))[1]["guid"]
    media = f"media/{media_of(published)}"
    for name in (
        guid,
        media,
        f"https://example.org/turm/{media}",
        "https://example.org/turm/einfach-tun/index.html",
        "https://example.org/turm/einfach-tun/#t=12",
        f"http://127.0.0.1:4242/{media}",
    ):
        said = sendeturm("measure", "--json", name)
        assert said.code == 0, name
        files = [file["file"] for file in measured(said)]
        assert files == ["episodes/001-einfach-tun.wav", media]


@pytest.mark.parametrize("name", ["https://example.com/other.mp3", "https://example.org/"])
def test_addresses_of_others_are_nothing_to_measure(published, sendeturm, name):
    said = sendeturm("measure", name)
    assert said.code == 1
    assert "neither a file nor an episode" in said.err
    assert "of this show" in said.err


def test_how_far_voices_are_apart_is_told_and_drawn(tmp_path, sendeturm, monkeypatch):
    monkeypatch.chdir(tmp_path)
    signals.write_wav(tmp_path / "two.wav", signals.two_speakers(24))
    signals.write_wav(tmp_path / "one.wav", signals.speech(12))
    signals.write_wav(tmp_path / "none.wav", signals.music(6))
    words = ("--lang", "de", "measure", "two.wav", "one.wav", "none.wav", "--picture", ".")
    said = sendeturm(*words).out
    rows = {line.split()[0]: line for line in said.splitlines() if ".wav" in line}
    assert re.search(r" 1[12],\d LU ", rows["two.wav"])
    assert " unter 3 LU " in rows["one.wav"]
    assert " – " in rows["none.wav"]
    texts = {}
    for name in ("two", "one", "none"):
        assert sendeturm("--lang", "de", "measure", f"{name}.wav", "--picture", f"{name}.svg")
        drawn = etree.parse(tmp_path / f"{name}.svg").getroot()
        texts[name] = " ".join(drawn.xpath("//*[local-name()='text']/text()"))
    assert re.search(r"lautere Stimmen −\d+,\d LUFS.* leisere Stimmen −\d+,\d LUFS", texts["two"])
    assert re.search(r"(?<!re )Stimmen −\d+,\d LUFS", texts["one"])
    assert "Stimmen" not in texts["none"]


def test_what_is_published_needs_no_recording_here(published, sendeturm):
    for path in (published.root / "episodes").iterdir():
        path.unlink()
    name = media_of(published)
    for wished in ("einfach-tun", name, name.removesuffix(".mp3")):
        files = measured(sendeturm("measure", "--json", wished))
        assert [file["file"] for file in files] == [f"media/{name}"]
    assert not list((published.root / ".sendeturm").glob("fetched-*"))


def test_a_recording_that_was_never_published_has_a_name_too(published, sendeturm):
    published.record("002-bare")
    assert [f["file"] for f in measured(sendeturm("measure", "--json", "002-bare"))] == [
        "episodes/002-bare.wav"
    ]


def test_a_table_names_both(published, sendeturm):
    said = sendeturm("measure", "einfach-tun")
    assert "episodes/001-einfach-tun.wav" in said.out
    assert "published: media/einfach-tun-" in said.out
    assert "mp3, 48.0 kHz, mono" in said.out


def test_an_unknown_name_is_said_and_the_others_are_measured(published, sendeturm):
    said = sendeturm("measure", "nobody", "einfach-tun")
    assert said.code == 1
    assert "nobody  there is neither a file nor an episode" in said.err
    assert "LUFS" in said.out


def test_media_that_is_gone_is_said(published, sendeturm):
    (published.root / "public/media" / media_of(published)).unlink()
    said = sendeturm("measure", "einfach-tun")
    assert said.code == 1
    assert "is not in public/" in said.err


def test_outside_a_show_a_file_is_measured_all_the_same(tmp_path, sendeturm, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = signals.write_wav(tmp_path / "a.wav", signals.sine(-20, 1))
    assert sendeturm("measure", "a.wav").code == 0
    assert "b.wav  " in sendeturm("measure", "b.wav").err
    assert path.exists()


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_picture_shows_both_with_words_in_the_persons_language(published, sendeturm, language):
    said = sendeturm("--lang", language, "measure", "einfach-tun", "--picture", "deep/one.svg")
    assert said.code == 0, said.err
    assert "deep/one.svg" in said.out
    root = etree.parse(published.root / "deep/one.svg").getroot()
    texts = root.xpath("//*[local-name()='text']/text()")
    assert "Einfach tun" in texts
    assert "episodes/001-einfach-tun.wav" in texts
    assert {"en": "target −16.0 LUFS", "de": "Ziel −16,0 LUFS"}[language] in texts
    assert {"en": "minutes", "de": "Minuten"}[language] in texts


def test_pictures_of_several_go_into_a_folder(published, sendeturm):
    published.record("002-bare")
    words = ("measure", "--json", "einfach-tun", "episodes/002-bare.wav", "--picture", "pics")
    said = sendeturm(*words)
    assert said.code == 0
    names = sorted(path.name for path in (published.root / "pics").iterdir())
    assert names == ["002-bare.wav.png", "einfach-tun.png"]
    assert json.loads(said.out)["pictures"]["einfach-tun"] == "pics/einfach-tun.png"
    for name in names:
        assert (published.root / "pics" / name).read_bytes().startswith(b"\x89PNG")


def test_one_picture_for_several_is_refused(published, sendeturm):
    said = sendeturm("measure", "einfach-tun", "cover.jpg", "--picture", "one.png")
    assert said.code == 1
    assert "one picture cannot show several files" in said.err
    assert not (published.root / "one.png").exists()


def test_a_picture_that_cannot_be_written_is_said_after_the_figures(published, sendeturm):
    (published.root / "wall").write_text("")
    said = sendeturm("measure", "einfach-tun", "--picture", "wall/one.png")
    assert said.code == 1
    assert "LUFS" in said.out
    assert "cannot be written" in said.err


def test_seconds_over_the_ceiling_are_marked(tmp_path, sendeturm, monkeypatch):
    monkeypatch.chdir(tmp_path)
    signal = signals.faded(signals.sine(-12, 6))
    signal[:, 3 * signals.RATE_HZ] = 0.999
    signals.write_wav(tmp_path / "loud.wav", signal)
    said = sendeturm("measure", "loud.wav", "--picture", "loud.svg", "--json")
    assert 3 in measured(said)[0]["over_s"]
    assert "here the peak exceeds −1.0 dB" in (tmp_path / "loud.svg").read_text("utf-8")
