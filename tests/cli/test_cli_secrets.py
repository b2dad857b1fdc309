"""What must not be seen: the keys' secret nowhere, what is planned under no name that is guessed.

A secret is planted, and everything that was written is searched for it.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

import servers
from sendeturm.store import s3_client
from sendeturm.store.keys import is_key

pytestmark = pytest.mark.slow

UNGUESSABLE = re.compile(r"[0-9a-f]{12}|[0-9a-f]{8}-[0-9a-f]{4}-")
TITLES = {
    "001-wind": '"../../Wind: <b>auf</b> ..%2f..\\\\..\\\\windows"',
    "002-ton": '"/etc/passwd"',
}


@pytest.fixture
def bucket(show, seaweed, s3_keys) -> str:
    name = servers.make_bucket(seaweed.http, public=True)
    address = f"{seaweed.http.url}/{name}/turm"
    place = f'place = "s3://{name}/turm"\nendpoint = "{seaweed.http.url}"'
    show.write_config(storage=f'{place}\naddress = "{address}"')
    for seed, (stem, title) in enumerate(TITLES.items()):
        show.episode(stem, f"title = {title}\npublished_at = 2026-11-19T06:00:00Z", seed=seed)
    planned = 'title = "Geheim geplant"\npublished_at = 2099-01-01T06:00:00Z'
    show.episode("003-morgen", planned, seed=9)
    return name


def objects(seaweed, bucket: str) -> Iterator[tuple[str, bytes, str]]:
    """Yield key, body and header of everything in the bucket."""
    client = servers.s3_client(seaweed.http)
    for found in client.list_objects_v2(Bucket=bucket)["Contents"]:
        answer = client.get_object(Bucket=bucket, Key=found["Key"])
        yield found["Key"], answer["Body"].read(), str(answer["Metadata"])


def files_below(folder: Path) -> Iterator[bytes]:
    for path in folder.rglob("*"):
        if path.is_file():
            yield path.read_bytes()


def test_a_planted_secret_is_nowhere(show, sendeturm, seaweed, bucket, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(show.root.parent))
    commands = (
        ("publish",),
        ("publish", "--json"),
        ("--verbose", "check"),
        ("feed",),
        ("doctor",),
        ("doctor", "--json"),
        (),
    )
    said = [sendeturm(*words) for words in commands]
    assert said[0].code == 0, said[0].err
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "nobody")
    said += [sendeturm("publish"), sendeturm("--verbose", "doctor", "--json")]
    assert [answer.code for answer in said[-2:]] == [1, 1]
    secret = servers.SECRET_KEY
    for answer in said:
        assert secret not in answer.out + answer.err
    for content in files_below(show.root.parent):
        assert secret.encode() not in content
    for key, body, header in objects(seaweed, bucket):
        assert secret not in key + header
        assert secret.encode() not in body


def test_what_is_planned_has_names_that_nobody_guesses(show, sendeturm, seaweed, bucket):
    assert sendeturm("publish").code == 0
    assert sendeturm("doctor").code in (0, 1)
    telling = []
    for key, body, header in objects(seaweed, bucket):
        if re.search(rb"geheim.geplant", body + header.encode() + key.encode(), re.IGNORECASE):
            telling.append(key)
            assert UNGUESSABLE.search(key), key
    assert telling  # it is there, so this test can fail
    address = f"{seaweed.http.url}/{bucket}/turm"
    assert servers.fetch(f"{address}/geheim-geplant/index.html").status == 404


def test_titles_lead_out_of_nothing(show, sendeturm, seaweed, bucket, tmp_path):
    before = {path for path in tmp_path.rglob("*") if show.root not in path.parents}
    assert sendeturm("publish").code == 0
    keys = [key for key, _, _ in objects(seaweed, bucket)]
    assert keys
    for key in keys:
        assert key.startswith("turm/")
        assert is_key(key)
        assert ".." not in key
    assert {path for path in tmp_path.rglob("*") if show.root not in path.parents} == before


class Busy(BaseHTTPRequestHandler):
    """A store that is always busy."""

    def log_message(self, *_):
        pass

    def do_GET(self):
        self.send_response(503)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_HEAD(self):
        self.do_GET()


def test_tries_again_are_told_while_they_last(show, sendeturm, s3_keys, monkeypatch):
    monkeypatch.setattr(s3_client, "ATTEMPTS", 2)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Busy)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        endpoint = f"http://127.0.0.1:{server.server_port}"
        show.write_config(storage=f'place = "s3://turmfunk"\nendpoint = "{endpoint}"')
        told = [
            sendeturm("publish").err,
            sendeturm("feed", "s3://turmfunk", "--endpoint", endpoint).err,
        ]
        quiet = sendeturm("--quiet", "publish").err
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    for words in told:
        assert words.count("asked again (2 of 2)") == 1
        assert words.index("asked again") < words.index("overloaded")
    assert "asked again" not in quiet
