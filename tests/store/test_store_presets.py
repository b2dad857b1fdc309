"""Providers by name: settings that open a store; and keys kept in the credentials file."""

from __future__ import annotations

import re
from pathlib import Path

import boto3
import pytest

from sendeturm.errors import SendeturmError
from sendeturm.model import StorageSettings
from sendeturm.store import place_problems
from sendeturm.store.credentials import keep_keys
from sendeturm.store.presets import PRESETS, bucket_answers, preset_settings

DOCS = Path(__file__).resolve().parents[2] / "docs" / "providers"
ANSWERS = {
    "bucket": "my-turm/show",
    "account": "0123abcd",
    "region": "eu-1",
    "endpoint": "https://minio.example.org:9000/",
}
NAMED = ("aws", "r2", "b2", "hetzner", "minio", "wasabi", "digitalocean", "scaleway", "ovh")


def test_the_named_ones_are_all_there():
    assert set(PRESETS) >= set(NAMED)


@pytest.mark.parametrize("name", PRESETS)
def test_its_settings_open_a_store(name, tmp_path):
    asked = {key: ANSWERS[key] for key in ("bucket", *PRESETS[name].asks)}
    settings = preset_settings(name, asked)
    storage = StorageSettings.model_validate(settings)
    assert place_problems(storage, tmp_path) == []
    assert storage.place == "s3://my-turm/show"
    assert "{" not in "".join(settings.values())
    assert storage.address is None or storage.address.endswith("/show")


def test_some_settings_in_full():
    assert preset_settings("r2", ANSWERS) == {
        "place": "s3://my-turm/show",
        "endpoint": "https://0123abcd.r2.cloudflarestorage.com",
        "region": "auto",
    }
    assert preset_settings("minio", {**ANSWERS, "bucket": "s3://turm/"}) == {
        "place": "s3://turm",
        "endpoint": "https://minio.example.org:9000",
        "address": "https://minio.example.org:9000/turm",
    }
    assert "endpoint" not in preset_settings("aws", ANSWERS)


@pytest.fixture
def credentials(tmp_path, monkeypatch) -> Path:
    path = tmp_path / "home" / "credentials"
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(path))
    return path


def test_keys_are_found_by_aws_tools(credentials):
    assert keep_keys("turm", "AKONE", "secret/+1=") == "turm"
    found = boto3.Session(profile_name="turm").get_credentials().get_frozen_credentials()
    assert (found.access_key, found.secret_key) == ("AKONE", "secret/+1=")
    assert credentials.stat().st_mode & 0o777 == 0o600
    assert credentials.parent.stat().st_mode & 0o077 == 0


def test_the_same_keys_are_kept_once_and_others_beside_them(credentials):
    keep_keys("turm", "AKONE", "one")
    before = credentials.read_bytes()
    assert keep_keys("turm", "AKONE", "one") == "turm"
    assert credentials.read_bytes() == before
    assert keep_keys("turm", "AKTWO", "two") == "turm-2"
    assert keep_keys("turm", "AKTWO", "two") == "turm-2"
    assert credentials.read_bytes().startswith(before)
    assert keep_keys("default", "AKTWO", "two") == "sendeturm"


@pytest.mark.parametrize(
    ("access_key", "secret_key"), [("AK\n[default]", "one"), ("AKONE", "o ne"), ("", "one")]
)
def test_keys_that_are_none_are_refused(credentials, access_key, secret_key):
    with pytest.raises(SendeturmError, match="odd-keys"):
        keep_keys("turm", access_key, secret_key)
    assert not credentials.exists()


def test_a_broken_file_stays_as_it_is(credentials):
    credentials.parent.mkdir()
    credentials.write_text("[turm\nsecret-in-here")
    with pytest.raises(SendeturmError) as caught:
        keep_keys("turm", "AKONE", "one")
    assert "secret-in-here" not in repr(caught.value.problems)
    assert credentials.read_text() == "[turm\nsecret-in-here"


def test_a_link_to_the_file_stays_a_link(credentials, tmp_path):
    credentials.parent.mkdir()
    (tmp_path / "real").write_text("")
    credentials.symlink_to(tmp_path / "real")
    keep_keys("turm", "AKONE", "one")
    assert credentials.is_symlink()
    assert "AKONE" in (tmp_path / "real").read_text()


def test_where_it_cannot_be_written_nothing_is_lost(credentials, tmp_path):
    (tmp_path / "home").write_text("a file where the folder should be")
    with pytest.raises(SendeturmError):
        keep_keys("turm", "AKONE", "one")


@pytest.mark.parametrize("name", PRESETS)
def test_it_has_a_page_with_a_date_and_a_word_about_domains(name):
    page = (DOCS / f"{name}.md").read_text(encoding="utf-8")
    assert PRESETS[name].title in page
    assert re.search(r"As of \d{1,2} [A-Z][a-z]+ 20\d\d", page)
    own = re.search(r"One's own domain: \*\*(yes|no)", page)
    assert own
    assert own[1] == "yes" or "webspace.md" in page
    assert f"({name}.md)" in (DOCS / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PRESETS)
def test_the_address_a_provider_shows_says_it_all(name):
    preset = PRESETS[name]
    assert bucket_answers(preset.shown()) is not None
    if name != "minio":
        answers = bucket_answers(f"{preset.shown('my-turm')}/show/2")
        assert answers is not None
        assert (answers["storage"], answers["bucket"]) == (name, "my-turm/show/2")
        assert set(answers) == {"storage", "bucket", *preset.asks}
        path_style = preset_settings(name, answers).get(
            "endpoint", "https://s3.eu-central-1.amazonaws.com"
        )
        assert bucket_answers(f"{path_style}/my-turm/show/2") == answers
    assert f"`{preset.shown()}`" in (DOCS / f"{name}.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("s3://turm/x/", {"place": "s3://turm/x"}),
        ("minio.turm.example:9000/ton", ("https://minio.turm.example:9000", "ton")),
        ("http://127.0.0.1:9000/ton/a", ("http://127.0.0.1:9000", "ton/a")),
        *(
            (text, None)
            for text in ("", "turm", "s3://", "https://", "ftp://a.b/c", "https://[x/y")
        ),
        ("https://fsn1.your-objectstorage.com/", None),
    ],
)
def test_other_addresses_of_buckets(text, expected):
    if isinstance(expected, tuple):
        expected = {"storage": "minio", "endpoint": expected[0], "bucket": expected[1]}
    assert bucket_answers(text) == expected
