"""What a beginner can get wrong: one plain message each, and the good episode goes out."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image
from test_whole_way import write_recording

import running
import shows

GOOD = "000-gut"


LIMITED = """
import resource, sys
from sendeturm.cli import main
limit_bytes = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (limit_bytes, limit_bytes))
main()
"""


def run(folder: Path, *arguments: str, expect: int, limit_bytes: int | None = None) -> str:
    words = ("--lang", "en", *arguments)
    now = shows.NOW.isoformat()
    if limit_bytes:
        words = (str(limit_bytes), *words)
        code, said = running.run(folder, *words, code=LIMITED, SENDETURM_NOW=now)
    else:
        code, said = running.run(folder, *words, SENDETURM_NOW=now)
    assert "Traceback" not in said
    assert code == expect, said
    return said


@pytest.fixture
def folder(tmp_path: Path) -> shows.Folder:
    made = shows.new_folder(tmp_path / "show")
    made.write_episode(GOOD, 'title = "Gut"\npublished_at = 2026-11-01T06:00:00+01:00')
    write_recording(made.root / "episodes" / f"{GOOD}.wav", 200, seconds=3)
    return made


@pytest.mark.slow
@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ('title = "Er sagt "ja" dazu"', "sendeturm.toml:3"),
        ('titel = "Türme"', "title"),
        ('language = "deutsch"', "language"),
        ('timezone = "Berlin"', "timezone"),
    ],
)
def test_a_broken_settings_file_is_named_with_its_line(folder, wrong, named):
    config = folder.root / "sendeturm.toml"
    key = wrong.split(" = ", maxsplit=1)[0].replace("titel", "title")
    lines = config.read_text(encoding="utf-8").splitlines()
    changed = [wrong if line.startswith(f"{key} =") else line for line in lines]
    config.write_text("\n".join(changed) + "\n", encoding="utf-8")
    said = run(folder.root, "publish", expect=1)
    assert "sendeturm.toml:" in said
    assert named in said
    assert "→" in said
    assert not (folder.root / "public").exists()


@pytest.mark.slow
def test_a_small_cover_stops_the_show_with_its_size(folder):
    Image.new("RGB", (600, 600), (1, 2, 3)).save(folder.root / "cover.jpg")
    said = run(folder.root, "publish", expect=1)
    assert "cover.jpg" in said
    assert "600" in said
    assert "1400" in said
    assert not (folder.root / "public/feed.xml").exists()


@pytest.mark.slow
def test_doubled_identities_leave_both_out(folder):
    for stem in ("001-a", "002-b"):
        folder.write_episode(stem, f'title = "{stem}"\nguid = "the-same"')
        shutil.copyfile(folder.root / f"episodes/{GOOD}.wav", folder.root / f"episodes/{stem}.wav")
    said = run(folder.root, "publish", expect=1)
    assert "episodes/001-a.md" in said
    assert "episodes/002-b.md" in said
    assert [item["title"] for item in shows.items(folder)] == ["Gut"]


@pytest.mark.slow
def test_a_full_disk_leaves_nothing_half_published(folder):
    write_recording(folder.root / "episodes" / f"{GOOD}.wav", 200, seconds=20)
    said = run(folder.root, "publish", expect=1, limit_bytes=100_000)
    assert "→" in said
    assert not (folder.root / "public/feed.xml").exists()
    assert not list((folder.root / "public").glob("media/*"))
    assert not list((folder.root / ".sendeturm/renditions").glob("*.mp3"))
    run(folder.root, "publish", expect=0)
    assert [item["title"] for item in shows.items(folder)] == ["Gut"]


FULL_BUCKET = """
import resource, sys
from pathlib import Path
from sendeturm.store import folder
fsync_new = folder.fsync_new
def into_full_disk(path, content):
    is_full = any(Path(".sendeturm/renditions").glob("*.mp3"))
    most = 40_000 if is_full else resource.RLIM_INFINITY
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
    try:
        fsync_new(path, content)
    finally:  # this computer's own disk has room
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
folder.fsync_new = into_full_disk
from sendeturm.cli.ending import run
sys.exit(run(sys.argv[1:]))
"""


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "de"])
def test_a_full_bucket_folder_keeps_the_sound_and_publishes_nothing_by_halves(folder, language):
    write_recording(folder.root / "episodes" / f"{GOOD}.wav", 200, seconds=20)
    code, said = running.run(folder.root, "--lang", language, "publish", code=FULL_BUCKET)
    assert code == 1
    assert "Traceback" not in said
    assert {"en": "no room", "de": "kein Platz"}[language] in said
    assert not list((folder.root / "public").glob("media/*"))
    (rendition,) = (folder.root / ".sendeturm/renditions").glob("*.mp3")
    before = rendition.stat().st_mtime_ns
    run(folder.root, "publish", expect=0)
    assert rendition.stat().st_mtime_ns == before
    assert [item["title"] for item in shows.items(folder)] == ["Gut"]


@pytest.mark.slow
def test_a_damaged_stretch_is_told_with_the_time_lost(folder):
    path = folder.root / "episodes" / f"{GOOD}.wav"
    write_recording(path, 200, seconds=30)
    from imageio_ffmpeg import get_ffmpeg_exe  # noqa: PLC0415  # makes a FLAC for this test

    flac = path.with_suffix(".flac")
    subprocess.run([get_ffmpeg_exe(), "-v", "error", "-i", path, flac], check=True)
    path.unlink()
    body = bytearray(flac.read_bytes())
    middle = len(body) // 2
    body[middle : middle + 20_000] = bytes(20_000)
    flac.write_bytes(body)
    said = run(folder.root, "publish", expect=0)
    assert f"episodes/{GOOD}.flac" in said
    assert "seconds" in said or " s " in said
