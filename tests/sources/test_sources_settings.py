"""Single settings written into sendeturm.toml: comments, layout and everything else stay."""

from __future__ import annotations

import tomllib

import pytest

import shows
from sendeturm.errors import SendeturmError
from sendeturm.sources import write_settings

STORAGE = """place = "s3://turm"   # our bucket
# region = "eu-central"

# the end"""


@pytest.fixture
def config(tmp_path):
    shows.Folder(tmp_path).write_config(storage=STORAGE)
    return tmp_path / "sendeturm.toml"


def test_a_setting_is_added_and_another_changed(config):
    before = config.read_text(encoding="utf-8")
    write_settings(config.parent, "storage", {"region": "fsn1", "place": "s3://other"})
    after = config.read_text(encoding="utf-8")
    storage = tomllib.loads(after)["storage"]
    assert storage == {"place": "s3://other", "region": "fsn1"}
    kept = [line for line in before.splitlines() if not line.startswith("place")]
    assert [line for line in kept if line not in after.splitlines()] == []
    assert 'place = "s3://other"   # our bucket' in after


def test_a_table_is_made_where_it_lacks(tmp_path):
    shows.Folder(tmp_path).write_config()
    write_settings(tmp_path, "storage", {"region": "fsn1"})
    assert tomllib.loads((tmp_path / "sendeturm.toml").read_text())["storage"]["region"] == "fsn1"


def test_a_setting_that_does_not_fit_changes_nothing(config):
    before = config.read_bytes()
    with pytest.raises(SendeturmError):
        write_settings(config.parent, "storage", {"address": "no address"})
    assert config.read_bytes() == before
    assert [p.name for p in config.parent.iterdir()] == ["sendeturm.toml"]
