"""The first publication finds out what a bucket can do; later ones rely on what is kept there."""

from __future__ import annotations

import json

import pytest

import servers
import shows
from sendeturm.errors import fail
from sendeturm.store import probe

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path, moto, s3_keys):
    place = f"s3://{servers.make_bucket(moto)}/turm"
    return shows.new_folder(
        tmp_path / "turm", storage=f'place = "{place}"\nendpoint = "{moto.url}"\n{shows.PUBLIC}'
    )


def test_capabilities_are_found_out_once_and_kept(folder, monkeypatch):
    folder.write_episode("001-eins", 'title = "Eins"')
    shows.published(folder)
    store = shows.place_of(folder)
    kept = json.loads(store.get(".sendeturm/store.json").body)
    assert (kept["compare_and_swap"], kept["endpoint"]) == ("quoted", store.endpoint)
    assert not [o.key for o in store.list_objects() if "probe" in o.key]
    monkeypatch.setattr(probe, "probe", None)
    folder.write_episode("002-zwei", 'title = "Zwei"')
    later = shows.place_of(folder)
    shows.published(folder, later)
    assert later.capabilities.compare_and_swap == "quoted"


def test_a_bucket_that_cannot_be_probed_is_published_to_all_the_same(folder, monkeypatch):
    def refuse(store):
        raise fail("store.not-allowed", place=store.label, bucket="x")

    monkeypatch.setattr(probe, "probe", refuse)
    folder.write_episode("001-eins", 'title = "Eins"')
    outcome = shows.published(folder)
    assert outcome.failed == []
    assert [published.stem for published in outcome.published] == ["001-eins"]
