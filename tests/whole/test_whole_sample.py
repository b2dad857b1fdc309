"""The sample show and the built wheel: what a stranger meets first."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from pathlib import Path
from uuid import UUID, uuid5

import pytest

import shows
from sendeturm import __version__

ROOT = Path(__file__).resolve().parents[2]
EPISODES = ROOT / "episodes"


def fronts() -> dict[str, dict]:
    return {
        path.stem: tomllib.loads(path.read_text(encoding="utf-8").split("+++")[1])
        for path in sorted(EPISODES.glob("*.md"))
    }


BESIDE = (
    "man/man1/sendeturm.1",
    "man/de/man1/sendeturm.1",
    "systemd/user/sendeturm@.service",
    "systemd/user/sendeturm@.timer",
    "doc/sendeturm/crontab",
    "doc/sendeturm/podcast.yml",
    "sendeturm/sendeturm.schema.json",
)


def install(wheel: Path, place: Path) -> Path:
    """Install a wheel into an environment of its own, which borrows what it depends on."""
    venv.create(place, with_pip=False)
    pip = ("-m", "pip", "--python", place, "install", "--quiet", "--no-deps", "--no-index")
    subprocess.run(
        [sys.executable, *pip, "--disable-pip-version-check", wheel],
        check=True,
        capture_output=True,
    )
    (site,) = place.glob("lib/python*/site-packages")
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return place


def run(folder: Path, *arguments: str, program: Path | None = None) -> str:
    done = subprocess.run(
        [*([program] if program else [sys.executable, "-m", "sendeturm"]), *arguments],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_sample_show_is_small_and_its_identities_are_the_minted_ones():
    size_bytes = sum(path.stat().st_size for path in EPISODES.iterdir())
    assert size_bytes < 2_000_000
    show_id = UUID(tomllib.loads((ROOT / "sendeturm.toml").read_text("utf-8"))["show"]["id"])
    for stem, front in fronts().items():
        digest = hashlib.sha256((EPISODES / f"{stem}.flac").read_bytes()).hexdigest()
        assert front["guid"] == str(uuid5(show_id, digest))


@pytest.mark.slow
def test_the_sample_show_publishes_two_plans_one_and_leaves_one_waiting(tmp_path):
    for name in ("sendeturm.toml", "cover.jpg"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(EPISODES, tmp_path / "episodes")
    before = {p.name: p.read_bytes() for p in (tmp_path / "episodes").iterdir()}
    run(tmp_path, "publish")
    titles = [item["title"] for item in shows.items(shows.Folder(tmp_path))]
    assert titles == ["Grüße aus Übersee", "A tower of your own"]
    assert len(list((tmp_path / "public/media").iterdir())) == 3
    assert {p.name: p.read_bytes() for p in (tmp_path / "episodes").iterdir()} == before
    said = run(tmp_path, "--lang", "en", "publish")
    assert "Nothing has changed; nothing was written." in said


@pytest.mark.slow
def test_the_wheel_holds_all_that_a_new_show_needs(tmp_path):
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", tmp_path / "dist"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    wheel = next((tmp_path / "dist").glob("*.whl"))
    endings = {".html", ".css", ".js", ".mo", ".po", ".json"}
    ours = {
        path.relative_to(ROOT / "src").as_posix()
        for path in (ROOT / "src/sendeturm").rglob("*")
        if path.suffix in endings or path.name == "py.typed"
    }
    assert ours <= set(zipfile.ZipFile(wheel).namelist())
    place = install(wheel, tmp_path / "installed")
    for name in BESIDE:
        assert (place / "share" / name).is_file()
    program = place / "bin/sendeturm"
    assert run(tmp_path, "--version", program=program) == f"sendeturm {__version__}\n"
    folder = tmp_path / "empty"
    folder.mkdir()
    words = ("--lang", "de", "init", "--title", "Über Land", "--author", "Ada")
    assert "sendeturm publish" in run(folder, *words, program=program)
    assert {"sendeturm.toml", "cover.jpg", "Makefile", ".gitignore", "episodes"} <= {
        path.name for path in folder.iterdir()
    }
    recording = folder / "episodes" / "001-erste-worte.flac"
    shutil.copy(EPISODES / "001-a-tower-of-your-own.flac", recording)
    waiting = run(folder, "publish", program=program)
    assert "001-erste-worte.flac" in waiting or not (folder / "public/media").exists()
    run(folder, "publish", "--bare", program=program)
    assert [item["title"] for item in shows.items(shows.Folder(folder))] == ["Erste worte"]
    assert recording.with_suffix(".md").is_file()


def test_every_command_stands_in_the_readme():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    said = run(ROOT, "--lang", "en", "--help")
    commands = re.findall(r"^  ([a-z]+) {2,}\S", said.split("Every day")[1], re.MULTILINE)
    assert len(commands) >= 8
    for command in commands:
        assert f"sendeturm {command}" in readme
