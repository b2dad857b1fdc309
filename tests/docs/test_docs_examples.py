"""Every example of settings and front matter in README and docs is one that sendeturm takes."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

import pytest

from sendeturm.model import Config, FrontMatter
from sendeturm.sources.config import config_of
from sendeturm.sources.front import split_front
from sendeturm.sources.toml import parse
from sendeturm.sources.validation import Written, cleaned, validated

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
FENCE = re.compile(r"^( *)```(toml|markdown)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
SHOW = {
    "id": "8d0c2f0e-6d0b-4c86-9d5a-0f5a6c1b7e11",
    "title": "Turmgespräche",
    "description": "Was man von oben hört.",
    "language": "de",
    "author": "Ada Turm",
}


def examples(kind: str) -> list[pytest.ParameterSet]:
    found = []
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        name = page.relative_to(ROOT).as_posix()
        for example in FENCE.finditer(text):
            line = text.count("\n", 0, example.start()) + 1
            if example[2] == kind:
                found.append(pytest.param(dedent(example[3]), id=f"{name}:{line}"))
    return found


def taken_as_front_matter(values: dict) -> None:
    front, problems = validated(FrontMatter, {"title": "T"} | cleaned(values), Written("", ""))
    assert front is not None
    assert not problems


@pytest.mark.parametrize("text", examples("toml"))
def test_settings_and_front_matter_in_the_docs_are_taken(text):
    values = parse(text, "example")
    if any(isinstance(values.get(table), dict) for table in Config.model_fields):
        config_of({**values, "show": SHOW | values.get("show", {})})
    else:
        taken_as_front_matter(values)


@pytest.mark.parametrize("text", examples("markdown"))
def test_notes_files_in_the_docs_are_taken(text):
    taken_as_front_matter(parse(split_front(text, "example").toml, "example"))


def rows(heading: str) -> list[pytest.ParameterSet]:
    """Return the rows of a table in docs/feed.md: names of settings, and values for them."""
    text = (ROOT / "docs/feed.md").read_text(encoding="utf-8")
    found = []
    for row in text.split(f"## {heading}")[1].split("\n## ")[0].splitlines():
        if not row.startswith("| `"):
            continue
        names, values = (re.findall(r"`([^`]+)`", cell) for cell in row.split("|")[1:3])
        found += [pytest.param(names[0], value, id=value) for value in values if len(names) == 1]
    return found


@pytest.mark.parametrize(("name", "value"), rows("For the show, under `[show]`"))
def test_what_the_feed_can_say_for_a_show_is_taken(name, value):
    config_of({"show": SHOW | parse(f"{name} = {value}", "example")})


@pytest.mark.parametrize(("name", "value"), rows("For an episode, between the `+++`"))
def test_what_the_feed_can_say_for_an_episode_is_taken(name, value):
    taken_as_front_matter(parse(f"{name} = {value}", "example"))
