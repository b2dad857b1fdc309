"""`init` at a terminal: at most six questions, whichever address listeners keep; and by options."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

HETZNER = "https://mein-turm.fsn1.your-objectstorage.com"
OWN = "https://podcast.example.org"
SIX = 6


@pytest.fixture
def credentials(tmp_path, monkeypatch) -> Path:
    path = tmp_path / "aws" / "credentials"
    path.parent.mkdir()
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(path))
    monkeypatch.delenv("AWS_ACCESS_KEY_ID", raising=False)
    return path


@pytest.fixture
def empty(tmp_path) -> Path:
    """Give a folder with nothing but a cover, which would take long to draw."""
    folder = tmp_path / "show"
    folder.mkdir()
    (folder / "cover.jpg").touch()
    return folder


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def questions(seen: str) -> list[str]:
    return re.findall(r"^(\d+\. .*?)\r?$", seen, re.MULTILINE)


def written(folder: Path) -> dict[str, dict]:
    return tomllib.loads((folder / "sendeturm.toml").read_text("utf-8"))


def answered(terminal, *answers: str) -> str:
    for answer in answers:
        terminal.until("> ")
        terminal.type(f"{answer}\n")
    assert terminal.end() == 0, terminal.seen
    return terminal.seen


def test_only_here_takes_four_questions(empty, at_terminal, monkeypatch):
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    monkeypatch.setenv("TZ", "Europe/Vienna")
    terminal = at_terminal(empty, "--lang", "en", "init")
    seen = answered(terminal, "Türme & Töne", "Ada", "Deutsch", "", "")
    assert [line[0] for line in questions(seen)] == ["1", "2", "3", "4"]
    assert "https://…" in seen
    assert "only this computer" in seen
    assert "Next: put a recording into episodes/, then sendeturm publish" in seen
    show, storage = written(empty)["show"], written(empty)["storage"]
    assert (show["title"], show["author"], show["language"]) == ("Türme & Töne", "Ada", "de")
    assert (show["timezone"], show["description"]) == ("Europe/Vienna", "Ein Podcast von Ada.")
    assert storage == {"place": "public"}


def test_an_own_domain_leads_to_a_bucket_that_takes_it(empty, credentials, at_terminal):
    others = "# mine\n[default]\naws_access_key_id = OTHER\naws_secret_access_key = other"
    credentials.write_text(others)
    credentials.chmod(0o644)
    bucket = "https://0123456789abcdef.r2.cloudflarestorage.com/turm/ton"
    seen = answered(
        at_terminal(empty, "init"),
        *("Türme & Töne", "Ada", "en", "podcast.example.org", "r2", bucket),
        *("AKTURM", "geheim-planted-9x"),
    )
    assert len(questions(seen)) == SIX
    assert "at Cloudflare R2 a bucket's address looks like https://" in seen
    assert "docs/providers/r2.md" in seen
    assert "Next: sendeturm doctor" in seen
    assert "geheim" not in seen
    assert written(empty)["storage"] == {
        "place": "s3://turm/ton",
        "endpoint": "https://0123456789abcdef.r2.cloudflarestorage.com",
        "region": "auto",
        "address": OWN,
        "profile": "tuerme-toene",
    }
    keys = "[tuerme-toene]\naws_access_key_id = AKTURM\naws_secret_access_key = geheim-planted-9x\n"
    assert credentials.read_text() == f"{others}\n\n{keys}"
    assert credentials.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in credentials.parent.iterdir()] == ["credentials"]
    for path in empty.rglob("*"):
        assert not path.is_file() or b"geheim" not in path.read_bytes(), path


def test_an_own_domain_before_a_bucket_that_takes_none(empty, credentials, at_terminal):
    seen = answered(
        at_terminal(empty, "--lang", "de", "init"), "Türme", "Ada", "de", OWN, HETZNER, ""
    )
    assert len(questions(seen)) == SIX
    assert "Diese Ablage lässt keine eigene Domain zu" in seen
    assert not credentials.exists()
    assert written(empty)["storage"] == {
        "place": "s3://mein-turm",
        "endpoint": "https://fsn1.your-objectstorage.com",
        "region": "fsn1",
        "address": HETZNER,
        "webspace": "webspace",
        "webspace_address": OWN,
    }
    assert "/webspace/" in (empty / ".gitignore").read_text()


def test_the_buckets_own_address(empty, credentials, at_terminal, monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "known")
    seen = answered(at_terminal(empty, "init"), "T", "Ada", "en", "Bucket", "turm", HETZNER)
    assert len(questions(seen)) == SIX - 1  # the keys are known
    assert "no bucket is named in this" in seen
    assert not credentials.exists()
    assert written(empty)["storage"]["address"] == HETZNER


def test_own_webspace(empty, at_terminal):
    target = "me@example.org:htdocs/"
    words = ("--title", "T", "--author", "Ada", "--language", "en")
    terminal = at_terminal(empty, "init", *words)
    seen = answered(terminal, "webspace", "example.org/podcast", target)
    assert len(questions(seen)) == SIX - len(words) // 2
    command = ["rsync", "-rt", "--delay-updates", "--exclude=.sendeturm", "public/", target]
    assert written(empty)["storage"] == {
        "place": "public",
        "address": "https://example.org/podcast",
        "webspace_command": command,
    }


def test_a_provider_named_by_option_shows_how_its_addresses_look(empty, credentials, at_terminal):
    words = ("--title", "T", "--author", "Ada", "--language", "en", "--storage", "b2")
    seen = answered(
        at_terminal(empty, "init", *words), "", "s3.eu-central-003.backblazeb2.com/turm", ""
    )
    assert "https://my-bucket.s3.eu-central-003.backblazeb2.com" in seen
    assert written(empty)["storage"]["address"] == "https://turm.s3.eu-central-003.backblazeb2.com"
    assert not credentials.exists()


def test_recordings_that_lie_there_are_offered(empty, at_terminal):
    for name in ("eins.wav", "zwei.MP3"):
        (empty / name).write_bytes(b"sound")
    terminal = at_terminal(empty, "init", "--title", "T", "--author", "Ada", "--place", "public")
    terminal.until("[en]> ")
    terminal.type("\n")
    assert "2 recordings lie here" in terminal.until("[Y/n]")
    terminal.type("\n")
    assert terminal.end() == 0
    assert names(empty / "episodes") == ["eins.wav", "zwei.MP3"]
    assert "Next: sendeturm publish" in terminal.seen


def test_every_answer_can_be_an_option(tmp_path, sendeturm, monkeypatch):
    show = ("init", "--title", "T", "--author", "Ada", "--yes")
    ways = {
        (): {"place": "public"},
        ("--bucket", HETZNER): {
            "place": "s3://mein-turm",
            "endpoint": "https://fsn1.your-objectstorage.com",
            "region": "fsn1",
            "address": HETZNER,
        },
        ("--storage", "b2", "--bucket", "turm", "--region", "eu-1", "--address", OWN): {
            "place": "s3://turm",
            "endpoint": "https://s3.eu-1.backblazeb2.com",
            "region": "eu-1",
            "address": OWN,
        },
        ("--webspace", "/srv/www", "--address", OWN): {"place": "/srv/www", "address": OWN},
        ("--bucket", "s3://turm/x", "--address", OWN): {"place": "s3://turm/x", "address": OWN},
    }
    for number, (words, storage) in enumerate(ways.items()):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "cover.jpg").touch()
        monkeypatch.chdir(folder)
        said = sendeturm(*show, *words, "--json")
        assert said.code == 0, said.err
        assert written(folder)["storage"] == storage
        assert json.loads(said.out)["address"] == storage.get("address")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--bucket", "turm"), "no bucket is named"),
        (("--bucket", "hetzner"), "looks like https://my-bucket.fsn1"),
        (("--storage", "aws", "--bucket", "turm", "--region", "http://x/y"), "region"),
        (("--language", "xx"), "not a language's code: xx"),
        (("--timezone", "Berlin"), "Europe/Berlin"),
        (("--webspace", "episodes/web"), "episodes"),
        (("--place", "public"), "the folder public holds something else"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_written(empty, sendeturm, monkeypatch, words, told):
    monkeypatch.chdir(empty)
    (empty / "public").mkdir()
    (empty / "public" / "holiday.html").touch()
    said = sendeturm("init", "--title", "T", "--author", "Ada", *words)
    assert said.code == 1
    assert told in said.err
    assert names(empty) == ["cover.jpg", "public"]


def test_a_public_of_something_else_stays_alone(empty, sendeturm, monkeypatch):
    monkeypatch.chdir(empty)
    (empty / "public").mkdir()
    (empty / "public" / "holiday.html").touch()
    assert sendeturm("init", "--title", "T", "--author", "Ada").code == 0
    assert written(empty)["storage"] == {"place": "podcast"}
    assert names(empty / "public") == ["holiday.html"]


def test_foreign_settings_stay_as_they_are(empty, sendeturm, monkeypatch):
    monkeypatch.chdir(empty)
    (empty / "sendeturm.toml").write_text("this is = not ours [")
    said = sendeturm("init", "--title", "T", "--author", "Ada")
    assert said.code == 1
    assert said.err.count("\n") == said.err.count("→") * 2 == 2
    assert (empty / "sendeturm.toml").read_text() == "this is = not ours ["


@pytest.mark.parametrize("name", ["file", "x" * 300])
def test_a_folder_that_cannot_be_made(empty, sendeturm, name):
    (empty / "file").touch()
    said = sendeturm("--folder", f"{empty}/{name}", "init", "--title", "T", "--author", "Ada")
    assert said.code == 1, said
    assert "Traceback" not in said.err
    assert "→" in said.err


@pytest.mark.parametrize("locale", ["xx_YY.UTF-8", "C", "POSIX", "../x", "de"])
def test_a_locale_that_nobody_knows(empty, sendeturm, monkeypatch, locale):
    monkeypatch.chdir(empty)
    monkeypatch.setenv("LC_ALL", locale)
    monkeypatch.setenv("TZ", "Middle/Earth")
    assert sendeturm("init", "--title", "T", "--author", "Ada").code == 0
    assert written(empty)["show"]["language"] == ("de" if locale == "de" else "en")


def test_a_show_is_not_begun_inside_another_by_accident(empty, sendeturm, monkeypatch):
    (empty / "sendeturm.toml").touch()
    (empty / "episodes").mkdir()
    monkeypatch.chdir(empty / "episodes")
    said = sendeturm("init", "--title", "T", "--author", "Ada")
    assert said.code == 1
    assert f"belongs to the show in {empty}" in said.err
    (empty / "episodes" / "cover.jpg").touch()
    assert sendeturm("--folder", ".", "init", "--title", "T", "--author", "Ada").code == 0
