"""A second store with the same objects: they share what both have, and nothing that comes later."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sendeturm.store import FolderStore, ObjectMeta
from sendeturm.store.twins import twin

HTML = ObjectMeta("text/html; charset=utf-8", "no-cache")


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    store = FolderStore(tmp_path / "one", "one/")
    store.put("media/wind.mp3", b"wind", ObjectMeta("audio/mpeg", "max-age=300"))
    store.put("index.html", b"one", HTML)
    return store


def all_but_pages(key: str) -> bool:
    return not key.endswith(".html")


def test_it_has_what_is_wanted_with_all_that_is_known_of_it(store, tmp_path):
    other = twin(store, tmp_path / "two", "two/", all_but_pages)
    assert [listed.key for listed in other.list_objects()] == ["media/wind.mp3"]
    assert other.head("media/wind.mp3") == store.head("media/wind.mp3")
    assert (store.root / "media/wind.mp3").samefile(other.root / "media/wind.mp3")


def test_what_one_puts_the_other_does_not_see(store, tmp_path):
    other = twin(store, tmp_path / "two", "two/", lambda _: True)
    other.put("index.html", b"two", HTML)
    other.delete("media/wind.mp3")
    assert store.get("index.html").body == b"one"
    assert other.get("index.html").body == b"two"
    assert store.get("media/wind.mp3").body == b"wind"
    assert store.get("media/wind.mp3").head.meta.content_type == "audio/mpeg"


def test_a_disk_without_links_copies(store, tmp_path, monkeypatch):
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    other = twin(store, tmp_path / "two", "two/", lambda _: True)
    assert other.head("media/wind.mp3") == store.head("media/wind.mp3")
    assert other.get("index.html").head.meta == store.get("index.html").head.meta
