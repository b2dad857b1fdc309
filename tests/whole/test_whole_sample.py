"""The sample show and the built wheel: what a stranger meets first."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from uuid import UUID, uuid5

import pytest

import shows

ROOT = Path(__file__).resolve().parents[2]
EPISODES = ROOT / "episodes"


def fronts() -> dict[str, dict]:
    return {
        path.stem: tomllib.loads(path.read_text(encoding="utf-8").split("+++")[1])
        for path in sorted(EPISODES.glob("*.md"))
    }


def run(folder: Path, *arguments: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "sendeturm", *arguments],
        cwd=folder,
        env=os.environ | environment,
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
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        archive.extractall(tmp_path / "installed")
    endings = {".html", ".css", ".js", ".mo", ".po"}
    ours = {
        path.relative_to(ROOT / "src").as_posix()
        for path in (ROOT / "src/sendeturm").rglob("*")
        if path.suffix in endings or path.name == "py.typed"
    }
    assert ours <= set(names)
    folder = tmp_path / "empty"
    folder.mkdir()
    installed = {"PYTHONPATH": str(tmp_path / "installed"), "PYTHONSAFEPATH": "1"}
    said = run(
        folder, "--lang", "de", "init", "--title", "Über Land", "--author", "Ada", **installed
    )
    assert "sendeturm publish" in said
    assert {"sendeturm.toml", "cover.jpg", "Makefile", ".gitignore", "episodes"} <= {
        path.name for path in folder.iterdir()
    }
    recording = folder / "episodes" / "001-erste-worte.flac"
    shutil.copy(EPISODES / "001-a-tower-of-your-own.flac", recording)
    waiting = run(folder, "publish", **installed)
    assert "001-erste-worte.flac" in waiting or not (folder / "public/media").exists()
    run(folder, "publish", "--bare", **installed)
    assert [item["title"] for item in shows.items(shows.Folder(folder))] == ["Erste worte"]
    assert recording.with_suffix(".md").is_file()


def test_every_command_stands_in_the_readme():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    said = run(ROOT, "--lang", "en", "--help")
    commands = re.findall(r"^  ([a-z]+) {2,}\S", said.split("Every day")[1], re.MULTILINE)
    assert len(commands) >= 8
    for command in commands:
        assert f"sendeturm {command}" in readme
