"""The places that the contract suite runs over, each with a public address."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from uuid import uuid4

import pytest

import quirks
import servers
import swift
from sendeturm.model import StorageSettings
from sendeturm.store import Capabilities, Store, open_store, s3, serve
from sendeturm.store.capabilities import FOLDER

WHOLE = Capabilities(
    create_only=True,
    compare_and_swap="quoted",
    conditional_delete=True,
    conditional_complete=True,
    checks_md5=True,
    multipart=True,
    ranges=True,
)
CAN = {
    "folder": FOLDER,
    "seaweed-http": WHOLE,
    "seaweed-tls": WHOLE,
    "moto": replace(WHOLE, checks_md5=False, conditional_complete=False),
    "rclone": Capabilities(checks_md5=True, multipart=True),
    "swift": Capabilities(checks_md5=True, multipart=True, ranges=True),
}
CAN["like-ceph"] = replace(
    WHOLE, compare_and_swap="unquoted", conditional_delete=False, conditional_complete=False
)
"""What each server can do: the probe must find the same."""
CLOSED = ("rclone", "swift")
"""Where nothing can be made public: whoever has no keys is told 400."""
SERVERS = ("seaweed-http", "seaweed-tls", "rclone", "moto", "like-ceph")
PLACES = [pytest.param(name, marks=pytest.mark.slow) for name in SERVERS]
if swift.ENVIRONMENT:  # `make test-stores`
    PLACES.append(pytest.param("swift", marks=pytest.mark.slow))


@dataclass(frozen=True)
class Place:
    """A store, opened as a podcaster's settings would, and where anyone can read it."""

    name: str
    settings: StorageSettings
    folder: Path
    address: str
    ca_file: Path | None = None

    @property
    def is_public(self) -> bool:
        return self.name not in CLOSED

    @property
    def can(self) -> Capabilities:
        return CAN[self.name]

    def open(self) -> Store:
        store = open_store(self.settings, self.folder)
        store.capabilities = self.can
        return store

    def fetch(self, key: str, **request) -> servers.Answer:
        return servers.fetch(f"{self.address}/{key}", ca_file=self.ca_file, **request)


@pytest.fixture(scope="session")
def buckets():
    """Return a function from an endpoint to its one bucket: tests differ in their prefix."""
    return cache(lambda endpoint, public: servers.make_bucket(endpoint, public=public))


@pytest.fixture(scope="session")
def swift_endpoint(tmp_path_factory):
    with swift.swift(tmp_path_factory.mktemp("swift")) as endpoint:
        yield endpoint


@pytest.fixture
def ceph_quirks(monkeypatch):
    """Let every store meet a server that treats conditions as Ceph and DigitalOcean do."""
    plain = s3.new_client

    def new_client(*settings, **listeners):
        client = plain(*settings, **listeners)
        quirks.like_ceph(client)
        return client

    monkeypatch.setattr(s3, "new_client", new_client)


@pytest.fixture(params=["folder", *PLACES])
def place(request, tmp_path, s3_keys, monkeypatch) -> Iterator[Place]:
    if request.param == "folder":
        yield from _folder(tmp_path)
        return
    if request.param == "swift":
        yield _swift(request.getfixturevalue("swift_endpoint"), tmp_path, monkeypatch)
        return
    if request.param == "like-ceph":
        request.getfixturevalue("ceph_quirks")
        endpoint = request.getfixturevalue("seaweed").http
    elif request.param in ("moto", "rclone"):
        endpoint = request.getfixturevalue(request.param)
    else:
        server = request.getfixturevalue("seaweed")
        endpoint = server.tls if request.param == "seaweed-tls" else server.http
    if endpoint.ca_file:
        monkeypatch.setenv("AWS_CA_BUNDLE", str(endpoint.ca_file))
    bucket = request.getfixturevalue("buckets")(endpoint, request.param != "rclone")
    path = f"{bucket}/shows/{uuid4().hex[:12]}"
    settings = StorageSettings(place=f"s3://{path}", endpoint=endpoint.url)
    yield Place(request.param, settings, tmp_path, f"{endpoint.url}/{path}", endpoint.ca_file)


def _swift(endpoint: servers.Endpoint, tmp_path: Path, monkeypatch) -> Place:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", swift.ACCESS_KEY)
    bucket = f"show-{uuid4().hex[:12]}"
    swift.s3_client(endpoint).create_bucket(Bucket=bucket)
    settings = StorageSettings(place=f"s3://{bucket}/show", endpoint=endpoint.url)
    return Place("swift", settings, tmp_path, f"{endpoint.url}/{bucket}/show")


def _folder(tmp_path: Path) -> Iterator[Place]:
    settings = StorageSettings(place="public")
    server = serve(tmp_path / "public", port=0)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield Place("folder", settings, tmp_path, f"http://127.0.0.1:{server.server_port}")
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def store(place) -> Store:
    return place.open()
