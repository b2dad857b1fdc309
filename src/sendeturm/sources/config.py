"""`sendeturm.toml` becomes a `Config`."""

from __future__ import annotations

import os
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from sendeturm.errors import Problem, SendeturmError, fail
from sendeturm.model import Config
from sendeturm.sources.files import read_text
from sendeturm.sources.toml import parse
from sendeturm.sources.validation import Written, cleaned, validated
from sendeturm.sources.zones import nearest_zone, zone_of

CONFIG_NAME = "sendeturm.toml"


def read_config(folder: Path) -> Config:
    """Return the show, the sound and the storage that `folder`'s `sendeturm.toml` describes.

    Raises SendeturmError with everything that is wrong with it: file, line, key.
    """
    path = folder / CONFIG_NAME
    if not os.path.lexists(path):
        raise fail("sources.no-show", file=CONFIG_NAME, folder=str(folder.absolute()))
    return config_from_text(read_text(path, CONFIG_NAME))


def config_from_text(text: str) -> Config:
    """Return the `Config` that the text of a `sendeturm.toml` describes; raises as above."""
    return config_of(parse(text, CONFIG_NAME), text)


def config_of(values: dict[str, Any], text: str = "") -> Config:
    """Return `values` as a `Config`, `text` being where their lines are; raises as above."""
    values = cleaned(values)
    written = Written(CONFIG_NAME, text)
    config, problems = validated(Config, values, written)
    problems += _zone_problems(values, written)
    problems += _rule_problems(config, written)
    if config is None or problems:
        raise SendeturmError(problems)
    return config


def _zone_problems(values: dict[str, Any], written: Written) -> list[Problem]:
    show = values.get("show")
    name = show.get("timezone") if isinstance(show, dict) else None
    if not isinstance(name, str) or zone_of(name):
        return []
    loc = ("show", "timezone")
    if near := nearest_zone(name):
        return [written.problem("sources.unknown-zone-near", loc, value=name, near=near)]
    return [written.problem("sources.unknown-zone", loc, value=name)]


def _rule_problems(config: Config | None, written: Written) -> list[Problem]:
    if config is None or not (config.check.ignore or config.check.raised):
        return []
    from sendeturm.checks import RULES  # noqa: PLC0415  # few shows choose rules

    problems = []
    for key, codes in (("ignore", config.check.ignore), ("raise", config.check.raised)):
        for code in codes:
            loc = ("check", key)
            if code not in RULES:
                near = get_close_matches(code.upper(), RULES, 1, 0)[0]
                problems.append(written.problem("sources.unknown-rule", loc, value=code, near=near))
            elif key == "ignore" and not RULES[code].can_be_ignored:
                problems.append(written.problem("sources.rule-always-counts", loc, value=code))
    return problems
