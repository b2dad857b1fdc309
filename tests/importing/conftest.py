"""An old host, an empty folder, and the program in this process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import oldhosts
from sendeturm import pictures
from sendeturm.cli.ending import run
from sendeturm.i18n import use_language

NOW = "2026-11-20T12:00:00+00:00"


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str


@pytest.fixture(scope="session")
def voices(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return oldhosts.sounds(tmp_path_factory.mktemp("voices"))


@pytest.fixture(scope="session")
def drawn() -> bytes:
    return pictures.draw_cover("Ein Bild", "für alle")


@pytest.fixture(autouse=True)
def _one_cover(drawn: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw a cover once, which takes longer than all else; wait for no host that is gone."""
    monkeypatch.setattr(pictures, "draw_cover", lambda *_: drawn)
    monkeypatch.setattr("sendeturm.web.downloading.time.sleep", lambda _: None)


@pytest.fixture
def old(voices: dict[str, bytes]) -> Iterator[oldhosts.OldHost]:
    with oldhosts.old_host(voices) as host:
        yield host


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an empty folder, and stand in it."""
    here = tmp_path / "show"
    here.mkdir()
    monkeypatch.chdir(here)
    return here


@pytest.fixture
def sendeturm(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Said]]:
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("TZ", "Europe/Berlin")
    monkeypatch.setenv("SENDETURM_NOW", NOW)

    def called(*words: str) -> Said:
        capsys.readouterr()
        code = run(words)
        said = capsys.readouterr()
        return Said(int(code), said.out, said.err)

    yield called
    use_language("en")
