"""The preview server as browsers, podcast apps and mischief see it."""

from __future__ import annotations

import http.client
import os
import socket
import threading
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from sendeturm.errors import SendeturmError
from sendeturm.i18n import word
from sendeturm.store import FolderStore, ObjectMeta, serve
from sendeturm.store.serving import Beside

SOUND = bytes(range(256)) * 40
TEXT = "text/plain; charset=utf-8"


@pytest.fixture
def store(tmp_path) -> FolderStore:
    store = FolderStore(tmp_path / "public", "public/")
    store.put("media/one.mp3", SOUND, ObjectMeta("audio/mpeg", "max-age=86400"))
    store.put("index.html", "<p>Grüße\r\n".encode(), ObjectMeta("text/html; charset=utf-8"))
    store.put("winter/index.html", b"<p>Winter", ObjectMeta("text/html; charset=utf-8"))
    store.put("empty", b"", ObjectMeta(TEXT))
    store.put(".sendeturm/show.json", b"{}", ObjectMeta("application/json"))
    return store


@pytest.fixture
def server(store):
    server = serve(store, port=0)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def ask(server):
    """Return a function that asks on one kept-alive connection."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)

    def ask(path: str, method: str = "GET", **headers: str):
        fields = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers=fields)
        response = connection.getresponse()
        return response, response.read()

    yield ask
    connection.close()


def raw(server, request: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", server.server_port), timeout=10) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(65536), b""))


def test_an_object_as_it_is(ask, store):
    response, body = ask("/media/one.mp3")
    assert (response.status, body) == (200, SOUND)
    assert response.headers["Content-Type"] == "audio/mpeg"
    assert response.headers["Cache-Control"] == "max-age=86400"
    assert response.headers["Accept-Ranges"] == "bytes"
    assert response.headers["ETag"] == f'"{store.head("media/one.mp3").etag}"'
    assert "Content-Encoding" not in response.headers


def test_head_says_the_same_without_a_body(ask):
    full, _ = ask("/media/one.mp3?from=app")
    short, body = ask("/media/one.mp3", "HEAD")
    assert body == b""
    assert short.headers["Content-Length"] == str(len(SOUND))
    del full.headers["Date"], short.headers["Date"]
    assert dict(full.headers) == dict(short.headers)
    assert ask("/empty")[0].headers["Content-Length"] == "0"


def test_folders_show_their_page(ask):
    assert ask("/")[1] == "<p>Grüße\r\n".encode()
    assert ask("/winter/")[1] == b"<p>Winter"
    response, _ = ask("/winter")
    assert (response.status, response.headers["Location"]) == (301, "/winter/")
    assert ask("/media")[0].status == 404
    assert ask("/media/")[0].status == 404


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=100-199", 100, 199),
        ("bytes=10000-", 10000, 10239),
        ("bytes=-5", 10235, 10239),
        ("bytes=-999999", 0, 10239),
        ("bytes=10239-99999999999", 10239, 10239),
        ("Bytes = 1 - 2 ", 1, 2),
    ],
)
def test_ranges(ask, asked, first, last):
    response, body = ask("/media/one.mp3", Range=asked)
    assert (response.status, body) == (206, SOUND[first : last + 1])
    assert response.headers["Content-Range"] == f"bytes {first}-{last}/10240"
    assert response.headers["Content-Type"] == "audio/mpeg"
    assert ask("/media/one.mp3", "HEAD", Range=asked)[0].status == 200


@pytest.mark.parametrize("asked", ["bytes=10240-", "bytes=99999-100000", "bytes=-0"])
def test_ranges_beyond_the_end(ask, asked):
    response, _ = ask("/media/one.mp3", Range=asked)
    assert response.status == 416
    assert response.headers["Content-Range"] == "bytes */10240"
    assert ask("/empty", Range="bytes=0-")[0].status == 416


@pytest.mark.parametrize(
    "asked",
    ["bytes=5-2", "bytes=-", "bytes=a-b", "items=1-2", "bytes=0-1,5-6", "bytes=²-³", "", "bytes=1",
     "bytes=" + "9" * 5000 + "-"],
)  # fmt: skip
def test_ranges_that_mean_nothing_give_the_whole(ask, asked):
    response, body = ask("/media/one.mp3", Range=asked.encode().decode("latin-1"))
    assert (response.status, body) == (200, SOUND)


def test_a_range_of_what_has_changed_gives_the_whole(ask, store):
    head = store.head("media/one.mp3")
    same = format_datetime(head.modified_at.replace(microsecond=0), usegmt=True)
    earlier = format_datetime(head.modified_at - timedelta(hours=1), usegmt=True)
    for condition, status in (
        (f'"{head.etag}"', 206),
        (f'W/"{head.etag}"', 200),
        ('"another"', 200),
        (same, 206),
        (earlier, 200),
        ("nonsense", 200),
    ):
        response, _ = ask("/media/one.mp3", Range="bytes=0-1", If_Range=condition)
        assert response.status == status, condition


def test_what_is_known_is_not_sent_again(ask, store):
    etag = f'"{store.head("index.html").etag}"'
    for known in (etag, f"W/{etag}", f'"x", {etag}', "*"):
        response, body = ask("/index.html", If_None_Match=known)
        assert (response.status, body) == (304, b"")
        assert response.headers["ETag"] == etag
        assert response.headers["Cache-Control"] == "max-age=300"
    later = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    assert ask("/index.html", If_None_Match='"x"', If_Modified_Since=later)[0].status == 200
    modified = ask("/index.html")[0].headers["Last-Modified"]
    assert ask("/index.html", If_Modified_Since=modified)[0].status == 304
    assert ask("/index.html", If_Modified_Since="Thu, 01 Jan 1970 00:00:00 GMT")[0].status == 200
    assert ask("/index.html", If_Modified_Since="yesterday")[0].status == 200
    store.put("index.html", b"new", ObjectMeta("text/html"))
    assert ask("/index.html", If_None_Match=etag)[1] == b"new"


@pytest.mark.parametrize(
    "path",
    [
        "/.sendeturm/show.json",
        "/.SENDETURM/show.json",
        "/%2esendeturm/show.json",
        "/.sendeturm/",
        "/.sendeturm/meta/index.html~.json",
        "//.sendeturm/show.json",
        "/./.sendeturm/show.json",
        "/winter/../.sendeturm/show.json",
        "/winter/%2e%2e/.sendeturm/show.json",
        "/../secret",
        "/..%2fsecret",
        "/%2e%2e/secret",
        "/..\\secret",
        "/%00",
        "/index.html%00",
        "/index.html%0d%0aX-Evil:1",
        "/linked",
        "/folder/secret",
        "/pipe",
        "//evil.example/..",
        "/%ff",
        "//[",
        "/" + "a" * 3000,
    ],
)
def test_nothing_else_is_served(server, ask, tmp_path, path):
    (tmp_path / "secret").write_text("geheim")
    (tmp_path / "public/linked").symlink_to(tmp_path / "secret")
    (tmp_path / "public/folder").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "public/pipe")
    response, body = ask(path)
    assert response.status == 404
    assert body == b"404 Not Found\n"
    assert ask("/winter/")[0].status == 200  # the connection is still in step


def test_only_names_of_this_computer(server, ask):
    port = server.server_port
    for name in ("127.0.0.1", f"127.0.0.1:{port}", "localhost", f"LOCALHOST:{port}"):
        assert ask("/", Host=name)[0].status == 200
    for name in (
        "evil.example",
        f"evil.example:{port}",
        "127.0.0.1.evil.example",
        "",
        "localhost.",
    ):
        assert ask("/", Host=name)[0].status == 421
    assert raw(server, b"GET / HTTP/1.1\r\n\r\n").startswith(b"HTTP/1.1 421 ")
    proxied = b"GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n"
    assert raw(server, proxied).startswith(b"HTTP/1.1 404 ")
    two = b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n"
    assert raw(server, two).startswith(b"HTTP/1.1 421 ")


def test_a_body_does_not_pass_for_a_request(server):
    hidden = b"GET /winter/ HTTP/1.1\r\nHost: localhost\r\n\r\n"
    sent = b"GET /empty HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n" % len(hidden)
    assert raw(server, sent + hidden).count(b"HTTP/1.1 ") == 1


def test_other_methods_change_nothing(ask, store):
    for method in ("PUT", "DELETE", "POST"):
        assert ask("/index.html", method)[0].status == 501
    assert store.get("index.html").body == "<p>Grüße\r\n".encode()


def test_nothing_is_printed_even_when_a_player_hangs_up(server, store, capfd):
    store.put("media/long.mp3", bytes(20_000_000), ObjectMeta("audio/mpeg"))
    for _ in range(3):
        with socket.create_connection(("127.0.0.1", server.server_port)) as connection:
            connection.sendall(b"GET /media/long.mp3 HTTP/1.1\r\nHost: localhost\r\n\r\n")
            connection.recv(1000)
    raw(server, b"nonsense\r\n\r\n")
    time.sleep(0.2)
    assert capfd.readouterr() == ("", "")


def test_many_at_once(server):
    found: list[bytes] = []

    def listen() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
        connection.request("GET", "/media/one.mp3")
        found.append(connection.getresponse().read())
        connection.close()

    idle = [socket.create_connection(("127.0.0.1", server.server_port)) for _ in range(8)]
    threads = [threading.Thread(target=listen) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for connection in idle:
        connection.close()
    assert found == [SOUND] * 8


def code_of(**arguments) -> str:
    with pytest.raises(SendeturmError) as caught:
        serve(**arguments)
    (problem,) = caught.value.problems
    assert word(problem.code, problem.params).mend
    return problem.code


def test_a_port_that_cannot_be_had(server, tmp_path):
    assert code_of(root=tmp_path, port=server.server_port) == "store.port-taken"
    assert code_of(root=tmp_path, port=70_000) == "store.port-refused"


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "", "192.168.0.1", "example.org", "10.0.0.1"])
def test_this_computer_only(tmp_path, host):
    assert code_of(root=tmp_path, host=host, port=0) == "store.not-loopback"


def test_localhost_is_bound_to_loopback(tmp_path):
    server = serve(tmp_path, host="localhost", port=0)
    assert server.server_address[0] == "127.0.0.1"
    server.server_close()


def test_files_beside_the_store_are_served_read_only(ask, server, tmp_path):
    recording = tmp_path / "Grüße.wav"
    recording.write_bytes(SOUND)
    assert ask("/_preview/recordings/one.wav")[0].status == 404
    server.beside["_preview/recordings/one.wav"] = Beside(recording, "audio/wav")
    response, body = ask("/_preview/recordings/one.wav")
    assert (response.status, body) == (200, SOUND)
    assert response.headers["Content-Type"] == "audio/wav"
    part, body = ask("/_preview/recordings/one.wav", Range="bytes=3-9")
    assert (part.status, body) == (206, SOUND[3:10])
    unchanged, _ = ask("/_preview/recordings/one.wav", If_None_Match=response.headers["ETag"])
    assert unchanged.status == 304
    for path in (
        "/_preview/recordings/",
        "/_preview/recordings/../one.wav",
        "/Gr%C3%BC%C3%9Fe.wav",
    ):
        assert ask(path)[0].status == 404
    assert ask("/_preview/recordings/one.wav", "PUT")[0].status == 501


def test_a_file_beside_that_has_gone_is_not_found(ask, server, tmp_path):
    server.beside["one.wav"] = Beside(tmp_path / "gone.wav", "audio/wav")
    assert ask("/one.wav")[0].status == 404
