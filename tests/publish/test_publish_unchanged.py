"""Nothing to do costs nothing, however many episodes are published."""

from __future__ import annotations

import pytest

import manyepisodes
import servers
import shows
from sendeturm.events import silence
from sendeturm.publish import run_feed
from shows import place_of

EPISODES = 1000
PAGES = 1 + 1
"""Of the listings: a thousand records are one, what stands beside them another."""


@pytest.fixture
def show(seaweed, s3_keys, tmp_path, monkeypatch):
    monkeypatch.setenv("SENDETURM_NOW", shows.NOW.isoformat())
    # Pages are no part of what is counted, and a thousand of them take their time.
    monkeypatch.setattr("sendeturm.site.render_site", lambda *_, **__: {})
    bucket = servers.make_bucket(seaweed.http)
    place = f'{shows.PUBLIC}\nplace = "s3://{bucket}/turm"\nendpoint = "{seaweed.http.url}"'
    made = shows.new_folder(tmp_path / "show", storage=place)
    manyepisodes.publish_many(made, place_of(made), EPISODES)
    return made


@pytest.mark.slow
def test_an_unchanged_show_of_a_thousand_episodes_asks_for_listings_and_one_head(show):
    store = place_of(show)
    (show.root / ".sendeturm/records.json").unlink()
    counted = manyepisodes.count_requests(store)
    assert shows.planned_in(show, store).episodes == ()
    cold = {"ListObjectsV2": PAGES, "HeadObject": 1, "GetObject": EPISODES + 2}
    assert counted == cold, "each record, the show's, and what the storage can do"
    run_feed(store, show.root / ".sendeturm", silence)
    for run in (lambda: shows.published(show, store), lambda: run_feed(store, None, silence)):
        counted.clear()
        assert run().rendered is None
        assert counted == {"ListObjectsV2": PAGES, "HeadObject": 1}
