"""What could not be brought is named; a second run brings it, and overwrites nothing."""

import json
from pathlib import Path

import oldhosts
from sendeturm.errors import fail

ALLOWED = "--allow-private"


def served(old, *items, more=""):
    return old.put("/feed.xml", oldhosts.rss(oldhosts.channel(more=more), *items))


def report(sendeturm, url, *words):
    said = sendeturm("import", url, ALLOWED, "--json", *words)
    return said.code, json.loads(said.out)


def codes(document):
    return {(one["file"], one["code"]) for one in document["problems"]}


def test_what_cannot_be_brought_is_named_and_the_rest_comes(old, folder, sendeturm):
    page = old.put("/page.mp3", "<!DOCTYPE html><html>Bitte anmelden</html>", "audio/mpeg")
    noise = old.put("/noise.mp3", b"\x01\x02\x03" * 500, "audio/mpeg")
    large = old.put("/large.mp3", b"\xff" * 1_500_000, "audio/mpeg")
    old.host.moved |= {"/round.mp3": "/round2.mp3", "/round2.mp3": "/round.mp3"}
    urls = (
        old.sound("/1.mp3"),
        f"{old.url}/gone.mp3",
        page,
        large,
        f"{old.url}/round.mp3",
        noise,
        "http://[::1",
    )
    url = served(old, *(oldhosts.item(n, one) for n, one in enumerate(urls, 1)))
    code, document = report(sendeturm, url, "--largest-mb", "1")
    assert code == 1
    assert [one["sound"] for one in document["episodes"]] == ["brought", *["missing"] * 6]
    assert codes(document) >= {
        ("episodes/002-folge-2.md", "importing.no-voice"),
        ("episodes/003-folge-3.md", "importing.no-voice"),
        ("episodes/004-folge-4.md", "importing.large-voice"),
        ("episodes/005-folge-5.md", "importing.no-voice"),
        ("episodes/006-folge-6.md", "importing.no-voice"),
        ("episodes/007-folge-7.md", "importing.no-voice"),
    }
    causes = {one["file"]: one["params"].get("cause") for one in document["problems"]}
    assert causes["episodes/002-folge-2.md"] == "web.gone"
    assert causes["episodes/003-folge-3.md"] == "importing.page-for-sound"
    assert sorted(path.name for path in (folder / "episodes").glob("*.mp3")) == ["001-folge-1.mp3"]
    assert sendeturm("check").code == 0
    assert sendeturm("publish", "--yes").code == 0
    assert Path("public/feed.xml").read_text().count("<item>") == 1


def test_private_addresses_are_asked_only_if_that_is_allowed(old, folder, sendeturm):
    url = served(old, oldhosts.item(1, old.sound("/1.mp3")))
    said = sendeturm("--lang", "en", "import", url)
    assert said.code == 1
    assert "its sound lies in a private network" in said.err
    assert "--allow-private" in said.err
    assert old.asked("/1.mp3") == 0
    assert sendeturm("import", url, ALLOWED).code == 0
    assert old.asked("/1.mp3") == 1


def test_a_second_run_brings_what_was_missing_and_nothing_else(old, folder, sendeturm):
    cover = f"{old.url}/cover.jpg"
    there, gone = old.sound("/1.mp3"), f"{old.url}/2.mp3"
    more = f'<itunes:image href="{cover}"/>'
    transcript = f'<podcast:transcript url="{old.url}/2.vtt" type="text/vtt"/>'
    url = served(old, oldhosts.item(2, gone, transcript), oldhosts.item(1, there), more=more)
    code, document = report(sendeturm, url)
    assert code == 1
    assert {code for _, code in codes(document)} >= {
        "importing.no-show-cover",
        "importing.no-transcript",
        "importing.no-voice",
    }
    page = folder / "episodes/001-folge-1.md"
    page.write_text(page.read_text().replace("Folge 1", "Neuer Titel") + "\nNeu.\n")
    before = {path: path.read_bytes() for path in folder.rglob("*.m*") if path.is_file()}
    (folder / "moving.md").write_text("abgehakt")
    old.put("/cover.jpg", oldhosts.picture(), "image/jpeg")
    old.put("/2.vtt", "WEBVTT\n\n00:00.000 --> 00:01.000\nHallo\n", "text/vtt")
    old.sound("/2.mp3")
    asked = old.asked("/1.mp3")
    code, document = report(sendeturm, url)
    assert (code, document["problems"]) == (0, [])
    assert [one["sound"] for one in document["episodes"]] == ["brought", "there"]
    assert not any(one["is_new"] for one in document["episodes"])
    assert old.asked("/1.mp3") == asked
    assert (folder / "cover.jpg").read_bytes() == oldhosts.picture()
    assert (folder / "episodes/002-folge-2.vtt").is_file()
    assert (folder / "moving.md").read_text() == "abgehakt"
    kept = {path: body for path, body in before.items() if path.name[:3] == "001"}
    assert {path: path.read_bytes() for path in kept} == kept
    assert (folder / "episodes/002-folge-2.mp3").read_bytes() == old.host.files["/2.mp3"].body
    code, document = report(sendeturm, url)
    assert (code, document["problems"]) == (0, [])
    assert old.asked("/2.mp3") == 2


def test_a_download_goes_on_where_it_broke(old, folder, sendeturm, monkeypatch):
    monkeypatch.setattr("sendeturm.web.downloading.time.sleep", lambda _: None)
    url = served(old, oldhosts.item(1, old.sound("/1.mp3")))
    size_bytes = len(old.host.files["/1.mp3"].body)
    feed_bytes = len(old.host.files["/feed.xml"].body)
    old.host.cuts = [feed_bytes, size_bytes // 2, *[0] * 9]
    assert report(sendeturm, url)[0] == 1
    old.host.cuts = []
    old.host.asked.clear()
    assert report(sendeturm, url)[0] == 0
    assert ("/1.mp3", f"bytes={size_bytes // 2}-") in old.host.asked
    sound = folder / "episodes/001-folge-1.mp3"
    assert sound.read_bytes() == old.host.files["/1.mp3"].body


def test_an_interrupted_run_leaves_nothing_half_written(old, folder, sendeturm, monkeypatch):
    url = served(old, *(oldhosts.item(n, old.sound(f"/{n}.mp3")) for n in (2, 1)))

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as interrupted:
        interrupted.setattr("sendeturm.importing.carrier.download", stop)
        assert sendeturm("import", url, ALLOWED).code == 130
    assert sendeturm("check").code == 0
    assert len(list((folder / "episodes").glob("*.md"))) == 2
    assert report(sendeturm, url)[0] == 0
    assert len(list((folder / "episodes").glob("*.mp3"))) == 2


def test_a_full_disk_stops_at_once(old, folder, sendeturm, monkeypatch):
    url = served(old, *(oldhosts.item(n, old.sound(f"/{n}.mp3")) for n in (2, 1)))

    def full(path: str, *_: object, **__: object) -> None:
        raise fail("web.disk-full", file=path)

    monkeypatch.setattr("sendeturm.importing.carrier.download", full)
    said = sendeturm("--lang", "en", "import", url, ALLOWED)
    assert said.code == 1
    assert said.err.count("there is no room left on the disk") == 1


def test_episodes_that_come_later_and_files_of_other_names(old, folder, sendeturm):
    url = served(old, oldhosts.item(1, old.sound("/1.mp3")))
    assert report(sendeturm, url)[0] == 0
    for path in (folder / "episodes").glob("001-*"):
        path.rename(path.with_name(f"anfang{path.suffix}"))
    (folder / "episodes/002-folge-2.txt").write_text("meins")
    served(old, oldhosts.item(2, old.sound("/2.mp3")), oldhosts.item(1, f"{old.url}/1.mp3"))
    code, document = report(sendeturm, url)
    assert code == 0
    assert [(one["file"], one["is_new"]) for one in document["episodes"]] == [
        ("episodes/002-folge-2-2.md", True),
        ("episodes/anfang.md", False),
    ]


def test_other_kinds_of_sound_are_brought_and_told(old, folder, sendeturm):
    url = served(old, oldhosts.item(1, old.sound("/1.ogg", ".ogg")))
    said = sendeturm("--lang", "en", "import", url, ALLOWED)
    assert said.code == 0
    assert "apps do not play its kind of file (ogg) reliably" in said.err
    assert sendeturm("publish", "--yes").code == 0
    assert 'type="audio/mpeg"' in Path("public/feed.xml").read_text()


def test_sound_under_a_wrong_type_and_name_is_known_by_what_it_is(old, folder, sendeturm):
    url = old.put("/sound", old.sounds[".m4a"], "text/plain")
    feed = served(old, oldhosts.item(1, url).replace("audio/mpeg", "audio/x-unknown"))
    assert report(sendeturm, feed)[0] == 0
    assert (folder / "episodes/001-folge-1.m4a").read_bytes() == old.sounds[".m4a"]


def test_german_words_and_few_of_them(old, folder, sendeturm):
    url = served(old, oldhosts.item(1, old.sound("/1.mp3")))
    said = sendeturm("--lang", "de", "import", url, ALLOWED)
    assert "Nebelhorn: 1 Folge im Feed, 1 davon neu hier" in said.out
    assert "So geht es weiter (auch in moving.md):" in said.out
    assert "20. November 2026: veröffentliche sie hier" in said.out
    checklist = (folder / "moving.md").read_text(encoding="utf-8")
    assert checklist.startswith("# Umzug von Nebelhorn\n")
    assert "- [ ] **18. Dezember 2026**: bis zu diesem Tag" in checklist
    quiet = sendeturm("import", url, ALLOWED, "--quiet")
    assert (quiet.code, quiet.out, quiet.err) == (0, "", "")
