"""What the shell offers after TAB, in each of the three shells, and in a real Bash."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from sendeturm.cli.completing import PERMITS
from sendeturm.cli.program import program

PROGRAM = Path(sys.executable).with_name("sendeturm")


@pytest.fixture
def turm(show):
    show.write_episode("001-wind", 'title = "Wind"')
    show.write_episode("002-regen", 'title = "Regen"')
    for name in ("001-wind.wav", "003-süß.wav", "003-süß.chapters.txt", "004 leer.wav", ".x.md"):
        (show.root / "episodes" / name).touch()
    return show.root


@pytest.fixture
def offered(monkeypatch):
    """Give what a shell is told, in a folder, for the last word."""

    def values(folder: Path, *words: str) -> list[str]:
        monkeypatch.chdir(folder)
        asked = ShellComplete(program, {}, "sendeturm", "_SENDETURM_COMPLETE")
        return [found.value for found in asked.get_completions(list(words[:-1]), words[-1])]

    return values


@pytest.mark.parametrize("command", ["unpublish", "forget", "transcribe"])
def test_episodes_are_offered_by_name(turm, offered, command):
    assert offered(turm, command, "") == ["001-wind", "002-regen", "003-süß"]
    assert offered(turm / "episodes", command, "002") == ["002-regen"]


def test_the_folder_that_is_named_counts(turm, offered, tmp_path):
    assert offered(tmp_path, "unpublish", "") == []
    assert offered(tmp_path, "--folder", str(turm), "unpublish", "001") == ["001-wind"]
    assert offered(tmp_path, "unpublish", "--folder", str(turm), "001") == ["001-wind"]


def test_options_choices_and_permits(turm, offered):
    assert "--same-title" in offered(turm, "new", "--")
    assert offered(turm, "init", "--storage", "h") == ["hetzner"]
    assert offered(turm, "--lang", "") == ["de", "en"]
    assert offered(turm, "publish", "--allow", "") == list(PERMITS)
    assert offered(turm, "publish", "--allow", "as-new=00") == [
        *("as-new=001-wind", "as-new=002-regen", "as-new=003-süß")
    ]
    assert offered(turm, "publish", "--again", "003") == ["003-süß"]
    assert offered(turm, "measure", "00")[:2] == ["001-wind", "002-regen"]


def test_every_permit_is_known_to_the_program():
    room = Path(__file__).parents[2] / "src" / "sendeturm" / "publish"
    source = "".join(path.read_text("utf-8") for path in room.glob("*.py"))
    for permit in PERMITS:
        assert f'"{permit}"' in source or f'"{permit.rstrip("=")}"' in source, permit


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_its_script(shell):
    done = subprocess.run(
        [PROGRAM],
        env=os.environ | {"_SENDETURM_COMPLETE": f"{shell}_source"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "sendeturm" in done.stdout
    assert f"{shell}_complete" in done.stdout


def test_a_real_bash_completes(turm):
    script = f"""
        PATH={shlex.quote(str(PROGRAM.parent))}:$PATH
        eval "$(_SENDETURM_COMPLETE=bash_source sendeturm)"
        COMP_WORDS=(sendeturm unpublish 00) COMP_CWORD=2
        _sendeturm_completion sendeturm
        printf '%s\\n' "${{COMPREPLY[@]}}"
        complete -p sendeturm
    """
    done = subprocess.run(
        ["bash", "-c", script], cwd=turm, capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.splitlines()[:3] == ["001-wind", "002-regen", "003-süß"]
    assert "_sendeturm_completion" in done.stdout
