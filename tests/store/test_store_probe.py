"""What a probe finds out, on every store there is and on those that do otherwise."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import quirks
import servers
from sendeturm.errors import SendeturmError
from sendeturm.model import StorageSettings
from sendeturm.store import ObjectMeta, S3Store, examine, learn, probe, recall, scratch
from sendeturm.store.capabilities import NOTHING_SHOWN
from sendeturm.store.memory import STORE_KEY
from sendeturm.store.probe_conditions import Kept

pytestmark = pytest.mark.slow

PUBLIC_FAULTS = {"moto": {"probe.no-head", "probe.listed"}}
"""What anyone who reads there would miss, or could see: moto's policies know objects only."""
NOW = datetime(2026, 11, 20, 12, 0, 30, 5, tzinfo=UTC)


def codes(found) -> dict[str, list[str]]:
    """Return the codes of an examination by topic, without their room."""
    told: dict[str, list[str]] = {}
    for finding in found.findings:
        told.setdefault(finding.topic, []).append(finding.problem.code.removeprefix("probe."))
    return told


def test_it_finds_what_the_place_can_do_and_leaves_nothing_behind(place):
    found = examine(place.settings, place.folder, NOW)
    store = place.open()
    errors = {f.problem.code for f in found.findings if f.is_error}
    assert errors == PUBLIC_FAULTS.get(place.name, set())
    expected = place.can
    if place.name != "folder":
        expected = replace(expected, endpoint=store.endpoint, probed_at=NOW.replace(microsecond=0))
    assert found.capabilities == expected
    kept = [] if place.name == "folder" else [STORE_KEY]
    assert [o.key for o in store.list_objects()] == kept
    if place.name != "folder":
        client, prefix = store.client, store.name("")
        uploads = client.list_multipart_uploads(Bucket=store.bucket, Prefix=prefix)
        assert uploads.get("Uploads", []) == []
        store.capabilities = NOTHING_SHOWN
        assert recall(store, NOW + timedelta(days=89))
        assert store.capabilities == found.capabilities
        assert not recall(store, NOW + timedelta(days=91))
        assert store.capabilities == NOTHING_SHOWN


def test_another_endpoint_is_unknown_again(tmp_path, s3_keys, moto):
    bucket = servers.make_bucket(moto)
    store = S3Store(bucket, "show", endpoint=moto.url)
    learned = learn(store, NOW)
    assert learned.compare_and_swap == "quoted"
    kept = json.loads(store.get(STORE_KEY).body)
    assert (kept["endpoint"], kept["probed_at"]) == (moto.url, "2026-11-20T12:00:30Z")
    elsewhere = S3Store(bucket, "show", endpoint=moto.url.replace("127.0.0.1", "localhost"))
    assert not recall(elsewhere, NOW)
    assert learn(elsewhere, NOW) == replace(learned, endpoint=elsewhere.endpoint)


def test_what_was_learned_is_not_found_out_again(tmp_path, s3_keys, moto, monkeypatch):
    bucket = servers.make_bucket(moto)
    learned = learn(S3Store(bucket, "show", endpoint=moto.url), NOW)
    monkeypatch.setattr(probe, "probe", None)
    assert learn(S3Store(bucket, "show", endpoint=moto.url), NOW) == learned


@pytest.fixture
def bucket(s3_keys, moto) -> S3Store:
    return S3Store(servers.make_bucket(moto), "show", endpoint=moto.url)


def test_ceph_and_digitalocean_want_etags_without_quotes_and_ignore_some_conditions(bucket):
    quirks.like_ceph(bucket.client)
    found = probe.probe(bucket)
    assert found.conditions.style == "unquoted"
    assert found.conditions.create_only is Kept.KEPT
    assert not found.conditions.delete
    assert not found.conditions.complete
    (told,) = (f for f in probe.findings_of(found) if f.topic == "conditions")
    assert told.problem.code == "probe.conditions-unquoted"


def test_swifts_race_is_noticed_though_it_refuses_one_by_one(bucket):
    racers = threading.Barrier(quirks.RACERS)
    quirks.like_swift(bucket.client, lambda key: racers if key.endswith("/race") else None)
    found = probe.probe(bucket)
    assert found.conditions.create_only is Kept.RACED
    assert found.conditions.swap is Kept.UNSUPPORTED
    assert found.conditions.style == "none"
    can = found.capabilities("x", NOW)
    assert (can.create_only, can.compare_and_swap, can.conditional_delete) == (False, "none", False)
    (told,) = (f for f in probe.findings_of(found) if f.topic == "conditions")
    assert told.problem.code == "probe.conditions-raced"


def test_a_store_without_parts_or_checks_is_told_as_such(bucket):
    def refuse(request, **_):
        return quirks.answer(501, "NotImplemented")

    bucket.client.meta.events.register("before-send.s3.CreateMultipartUpload", refuse)
    found = probe.probe(bucket)
    assert not found.multipart
    assert {"probe.no-parts", "probe.md5-ignored"} <= {
        f.problem.code for f in probe.findings_of(found)
    }
    assert not found.capabilities("x", NOW).conditional_complete


@pytest.mark.parametrize("trouble", [SendeturmError(()), KeyboardInterrupt()])
def test_scratch_objects_are_removed_whatever_happens(bucket, monkeypatch, trouble):
    def fail_late(ground):
        assert bucket.list_objects(scratch.OWN)
        raise trouble

    monkeypatch.setattr(probe, "_ranges", fail_late)
    with pytest.raises(type(trouble)):
        probe.probe(bucket)
    assert bucket.list_objects() == []


def test_what_killed_probes_left_is_swept_and_nothing_else(tmp_path, monkeypatch):
    settings = StorageSettings(place="public")
    old, mine = "probe-0123456789abcdef/sound.mp3", "probe-ten-years/index.html"
    for name in (old, mine, ".sendeturm/probe/0123456789abcdef/kept.txt"):
        path = tmp_path / "public" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    examine(settings, tmp_path, NOW)
    assert (tmp_path / "public" / old).exists()  # it may belong to a probe that runs right now
    monkeypatch.setattr(scratch, "FORGOTTEN", timedelta(seconds=-5))
    examine(settings, tmp_path, NOW)
    left = [p for p in (tmp_path / "public").rglob("*") if p.is_file() and "probe-" in str(p)]
    assert left == [tmp_path / "public" / mine]
    assert not (tmp_path / "public/.sendeturm/probe").exists()


def test_what_cannot_be_removed_is_told(tmp_path, s3_keys, moto):
    bucket = servers.make_bucket(moto)
    client = servers.s3_client(moto)
    statement = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": ["s3:DeleteObject"],
        "Resource": [f"arn:aws:s3:::{bucket}/*"],
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    client.put_bucket_policy(Bucket=bucket, Policy=policy)
    settings = StorageSettings(place=f"s3://{bucket}", endpoint=moto.url)
    told = codes(examine(settings, tmp_path, NOW))
    assert told["scratch"] == ["left"]
    assert client.list_objects_v2(Bucket=bucket)["KeyCount"] > 0


def test_what_stops_an_examination_is_a_finding(tmp_path, s3_keys, moto):
    settings = StorageSettings(place="s3://nobody-has-this-bucket", endpoint=moto.url)
    found = examine(settings, tmp_path, NOW)
    assert codes(found) == {"place": ["store.no-bucket"]}
    assert found.has_errors
    assert found.capabilities == NOTHING_SHOWN


def test_wrong_keys_are_a_finding_about_keys(tmp_path, monkeypatch, seaweed):
    bucket = servers.make_bucket(seaweed.http)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", servers.ACCESS_KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wrong")
    settings = StorageSettings(place=f"s3://{bucket}", endpoint=seaweed.http.url)
    assert codes(examine(settings, tmp_path, NOW)) == {"keys": ["store.wrong-secret"]}


def test_a_full_or_closed_folder_is_a_finding(tmp_path):
    (tmp_path / "public").mkdir()
    Path(tmp_path / "public/.sendeturm").symlink_to(tmp_path)
    found = examine(StorageSettings(place="public"), tmp_path, NOW)
    assert codes(found)["place"] == ["store.link-in-the-way"]


def test_what_comes_back_changed_is_told(bucket):
    def packed(http_response, parsed, model, **_):
        parsed["ContentEncoding"] = "aws-chunked"

    bucket.client.meta.events.register("after-call.s3.GetObject", packed)
    found = probe.probe(bucket)
    assert found.changed == ("content-encoding",)
    assert any(f.is_error for f in probe.findings_of(found))


def test_metadata_a_store_loses_is_told_but_stops_nothing(bucket):
    def lose(params, **_):
        params["headers"].pop("x-amz-meta-probe", None)

    bucket.client.meta.events.register("before-call.s3.PutObject", lose)
    found = probe.probe(bucket)
    assert found.changed == ("metadata",)
    assert not any(f.is_error for f in probe.findings_of(found))
    bucket.put("still", b"works", ObjectMeta("text/plain"))
