"""Downloads from hosts that behave, and from those that do not; nothing is left by halves."""

from __future__ import annotations

import gzip
import random
import resource
import shutil
import socket
import ssl
from collections.abc import Iterator

import pytest
import trustme

from downloads import Host, HostedFile, host
from sendeturm.errors import SendeturmError
from sendeturm.events import Progress
from sendeturm.web import DownloadLimits, download

SOUND = b"ID3" + random.Random(7).randbytes(400_000)
QUICK = DownloadLimits(size_bytes=1_000_000, silence_s=20, attempts=3, pause_s=0, redirects=3)


@pytest.fixture
def there() -> Iterator[Host]:
    with host() as server:
        server.files["/a.mp3"] = HostedFile(SOUND)
        yield server


def brought(there: Host, tmp_path, path: str = "/a.mp3", limits: DownloadLimits = QUICK, **more):
    return download(there.url + path, tmp_path / "a.mp3", limits=limits, allow_private=True, **more)


def code_of(there: Host, tmp_path, path: str = "/a.mp3", limits: DownloadLimits = QUICK) -> str:
    with pytest.raises(SendeturmError) as caught:
        brought(there, tmp_path, path, limits)
    (problem,) = caught.value.problems
    assert not (tmp_path / "a.mp3").exists()
    return problem.code


def names(folder) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_file_comes_whole(there, tmp_path):
    found = brought(there, tmp_path)
    assert (tmp_path / "a.mp3").read_bytes() == SOUND
    assert (found.url, found.type) == (f"{there.url}/a.mp3", "audio/mpeg")
    assert (found.size_bytes, found.head) == (len(SOUND), SOUND[:512])
    assert names(tmp_path) == {"a.mp3"}


def test_what_has_come_is_told(there, tmp_path):
    heard: list[Progress] = []
    brought(there, tmp_path, listen=heard.append, subject="001-a")
    assert [p.done for p in heard] == sorted({p.done for p in heard})
    assert (heard[-1].subject, heard[-1].done, heard[-1].total) == ("001-a", *[len(SOUND)] * 2)


def test_an_old_file_stays_until_the_new_one_is_whole(there, tmp_path):
    (tmp_path / "a.mp3").write_bytes(b"old")
    there.cuts = [1000] * 3
    with pytest.raises(SendeturmError):
        brought(there, tmp_path)
    assert (tmp_path / "a.mp3").read_bytes() == b"old"
    brought(there, tmp_path)
    assert (tmp_path / "a.mp3").read_bytes() == SOUND


def test_redirects_lead_there(there, tmp_path):
    there.moved = {"/1": "/2", "/2": "/a.mp3"}
    assert brought(there, tmp_path, "/1").url == f"{there.url}/a.mp3"


def test_redirects_in_a_circle(there, tmp_path):
    there.moved = {"/1": "/2", "/2": "/1"}
    assert code_of(there, tmp_path, "/1") == "web.leads-round"


@pytest.mark.parametrize("status", [404, 410])
def test_a_file_that_is_gone(there, tmp_path, status):
    there.statuses = [status]
    assert code_of(there, tmp_path) == "web.gone"
    assert len(there.asked) == 1
    assert names(tmp_path) == set()


def test_a_host_that_forbids_is_asked_once(there, tmp_path):
    there.statuses = [403]
    assert code_of(there, tmp_path) == "web.refused"
    assert len(there.asked) == 1


def test_a_host_that_is_busy_is_asked_again(there, tmp_path):
    there.statuses = [503, 429]
    assert brought(there, tmp_path).size_bytes == len(SOUND)


def test_a_host_that_stays_busy(there, tmp_path):
    there.statuses = [503] * 9
    assert code_of(there, tmp_path) == "web.refused"
    assert len(there.asked) == 3


@pytest.mark.parametrize("says_length", [True, False])
def test_a_file_that_is_too_large(there, tmp_path, says_length):
    there.files["/a.mp3"] = HostedFile(bytes(1_000_001), says_length=says_length)
    assert code_of(there, tmp_path) == "web.file-too-large"
    assert len(there.asked) == 1
    assert names(tmp_path) == set()


def test_a_host_that_drips(there, tmp_path):
    limits = DownloadLimits(patience_s=0.1, least_bytes_per_s=1000, attempts=2, pause_s=0)
    assert code_of(there, tmp_path, "/drip", limits) == "web.too-slow"


def test_a_host_that_falls_silent(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        limits = DownloadLimits(opening_s=0.2, attempts=1)
        with pytest.raises(SendeturmError, match=r"web\.too-slow"):
            download(url, tmp_path / "a", limits=limits, allow_private=True)


def test_a_port_where_nobody_listens_is_tried_twice(tmp_path, monkeypatch):
    pauses: list[float] = []
    monkeypatch.setattr("sendeturm.web.downloading.time.sleep", pauses.append)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/"
        with pytest.raises(SendeturmError, match=r"web\.unreachable"):
            download(url, tmp_path / "a", allow_private=True)
    assert pauses == [1]


def test_a_web_page_is_told_as_one(there, tmp_path):
    there.files["/a.mp3"] = HostedFile(b"<!doctype html><p>Sorry", type="text/HTML; charset=utf-8")
    found = brought(there, tmp_path)
    assert (found.type, found.head) == ("text/html", b"<!doctype html><p>Sorry")


def test_what_is_packed_unasked_is_unpacked(there, tmp_path):
    packed = gzip.compress(SOUND)
    there.files["/a.mp3"] = HostedFile(packed, headers={"Content-Encoding": "gzip"})
    there.cuts = [300_000]
    assert brought(there, tmp_path).size_bytes == len(SOUND)
    assert (tmp_path / "a.mp3").read_bytes() == SOUND
    assert names(tmp_path) == {"a.mp3"}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (gzip.compress(bytes(1_000_001)), "web.file-too-large"),
        (gzip.compress(SOUND)[:-9], "web.bad-answer"),
        (b"plain", "web.bad-answer"),
    ],
)
def test_what_cannot_be_unpacked(there, tmp_path, body, code):
    there.files["/a.mp3"] = HostedFile(body, headers={"Content-Encoding": "gzip"})
    assert code_of(there, tmp_path) == code
    assert len(there.asked) == 1
    assert names(tmp_path) == set()


def test_a_folder_that_is_not_there(there, tmp_path):
    assert code_of(there, tmp_path / "none") == "web.unwritable"


def test_a_disk_that_is_full(there, tmp_path):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        assert code_of(there, tmp_path) == "web.disk-full"
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    brought(there, tmp_path)
    assert (tmp_path / "a.mp3").read_bytes() == SOUND
    assert there.asked[-1] == ("/a.mp3", "bytes=100000-")


def test_a_disk_is_not_filled_in_vain(there, tmp_path, monkeypatch):
    left = shutil.disk_usage(tmp_path)._replace(free=len(SOUND) - 1)
    monkeypatch.setattr("sendeturm.web.receiving.shutil.disk_usage", lambda _folder: left)
    assert code_of(there, tmp_path) == "web.disk-full"
    assert (tmp_path / "a.mp3.part").stat().st_size == 0


def test_a_proxy_is_asked_for_public_hosts_alone(there, tmp_path, monkeypatch):
    monkeypatch.setenv("http_proxy", there.url)
    monkeypatch.setenv("no_proxy", "")
    monkeypatch.setattr("sendeturm.web.network.is_public", lambda host: host == "open.example")
    there.files["http://open.example/a.mp3"] = HostedFile(SOUND)
    download("http://open.example/a.mp3", tmp_path / "a.mp3", limits=QUICK)
    assert (tmp_path / "a.mp3").read_bytes() == SOUND
    with pytest.raises(SendeturmError, match=r"web\.private"):
        download("http://intern.example/a.mp3", tmp_path / "b.mp3", limits=QUICK)
    assert [path for path, _ in there.asked] == ["http://open.example/a.mp3"]


def test_private_addresses_are_refused(there, tmp_path):
    with pytest.raises(SendeturmError, match=r"web\.private"):
        download(f"{there.url}/a.mp3", tmp_path / "a.mp3", limits=QUICK)
    assert there.asked == []


@pytest.mark.parametrize(
    "name", ["localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "2130706433"]
)
def test_private_addresses_are_refused_however_they_are_written(there, tmp_path, name):
    port = there.server_address[1]
    with pytest.raises(SendeturmError, match=r"web\.private"):
        download(f"http://{name}:{port}/a.mp3", tmp_path / "a.mp3", limits=QUICK)
    assert there.asked == []


def test_a_guarded_connection_still_asks_for_papers(there, tmp_path, monkeypatch):
    monkeypatch.setattr("sendeturm.web.network.is_public_address", lambda _address: True)
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    there.socket = context.wrap_socket(there.socket, server_side=True)
    port = there.server_address[1]
    with pytest.raises(SendeturmError, match=r"web\.no-trust"):
        download(f"https://localhost:{port}/a.mp3", tmp_path / "a.mp3", limits=QUICK)
    with authority.cert_pem.tempfile() as pem:
        monkeypatch.setenv("SSL_CERT_FILE", pem)
        download(f"https://localhost:{port}/a.mp3", tmp_path / "a.mp3", limits=QUICK)
        with pytest.raises(SendeturmError, match=r"web\.no-trust"):
            download(f"https://127.0.0.1:{port}/a.mp3", tmp_path / "b.mp3", limits=QUICK)
    assert (tmp_path / "a.mp3").read_bytes() == SOUND
