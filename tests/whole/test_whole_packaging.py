"""What travels beside the program: manual pages, systemd's units, a crontab, a workflow."""

from __future__ import annotations

import configparser
import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

import manual
from sendeturm.cli.program import ENTRIES, program

ROOT = Path(__file__).resolve().parents[2]
CONTRIB = ROOT / "contrib"
MODULES = Path(sys.prefix) / "readers"
MANUALS = sorted((CONTRIB / "man").rglob("*.1"))
MACROS = {".TH", ".SH", ".SS", ".PP", ".TP", ".B", ".BR", '.\\"'}


def test_the_manual_pages_are_up_to_date():
    for path, text in manual.pages().items():
        assert path.read_text("utf-8") == text, "run make catalogue"


@pytest.mark.parametrize("path", MANUALS, ids=lambda path: path.parent.parent.name)
def test_a_manual_page_has_every_command_and_no_broken_line(path):
    text = path.read_text("utf-8")
    assert re.findall(r"^\.SS (\w+)$", text, re.MULTILINE) == list(ENTRIES)
    lines = text.splitlines()
    assert {line.split()[0] for line in lines if line.startswith(".")} <= MACROS
    assert not [line for line in lines if line.startswith("'") or not line]
    assert set(re.findall(r"\\(.)", text.partition("\n")[2])) <= {"-", "f", "e", "&"}


@pytest.mark.parametrize("path", MANUALS, ids=lambda path: path.parent.parent.name)
def test_a_manual_page_is_set_without_a_warning(path):
    if shutil.which("groff") is None:  # where it is not installed the lines above are looked at
        return
    command = ["groff", "-K", "utf8", "-man", "-ww", "-T", "utf8", "-P-cbou", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert "--allow " in done.stdout


def unit(name: str) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str
    parser.read(CONTRIB / "systemd" / name, "utf-8")
    return parser


def assert_is_a_command(words: str) -> None:
    """The words after `sendeturm` are ones the program takes."""
    arguments = [word for word in shlex.split(words) if not word.startswith("$")]
    with program.make_context("sendeturm", arguments) as context:
        name, *rest = [*context._protected_args, *context.args]
        command = program.get_command(context, name)
        assert command is not None
        command.make_context(name, rest, parent=context).close()


def test_the_timer_starts_what_the_service_does():
    service, timer = unit("sendeturm@.service"), unit("sendeturm@.timer")
    path, env, words = service["Service"]["ExecStart"].split(maxsplit=2)[0:3]
    assert (path, env) == ("/usr/bin/env", "sendeturm")
    assert_is_a_command(words)
    assert timer["Timer"]["Persistent"] == "true"
    assert timer["Install"]["WantedBy"] == "timers.target"


def test_systemd_knows_every_word_of_the_units(tmp_path):
    if shutil.which("systemd-analyze") is None:
        return
    for path in sorted((CONTRIB / "systemd").iterdir()):
        shutil.copy(path, tmp_path)
    done = subprocess.run(
        ["systemd-analyze", "--user", "verify", "--man=no", *sorted(tmp_path.glob("sendeturm@*"))],
        env={"PATH": "/usr/bin:/bin", "XDG_RUNTIME_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    said = done.stdout + done.stderr
    assert "sendeturm" not in said, said


def test_the_crontabs_lines_are_commands():
    lines = (CONTRIB / "crontab").read_text("utf-8").splitlines()
    jobs = [line.lstrip("#") for line in lines if line.lstrip("#").startswith("*/15")]
    assert len(jobs) == 2
    for job in jobs:
        assert job.split()[:5] == ["*/15", "*", "*", "*", "*"]
        assert "%" not in job, "cron takes it for the end of a line"
        assert_is_a_command(job.rpartition("sendeturm ")[2])


@pytest.mark.slow
def test_the_workflow_is_one_and_runs_commands():
    text = (CONTRIB / "workflows/podcast.yml").read_text("utf-8")
    workflow = yaml.safe_load(text)
    steps = workflow["jobs"]["podcast"]["steps"]
    words = [step["run"] for step in steps if step.get("run", "").startswith("sendeturm ")]
    assert words == ["sendeturm publish", "sendeturm feed"]
    for command in words:
        assert_is_a_command(command.removeprefix("sendeturm "))
    node = shutil.which("node")
    assert node, "nodejs is needed; make test installs it"
    reader = ROOT / "tests/readers/workflow.cjs"
    done = subprocess.run(
        [node, str(reader), str(MODULES)], input=text.encode(), capture_output=True, check=True
    )
    assert json.loads(done.stdout) == []
