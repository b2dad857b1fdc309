from __future__ import annotations

import tomllib
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


def test_init_asks_with_defaults(tmp_path, at_terminal, monkeypatch):
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    monkeypatch.setenv("TZ", "Europe/Vienna")
    terminal = at_terminal(tmp_path, "--lang", "en", "init")
    for question, answer in (
        ("name:", "Türme & Töne"),
        ("speaks in it:", "Ada"),
        ("language [de]:", "Deutsch"),
        ("language [de]:", ""),
        ("Ada.]:", ""),
        ("[public]:", "s3://turm/ton"),
        ("address (Enter: Amazon's):", "https://s3.example.org"),
        ("(Enter: not yet):", ""),
        ("(Enter: AWS tools know it already):", ""),
    ):
        terminal.until(question)
        terminal.type(f"{answer}\n")
    assert terminal.end() == 0, terminal.seen
    config = tomllib.loads((tmp_path / "sendeturm.toml").read_text("utf-8"))
    expected = {"title": "Türme & Töne", "author": "Ada", "language": "de"}
    assert expected.items() <= config["show"].items()
    assert config["show"]["timezone"] == "Europe/Vienna"
    assert config["storage"] == {"place": "s3://turm/ton", "endpoint": "https://s3.example.org"}


def test_init_with_a_provider_asks_only_what_is_needed(tmp_path, at_terminal, monkeypatch):
    credentials = tmp_path / "aws" / "credentials"
    credentials.parent.mkdir()
    others = "# mine\n[default]\naws_access_key_id = OTHER\naws_secret_access_key = other"
    credentials.write_text(others)
    credentials.chmod(0o644)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(credentials))
    show = tmp_path / "show"
    show.mkdir()
    words = ("--title", "Türme & Töne", "--author", "Ada", "--language", "de", "--description", "d")
    terminal = at_terminal(show, "init", "--storage", "r2", *words)
    for question, answer in (
        ("if you like):", "turm/ton"),
        ("storage's address:", "0123456789abcdef"),
        ("(Enter: not yet):", "https://pod.example.org"),
        ("know it already):", "AKTURM"),
        ("(is not shown):", "geheim-planted-9x"),
    ):
        terminal.until(question)
        terminal.type(f"{answer}\n")
    assert terminal.end() == 0, terminal.seen
    assert "geheim" not in terminal.seen
    assert "sendeturm doctor" in terminal.seen
    written = (show / "sendeturm.toml").read_text("utf-8")
    assert tomllib.loads(written)["storage"] == {
        "place": "s3://turm/ton",
        "endpoint": "https://0123456789abcdef.r2.cloudflarestorage.com",
        "region": "auto",
        "address": "https://pod.example.org",
        "profile": "tuerme-toene",
    }
    keys = "[tuerme-toene]\naws_access_key_id = AKTURM\naws_secret_access_key = geheim-planted-9x\n"
    assert credentials.read_text() == f"{others}\n\n{keys}"
    assert credentials.stat().st_mode & 0o777 == 0o600
    assert [p.name for p in credentials.parent.iterdir()] == ["credentials"]
    for path in show.rglob("*"):
        assert not path.is_file() or b"geheim" not in path.read_bytes(), path


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
