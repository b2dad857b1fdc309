"""The listeners' view: what differs in the feed is said before anything leaves, and after."""

from __future__ import annotations

import json

import shows


def test_plan_and_publish_say_what_differs_item_by_item(sendeturm, show):
    show.write_config(storage=shows.PUBLIC)
    page = show.episode("001-a", 'title = "Anfang"\npublished_at = 2026-11-01T06:00:00Z')
    said = sendeturm("plan")
    assert "In the feed:\n  new: Anfang\n    → apps show it as new" in said.out
    assert not (show.root / "public/feed.xml").exists()
    assert "  new: Anfang\n" in sendeturm("publish").out
    assert "In the feed" not in sendeturm("plan").out

    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("Anfang", "Beginn"), encoding="utf-8")
    show.write_config(storage=shows.PUBLIC, show='copyright = "CC0"')
    line = "  changed: Beginn: title “Anfang” → “Beginn”"
    for command in ("plan", "publish"):
        said = sendeturm(command)
        assert line in said.out
        assert "nothing is downloaded again" in said.out
        assert "  the show: copyright line added" in said.out


def test_a_replaced_recording_is_said_to_be_downloaded_again(sendeturm, show):
    show.write_config(storage=shows.PUBLIC)
    show.episode("001-a", 'title = "Anfang"\npublished_at = 2026-11-01T06:00:00Z')
    sendeturm("publish")
    show.record("001-a", seed=7)
    assert "In the feed" not in sendeturm("plan").out  # refused, so nothing would differ
    allowed = ("--allow", "new-audio=001-a")
    document = json.loads(sendeturm("plan", "--json", *allowed).out)
    (item,) = document["feed"]["items"]
    assert (item["kind"], item["has_new_sound"]) == ("changed", True)
    assert "enclosure" in {change["tag"] for change in item["changes"]}
    said = sendeturm("publish", *allowed)
    assert "some apps download it again" in said.out
    assert "sound file replaced" in said.out


def test_a_scheduled_episode_is_new_when_it_is_due(sendeturm, show, monkeypatch):
    show.write_config(storage=shows.PUBLIC)
    show.episode("001-a", 'title = "Anfang"\npublished_at = 2026-11-01T06:00:00Z')
    show.episode("002-b", 'title = "Später"\npublished_at = 2026-11-21T06:00:00Z', seed=2)
    said = sendeturm("publish")
    assert "new: Anfang" in said.out
    assert "new: Später" not in said.out
    monkeypatch.setenv("SENDETURM_NOW", "2026-11-21T07:00:00+00:00")
    assert "new: Später" in sendeturm("plan").out


def test_a_feed_with_errors_never_leaves(sendeturm, show, monkeypatch):
    show.write_config(storage=shows.PUBLIC)
    show.episode("001-a", 'title = "Anfang"')
    from sendeturm.feed import render  # noqa: PLC0415  # to be broken

    whole = render._fill
    monkeypatch.setattr(
        render, "_fill", lambda item, *rest: (whole(item, *rest), item.guid(" ", permalink=True))
    )
    said = sendeturm("publish")
    assert said.code == 1
    assert "the episode has no identity" in said.err
    assert not (show.root / "public").exists()


def test_as_new_is_said_to_be_new_and_the_former_one_gone(sendeturm, show):
    show.write_config(storage=shows.PUBLIC)
    show.episode("001-a", 'title = "Anfang"\npublished_at = 2026-11-01T06:00:00Z')
    sendeturm("publish")
    show.record("001-a", seed=7)
    assert "sendeturm publish --allow as-new=001-a" in sendeturm("plan").err
    allowed = ("--allow", "as-new=001-a")
    document = json.loads(sendeturm("plan", "--json", *allowed).out)
    assert sorted(item["kind"] for item in document["feed"]["items"]) == ["gone", "new"]
    (step,) = document["plan"]["episodes"] if "plan" in document else document["episodes"]
    assert step["is_new"]
    assert step["guid"] != step["replaces"]
    for command in ("plan", "publish"):
        said = sendeturm(command, *allowed)
        assert "1 new · 0 changed · 0 downloaded again" in said.out
        assert "new: Anfang\n    → apps show it as new, and download it" in said.out
        assert "gone: Anfang\n    → apps take it off the list" in said.out
    assert "Nothing to do" in sendeturm("plan").out


def test_what_apps_do_is_said_once_for_episodes_in_a_row(show, sendeturm):
    show.episode("001-anfang", 'title = "Anfang"\npublished_at = 2026-11-01')
    show.episode("002-mitte", 'title = "Mitte"\npublished_at = 2026-11-02', seed=2)
    said = sendeturm("plan").out
    assert "  new: Mitte\n  new: Anfang\n    → apps show it as new" in said
    assert said.count("apps show it as new") == 1
