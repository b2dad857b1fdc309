from __future__ import annotations

import urllib.request

import pytest


def test_publish_asks_once_and_goes(show, at_terminal):
    show.episode("001-wind", 'title = "Wind"')
    terminal = at_terminal(show.root, "publish")
    shown = terminal.until("[Y/n]")
    assert "Wind" in shown
    assert "1 new" in shown
    terminal.type("y\n")
    assert terminal.end() == 0
    assert terminal.seen.count("[Y/n]") == 1
    assert "LUFS" in terminal.seen
    assert (show.root / "public/feed.xml").is_file()


def test_a_no_publishes_nothing(show, at_terminal):
    show.episode("001-wind", 'title = "Wind"')
    terminal = at_terminal(show.root, "publish")
    terminal.until("[Y/n]")
    terminal.type("perhaps\n")
    terminal.until("[Y/n]")
    terminal.type("nein\n")
    assert terminal.end() == 0
    assert "Nothing was published." in terminal.seen
    assert not (show.root / "public").exists()


def test_yes_asks_nothing(show, at_terminal):
    show.episode("001-wind", 'title = "Wind"')
    terminal = at_terminal(show.root, "publish", "--yes")
    assert terminal.end() == 0
    assert "/n]" not in terminal.seen


def test_a_bare_recording_is_offered_and_nobody_is_asked_twice(show, at_terminal):
    show.record("001-einfach-tun")
    terminal = at_terminal(show.root, "publish")
    assert "Publish “Einfach tun” now?" in terminal.until("[y/N]")
    terminal.type("j\n")
    assert terminal.end() == 0
    assert "[Y/n]" not in terminal.seen
    assert (show.root / "episodes/001-einfach-tun.md").is_file()
    assert "Einfach tun" in (show.root / "public/feed.xml").read_text("utf-8")


def test_a_declined_recording_stays_while_the_rest_is_asked_for(show, at_terminal):
    show.record("001-einfach-tun")
    show.episode("002-wind", 'title = "Wind"', seed=2)
    terminal = at_terminal(show.root, "publish")
    terminal.until("[y/N]")
    terminal.type("\n")
    terminal.until("[Y/n]")
    terminal.type("\n")
    assert terminal.end() == 0
    assert not (show.root / "episodes/001-einfach-tun.md").exists()
    assert "Einfach tun" not in (show.root / "public/feed.xml").read_text("utf-8")


def test_bars_are_drawn_at_a_terminal_without_colour_if_asked(show, at_terminal, monkeypatch):
    show.episode("001-wind", 'title = "Wind"')
    monkeypatch.setenv("NO_COLOR", "1")
    terminal = at_terminal(show.root, "publish", "--yes")
    assert terminal.end() == 0
    assert "━" in terminal.seen
    assert "\x1b[3" not in terminal.seen  # no colours; the cursor still moves


def test_an_interrupt_at_the_question_gives_130(show, at_terminal):
    show.episode("001-wind", 'title = "Wind"')
    terminal = at_terminal(show.root, "publish")
    terminal.until("[Y/n]")
    terminal.interrupt()
    assert terminal.end() == 130
    assert "Interrupted." in terminal.seen
    assert "Traceback" not in terminal.seen


@pytest.mark.parametrize("words", [(), ("--port", "0")])
def test_preview_serves_until_it_is_interrupted(show, at_terminal, words):
    show.episode("001-wind", 'title = "Wind"\ndraft = true')
    terminal = at_terminal(show.root, "preview", "--no-browser", *words)
    said = terminal.until("Ctrl-C")
    address = next(word for word in said.split() if word.startswith("http://127.0.0.1:"))
    with urllib.request.urlopen(f"{address}feed.xml") as answer:
        feed = answer.read().decode()
    assert f'url="{address}media/' in feed
    request = urllib.request.Request(
        feed.partition('enclosure url="')[2].partition('"')[0], headers={"Range": "bytes=0-9"}
    )
    with urllib.request.urlopen(request) as answer:
        assert (answer.status, len(answer.read())) == (206, 10)
    terminal.interrupt()
    assert terminal.end() == 0
    assert "Interrupted" not in terminal.seen
    assert not (show.root / "public").exists()
