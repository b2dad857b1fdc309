"""The preview: its own pages beside the show's, the recordings they play, and nothing published."""

from __future__ import annotations

import http.client
import json
import re
import shutil
import subprocess
import sys

import numpy as np
import pytest
from lxml import html

import signals
from meters import ffmpeg
from sendeturm.events import silence
from sendeturm.publish import (
    build_preview,
    compare_preview,
    plan_preview,
    preview_root,
)
from sendeturm.sources import read_config
from sendeturm.store import FolderStore


def previewed(show, language="en"):
    """Build the preview; return its store and what its pages play."""
    shutil.rmtree(preview_root(show.root), ignore_errors=True)
    store = FolderStore(preview_root(show.root), "preview/")
    planned = plan_preview(show.root, read_config(show.root), store)
    outcome = build_preview(planned, store, silence)
    return store, compare_preview(planned, planned.heard(outcome), store, silence, language)


def page(store, key):
    return html.fromstring(store.get(key).body.decode())


def without_tags(body: bytes) -> bytes:
    """The MP3 without its ID3 tag: addresses in it differ between preview and publication."""
    size = sum((body[6 + i] & 127) << 7 * (3 - i) for i in range(4))
    return body[10 + size :]


@pytest.fixture
def many(show):
    show.episode("001-wind", 'title = "Wind & <Wetter>"\npublished_at = 2026-11-01')
    show.episode("002-entwurf", 'title = "Entwurf"\ndraft = true', seed=2)
    show.episode("003-spät", 'title = "Spät"\npublished_at = 2099-12-31T18:00:00+01:00', seed=3)
    show.record("004-nackt", seed=4)
    return show


def test_each_episode_has_a_page_that_plays_both(many):
    store, compared = previewed(many)
    deck = page(store, "_preview/wind-wetter.html")
    after, before = deck.xpath("//audio")
    media = store.get(after.get("src").removeprefix("/"))
    assert media.head.meta.content_type == "audio/mpeg"
    path, kind = compared.files[before.get("src").removeprefix("/")]
    assert (path, kind) == (many.root / "episodes/001-wind.wav", "audio/wav")
    assert before.get("data-start") == "0.000"
    assert float(before.get("data-seconds")) == pytest.approx(1.0, abs=0.01)
    assert json.loads(deck.get_element_by_id("deck").get("data-cuts")) == []
    assert deck.xpath("//h1/text()") == ["Wind & <Wetter>"]
    outline = deck.xpath("//*[@class='wave']/@d")[0]
    points = [(float(x), float(y)) for x, y in re.findall(r"([\d.]+) ([\d.]+)", outline)]
    assert max(x for x, _ in points) == pytest.approx(400, abs=1)
    assert all(0 <= y <= 100 for _, y in points)


def test_what_is_heard_is_what_goes_out(many, sendeturm):
    store, _ = previewed(many)
    key = page(store, "_preview/wind-wetter.html").xpath("//audio")[0].get("src")
    heard = store.get(key.removeprefix("/")).body
    assert sendeturm("publish").code == 0
    published = next((many.root / "public/media").glob("wind-wetter-*.mp3")).read_bytes()
    assert without_tags(heard) == without_tags(published)


def test_drafts_scheduled_and_bare_ones_are_marked(many):
    store, _ = previewed(many)
    rows = page(store, "_preview/index.html").xpath("//ol[@class='previews']/li")
    states = {row.xpath("string(a)"): row.xpath("string(span[@class='state'])") for row in rows}
    assert states == {
        "Wind & <Wetter>": "",
        "Entwurf": "Draft",
        "Spät": "Goes on the air on 31 December 2099, 18:00",
        "Nackt": "No notes file yet",
    }
    assert page(store, "_preview/entwurf.html").xpath("//p[@class='state']/text()") == ["Draft"]


def test_every_page_of_the_show_has_a_bar_that_leads_there(many):
    store, _ = previewed(many)
    index, episode = page(store, "index.html"), page(store, "spaet/index.html")
    assert index.xpath("//nav[@class='preview-bar']/a/@href") == ["/_preview/index.html"]
    links = episode.xpath("//nav[@class='preview-bar']/a/@href")
    assert links == ["/_preview/spaet.html", "/_preview/index.html"]
    assert "Goes on the air on" in episode.xpath("string(//nav[@class='preview-bar'])")
    assert episode.xpath("//body/*")[0].get("class") == "skip"  # the skip link stays first


def test_pages_ask_for_nothing_from_elsewhere_and_all_they_name_is_there(many):
    store, compared = previewed(many)
    pages = [o.key for o in store.list_objects("_preview/") if o.key.endswith(".html")]
    assert len(pages) == 5
    for key in pages:
        seen = page(store, key)
        assert "default-src 'none'" in seen.xpath("//meta[@http-equiv]/@content")[0]
        assert seen.xpath("//*[@style or @onclick] | //script[not(@src)]") == []
        for address in seen.xpath("//@src | //link/@href | //a/@href"):
            assert address.startswith("/"), (key, address)
            wanted = address.partition("#")[0].removeprefix("/")
            assert wanted in compared.files or store.head(wanted), (key, address)


def test_jumps_lead_into_the_episode(many):
    store, _ = previewed(many)
    jumps = page(store, "_preview/entwurf.html").xpath("//a[@class='jump']")
    names = [" ".join(jump.text_content().split()) for jump in jumps]
    assert names[0] == "Start 0:00"
    assert names[-1].startswith("End ")
    assert any(name.startswith("Loudest") for name in names)
    assert all(0 <= float(jump.get("data-seconds")) <= 1 for jump in jumps)


@pytest.mark.slow
def test_joins_and_what_was_done_are_on_the_page(show):
    config = show.root / "sendeturm.toml"
    lines = '[sound]\nintro = "intro.wav"\nlongest_pause_s = 1.0\n'
    config.write_text(config.read_text("utf-8") + lines, encoding="utf-8")
    signals.write_wav(show.root / "intro.wav", signals.music(4))
    show.episode("001-wind", 'title = "Wind"')
    voice = signals.speech(25)
    silence = np.zeros((1, 3 * signals.RATE_HZ))
    talk = np.concatenate((voice, silence, voice), axis=1)
    signals.write_wav(show.root / "episodes/001-wind.wav", talk)
    seen = page(previewed(show, "de")[0], "_preview/wind.html")
    jumps = [" ".join(j.text_content().split()) for j in seen.xpath("//a[@class='jump']")]
    assert "Die Sprache beginnt 0:01" in jumps
    summaries = seen.xpath("//details/summary/text()")
    assert summaries[0] == "Wo etwas weggelassen wurde"
    assert "Nähte" in summaries[1] or "Stücken" in summaries[1]
    done = " ".join(seen.xpath("//section[@aria-labelledby='done']//li/text()"))
    assert re.search(r"\d lange Pausen gekürzt, zusammen um \d+,\d s", done)
    rows = seen.xpath("//section[@aria-labelledby='figures']//th[@scope='row']/text()")
    assert rows[-2:] == ["Stimmen auseinander", "Pausen"]


def test_what_browsers_cannot_play_is_decoded_once_and_forgotten_later(show):
    sidecar = show.episode("001-wind", 'title = "Wind"')
    wav = sidecar.with_suffix(".wav")
    ffmpeg("-i", wav, wav.with_suffix(".aiff"))
    wav.unlink()
    _, compared = previewed(show)
    ((path, kind),) = compared.files.values()
    assert (kind, path.parent) == ("audio/flac", show.root / ".sendeturm/originals")
    before = path.stat().st_mtime_ns
    assert previewed(show)[1].files == compared.files
    assert path.stat().st_mtime_ns == before
    wav.with_suffix(".aiff").unlink()
    sidecar.unlink()
    show.episode("002-regen", 'title = "Regen"', seed=2)
    previewed(show)
    assert not path.exists()


def test_the_language_is_that_of_the_person_at_this_computer(many):
    store, _ = previewed(many, "de")
    seen = page(store, "_preview/entwurf.html")
    assert seen.get("lang") == "de"
    assert seen.xpath("//p[@class='state']/text()") == ["Entwurf"]
    assert "Vorschau" in seen.xpath("string(//nav)")


def test_nothing_of_it_is_published(many, sendeturm):
    previewed(many)
    assert sendeturm("publish").code == 0
    public = [path for path in (many.root / "public").rglob("*") if path.is_file()]
    assert not any("_preview" in str(path) for path in public)
    pages = [path.read_text("utf-8") for path in public if path.suffix == ".html"]
    assert pages
    assert not any("preview-bar" in text or "_preview" in text for text in pages)
    assets = {path.name.partition("-")[0] for path in (many.root / "public/assets").iterdir()}
    assert assets == {"page", "player", "search", "style"}


@pytest.mark.slow
def test_progress_names_titles(many, at_terminal):
    terminal = at_terminal(many.root, "preview", "--no-browser", "--port", "0")
    terminal.until("Ctrl-C")
    assert "all together" in terminal.seen
    assert "Wind & <Wetter>" in terminal.seen
    assert "001-wind" not in terminal.seen
    terminal.interrupt()
    assert terminal.end() == 0


@pytest.mark.slow
def test_the_program_serves_pages_and_recordings_with_ranges(show):
    show.episode("001-wind", 'title = "Wind"')
    words = ["--json", "preview", "--no-browser", "--port", "0"]
    with subprocess.Popen(
        [sys.executable, "-m", "sendeturm", *words],
        cwd=show.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            address = json.loads(process.stdout.readline())["before_and_after"]
            host, _, path = address.removeprefix("http://").partition("/")
            connection = http.client.HTTPConnection(host, timeout=10)

            def ask(path: str, **headers: str):
                connection.request("GET", path, headers=headers)
                answer = connection.getresponse()
                return answer, answer.read()

            (link,) = html.fromstring(ask(f"/{path}")[1].decode()).xpath("//ol//a/@href")
            deck = html.fromstring(ask(link)[1].decode())
            before = deck.xpath("//audio[@class='before']/@src")[0]
            recording = (show.root / "episodes/001-wind.wav").read_bytes()
            assert ask(before)[1] == recording
            part, body = ask(before, Range="bytes=100-199")
            assert (part.status, body) == (206, recording[100:200])
            assert ask("/episodes/001-wind.wav")[0].status == 404
            connection.close()
        finally:
            process.terminate()
    assert not (show.root / "public").exists()
