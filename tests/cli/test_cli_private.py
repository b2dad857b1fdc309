from __future__ import annotations

import json

import pytest


@pytest.mark.slow
def test_the_address_is_shown_to_who_asks_and_nowhere_else(show, sendeturm):
    assert "nothing is published" in sendeturm("private").err
    show.write_config(storage='address = "https://example.org/turm"')
    front = 'title = "Geheim"\npublished_at = 2026-11-01T06:00:00+01:00\nprivate = true'
    show.episode("001-geheim", front)
    published = sendeturm("publish", "--verbose")
    assert published.code == 0
    first = sendeturm("private").out.strip()
    assert first.startswith("https://example.org/turm/private/")
    secret = first.split("/")[-2]
    quiet = [
        sendeturm(*words) for words in (["feed"], ["plan"], ["check"], ["--verbose"], ["--json"])
    ]
    assert all(secret not in said.out + said.err for said in (published, *quiet))
    said = sendeturm("private", "--replace")
    assert secret not in said.out
    assert "is not taken back" in " ".join(said.out.split())
    assert json.loads(sendeturm("private", "--json").out)["address"] in said.out
    assert not (show.root / "public/private" / secret / "feed.xml").exists()


def test_without_anything_private_it_says_how(show, sendeturm):
    show.episode("001-wind", 'title = "Wind"\npublished_at = 2026-11-01T06:00:00+01:00')
    assert sendeturm("publish").code == 0
    said = sendeturm("private")
    assert said.code == 1
    assert "private = true" in said.err
