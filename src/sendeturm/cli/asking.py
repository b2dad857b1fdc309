"""One question after the other: numbered, explained in a line, asked until the answer fits."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import click

from sendeturm.cli.problems import tell
from sendeturm.cli.screen import harmless, say
from sendeturm.errors import Problem
from sendeturm.i18n import translate

INDENT = "   "
NARROWEST = 24
Fits = Callable[[str], Iterable[Problem]]
"""Says what is wrong with an answer."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for a setting: English `words`, and a menu of words with what they mean.

    An empty `default` is none; then an empty answer counts only if it `may_stay_open`.
    """

    setting: str
    words: str
    default: str = ""
    may_stay_open: bool = False
    menu: tuple[tuple[str, str], ...] = ()


@dataclass
class Interview:
    """A person at a terminal, what is known so far, and how many questions that took."""

    folder: Path
    settings: dict[str, object]
    count: int = 0

    def settle(self, question: Question, fits: Fits) -> None:
        """Ask for a setting that is not known yet; an empty answer leaves it open."""
        if question.setting not in self.settings:
            answer = self.ask(question, fits)
            if answer:
                self.settings[question.setting] = answer

    def ask(self, question: Question, fits: Fits) -> str:
        """Ask until the answer fits, and return it."""
        self.explain(translate(question.words), question.menu)
        while True:
            answer = prompt(default=question.default, may_stay_open=question.may_stay_open)
            problems = list(fits(answer)) if answer or not question.may_stay_open else []
            if not problems:
                return answer
            tell(problems)

    def explain(self, words: str, menu: Iterable[tuple[str, str]] = ()) -> None:
        """Print the next question and what may be answered."""
        self.count += 1
        wrapped(words, f"{self.count}. ", INDENT)
        rows = list(menu)
        width = max((len(key) for key, _ in rows), default=0)
        for key, meaning in rows:
            wrapped(meaning, f"{INDENT}{key:<{width}}  ", " " * (len(INDENT) + width + 2))


def prompt(
    words: str = "", *, default: str = "", may_stay_open: bool = False, hidden: bool = False
) -> str:
    """Read one line; what nobody may leave open is asked for again by Click."""
    text = harmless(f"{INDENT}{words}") if words or not default else INDENT[:-1]
    answer = click.prompt(
        text,
        default=default or ("" if may_stay_open else None),
        show_default=bool(default),
        hide_input=hidden,
        prompt_suffix="> ",
    )
    return str(answer).strip()


def wrapped(text: str, first: str = "", following: str = "") -> None:
    """Print a text within the terminal's width."""
    width = max(shutil.get_terminal_size().columns - 1, NARROWEST)
    lines = textwrap.wrap(
        text,
        width,
        initial_indent=first,
        subsequent_indent=following,
        break_on_hyphens=False,  # addresses stay whole
        break_long_words=False,
    )
    say("\n".join(lines))
