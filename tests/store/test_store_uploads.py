"""Large files on their way: taken up after a kill, swept, known after a lost answer."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from botocore.exceptions import ConnectionClosedError

import servers
from sendeturm.store import (
    ABSENT,
    Capabilities,
    ConditionFailedError,
    ObjectMeta,
    S3Store,
    s3_parts,
)
from sendeturm.store.bodies import PART_BYTES

pytestmark = pytest.mark.slow

SOUND = ObjectMeta("audio/mpeg", "max-age=604800")
KEY = "media/one.mp3"
SHOWN = Capabilities(create_only=True, compare_and_swap="quoted", conditional_complete=True)


@pytest.fixture
def store(seaweed, s3_keys) -> S3Store:
    bucket = servers.make_bucket(seaweed.http)
    store = S3Store(bucket, "show", endpoint=seaweed.http.url)
    store.capabilities = SHOWN
    return store


def asked(store: S3Store) -> Counter[str]:
    """Return a count, from now on, of the requests that are made."""
    found: Counter[str] = Counter()

    def count(model, **_) -> None:
        found[model.name] += 1

    store.client.meta.events.register("before-call.s3", count)
    return found


def unfinished(store: S3Store) -> list[str]:
    return [u["Key"] for u in s3_parts._unfinished(store.client, store.bucket, "")]


DIE_IN_THE_MIDDLE = """
import os, signal, sys
from pathlib import Path
from sendeturm.store import ObjectMeta, S3Store
store = S3Store(sys.argv[1], "show", endpoint=sys.argv[2])
parts = 0
def kill(**_):
    global parts
    parts += 1
    if parts == 3:
        os.kill(os.getpid(), signal.SIGKILL)
store.client.meta.events.register("after-call.s3.UploadPart", kill)
store.put("media/one.mp3", Path(sys.argv[3]), ObjectMeta("audio/mpeg", "max-age=604800"))
"""


def test_a_killed_upload_is_taken_up(store, seaweed, tmp_path):
    body = os.urandom(5 * PART_BYTES + 1000)
    (tmp_path / "one.mp3").write_bytes(body)
    arguments = [store.bucket, seaweed.http.url, str(tmp_path / "one.mp3")]
    killed = subprocess.run([sys.executable, "-c", DIE_IN_THE_MIDDLE, *arguments], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert store.head(KEY) is None
    assert unfinished(store) == ["show/media/one.mp3"]

    counts, done = asked(store), []
    etag = store.put(KEY, tmp_path / "one.mp3", SOUND, done.append)
    assert counts["CreateMultipartUpload"] == 0
    assert counts["UploadPart"] in (2, 3)  # of six; one may have been under way
    assert done[0] >= 3 * PART_BYTES
    assert done[-1] == len(body)
    assert store.head(KEY).etag == etag
    store.download(KEY, tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == body
    assert unfinished(store) == []


def test_an_upload_of_something_else_is_not_taken_up(store, tmp_path):
    headers = {"Bucket": store.bucket, "Key": "show/" + KEY, "Metadata": {"sha256": "other"}}
    other = store.client.create_multipart_upload(**headers)["UploadId"]
    store.client.upload_part(
        Bucket=store.bucket, Key="show/" + KEY, UploadId=other, PartNumber=1, Body=b"other"
    )
    body = os.urandom(PART_BYTES + 1)
    (tmp_path / "one.mp3").write_bytes(body)
    counts = asked(store)
    store.put(KEY, tmp_path / "one.mp3", SOUND)
    assert (counts["CreateMultipartUpload"], counts["UploadPart"]) == (1, 2)
    store.download(KEY, tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == body


def test_an_upload_with_other_headers_is_sent_anew(store, tmp_path):
    body = os.urandom(PART_BYTES + 1)
    (tmp_path / "one.mp3").write_bytes(body)
    headers = {"Bucket": store.bucket, "Key": "show/" + KEY, "Metadata": {"sha256": "other"}}
    begun = store.client.create_multipart_upload(**headers)["UploadId"]
    first = {"Bucket": store.bucket, "Key": "show/" + KEY, "UploadId": begun, "PartNumber": 1}
    store.client.upload_part(**first, Body=body[:PART_BYTES])
    counts = asked(store)
    store.put(KEY, tmp_path / "one.mp3", SOUND)
    assert counts["UploadPart"] == 1 + 2
    assert store.head(KEY).meta.metadata["sha256"] != "other"


def test_what_nobody_finishes_is_swept_in_the_same_folder_only(store, tmp_path, monkeypatch):
    for key in ("show/media/old.mp3", "elsewhere/old.mp3"):
        store.client.create_multipart_upload(Bucket=store.bucket, Key=key)
    (tmp_path / "one.mp3").write_bytes(bytes(PART_BYTES + 1))
    store.put(KEY, tmp_path / "one.mp3", SOUND)
    assert sorted(unfinished(store)) == ["elsewhere/old.mp3", "show/media/old.mp3"]
    monkeypatch.setattr(s3_parts, "KEPT_FOR", timedelta(hours=-1))
    store.put(KEY, tmp_path / "one.mp3", SOUND)
    assert unfinished(store) == ["elsewhere/old.mp3"]


def lose_answer(store: S3Store, operation: str) -> None:
    """Let the store do what it is asked, and its first answer never arrive."""
    session = store.client._endpoint.http_session
    send, lost = session.send, []

    def swallow(request):
        answer = send(request)
        if request.headers.get("If-None-Match") and operation in request.method and not lost:
            lost.append(answer.content)
            raise ConnectionClosedError(endpoint_url=store.endpoint)
        return answer

    session.send = swallow


@pytest.mark.parametrize(("operation", "size_bytes"), [("PUT", 100), ("POST", PART_BYTES + 1)])
def test_ones_own_write_is_known_though_its_answer_was_lost(store, tmp_path, operation, size_bytes):
    (tmp_path / "one.mp3").write_bytes(bytes(size_bytes))
    told = []
    store.notify = told.append
    lose_answer(store, operation)
    etag = store.put(KEY, tmp_path / "one.mp3", SOUND, only_if=ABSENT)
    assert store.head(KEY).etag == etag
    assert [(p.code, p.params["attempt"]) for p in told] == [("store.trying-again", 2)]
    with pytest.raises(ConditionFailedError):
        store.put(KEY, tmp_path / "one.mp3", SOUND, only_if=ABSENT)


def test_where_parts_were_shown_to_fail_all_is_sent_at_once(store, tmp_path):
    body = os.urandom(PART_BYTES + 1)
    (tmp_path / "one.mp3").write_bytes(body)
    store.capabilities = Capabilities(endpoint=store.endpoint, probed_at=datetime.now(UTC))
    counts = asked(store)
    store.put(KEY, tmp_path / "one.mp3", SOUND)
    assert (counts["PutObject"], counts["CreateMultipartUpload"]) == (1, 0)
    store.download(KEY, tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == body
