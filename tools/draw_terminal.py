# a script, no part of the package: it stands alone and prints
"""Draw what the program prints at a terminal, as the pictures that the README shows.

The real program runs on a copy of the sample show in a terminal of 100 columns, at a fixed time,
and what is on the screen at its end becomes `docs/pictures/terminal-*.svg`: text that can be
searched and read aloud, with no font or anything else from elsewhere. Run it again whenever what
is printed has changed (POSIX only):

    .venv/bin/python tools/draw_terminal.py
"""

from __future__ import annotations

import codecs
import os
import pty
import re
import shutil
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs/pictures"
COLUMNS, LINES = 100, 60
NOW = "2026-11-20T12:00:00+01:00"
SHOW = ("sendeturm.toml", "cover.jpg", "episodes", "pages")

SCENES = {
    "plan": ("sendeturm", "plan"),
    "publish": ("sendeturm", "publish"),
    "status": ("sendeturm",),
    "check": ("sendeturm", "check"),
}
"""Commands by the names of their pictures, one after the other in the same folder."""

BEGINNING = ("sendeturm", "init")
ANSWERS = ("Tower talks", "Ada Example")
"""What is typed where a show is begun; to every other question the answer is Enter, or yes."""

THEME = TerminalTheme(
    (26, 22, 19),
    (240, 232, 220),
    [
        (68, 60, 54),
        (240, 143, 108),
        (152, 195, 121),
        (229, 192, 123),
        (122, 170, 214),
        (208, 152, 196),
        (110, 190, 190),
        (240, 232, 220),
    ],
    [
        (150, 138, 126),
        (255, 168, 138),
        (176, 216, 148),
        (245, 212, 150),
        (152, 196, 236),
        (226, 178, 216),
        (140, 212, 212),
        (255, 255, 255),
    ],
)
"""Paper and ink of the show's own pages in the dark; the eight colours read well on it."""

FRAME = """\
<svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{
font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace;
font-size: {char_height}px;
line-height: {line_height}px;
}}
.{unique_id}-title {{
font-size: 16px;
font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace;
}}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""

_SIGN = re.compile(r"\x1b\[(?P<number>[\d;]*)(?P<what>[A-Za-ln-z])|\x1b\[\?\d+[hl]|\r|\n")
"""What moves the cursor or erases; colours (`m`) stay in the text."""


_QUESTION = re.compile(r"(?P<yes>\[[YyJj]/[Nn]\]: ?$)|> ?$")


class Screen:
    """Lines as they stand after everything was printed that moves and erases whole lines."""

    def __init__(self) -> None:
        self.lines = [""]
        self._row = 0
        self._begins_anew = False

    def feed(self, text: str) -> None:
        """Take what a program wrote."""
        at = 0
        for sign in _SIGN.finditer(text):
            self._write(text[at : sign.start()])
            self._move(sign)
            at = sign.end()
        self._write(text[at:])

    def _write(self, text: str) -> None:
        if not text:
            return
        before = "" if self._begins_anew else self.lines[self._row]
        self.lines[self._row] = before + text
        self._begins_anew = False

    def _move(self, sign: re.Match[str]) -> None:
        if sign[0] == "\n":
            self._row += 1
            self._begins_anew = False
            if self._row == len(self.lines):
                self.lines.append("")
        elif sign[0] == "\r":
            self._begins_anew = True
        elif sign["what"] == "A":
            self._row = max(0, self._row - int(sign["number"] or 1))
        elif sign["what"] == "K":
            self.lines[self._row] = ""


def shown(folder: Path, words: tuple[str, ...], answers: Iterable[str] = ()) -> str:
    """Run the program at a terminal in `folder` and return what is on the screen then."""
    ours, theirs = pty.openpty()
    import fcntl  # noqa: PLC0415  # unknown to Windows
    import termios  # noqa: PLC0415  # the same

    size = struct.pack("HHHH", LINES, COLUMNS, 0, 0)
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, size)
    surroundings = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(folder),
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "SENDETURM_NOW": NOW,
    }
    with subprocess.Popen(  # noqa: S603  # the words are those above
        words, cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs, env=surroundings
    ):
        os.close(theirs)
        written = "".join(_pieces(ours, iter(answers)))
    os.close(ours)
    screen = Screen()
    screen.feed(written)
    return "\n".join(screen.lines).strip("\n").replace(str(folder.parent), "~")


def _pieces(handle: int, answers: Iterator[str]) -> Iterator[str]:
    """Yield what a program writes; a question is answered as soon as it stands there."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    while True:
        try:
            piece = decoder.decode(os.read(handle, 65536))
        except OSError:  # the other side has gone
            return
        yield piece
        if asked := _QUESTION.search(piece):
            answer = "y" if asked["yes"] else next(answers, "")
            os.write(handle, f"{answer}\n".encode())


def drawn(title: str, text: str) -> str:
    """Return a picture of a terminal's window with `text`, which may have colours."""
    with Path(os.devnull).open("w") as nowhere:
        console = Console(
            record=True, width=COLUMNS, file=nowhere, force_terminal=True, color_system="truecolor"
        )
        for line in text.split("\n"):
            console.print(Text.from_ansi(line), soft_wrap=True)
    name = title.replace(" ", "-")
    svg = console.export_svg(title=f"$ {title}", theme=THEME, code_format=FRAME, unique_id=name)
    return "\n".join(line.strip() for line in svg.splitlines() if line.strip()) + "\n"


def draw(name: str, words: tuple[str, ...], text: str) -> None:
    """Write a picture."""
    picture = PICTURES / f"terminal-{name}.svg"
    picture.write_text(drawn(" ".join(words), text), encoding="utf-8")
    print(f"{picture.relative_to(ROOT)}: {len(text.splitlines())} lines")


def main() -> None:
    """Draw all scenes."""
    with tempfile.TemporaryDirectory() as place:
        new, folder = Path(place) / "tower-talks", Path(place) / "einfach-tun"
        for made in (new, folder):
            made.mkdir()
        draw("init", BEGINNING, shown(new, BEGINNING, ANSWERS))
        for name in SHOW:
            source = ROOT / name
            copy = shutil.copytree if source.is_dir() else shutil.copy
            copy(source, folder / name)
        for name, words in SCENES.items():
            draw(name, words, shown(folder, words))


if __name__ == "__main__":
    main()
