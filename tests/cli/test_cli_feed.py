from __future__ import annotations

import json

import pytest

DUE = "2026-12-24T17:00:01+00:00"


@pytest.fixture
def published(show, sendeturm):
    show.episode("001-wind", 'title = "Wind"\npublished_at = 2026-11-01T06:00:00+01:00')
    show.episode("002-schnee", 'title = "Schnee"\npublished_at = 2026-12-24T18:00:00+01:00', seed=2)
    assert sendeturm("publish").code == 0
    return show


def test_from_an_empty_folder_the_scheduled_one_goes_on_the_air(
    published, sendeturm, monkeypatch, tmp_path
):
    empty = tmp_path / "empty"
    empty.mkdir()
    monkeypatch.chdir(empty)
    place = str(published.root / "public")
    said = sendeturm("feed", place)
    assert said.code == 0
    assert "nothing was written" in said.out
    assert "24 December 2026" in said.out
    monkeypatch.setenv("SENDETURM_NOW", DUE)
    said = sendeturm("feed", place)
    assert "an episode is due" in said.out
    assert "2 episodes are on the air" in said.out
    assert len(said.out.splitlines()) == 1
    assert "Schnee" in (published.root / "public/feed.xml").read_text("utf-8")
    assert list(empty.iterdir()) == []


def test_quiet_is_quiet_for_cron(published, sendeturm, monkeypatch):
    monkeypatch.setenv("SENDETURM_NOW", DUE)
    said = sendeturm("feed", "--quiet")
    assert (said.code, said.out, said.err) == (0, "", "")
    assert "Schnee" in (published.root / "public/feed.xml").read_text("utf-8")


def test_what_was_done_is_a_document(published, sendeturm, monkeypatch):
    document = json.loads(sendeturm("feed", "--json").out)
    assert document["is_rebuilt"] is False
    assert document["next_due"] == "2026-12-24T18:00:00+01:00"
    monkeypatch.setenv("SENDETURM_NOW", DUE)
    document = json.loads(sendeturm("feed", "--json").out)
    assert (document["reason"], document["items"], document["next_due"]) == ("due", 2, None)


def test_a_place_where_nothing_is_published_is_named(show, sendeturm):
    said = sendeturm("feed")
    assert said.code == 1
    assert "nothing is published in public/ yet" in said.err


def test_without_a_show_a_place_must_be_named(tmp_path, sendeturm, monkeypatch):
    monkeypatch.chdir(tmp_path)
    said = sendeturm("feed")
    assert said.code == 1
    assert "s3://bucket/prefix" in said.err


@pytest.mark.parametrize(
    ("words", "option"),
    [
        (("s3://x",), "PLACE"),
        (("s3://bucket", "--endpoint", "host:9000"), "--endpoint"),
        (("ftp://host/x",), "PLACE"),
    ],
)
def test_wrong_options_are_named_as_they_were_typed(
    tmp_path, sendeturm, monkeypatch, words, option
):
    monkeypatch.chdir(tmp_path)
    said = sendeturm("feed", *words)
    assert said.code == 1
    assert said.err.startswith(f"{option}  ")
    assert said.err.count("→") == 1


@pytest.mark.slow
@pytest.mark.usefixtures("s3_keys")
def test_a_bucket_takes_its_endpoint_from_the_environment(
    show, sendeturm, monkeypatch, tmp_path, moto
):
    import servers  # noqa: PLC0415  # for this test only

    bucket = servers.make_bucket(moto)
    place = f"s3://{bucket}/turm"
    show.write_config(storage=f'place = "{place}"\nendpoint = "{moto.url}"')
    show.episode("001-wind", 'title = "Wind"\npublished_at = 2026-11-01T06:00:00+01:00')
    said = sendeturm("publish")
    assert said.code == 0, said.err
    empty = tmp_path / "empty"
    empty.mkdir()
    monkeypatch.chdir(empty)
    monkeypatch.setenv("AWS_ENDPOINT_URL", moto.url)
    said = sendeturm("feed", place)
    assert said.code == 0, said.err
    assert said.out.startswith(place)
