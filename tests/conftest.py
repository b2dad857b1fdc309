"""Fixtures for the whole suite: real servers, and a world without the developer's own keys."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import cache

import botocore.session
import pytest
from hypothesis import settings

import catalogue
import servers

# How long an example takes says something about the computer's other work, not about the code.
settings.register_profile("steady", deadline=None)
settings.load_profile("steady")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let golden cases be written anew."""
    parser.addoption("--update-golden", action="store_true", help="rewrite tests/golden/*/expected")


def pytest_configure(config: pytest.Config) -> None:
    """Compile the catalogues, once and before the workers: tests hear the words of today.

    And let Python keep what it compiled, as an installed program does: the tests start hundreds.
    """
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    if not hasattr(config, "workerinput"):
        catalogue.compile_all()


@pytest.fixture(autouse=True)
def _no_keys_of_ones_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide AWS settings and proxies of the computer that runs the tests."""
    for name in list(os.environ):
        if name.startswith("AWS_") or name.lower() in ("http_proxy", "https_proxy", "all_proxy"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", os.devnull)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")


@pytest.fixture(autouse=True, scope="session")
def _no_wait_for_the_disk() -> Iterator[None]:
    """Look at an open file instead of waiting until it lies on the disk: nobody pulls the plug.

    What runs as a process of its own waits as ever.
    """
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(os, "fsync", os.fstat)
        yield


@pytest.fixture(autouse=True, scope="session")
def _one_reading_of_what_s3_is() -> Iterator[None]:
    """Let all clients share botocore's description of S3, which takes long to read."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(botocore.session, "create_loader", cache(botocore.session.create_loader))
        yield


@pytest.fixture
def s3_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the test servers' keys into the environment, as a podcaster would."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", servers.ACCESS_KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", servers.SECRET_KEY)


@pytest.fixture(scope="session")
def seaweed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.SeaweedServer]:
    """Run SeaweedFS, over HTTP and TLS; started when first needed."""
    with servers.seaweed(tmp_path_factory.mktemp("seaweed")) as server:
        yield server


@pytest.fixture(scope="session")
def moto(tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.Endpoint]:
    """Run moto's S3; started when first needed."""
    with servers.moto(tmp_path_factory.mktemp("moto")) as endpoint:
        yield endpoint


@pytest.fixture(scope="session")
def rclone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.Endpoint]:
    """Run rclone's S3 server; started when first needed."""
    with servers.rclone(tmp_path_factory.mktemp("rclone")) as endpoint:
        yield endpoint
