"""The preview kept up to date: what changed is made anew, everything else stays as it was."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from lxml import html

import signals
from livepreviews import REGEN, WIND, Live, begun, new_show
from sendeturm.publish import preview_root

PATIENCE_S = 60


@pytest.fixture(scope="module")
def heard(tmp_path_factory) -> Path:
    """Two episodes that were mastered before."""
    return new_show(tmp_path_factory.mktemp("live") / "turm")


@pytest.fixture
def two(show, heard):
    shutil.copytree(heard, show.root, dirs_exist_ok=True)
    return show


@pytest.fixture
def live(two) -> Iterator[Live]:
    with begun(two.root) as live:
        yield live


def test_a_saved_title_is_shown_and_no_other_episode_is_touched(live):
    before, media = live.state()["pages"], live.edition.episodes["002-regen"].record.enclosure
    live.change(WIND, '"Wind"', '"Sturm & Wind"')
    assert live.titles() == ["Regen", "Sturm & Wind"]
    assert live.made == ("001-wind",)
    assert live.edition.episodes["002-regen"].record.enclosure == media
    after = live.state()["pages"]
    assert before["about/index.html"] == after["about/index.html"]
    assert before["index.html"] != after["index.html"]
    assert live.state()["moved"] == {
        "wind/index.html": "sturm-wind/index.html",
        "_preview/wind.html": "_preview/sturm-wind.html",
    }
    assert live.ask("/wind/index.html")[0] == 404
    for key, version in after.items():
        body = live.ask(f"/{key}")[1]
        is_shown = b'http-equiv="refresh"' not in body  # others only lead to another page
        assert (version.encode() in body) == (b"/_preview/live-" in body) == is_shown


def test_a_changed_recording_is_mastered_and_heard(live):
    before = live.edition.episodes["001-wind"].record.enclosure
    signals.write_wav(live.root / "episodes/001-wind.wav", signals.speech(1.5, seed=7))
    live.preview.renew({"episodes/001-wind.wav"})
    record = live.edition.episodes["001-wind"].record
    assert record.enclosure != before
    assert record.audio.duration_ms == pytest.approx(1500, abs=60)
    status, body = live.ask(f"/{record.enclosure.key}")
    assert (status, len(body)) == (200, record.enclosure.size_bytes)
    assert live.ask(f"/{before.key}")[0] == 200  # for who has come for the former page just before
    assert live.page("/_preview/wind.html").xpath("//audio/@src")[0] == f"/{record.enclosure.key}"
    live.change(REGEN, '"Regen"', '"Guss"')
    assert live.ask(f"/{before.key}")[0] == 404
    for source in live.page("/_preview/wind.html").xpath("//audio/@src"):
        assert live.ask(source)[0] == 200


def test_broken_settings_leave_everything_as_it_was_and_are_told(live, capsys):
    before = live.state()
    live.change("sendeturm.toml", 'title = "Türme', "title = Türme")
    state, said = live.state(), capsys.readouterr().err
    assert state["pages"] == before["pages"]
    assert "sendeturm.toml:3" in state["notice"]
    assert "sendeturm.toml:3" in said
    live.change(WIND, '"Wind"', '"Sturm"')
    assert live.titles() == ["Regen", "Wind"]
    live.change("sendeturm.toml", "title = Türme", 'title = "Große Türme')
    assert live.titles() == ["Regen", "Sturm"]
    assert live.state()["notice"] == ""
    assert live.page("/").xpath("string(//h1)") == "Große Türme & Töne"


def test_a_broken_episode_stays_as_it_was_until_it_is_mended(live):
    live.change(WIND, 'title = "Wind"', "title = Wind")
    assert live.titles() == ["Regen", "Wind"]
    assert f"{WIND}:2" in live.state()["notice"]
    live.change(REGEN, '"Regen"', '"Guss"')
    assert live.titles() == ["Guss", "Wind"]
    live.change(WIND, "title = Wind", 'title = "Sturm"')
    assert live.titles() == ["Guss", "Sturm"]
    assert live.state()["notice"] == ""


def test_a_recording_that_cannot_be_read_leaves_the_former_one(live):
    (live.root / "episodes/001-wind.wav").write_bytes(b"RIFF....WAVE")
    live.preview.renew({"episodes/001-wind.wav"})
    assert live.titles() == ["Regen", "Wind"]
    assert "episodes/001-wind.wav" in live.state()["notice"]
    key = live.edition.episodes["001-wind"].record.enclosure.key
    assert live.ask(f"/{key}")[0] == 200


def test_a_deleted_episode_is_gone_and_a_new_one_comes(live, show):
    live.remove(WIND, "episodes/001-wind.wav")
    assert live.titles() == ["Regen"]
    assert live.ask("/wind/index.html")[0] == 404
    show.episode("003-äöü", 'title = "Äpfel"\ndraft = true', seed=3)
    live.preview.renew({"episodes/003-äöü.md", "episodes/003-äöü.wav"})
    assert live.titles() == ["Äpfel", "Regen"]


def test_words_that_leave_the_folder_leave_the_preview(live):
    cues = "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\nGuten Morgen.\n"
    live.write("episodes/001-wind.vtt", cues)
    assert "Guten Morgen" in live.page("/wind/index.html").text_content()
    key = live.edition.episodes["001-wind"].record.transcripts[-1].key
    live.change(REGEN, '"Regen"', '"Guss"')
    assert live.ask(f"/{key}")[0] == 200
    live.remove("episodes/001-wind.vtt")
    assert "Guten Morgen" not in live.page("/wind/index.html").text_content()


def test_colours_are_tried_there_and_back_without_touching_an_episode(live):
    plain = (live.root / "sendeturm.toml").read_text("utf-8")
    for colour in ('"#00aa55"', '"#aa0055"', '"#00aa55"'):
        live.write("sendeturm.toml", f"{plain}[site]\ncolour = {colour}\n")
        assert live.state()["notice"] == ""
        assert live.made == ()
    own = live.page("/").xpath("//link[@rel='stylesheet']/@href")[1]
    assert b"#00aa55" in live.ask(f"/{own}")[1]


def test_states_stand_where_an_episode_is_named(live, show):
    show.record("003-nackt", seed=3)
    live.preview.renew({"episodes/003-nackt.wav"})
    live.change(WIND, "published_at = 2026-11-01", "published_at = 2099-12-31T18:00:00+01:00")
    live.change(REGEN, 'title = "Regen"', 'title = "Regen"\ndraft = true')
    states = [h.xpath("string(a/span[@class='state'])") for h in live.page("/").xpath("//h3")]
    scheduled = "Goes on the air on 31 December 2099, 18:00"
    assert states == [scheduled, "No notes file yet", "Draft"]
    draft = live.page("/regen/index.html")
    assert draft.xpath("//h1/following-sibling::*[1][@class='state']/text()") == ["Draft"]
    assert set(draft.xpath("//*[@class='state' and not(ancestor::nav)]/@lang")) == {"en"}


def test_nobody_meets_a_half_page_while_it_changes(live):
    missed: list[object] = []
    done = threading.Event()

    def visit() -> None:
        while not done.is_set():
            status, body = live.ask("/index.html")
            page = html.fromstring(body.decode())
            named = page.xpath("//link[@rel='stylesheet' or @rel='icon']/@href | //script/@src")
            answers = [live.ask(f"/{address.lstrip('/')}")[0] for address in named]
            if status != 200 or not body.rstrip().endswith(b"</html>") or set(answers) != {200}:
                missed.append((status, answers))

    visitor = threading.Thread(target=visit)
    visitor.start()
    for number in range(2):
        live.change(WIND, 'title = "', f'title = "{number}')
        live.write("episodes/001-wind.vtt", f"WEBVTT\n\n00:00.000 --> 00:00.500\n{number}\n")
    done.set()
    visitor.join()
    assert missed == []


def test_two_at_once_are_in_nobodys_way(live, two):
    with begun(two.root) as other:
        other.change(WIND, '"Wind"', '"Sturm"')
        assert other.titles() == ["Regen", "Sturm"]
        assert live.titles() == ["Regen", "Wind"]
    live.preview.renew({WIND})
    assert live.titles() == ["Regen", "Sturm"]
    assert len(list(preview_root(two.root).iterdir())) == 1


@pytest.mark.slow
def test_the_program_tells_each_event_and_ends_in_the_middle_of_one(two):
    with subprocess.Popen(
        [sys.executable, "-m", "sendeturm", "--json", "preview", "--no-browser", "--port", "0"],
        cwd=two.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        serving = json.loads(process.stdout.readline())
        assert serving["event"] == "serving"
        (two.root / WIND).write_text('+++\ntitle = "Sturm"\n+++\n', encoding="utf-8")
        rebuilt = json.loads(process.stdout.readline())
        assert (rebuilt["event"], rebuilt["files"], rebuilt["episodes"]) == (
            "rebuilt",
            [WIND],
            ["001-wind"],
        )
        assert "sturm/index.html" in rebuilt["pages"]
        (two.root / WIND).write_text("+++\ntitle = Sturm\n+++\n", encoding="utf-8")
        told = json.loads(process.stdout.readline())
        assert [found["file"] for found in told["problems"]] == [WIND]
        long = np.tile(signals.speech(6), (1, 4))
        signals.write_wav(two.root / "episodes/002-regen.wav", long)
        for line in process.stderr:
            if json.loads(line).get("stage") == "encode":
                os.killpg(process.pid, signal.SIGINT)
                break
        assert "Traceback" not in process.communicate(timeout=PATIENCE_S)[1]
        assert process.returncode == 0
    assert list(preview_root(two.root).iterdir()) == []
    assert list(two.root.glob(".sendeturm/**/*.part")) == []
    assert not (two.root / "public").exists()
