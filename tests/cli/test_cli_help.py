from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sendeturm.cli.program import ENTRIES

HEAVY = {
    *("pydantic", "rich", "boto3", "botocore", "numpy", "av", "lxml", "jinja2", "PIL", "mutagen"),
    *("pydub", "lameenc", "feedgen", "tomlkit", "markdown_it", "nh3", "zoneinfo"),
}
EVERYDAY = ["init", "new", "preview", "publish", "feed", "check"]


def imported_by(*words: str, folder: Path | None = None) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "sendeturm", *words],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    lines = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in lines}


def test_help_imports_nothing_heavy():
    assert imported_by("--help") & HEAVY == set()


@pytest.mark.parametrize("name", ENTRIES)
def test_a_commands_help_imports_nothing_heavy(name):
    assert imported_by(name, "--help") & HEAVY == set()


def test_an_unchanged_publish_needs_neither_signal_nor_boto_nor_feed(show, sendeturm):
    show.episode("001-wind", 'title = "Wind"')
    assert sendeturm("publish").code == 0
    needed = imported_by("publish", folder=show.root)
    unneeded = {"numpy", "av", "pydub", "lameenc", "boto3", "botocore", "feedgen", "PIL", "rich"}
    assert needed & (unneeded | {"jinja2", "mutagen", "lxml"}) == set()


def test_everyday_commands_come_first(sendeturm):
    said = sendeturm("--help").out
    names = [
        line.split()[0] for line in said.splitlines() if line.startswith("  ") and line.split()
    ]
    assert [name for name in names if name in ENTRIES] == [
        *EVERYDAY,
        *(
            "plan",
            "submit",
            "doctor",
            "undo",
            "unpublish",
            "forget",
            "prune",
            "pull",
            "export",
            "move",
            "import",
            "private",
            "measure",
            "transcribe",
        ),
    ]


@pytest.mark.parametrize("name", ENTRIES)
def test_every_command_takes_the_common_options(sendeturm, name):
    words = ("--json", "--verbose", "--quiet", "--lang", "en", "--folder", "here", "--help")
    said = sendeturm(name, *words)
    assert (said.code, said.err) == (0, "")
    assert "--json" in said.out


def test_the_version_is_printed(sendeturm):
    assert sendeturm("--version").out.startswith("sendeturm 0.")


def test_shells_can_complete_commands():
    done = subprocess.run(
        [Path(sys.executable).with_name("sendeturm")],
        env=os.environ
        | {"_SENDETURM_COMPLETE": "bash_complete", "COMP_WORDS": "sendeturm p", "COMP_CWORD": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == [
        *(
            "plain,preview",
            "plain,publish",
            "plain,plan",
            "plain,prune",
            "plain,pull",
            "plain,private",
        )
    ]


def test_unknown_commands_and_options_are_usage_errors(sendeturm):
    for words in (["pubish"], ["publish", "--yess"], ["measure"], ["--lang", "fr"]):
        said = sendeturm(*words)
        assert (said.code, said.out) == (2, ""), words
        assert "--help" in said.err
