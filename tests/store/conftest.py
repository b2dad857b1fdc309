"""The places that the contract suite runs over, each with a public address."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from uuid import uuid4

import pytest

import servers
from sendeturm.model import StorageSettings
from sendeturm.store import Capabilities, Store, open_store, serve
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
}
"""What each server can do: the probe must find the same."""


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
        return self.name != "rclone"

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


@pytest.fixture(
    params=[
        "folder",
        pytest.param("seaweed-http", marks=pytest.mark.slow),
        pytest.param("seaweed-tls", marks=pytest.mark.slow),
        pytest.param("rclone", marks=pytest.mark.slow),
        pytest.param("moto", marks=pytest.mark.slow),
    ]
)
def place(request, tmp_path, s3_keys, monkeypatch) -> Iterator[Place]:
    if request.param == "folder":
        yield from _folder(tmp_path)
        return
    if request.param in ("moto", "rclone"):
        endpoint = request.getfixturevalue(request.param)
    else:
        server = request.getfixturevalue("seaweed")
        endpoint = server.tls if request.param == "seaweed-tls" else server.http
    if endpoint.ca_file:
        monkeypatch.setenv("AWS_CA_BUNDLE", str(endpoint.ca_file))
    bucket = request.getfixturevalue("buckets")(endpoint, request.param != "rclone")
    path = f"{bucket}/shows/{uuid4().hex[:12]}"
    settings = StorageSettings(place=f"s3://{path}", endpoint=endpoint.url)
    yield Place(request.param, settings, tmp_path, f"{endpoint.url}/{path}", endpoint.ca_file)  # noqa: PT022  # the folder's branch tears down


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
