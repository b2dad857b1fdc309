"""Renditions are made once, kept whole, and made again when they are damaged."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from materials import material
from sendeturm.errors import SendeturmError
from sendeturm.events import Event, silence
from sendeturm.model import Rendition, SoundSettings
from sendeturm.sound import cached, master, recipe
from signals import RATE_HZ, aged, speech, write_wav

SHA = "ab" * 32
SETTINGS = SoundSettings()
MATERIAL = material(Path("a.wav"), sha256=SHA)


@pytest.fixture
def recording(tmp_path) -> Path:
    return write_wav(tmp_path / "a.wav", speech(1))


def mastered(recording: Path, cache: Path, listen=silence) -> Rendition:
    return master(material(recording, sha256=SHA), SETTINGS, cache, "episode", listen)


def test_a_recipe_names_recording_settings_and_versions():
    first = recipe(MATERIAL, SETTINGS)
    assert first == recipe(MATERIAL, SoundSettings())
    assert first.recording_sha256 == SHA
    assert first.settings["loudness_lufs"] == -16
    assert set(first.versions) >= {"decode", "limiter", "mp3"}
    others = [
        recipe(material(Path("a.wav"), sha256="cd" * 32), SETTINGS),
        recipe(MATERIAL, SoundSettings(loudness_lufs=-18)),
        recipe(MATERIAL, SoundSettings(true_peak_dbtp=-2)),
        recipe(MATERIAL, SoundSettings(bitrate_kbps=64)),
    ]
    assert len({r.digest for r in (first, *others)}) == 5


def test_the_second_time_nothing_is_done(tmp_path, recording):
    cache = tmp_path / "cache"
    assert cached(recipe(MATERIAL, SETTINGS), cache) is None
    first = mastered(recording, cache)
    assert not first.reused
    heard: list[Event] = []
    recording.unlink()
    second = mastered(recording, cache, heard.append)
    assert second.reused
    assert heard == []
    assert second == first.model_copy(update={"reused": True})
    assert second.path == cache / "renditions" / f"{first.recipe.digest}.mp3"
    assert sorted(p.suffix for p in second.path.parent.iterdir()) == [".json", ".mp3"]


def test_notices_are_kept_with_their_place(tmp_path):
    whole = write_wav(tmp_path / "a.wav", speech(2))
    whole.write_bytes(whole.read_bytes()[: -RATE_HZ * 2])
    aged(whole)
    first = mastered(whole, tmp_path / "cache")
    assert [n.code for n in first.notices] == ["sound.damaged"]
    assert mastered(whole, tmp_path / "cache").notices == first.notices


DAMAGE = {
    "a bit has flipped": lambda mp3, facts: mp3.write_bytes(mp3.read_bytes()[:-1] + b"?"),
    "the end is missing": lambda mp3, facts: mp3.write_bytes(mp3.read_bytes()[:-500]),
    "the sound is missing": lambda mp3, facts: mp3.unlink(),
    "the facts are missing": lambda mp3, facts: facts.unlink(),
    "the facts are cut off": lambda mp3, facts: facts.write_bytes(facts.read_bytes()[:80]),
    "the facts are no text": lambda mp3, facts: facts.write_bytes(b"\xff\x00"),
    "the facts are another's": lambda mp3, facts: facts.write_text(
        facts.read_text().replace(SHA, "cd" * 32)
    ),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_entry_is_made_again(tmp_path, recording, damage):
    cache = tmp_path / "cache"
    first = mastered(recording, cache)
    whole = first.path.read_bytes()
    DAMAGE[damage](first.path, first.path.with_suffix(".json"))
    assert cached(first.recipe, cache) is None
    again = mastered(recording, cache)
    assert not again.reused
    assert again.path.read_bytes() == whole
    assert cached(first.recipe, cache) is not None


def test_the_same_recording_gives_the_same_bytes(tmp_path, recording):
    for name in ("one", "other"):
        mastered(recording, tmp_path / name)
    one, other = (sorted((tmp_path / name / "renditions").iterdir()) for name in ("one", "other"))
    assert [p.read_bytes() for p in one] == [p.read_bytes() for p in other]
    assert len(one) == 2


def test_what_a_killed_run_left_is_swept_but_not_a_running_ones(tmp_path, recording):
    folder = tmp_path / "cache" / "renditions"
    folder.mkdir(parents=True)
    old, new = folder / "old.part", folder / "new.part"
    old.touch()
    new.touch()
    two_days_ago = time.time() - 2 * 86_400
    os.utime(old, (two_days_ago, two_days_ago))
    mastered(recording, tmp_path / "cache")
    assert not old.exists()
    assert new.exists()


def test_a_cache_that_cannot_be_made_is_told(tmp_path, recording):
    (tmp_path / "cache").write_text("in the way")
    with pytest.raises(SendeturmError, match=r"sound\.no-cache"):
        mastered(recording, tmp_path / "cache")


FULL_DISK = """
import resource, sys
from pathlib import Path
from sendeturm.errors import SendeturmError
from sendeturm.events import silence
from sendeturm.model import Material, SoundFile, SoundSettings
from sendeturm.sound import master
recording, cache, limit = sys.argv[1:]
resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), int(limit)))
try:
    file = SoundFile(path=recording, file="a.wav", sha256="0" * 64)
    master(Material(files=(file,)), SoundSettings(), Path(cache), "a", silence)
except SendeturmError as error:
    print(error)
"""


@pytest.mark.parametrize("limit", [200, 12_000])
def test_a_disk_that_fills_up_is_told_and_nothing_is_left(tmp_path, recording, limit):
    cache = tmp_path / "cache"
    arguments = [str(recording), str(cache), str(limit)]
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, *arguments], capture_output=True, check=True, text=True
    )
    assert done.stdout.strip() == "sound.no-room"
    assert not [path for path in cache.rglob("*") if path.is_file()]


def test_asking_the_cache_loads_no_library_of_the_signal(tmp_path):
    code = (
        "import sys; from pathlib import Path\n"
        "from sendeturm.model import Material, SoundFile, SoundSettings\n"
        "from sendeturm.sound import cached, recipe\n"
        f"file = SoundFile(path='a', file='a', sha256='{SHA}')\n"
        "asked = recipe(Material(files=(file,)), SoundSettings())\n"
        f"assert cached(asked, Path({str(tmp_path)!r})) is None\n"
        "print(sorted({'av', 'numpy', 'pydub', 'lameenc'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "[]"


def test_no_program_on_the_path_is_needed_and_nothing_is_said(tmp_path, recording):
    code = FULL_DISK.replace("resource.setrlimit", "# ")
    environment = {"PATH": str(tmp_path), "PYTHONWARNINGS": "always"}
    arguments = [str(recording), str(tmp_path / "cache"), "0"]
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, check=True, env=environment
    )
    assert done.stdout + done.stderr == b""


# The kernel's own record of the program's highest memory: nothing is missed between two looks.
# It counts shared libraries in full, so it is no less than the tree's share of memory as long as
# the tree is this one program: the workers are threads, and nobody else is started.
MEMORY = """
import re, resource, sys
from pathlib import Path
from sendeturm.events import silence
from sendeturm.model import Material, SoundFile, SoundSettings
from sendeturm.sound import master
file = SoundFile(path=sys.argv[1], file="a", sha256="0" * 64)
master(Material(files=(file,)), SoundSettings(), Path(sys.argv[2]), "a", silence)
assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss == 0
assert not any(p.read_text() for p in Path("/proc/self/task").glob("*/children"))
# ru_maxrss would still know the test runner's own memory.
print(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
"""


def peak_memory_mb(folder: Path, minutes: int) -> float:
    """The highest memory of all that mastering a stereo recording runs."""
    minute = np.concatenate((speech(60), speech(60, seed=2))) * 0.5
    path = write_wav(folder / f"{minutes}.wav", minute, declared_bytes=0)
    codes = path.read_bytes()[44:]
    with path.open("ab") as out:
        for _ in range(minutes - 1):
            out.write(codes)
    aged(path)
    done = subprocess.run(
        [sys.executable, "-c", MEMORY, str(path), str(folder / f"cache{minutes}")],
        capture_output=True,
        check=True,
        text=True,
    )
    path.unlink()
    return int(done.stdout) / 1024


@pytest.mark.slow
def test_memory_is_small_and_does_not_grow_with_the_length(tmp_path):
    short_mb, long_mb = peak_memory_mb(tmp_path, 1), peak_memory_mb(tmp_path, 8)
    assert long_mb < 150
    assert long_mb < short_mb * 1.1
