"""The pictures made at publishing: named by the records, shown by the pages, made only once."""

from __future__ import annotations

import hashlib
import json

import lxml.html
import pytest
from PIL import Image

import shows
from sendeturm.publish.records import read_live
from shows import new_folder, place_of, planned, published

FRONT = 'title = "{}"\nnumber = 7\npublished_at = 2026-11-01T06:00:00+01:00'
STEM = "007-winter"


@pytest.fixture(autouse=True)
def _now(monkeypatch):
    monkeypatch.setenv("SENDETURM_NOW", shows.NOW.isoformat())


@pytest.fixture
def folder(tmp_path):
    folder = new_folder(tmp_path / "show", storage=shows.PUBLIC)
    folder.write_episode(STEM, FRONT.format("Winter"))
    published(folder)
    return folder


def record_of(folder):
    (path,) = (folder.root / "public/.sendeturm/episodes").glob("*.json")
    return json.loads(path.read_bytes())


def records_of(folder):
    return [live.record for live in read_live(place_of(folder), None).records.values()]


def show_of(folder):
    return json.loads((folder.root / "public/.sendeturm/show.json").read_bytes())


def change(folder, old, new):
    path = folder.root / f"episodes/{STEM}.md"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def heads(folder, page):
    root = lxml.html.document_fromstring((folder.root / "public" / page).read_bytes())
    return {m.get("property") or m.get("name"): m.get("content") for m in root.iter("meta")}


def test_every_picture_is_where_its_record_says(folder):
    show, record = show_of(folder), record_of(folder)
    made = [show[name] for name in ("page_cover", "icon", "touch_icon", "card")] + [record["card"]]
    for facts in made:
        path = folder.root / "public" / facts["key"]
        assert hashlib.sha256(path.read_bytes()).hexdigest() == facts["sha256"]
        assert facts["sha256"][:12] in facts["key"]
        with Image.open(path) as picture:
            assert picture.size == (facts["width_px"], facts["height_px"])
            assert Image.MIME[picture.format] == facts["type"]
    assert record["page_cover"] is None


def test_pages_name_the_card_and_its_size(folder):
    for page, facts, words in [
        ("winter/index.html", record_of(folder)["card"], "Winter – Türme & Töne"),
        ("index.html", show_of(folder)["card"], "Türme & Töne"),
        ("7/index.html", record_of(folder)["card"], "Winter"),
    ]:
        found = heads(folder, page)
        assert found["og:image"] == f"https://example.org/turm/{facts['key']}"
        assert (found["og:image:width"], found["og:image:height"]) == ("1200", "630")
        assert (found["og:image:type"], found["og:image:alt"]) == ("image/jpeg", words)
        assert found["twitter:card"] == "summary_large_image"


def test_pages_show_the_small_cover_and_the_icons(folder):
    root = lxml.html.document_fromstring((folder.root / "public/index.html").read_bytes())
    show = show_of(folder)
    assert root.xpath("//img[@class='cover']/@src") == [show["page_cover"]["key"]]
    assert root.xpath("//link[@rel='icon']/@href") == [show["icon"]["key"]]
    assert root.xpath("//link[@rel='apple-touch-icon']/@href") == [show["touch_icon"]["key"]]
    feed = (folder.root / "public/feed.xml").read_text(encoding="utf-8")
    assert show["cover"]["key"] in feed
    assert show["page_cover"]["key"] not in feed


def test_a_card_is_made_again_only_where_it_shows_something_else(folder):
    first = record_of(folder)["card"]
    change(folder, "Notizen.", "Andere Notizen.")
    published(folder)
    assert record_of(folder)["card"] == first
    change(folder, '"Winter"', '"Frühling"')
    published(folder)
    second = record_of(folder)["card"]
    assert second["key"] != first["key"]
    Image.new("RGB", (1400, 1400), "red").save(folder.root / f"episodes/{STEM}.jpg")
    published(folder)
    own = record_of(folder)
    assert own["card"]["key"] != second["key"]
    assert own["page_cover"]["source_sha256"] == own["cover"]["sha256"]
    (folder.root / f"episodes/{STEM}.wav").write_bytes(shows.recording_of("another"))
    published(folder, allowed=[f"new-audio={STEM}"])
    assert record_of(folder)["page_cover"] == own["page_cover"]
    assert planned(folder).is_empty


def test_a_show_of_an_older_program_gets_its_pictures_once(folder):
    path = folder.root / "public/.sendeturm/show.json"
    older = {k: v for k, v in show_of(folder).items() if k not in ("icon", "card", "page_cover")}
    path.write_text(json.dumps(older), encoding="utf-8")
    plan = planned(folder)
    assert plan.show.changes == ("pictures",)
    assert not plan.episodes
    published(folder)
    assert show_of(folder)["icon"]["width_px"] == 96
    assert planned(folder).is_empty


def test_a_record_of_an_older_program_shows_its_cover_beside_links(folder):
    (path,) = (folder.root / "public/.sendeturm/episodes").glob("*.json")
    older = {k: v for k, v in record_of(folder).items() if k not in ("card", "page_cover")}
    path.write_text(json.dumps(older), encoding="utf-8")
    published(folder)
    found = heads(folder, "winter/index.html")
    assert found["og:image"].endswith(show_of(folder)["cover"]["key"])
    assert found["twitter:card"] == "summary"
    change(folder, '"Winter"', '"Frühling"')
    published(folder)
    assert heads(folder, "winter/index.html")["og:image"].endswith(record_of(folder)["card"]["key"])


def test_a_lost_cover_keeps_no_episode_off_the_air(folder):
    store = place_of(folder)
    show = show_of(folder)
    store.delete(show["page_cover"]["key"])
    folder.write_episode("008-neu", FRONT.format("Neu").replace("7", "8"))
    outcome = published(folder)
    assert not outcome.failed
    assert (folder.root / "public" / outcome.published[0].record.card.key).is_file()


def test_what_looks_different_in_a_changed_show_is_drawn_anew(folder):
    folder.write_episode("008-eigen", FRONT.format("Eigen").replace("7", "8"))
    Image.new("RGB", (1400, 1400), "red").save(folder.root / "episodes/008-eigen.jpg")
    published(folder)
    before = {r.guid: r for r in records_of(folder)}
    folder.write_cover((200, 30, 30))
    change(folder, "Notizen.", "Andere Notizen.")
    published(folder)
    after = {r.guid: r for r in records_of(folder)}
    redrawn = {r.facts.slug for guid, r in after.items() if r.card != before[guid].card}
    assert redrawn == {"winter"}
    path = folder.root / "sendeturm.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("Türme", "Masten"), encoding="utf-8")
    assert planned(folder).episodes == ()
    published(folder)
    last = {r.guid: r for r in records_of(folder)}
    assert all(record.card != after[guid].card for guid, record in last.items())
    for record in last.values():
        page = heads(folder, f"{record.facts.slug}/index.html")
        assert page["og:image"].endswith(record.card.key)
        assert (folder.root / "public" / record.card.key).is_file()
    assert planned(folder).is_empty


def test_whoever_was_killed_while_cards_were_drawn_anew_goes_on(folder):
    class Killed(BaseException):
        pass

    store = place_of(folder)
    put = store.put

    def killing(key, *rest, **options):
        if key == ".sendeturm/show.json":
            raise Killed
        return put(key, *rest, **options)

    store.put = killing
    folder.write_cover((200, 30, 30))
    with pytest.raises(Killed):
        published(folder, store)
    card = record_of(folder)["card"]
    assert planned(folder).show is not None
    published(folder)
    assert record_of(folder)["card"] == card
    assert planned(folder).is_empty
