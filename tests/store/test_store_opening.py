"""From settings to a store, with every mistake named at once and no secret repeated."""

from __future__ import annotations

import pytest

from sendeturm.errors import SendeturmError
from sendeturm.i18n import word
from sendeturm.model import StorageSettings
from sendeturm.store import FolderStore, ObjectMeta, open_store, place_problems
from sendeturm.store.s3 import S3Store


def codes(folder, **settings) -> list[str]:
    problems = place_problems(StorageSettings(**settings), folder)
    for problem in problems:
        worded = word(problem.code, problem.params)
        assert "geheim" not in f"{problem} {worded}"
        assert problem.place.file == "sendeturm.toml"
    return [f"{problem.place.key} {problem.code}" for problem in problems]


def test_a_folder_is_relative_to_the_show(tmp_path):
    store = open_store(StorageSettings(place="./docs/public"), tmp_path)
    assert isinstance(store, FolderStore)
    store.put("feed.xml", b"x", ObjectMeta("text/xml"))
    assert (tmp_path / "docs/public/feed.xml").read_bytes() == b"x"
    assert store.label == "./docs/public/"


def test_a_folder_may_be_elsewhere(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    elsewhere = tmp_path / "Web Space"
    show = tmp_path / "show"
    assert open_store(StorageSettings(place=str(elsewhere)), show).root == elsewhere
    assert open_store(StorageSettings(place="~/web"), show).root == tmp_path / "home/web"
    assert open_store(StorageSettings(place="../web"), show).root.resolve() == tmp_path / "web"


@pytest.mark.parametrize(
    ("place", "bucket", "prefix", "label"),
    [
        ("s3://my-bucket", "my-bucket", "", "s3://my-bucket"),
        ("s3://my-bucket/", "my-bucket", "", "s3://my-bucket"),
        ("S3://my.bucket/a/b/", "my.bucket", "a/b", "s3://my.bucket/a/b"),
    ],
)
def test_a_bucket_and_its_prefix(tmp_path, place, bucket, prefix, label):
    store = open_store(StorageSettings(place=place), tmp_path)
    assert isinstance(store, S3Store)
    assert (store.bucket, store.prefix, store.label) == (bucket, prefix, label)


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("s3://", "store.bad-bucket-name"),
        ("s3://ab", "store.bad-bucket-name"),
        ("s3://größe", "store.bad-bucket-name"),
        ("s3://bucket/../other", "store.bad-prefix"),
        ("s3://bucket/ä", "store.bad-prefix"),
        ("s3://bucket/a//b", "store.bad-prefix"),
        ("s3://bucket/" + "x/" * 150 + "x", "store.bad-prefix"),
        ("s3://AK:geheim@bucket/show", "store.secret-in-place"),
        ("s3:/bucket", "store.unknown-place"),
        ("ftp://user:geheim@host/", "store.unknown-place"),
        ("file:///srv/public", "store.unknown-place"),
        ("https://example.org", "store.unknown-place"),
        (".", "store.place-holds-show"),
        ("..", "store.place-holds-show"),
        ("/", "store.place-holds-show"),
        ("episodes", "store.place-in-sources"),
        ("episodes/public", "store.place-in-sources"),
        (".sendeturm/public", "store.place-in-sources"),
        ("sendeturm.toml", "store.place-is-file"),
    ],
)
def test_places_that_cannot_be(tmp_path, place, code):
    (tmp_path / "sendeturm.toml").write_text("")
    assert codes(tmp_path, place=place) == [f"storage.place {code}"]
    with pytest.raises(SendeturmError):
        open_store(StorageSettings(place=place), tmp_path)


@pytest.mark.parametrize(
    ("endpoint", "code"),
    [
        ("https://AK:geheim@s3.example.com", "store.secret-in-place"),
        ("https://", None),
        ("https://:443", "store.bad-endpoint"),
        ("https://host:99999", "store.bad-endpoint"),
        ("https://[::1", "store.bad-endpoint"),
        ("https://s3.example.com?x=geheim", "store.bad-endpoint"),
    ],
)
def test_endpoints_that_cannot_be(tmp_path, endpoint, code):
    if code is None:
        with pytest.raises(ValueError, match="endpoint"):  # the model refuses it already
            StorageSettings(place="s3://bucket", endpoint=endpoint)
        return
    assert codes(tmp_path, place="s3://bucket", endpoint=endpoint) == [f"storage.endpoint {code}"]


def test_all_mistakes_at_once(tmp_path):
    settings = {"place": "s3://a:geheim@bucket", "endpoint": "https://a:geheim@host"}
    assert len(codes(tmp_path, **settings)) == 2
    with pytest.raises(SendeturmError) as caught:
        open_store(StorageSettings(**settings), tmp_path)
    assert len(caught.value.problems) == 2
    assert "geheim" not in repr(caught.value)
