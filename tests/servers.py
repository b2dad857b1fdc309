"""Real servers on loopback for tests: SeaweedFS over HTTP and TLS, moto, and rclone.

Each starts when it is first asked for, on free ports, and is killed at the end.
"""

from __future__ import annotations

import http.client
import json
import random
import shutil
import socket
import ssl
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import boto3
import rclone_api
import trustme
from botocore.config import Config

ACCESS_KEY = "AKSENDETURMTEST"
SECRET_KEY = "geheim-7Yq2-never-to-be-seen-anywhere"
START_S = 40
GRPC_OFFSET = 10_000


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An S3 server's address; `ca_file` is the authority of its certificate, if it has one."""

    url: str
    ca_file: Path | None = None


@dataclass(frozen=True, slots=True)
class SeaweedServer:
    """One SeaweedFS, reached over plain HTTP and over TLS."""

    http: Endpoint
    tls: Endpoint
    process: subprocess.Popen[bytes]
    command: tuple[str, ...]
    log: Path


@dataclass(frozen=True, slots=True)
class Answer:
    """What an anonymous HTTP client gets."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def s3_client(endpoint: Endpoint):
    """Return a client of the test's own, to prepare buckets and look at them."""
    return boto3.client(
        "s3",
        endpoint_url=endpoint.url,
        region_name="us-east-1",
        aws_access_key_id=ACCESS_KEY,
        aws_secret_access_key=SECRET_KEY,
        verify=str(endpoint.ca_file) if endpoint.ca_file else None,
        config=Config(
            s3={"addressing_style": "path"},
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        ),
    )


def make_bucket(endpoint: Endpoint, *, public: bool = False) -> str:
    """Make a bucket with a new name, its objects readable by anyone if `public`; return the name.

    A policy it is: SeaweedFS accepts a public ACL and does nothing about it.
    """
    name = f"show-{uuid4().hex[:12]}"
    client = s3_client(endpoint)
    client.create_bucket(Bucket=name)
    if public:
        statement = {
            "Effect": "Allow",
            "Principal": "*",
            "Action": ["s3:GetObject"],
            "Resource": [f"arn:aws:s3:::{name}/*"],
        }
        policy = {"Version": "2012-10-17", "Statement": [statement]}
        client.put_bucket_policy(Bucket=name, Policy=json.dumps(policy))
    return name


def fetch(
    url: str,
    *,
    ca_file: Path | None = None,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """Ask for a URL as any podcast app would: no credentials, no redirects; header names lower."""
    parts = urlsplit(url)
    assert parts.hostname
    if parts.scheme == "https":
        context = ssl.create_default_context(cafile=ca_file)
        connection = http.client.HTTPSConnection(parts.hostname, parts.port, context=context)
    else:
        connection = http.client.HTTPConnection(parts.hostname, parts.port)
    connection.timeout = 20
    try:
        connection.request(method, parts.path or "/", headers=dict(headers or {}))
        response = connection.getresponse()
        found = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, found, response.read())
    finally:
        connection.close()


def free_port() -> int:
    """Return a port that is free and whose gRPC companion, 10,000 above it, is free too."""
    while True:
        port = random.randint(20_000, 29_999)
        if all(_is_free(p) for p in (port, port + GRPC_OFFSET)):
            return port


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


@contextmanager
def seaweed(folder: Path) -> Iterator[SeaweedServer]:
    """Run SeaweedFS with its files in `folder`."""
    plain, tls = free_port(), free_port()
    certificates = _certificates(folder)
    command = _seaweed_command(folder, plain, tls)
    with _running(command, folder / "weed.log") as process:
        server = SeaweedServer(
            Endpoint(f"http://127.0.0.1:{plain}"),
            Endpoint(f"https://127.0.0.1:{tls}", certificates),
            process,
            tuple(command),
            folder / "weed.log",
        )
        for endpoint in (server.http, server.tls):
            _wait_for_s3(endpoint, process, server.log)
        yield server


@contextmanager
def seaweed_again(server: SeaweedServer) -> Iterator[None]:
    """Run a SeaweedFS that was killed once more, on its ports and its data."""
    with _running(list(server.command), server.log) as process:
        _wait_for_s3(server.http, process, server.log)
        yield


def _seaweed_command(folder: Path, plain: int, tls: int) -> list[str]:
    objects = folder / "objects"
    objects.mkdir()
    keys = [{"accessKey": ACCESS_KEY, "secretKey": SECRET_KEY}]
    actions = ["Admin", "Read", "List", "Tagging", "Write"]
    identity = {"name": "admin", "credentials": keys, "actions": actions}
    (folder / "s3.json").write_text(json.dumps({"identities": [identity]}))
    return [
        _program("weed"),
        "-logtostderr",
        "server",
        f"-dir={objects}",
        "-ip=127.0.0.1",
        "-ip.bind=127.0.0.1",
        f"-master.port={free_port()}",
        f"-volume.port={free_port()}",
        "-filer=true",
        f"-filer.port={free_port()}",
        "-s3",
        f"-s3.port={plain}",
        f"-s3.port.https={tls}",
        f"-s3.cert.file={folder / 'server.pem'}",
        f"-s3.key.file={folder / 'server.key'}",
        f"-s3.config={folder / 's3.json'}",
        "-s3.autoCreateBucket=false",
        "-s3.domainName=localhost",
        "-s3.port.iceberg=0",
        "-s3.port.lance=0",
        "-master.telemetry=false",
        "-master.electionTimeout=1s",  # one that was killed waits for it when it comes back
        "-master.heartbeatInterval=100ms",
        "-volume.max=500",  # every bucket takes several at once
        "-volume.preStopSeconds=0",
        "-master.volumeSizeLimitMB=128",
    ]


def _certificates(folder: Path) -> Path:
    authority = trustme.CA()
    certificate = authority.issue_cert("127.0.0.1", "localhost")
    certificate.private_key_pem.write_to_path(folder / "server.key")
    for pem in certificate.cert_chain_pems:
        pem.write_to_path(folder / "server.pem", append=True)
    authority.cert_pem.write_to_path(folder / "authority.pem")
    return folder / "authority.pem"


@contextmanager
def moto(folder: Path) -> Iterator[Endpoint]:
    """Run moto's server."""
    port = free_port()
    endpoint = Endpoint(f"http://127.0.0.1:{port}")
    command = [_program("moto_server"), "-H", "127.0.0.1", "-p", str(port)]
    with _running(command, folder / "moto.log") as process:
        _wait_for_s3(endpoint, process, folder / "moto.log")
        yield endpoint


@contextmanager
def rclone(folder: Path) -> Iterator[Endpoint]:
    """Run rclone's S3 server, the hostile one: it ignores conditions and more."""
    port = free_port()
    endpoint = Endpoint(f"http://127.0.0.1:{port}")
    objects = folder / "objects"
    objects.mkdir()
    command = [
        str(Path(rclone_api.__file__).parent / "bin" / "rclone"),
        f"--config={folder / 'none'}",
        "serve",
        "s3",
        f"--auth-key={ACCESS_KEY},{SECRET_KEY}",
        f"--addr=127.0.0.1:{port}",
        str(objects),
    ]
    with _running(command, folder / "rclone.log") as process:
        _wait_for_s3(endpoint, process, folder / "rclone.log")
        yield endpoint


def _program(name: str) -> str:
    path = shutil.which(name, path=sysconfig.get_path("scripts")) or shutil.which(name)
    assert path, f"{name} is not installed beside {sys.executable}"
    return path


@contextmanager
def _running(command: list[str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            yield process
        finally:
            process.kill()  # SIGTERM takes SeaweedFS fifteen seconds
            process.wait()


def _wait_for_s3(endpoint: Endpoint, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until a bucket can be made, filled and emptied: ports open long before that."""
    until = time.monotonic() + START_S
    trouble: Exception | None = None
    while time.monotonic() < until and process.poll() is None:
        try:
            if fetch(endpoint.url, ca_file=endpoint.ca_file).status < 500:
                return _try_bucket(endpoint)
        except Exception as error:  # noqa: BLE001  # whatever it is, it is not ready yet
            trouble = error
        time.sleep(0.1)
    message = (
        f"{endpoint.url} did not start ({trouble}):\n{log.read_text(errors='replace')[-3000:]}"
    )
    raise RuntimeError(message)


def _try_bucket(endpoint: Endpoint) -> None:
    client = s3_client(endpoint)
    name = make_bucket(endpoint)
    client.put_object(Bucket=name, Key="ready", Body=b"ready")
    client.delete_object(Bucket=name, Key="ready")
    client.delete_bucket(Bucket=name)
