"""What every store must do, shown on every store there is."""

from __future__ import annotations

import hashlib
import itertools
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from sendeturm.errors import SendeturmError
from sendeturm.store import ObjectMeta

TEXT = ObjectMeta("text/plain; charset=utf-8")
KEYS = (
    "feed.xml",
    "index.html",
    "winter/index.html",
    "media/winter-0123456789ab.mp3",
    ".sendeturm/show.json",
    ".sendeturm/episodes/7f3e1c52-0000-4000-8000-00000000000a.json",
    ".sendeturm/history/2026-11-20.json",
    "-leading/_under.score/UPPER/upper/...",
    "a..b/..c",
    "0",
    "long/" + "x" * 200,
    "/".join(["deep"] * 40),
)


def test_what_is_put_is_got(store):
    body = "Grüße aus dem Turm\r\n\x00".encode()
    etag = store.put("a/b.txt", body, TEXT)
    stored = store.get("a/b.txt")
    assert stored.body == body
    assert stored.head.etag == etag
    assert stored.head.key == "a/b.txt"
    assert stored.head.size_bytes == len(body)


def test_what_is_put_is_downloaded(store, tmp_path):
    body = bytes(range(256)) * 9000
    store.put("media/one.mp3", body, ObjectMeta("audio/mpeg"))
    there = store.download("media/one.mp3", tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == body
    assert there == store.head("media/one.mp3")
    assert store.download("media/two.mp3", tmp_path / "none") is None
    assert not (tmp_path / "none").exists()


def test_an_empty_object_is_an_object(store):
    store.put("empty", b"", TEXT)
    assert store.get("empty").body == b""
    assert [found.size_bytes for found in store.list_objects()] == [0]


def test_what_is_not_there_is_none(store):
    assert store.head("nothing") is None
    assert store.get("nothing") is None
    assert store.list_objects() == []
    store.put("folder/page", b"x", TEXT)
    assert store.get("folder") is None
    assert store.head("folder") is None
    assert store.get("folder/page/below") is None


def test_deleting_removes_and_deleting_nothing_is_no_error(store):
    store.put("a/b", b"x", TEXT)
    store.delete("a/b")
    store.delete("a/b")
    assert store.get("a/b") is None
    assert store.list_objects() == []


def test_type_cache_and_metadata_are_kept(place):
    meta = ObjectMeta(
        "application/rss+xml; charset=utf-8",
        "max-age=300, stale-while-revalidate=60",
        {"rendered-at": "2026-11-20T06:00:00+01:00", "title": "Grüße, 100 % = „Öl“ ", "empty": ""},
    )
    place.open().put("feed.xml", b"<rss/>", meta)
    head = place.open().head("feed.xml")
    assert head.meta.content_type == meta.content_type
    assert head.meta.cache_control == meta.cache_control
    assert head.meta.metadata == {
        "rendered-at": "2026-11-20T06:00:00+01:00",
        "title": "Grüße, 100 % = „Öl“ ",
        "sha256": hashlib.sha256(b"<rss/>").hexdigest(),
    }
    assert place.open().get("feed.xml").head == head


def test_anyone_reads_it_with_the_right_headers(place):
    meta = ObjectMeta("audio/mpeg", "max-age=86400")
    body = os.urandom(300_000)
    etag = place.open().put("media/one.mp3", body, meta)
    answer = place.fetch("media/one.mp3")
    if not place.is_public:
        assert answer.status == 400
        return
    assert (answer.status, answer.body) == (200, body)
    assert answer.headers["content-type"] == "audio/mpeg"
    assert answer.headers["cache-control"] == "max-age=86400"
    assert answer.headers["content-length"] == "300000"
    assert answer.headers["etag"] == f'"{etag}"'
    assert "content-encoding" not in answer.headers


def test_anyone_reads_a_part_of_it(place):
    body = os.urandom(5000)
    place.open().put("media/one.mp3", body, ObjectMeta("audio/mpeg"))
    answer = place.fetch("media/one.mp3", headers={"Range": "bytes=1000-1999"})
    if not place.is_public:
        assert answer.status == 400
        return
    assert (answer.status, answer.body) == (206, body[1000:2000])
    assert answer.headers["content-range"] == "bytes 1000-1999/5000"
    assert answer.headers["content-type"] == "audio/mpeg"
    assert place.fetch("media/one.mp3", headers={"Range": "bytes=9000-"}).status == 416


@pytest.mark.parametrize("as_file", [False, True])
def test_overwriting_changes_body_type_and_etag(store, tmp_path, as_file):
    file = tmp_path / "body"
    etags = []
    for body in (b"first!", b"second", b"third."):
        file.write_bytes(body)
        etags.append(store.put("page", file if as_file else body, TEXT))
        assert store.get("page").body == body
        assert store.head("page").etag == store.list_objects()[0].etag == etags[-1]
    assert len(set(etags)) == 3
    store.put("page", b"third.", ObjectMeta("text/html", "no-cache"))
    assert store.head("page").meta.content_type == "text/html"
    assert store.head("page").meta.cache_control == "no-cache"


def test_every_key_there_may_be(store):
    for key in KEYS:
        store.put(key, key.encode(), TEXT)
    assert [found.key for found in store.list_objects()] == sorted(KEYS)
    for key in KEYS:
        assert store.get(key).body == key.encode()


def test_listing_by_prefix(store):
    for key in ("media/a", "media/ab", "media/b/c", "mediathek", "feed.xml"):
        store.put(key, b"x", TEXT)

    def keys(prefix: str) -> list[str]:
        return [found.key for found in store.list_objects(prefix)]

    assert keys("media/") == ["media/a", "media/ab", "media/b/c"]
    assert keys("media/a") == ["media/a", "media/ab"]
    assert keys("media") == ["media/a", "media/ab", "media/b/c", "mediathek"]
    assert keys("media/b/") == ["media/b/c"]
    assert keys("nothing/") == []
    assert keys("../") == []


def test_a_neighbour_is_not_seen(place):
    store = place.open()
    store.put("inside", b"x", TEXT)
    neighbour = place.settings.model_copy(update={"place": place.settings.place + "2"})
    other = replace(place, settings=neighbour).open()
    other.put("outside", b"x", TEXT)
    assert [found.key for found in store.list_objects()] == ["inside"]
    assert [found.key for found in other.list_objects()] == ["outside"]


def test_more_than_a_thousand_objects_from_several_threads(store):
    keys = [f"p/{number:04}" for number in range(1003)]
    with ThreadPoolExecutor(4) as pool:
        etags = dict(
            zip(keys, pool.map(lambda k: store.put(k, k.encode(), TEXT), keys), strict=True)
        )
    listed = store.list_objects("p/")
    assert [found.key for found in listed] == keys
    assert {found.key: found.etag for found in listed} == etags


@pytest.mark.parametrize("size_bytes", [0, 3_000_000, 20 << 20])
def test_a_file_is_sent_with_progress(place, tmp_path, size_bytes):
    body = os.urandom(size_bytes)
    recording = tmp_path / "Gespräch.mp3"
    recording.write_bytes(body)
    done: list[int] = []
    store = place.open()
    etag = store.put("media/big.mp3", recording, ObjectMeta("audio/mpeg"), done.append)
    head = store.head("media/big.mp3")
    assert head.etag == etag
    assert head.size_bytes == size_bytes
    assert head.meta.metadata["sha256"] == hashlib.sha256(body).hexdigest()
    assert size_bytes == (done[-1] if done else 0)
    assert done == sorted(done)
    assert len(done) >= size_bytes // (16 << 20)
    copy = tmp_path / "copy"
    store.download("media/big.mp3", copy)
    assert copy.read_bytes() == body
    if not place.is_public:
        assert place.fetch("media/big.mp3").status == 400
        return
    answer = place.fetch("media/big.mp3")
    assert answer.body == body
    assert answer.headers["content-type"] == "audio/mpeg"
    assert "content-encoding" not in answer.headers


def test_a_missing_file_is_told_and_nothing_is_stored(store, tmp_path):
    with pytest.raises(SendeturmError) as caught:
        store.put("media/x.mp3", tmp_path / "x.mp3", ObjectMeta("audio/mpeg"))
    (problem,) = caught.value.problems
    assert problem.code == "store.unreadable-file"
    assert problem.place.file == str(tmp_path / "x.mp3")
    assert store.list_objects() == []


def test_times_are_aware_and_about_now(place):
    store = place.open()
    store.put("page", b"x", TEXT)
    about_now = timedelta(seconds=30)
    now = datetime.now(UTC)
    assert abs(store.list_objects()[0].modified_at - now) < about_now
    assert abs(store.head("page").modified_at - now) < about_now
    clock = store.clock()
    if place.settings.place == "public":
        assert clock is None
    else:
        assert clock.tzinfo is UTC
        assert abs(clock - now) < about_now


NO_KEYS = (
    *("", "/a", "a/", "a//b", ".", "..", "../a", "a/../b", "a/./b", "ä", "a b", "a%2f", "a\n"),
    *("a~", "a\\b", "C:", "x" * 201, "/".join("x" * 9 for _ in range(90))),
)


def test_no_other_key(store):
    calls = (lambda key: store.put(key, b"x", TEXT), store.get, store.head, store.delete)
    for key, call in itertools.product(NO_KEYS, calls):
        with pytest.raises(SendeturmError) as caught:
            call(key)
        assert caught.value.problems[0].code == "store.bad-name"


@pytest.mark.parametrize(
    "meta",
    [
        ObjectMeta("text/plain\r\nX-Evil: 1"),
        ObjectMeta("text/plain", "täglich"),
        ObjectMeta(""),
        ObjectMeta("text/plain", metadata={"Upper": "x"}),
        ObjectMeta("text/plain", metadata={"under_score": "x"}),
    ],
)
def test_no_header_that_http_cannot_carry(store, meta):
    with pytest.raises(ValueError, match="not for headers"):
        store.put("page", b"x", meta)
    assert store.list_objects() == []


def test_the_label_is_what_the_person_wrote(place):
    assert place.open().label.rstrip("/") == place.settings.place
    assert place.settings.place in repr(place.open())
