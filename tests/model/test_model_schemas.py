"""The JSON Schemas that editors read agree with what sendeturm takes, by an independent reader."""

from __future__ import annotations

import json
import re
import tomllib
from datetime import date, datetime
from pathlib import Path
from textwrap import dedent

import pytest
from jsonschema import Draft202012Validator

import json_schemas
from sendeturm.model import Config

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
FENCE = re.compile(r"^( *)```(toml|markdown)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
SHOW = tomllib.loads((ROOT / "sendeturm.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def validators() -> dict[str, Draft202012Validator]:
    found = {}
    for path in sorted((ROOT / "src/sendeturm/schemas").glob("*.schema.json")):
        schema = json.loads(path.read_text("utf-8"))
        Draft202012Validator.check_schema(schema)
        found[path.name.removesuffix(".schema.json")] = Draft202012Validator(
            schema, format_checker=Draft202012Validator.FORMAT_CHECKER
        )
    return found


def plain(value):
    """Return TOML's values as editors hand them to a schema: moments are text."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date | datetime) else value


def mistakes(validator: Draft202012Validator, values: dict) -> list[str]:
    return [f"{e.json_path}: {e.message}" for e in validator.iter_errors(plain(values))]


def front_of(text: str) -> dict:
    return tomllib.loads(text.split("+++")[1])


def test_the_schemas_are_up_to_date():
    for path, text in json_schemas.schemas().items():
        assert path.read_text("utf-8") == text, "run make catalogue"


def test_the_sample_show_fits(validators):
    assert mistakes(validators["sendeturm"], SHOW) == []
    sidecars = sorted((ROOT / "episodes").glob("*.md"))
    assert len(sidecars) >= 2
    for path in sidecars:
        assert mistakes(validators["front-matter"], front_of(path.read_text("utf-8"))) == []


def test_every_example_of_the_docs_fits(validators):
    seen = 0
    for page in PAGES:
        for example in FENCE.finditer(page.read_text("utf-8")):
            text = dedent(example[3])
            values = tomllib.loads(text) if example[2] == "toml" else front_of(text)
            if any(isinstance(values.get(table), dict) for table in Config.model_fields):
                values["show"] = SHOW["show"] | values.get("show", {})
                found = mistakes(validators["sendeturm"], values)
            else:
                found = mistakes(validators["front-matter"], {"title": "T"} | values)
            assert found == [], f"{page.name}: {text}"
            seen += 1
    assert seen > 15


@pytest.mark.parametrize(
    "wrong",
    [
        'titel = "Türme"',
        "title = 7",
        'language = "deutsch!"',
        "funding = []\nlocation = { name = 'Turm', geometry = 'geo:1,2' }",
        "[sound]\nloudness_lufs = 3",
        "[storage]\nplace = ''",
        "[[show.people]]\nrole = 'host'",
        "[extra]\nx = 1",
    ],
)
def test_what_sendeturm_refuses_the_schema_refuses(validators, wrong):
    values = {**SHOW, "show": SHOW["show"]}
    values["show"] = values["show"] | tomllib.loads(f"[show]\n{wrong}")["show"]
    values |= {k: v for k, v in tomllib.loads(f"[show]\n{wrong}").items() if k != "show"}
    assert mistakes(validators["sendeturm"], values)
