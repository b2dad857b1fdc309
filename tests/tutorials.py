"""Follow a tutorial to the letter: its commands in order, at a terminal, in a home of their own.

In a tutorial a `console` block is what a person types after `$` and what comes back; a line `…`
stands for any lines, and the words after a question are the person's answer. Comments above a
block say what else a person does: `not run: why`, `keeps running`, `into FILE`; one that stands
alone, `Ctrl-C`, ends what keeps running.
"""

from __future__ import annotations

import os
import re
import select
import shlex
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import dedent

PATIENCE_S = 120
SKIP = "…"
BLOCK = re.compile(
    r"(?:^ *<!-- (?P<said>[^\n]*) -->\n)(?: *\n)?(?:^ *```(?P<kind>\w+)\n(?P<text>.*?)^ *```$)?"
    r"|^ *```console\n(?P<plain>.*?)^ *```$",
    re.MULTILINE | re.DOTALL,
)
CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
QUESTION = re.compile(r"(?:: |\? |> )$")
DIFFERS = {
    "a name made of content": (r"-[0-9a-f]{12}\.", "-#."),
    "figures of the sound, but for what is aimed at": (
        r"(?<![\d,.−])(?!−16[.,]0 LUFS)−?\d+[.,]\d+(?= (?:LUFS|LU|dB|kB|MB)| →)",
        "#",
    ),
    "the day and the hour": (
        r"\d{1,2}\.? [A-ZÄ][a-zä]+ 20\d\d(?:, \d\d:\d\d(?: Uhr| UTC)?)?|\b20\d\d-\d\d-\d\d\b",
        "DAY",
    ),
    "how long it took": (r"\b\d+[.,]\d s\b|\b\d+:\d\d min\b", "TIME"),
    "the width of columns": (r" {2,}", "  "),
}
"""What may differ between a page and a run, and nothing else may."""


def plain(text: str) -> str:
    """Return a line without what may differ."""
    for pattern, instead in DIFFERS.values():
        text = re.sub(pattern, instead, text)
    return text.strip()


@dataclass(frozen=True)
class Step:
    """One thing a person does: a command with what is shown, a file to write, or Ctrl-C."""

    command: str = ""
    shown: tuple[str, ...] = ()
    keeps_running: bool = False
    file: str = ""
    text: str = ""


def steps(page: str) -> list[Step]:
    """Return what a tutorial asks for, in order."""
    found: list[Step] = []
    for block in BLOCK.finditer(page):
        said, text = block["said"] or "", dedent(block["text"] or block["plain"] or "")
        if said == "Ctrl-C":
            found.append(Step())
        elif said.startswith("into "):
            found.append(Step(file=said.removeprefix("into "), text=text))
        elif not said.startswith("not run"):
            found += _commands(text, keeps_running=said == "keeps running")
    return found


def _commands(text: str, *, keeps_running: bool) -> list[Step]:
    parts = re.split(r"^\$ (.+)$", text, flags=re.MULTILINE)
    assert not parts[0].strip(), f"no command above {parts[0]!r}"
    return [
        Step(command, tuple(filter(str.strip, shown.splitlines())), keeps_running)
        for command, shown in zip(parts[1::2], parts[2::2], strict=True)
    ]


@dataclass
class Reader:
    """Somebody who follows a tutorial in `home`.

    `instead` are the pages' own values that stand for the reader's, and what they are here.
    """

    home: Path
    environment: dict[str, str]
    instead: dict[str, str] = field(default_factory=dict)
    folder: Path = field(init=False)
    page: str = ""
    running: list[Command] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.folder = self.home

    def follow(self, page: str) -> None:
        """Do what the page says and see that it shows what comes."""
        self.page = page
        try:
            for step in steps(page):
                self._do(step)
            assert not self.running, "the tutorial leaves a program running"
        finally:
            for command in self.running:
                command.kill()

    def _do(self, step: Step) -> None:
        if step.file:
            self._write(step)
        elif not step.command:
            command = self.running.pop()
            command.interrupt()
            command.compare(command.end())
        elif step.command.startswith("cd "):
            self.folder = self.folder / shlex.split(step.command)[1]
        else:
            command = Command(self._here(step.command), step.shown, self)
            if step.keeps_running:
                self.running.append(command)
                command.until_shown()
            else:
                code = command.end()
                assert code == 0, (step.command, code, command.seen)
                command.compare(code)

    def _write(self, step: Step) -> None:
        path = Path(step.file.replace("~", str(self.home), 1))
        path = self.folder / path
        path.parent.mkdir(parents=True, exist_ok=True)
        text = self._here(step.text)
        table = re.match(r"\[\w+\]\n", text)
        if path.suffix == ".toml" and table:  # one table of the settings
            before, _, after = path.read_text(encoding="utf-8").partition(table[0])
            _, bracket, others = after.partition("\n[")
            text = f"{before}{text}{bracket}{others}"
        path.write_text(text, encoding="utf-8")

    def _here(self, text: str) -> str:
        for theirs, ours in self.instead.items():
            text = text.replace(theirs, ours)
        return text

    def as_on_the_page(self, text: str) -> str:
        """Return what a program said with the page's values in place of ours."""
        for theirs, ours in self.instead.items():
            if theirs in self.page:
                text = text.replace(ours, theirs)
        return text


class Command:
    """A command at a terminal, which is answered as the page says."""

    def __init__(self, command: str, shown: tuple[str, ...], reader: Reader) -> None:
        self._shown, self._reader, self._answered = shown, reader, 0
        self._ours, theirs = os.openpty()
        self.process = subprocess.Popen(
            ["bash", "-c", command],
            cwd=reader.folder,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=reader.environment,
            start_new_session=True,
        )
        os.close(theirs)
        self._came = b""

    @property
    def seen(self) -> str:
        """Return what has come so far."""
        return self._came.decode(errors="replace")

    def until_shown(self) -> None:
        """Read until the last line that the page shows has come."""
        last = plain(self._shown[-1])
        while last not in map(plain, self._lines()):
            assert self._read(), f"ended without {last!r}: {self.seen!r}"

    def end(self) -> int:
        """Read to the end, answer what is asked, and return the exit code."""
        while self._read():
            self._answer()
        code = self.process.wait(PATIENCE_S)
        os.close(self._ours)  # sooner it would be a terminal that is pulled out
        return code

    def interrupt(self) -> None:
        os.killpg(self.process.pid, signal.SIGINT)

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def compare(self, code: int) -> None:
        """Hold that the page shows what came, line by line."""
        came = [line for line in map(plain, self._lines()) if line]
        place, may_skip = 0, False
        for line in map(plain, self._shown):
            if line == SKIP:
                may_skip = True
                continue
            rest = came[place:]
            assert line in (rest if may_skip else rest[:1]), (line, code, came)
            place, may_skip = place + rest.index(line) + 1, False
        assert may_skip or place == len(came), (came[place:], self._shown)

    def _lines(self) -> list[str]:
        text = CONTROL.sub("", self.seen).replace("\r\n", "\n")
        return self._reader.as_on_the_page(text).replace("\r", "\n").split("\n")

    def _answer(self) -> None:
        question = self._lines()[-1]
        if not QUESTION.search(question):
            return
        for number, line in enumerate(self._shown[self._answered :], self._answered + 1):
            if line.startswith(question.rstrip()):
                self._answered = number
                os.write(self._ours, f"{line.removeprefix(question.rstrip()).strip()}\n".encode())
                return
        raise AssertionError(f"the page has no answer to {question!r}: {self.seen!r}")

    def _read(self) -> bool:
        ready, _, _ = select.select([self._ours], [], [], PATIENCE_S)
        assert ready, f"silence after {self.seen!r}"
        try:
            piece = os.read(self._ours, 65536)
        except OSError:  # the other side has gone
            return False
        self._came += piece
        return bool(piece)


def environment(home: Path, language: str) -> dict[str, str]:
    """Return the environment of a person at a terminal in Berlin."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("AWS_", "LC_", "LANG"))}
    return kept | {
        "AWS_EC2_METADATA_DISABLED": "true",
        "BROWSER": "true",  # a program that opens nothing
        "COLUMNS": "200",
        "HOME": str(home),
        "LANG": f"{language}.UTF-8",
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "QUOTING_STYLE": "literal",  # as ls writes names elsewhere
        "TERM": "xterm",
        "TZ": "Europe/Berlin",
        "XDG_CONFIG_HOME": str(home / ".config"),
    }
