"""OpenStack Swift with its S3 face, on loopback, from a virtual environment of its own.

`make test-stores` makes that environment and names it in SENDETURM_SWIFT; memcached comes from the
system.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import boto3
from botocore.config import Config

import servers

ENVIRONMENT = os.environ.get("SENDETURM_SWIFT", "")
ACCESS_KEY = "turm:sender"
PARTS = ("account", "container", "object")
PIPELINE = (
    "catch_errors gatekeeper healthcheck cache listing_formats s3api tempauth"
    " bulk slo dlo versioned_writes symlink proxy-server"
)

SWIFT_CONF = """
[swift-hash]
swift_hash_path_prefix = turm
swift_hash_path_suffix = funk
[storage-policy:0]
name = only
default = yes
"""
PROXY_CONF = """
[DEFAULT]
bind_ip = 127.0.0.1
bind_port = {port}
workers = 0
swift_dir = {folder}
[pipeline:main]
pipeline = {pipeline}
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
allow_account_management = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:gatekeeper]
use = egg:swift#gatekeeper
[filter:healthcheck]
use = egg:swift#healthcheck
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:{memcached}
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:s3api]
use = egg:swift#s3api
s3_acl = false
[filter:tempauth]
use = egg:swift#tempauth
user_turm_sender = {secret} .admin
[filter:bulk]
use = egg:swift#bulk
[filter:slo]
use = egg:swift#slo
minimum_segment_size = 1
[filter:dlo]
use = egg:swift#dlo
[filter:versioned_writes]
use = egg:swift#versioned_writes
allow_object_versioning = true
[filter:symlink]
use = egg:swift#symlink
"""
SERVER_CONF = """
[DEFAULT]
bind_ip = 127.0.0.1
bind_port = {port}
workers = 0
mount_check = false
swift_dir = {folder}
devices = {folder}/devices
disable_fallocate = true
[pipeline:main]
pipeline = {name}-server
[app:{name}-server]
use = egg:swift#{name}
"""


def s3_client(endpoint: servers.Endpoint):
    """Return a client of the test's own."""
    return boto3.client(
        "s3",
        endpoint_url=endpoint.url,
        region_name="us-east-1",
        aws_access_key_id=ACCESS_KEY,
        aws_secret_access_key=servers.SECRET_KEY,
        config=Config(
            s3={"addressing_style": "path"},
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        ),
    )


@contextmanager
def swift(folder: Path) -> Iterator[servers.Endpoint]:
    """Run the four servers and memcached with all they keep in `folder`."""
    ports = {name: servers.free_port() for name in (*PARTS, "proxy", "memcached")}
    (folder / "devices" / "d1").mkdir(parents=True)
    (folder / "swift.conf").write_text(SWIFT_CONF)
    for name in PARTS:
        conf = SERVER_CONF.format(port=ports[name], folder=folder, name=name)
        (folder / f"{name}.conf").write_text(conf)
        _make_ring(folder, name, ports[name])
    conf = PROXY_CONF.format(
        port=ports["proxy"],
        folder=folder,
        memcached=ports["memcached"],
        secret=servers.SECRET_KEY,
        pipeline=PIPELINE,
    )
    (folder / "proxy.conf").write_text(conf)
    with ExitStack() as stack:
        memcached = ["memcached", "-l", "127.0.0.1", "-p", str(ports["memcached"]), "-u", "nobody"]
        stack.enter_context(_running(memcached, folder / "memcached.log"))
        for name in (*PARTS, "proxy"):
            command = [f"{ENVIRONMENT}/bin/swift-{name}-server", str(folder / f"{name}.conf"), "-v"]
            stack.enter_context(_running(command, folder / f"{name}.log"))
        endpoint = servers.Endpoint(f"http://127.0.0.1:{ports['proxy']}")
        _wait(endpoint, folder)
        yield endpoint


def _make_ring(folder: Path, name: str, port: int) -> None:
    builder = [f"{ENVIRONMENT}/bin/swift-ring-builder", str(folder / f"{name}.builder")]
    for words in (
        ["create", "4", "1", "0"],
        ["add", f"r1z1-127.0.0.1:{port}/d1", "1"],
        ["rebalance"],
    ):
        done = subprocess.run([*builder, *words], capture_output=True, check=False)
        assert done.returncode < 2, done.stdout + done.stderr  # 1 is a warning


@contextmanager
def _running(command: list[str], log: Path) -> Iterator[None]:
    """Run a server with its configuration in the log's folder."""
    environment = {**os.environ, "EVENTLET_NO_GREENDNS": "yes"}
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environment,
            cwd=log.parent,
        )
        try:
            yield
        finally:
            process.kill()
            process.wait()


def _wait(endpoint: servers.Endpoint, folder: Path) -> None:
    until = time.monotonic() + servers.START_S
    trouble: Exception | None = None
    while time.monotonic() < until:
        try:
            client = s3_client(endpoint)
            client.create_bucket(Bucket="ready")
            client.put_object(Bucket="ready", Key="ready", Body=b"ready")
        except Exception as error:  # noqa: BLE001  # whatever it is, it is not ready yet
            trouble = error
            time.sleep(0.2)
        else:
            return
    logs = "\n".join(log.read_text(errors="replace")[-1500:] for log in folder.glob("*.log"))
    message = f"Swift did not start ({trouble}):\n{logs}"
    raise RuntimeError(message)
