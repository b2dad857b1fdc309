"""Fetching from servers that behave, and from those that do not."""

from __future__ import annotations

import gzip
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from sendeturm.errors import SendeturmError
from sendeturm.web import Limits, fetch

SMALL = Limits(size_bytes=100_000, whole_s=20, silence_s=10, redirects=3)


class Answers(BaseHTTPRequestHandler):
    """Answers by the path that is asked for."""

    asked: list[tuple[str, str, bytes]]

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        self.asked.append((self.command, self.path, self.rfile.read(length)))
        getattr(self, f"say_{self.path.strip('/').replace('-', '_')}")()

    def do_POST(self) -> None:
        self.do_GET()

    def log_message(self, *_args) -> None:
        pass

    def reply(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def say_plain(self) -> None:
        self.reply(200, "Grüße".encode(), Content_Type="application/rss+xml; charset=utf-8")

    def say_packed(self) -> None:
        self.reply(200, gzip.compress(b"<rss/>"), Content_Encoding="gzip")

    def say_bomb(self) -> None:
        self.reply(200, gzip.compress(bytes(10_000_000)), Content_Encoding="gzip")

    def say_torn(self) -> None:
        self.reply(200, gzip.compress(bytes(1000))[:12], Content_Encoding="gzip")

    def say_large(self) -> None:
        self.reply(200, bytes(100_001))

    def say_moved(self) -> None:
        self.reply(301, Location="/plain")

    def say_round(self) -> None:
        self.reply(302, Location="/round")

    def say_to_file(self) -> None:
        self.reply(302, Location="file:///etc/passwd")

    def say_nowhere(self) -> None:
        self.reply(301)

    def say_gone(self) -> None:
        self.reply(410)

    def say_noted(self) -> None:
        self.reply(204)

    def say_rubbish(self) -> None:
        self.wfile.write(b"NOT HTTP AT ALL\r\n\r\n")

    def say_short(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b"x")

    def say_chunks(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nab\r\n")


@contextmanager
def serving() -> Iterator[tuple[str, list[tuple[str, str, bytes]]]]:
    asked: list[tuple[str, str, bytes]] = []
    handler = type("Answering", (Answers,), {"asked": asked})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with serving() as (base, _):
        yield base


def code_of(url: str, limits: Limits = SMALL) -> str:
    with pytest.raises(SendeturmError) as caught:
        fetch(url, limits=limits)
    (problem,) = caught.value.problems
    return problem.code


def test_an_answer_comes_whole(server):
    found = fetch(f"{server}/plain", limits=SMALL)
    assert found.body.decode() == "Grüße"
    assert (found.status, found.type, found.url) == (200, "application/rss+xml", f"{server}/plain")


def test_packed_answers_are_unpacked(server):
    assert fetch(f"{server}/packed", limits=SMALL).body == b"<rss/>"


def test_redirects_are_followed(server):
    found = fetch(f"{server}/moved", limits=SMALL)
    assert (found.url, found.body.decode()) == (f"{server}/plain", "Grüße")


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("bomb", "web.too-large"),
        ("large", "web.too-large"),
        ("torn", "web.bad-answer"),
        ("round", "web.leads-round"),
        ("to-file", "web.leads-elsewhere"),
        ("nowhere", "web.refused"),
        ("gone", "web.refused"),
        ("rubbish", "web.bad-answer"),
        ("short", "web.bad-answer"),
        ("chunks", "web.bad-answer"),
    ],
)
def test_bad_answers_are_told(server, path, code):
    assert code_of(f"{server}/{path}") == code


@pytest.mark.parametrize(
    "url",
    [
        "",
        "feed.xml",
        "file:///etc/passwd",
        "ftp://example.org/feed.xml",
        "https://",
        "https://name:secret@example.org/feed.xml",
        "http://[::1/feed.xml",
        "http://example.org:99999/",
        "http://exa mple.org:x/",
    ],
)
def test_what_is_no_web_address_is_not_asked(url):
    assert code_of(url) in {"web.no-address", "web.unreachable"}


def test_secrets_in_an_address_are_not_told():
    with pytest.raises(SendeturmError) as caught:
        fetch("https://name:secret@example.org/feed.xml")
    assert caught.value.problems[0].place.file == "https://example.org/feed.xml"


def test_a_port_where_nobody_listens():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        assert code_of(f"http://127.0.0.1:{taken.getsockname()[1]}/") == "web.unreachable"


def test_a_server_that_never_answers_is_left():
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        assert code_of(url, Limits(whole_s=0.3, silence_s=30)) == "web.too-slow"


def test_the_public_network_never_leads_into_a_private_one(server, monkeypatch):
    seen = iter([True, True])  # by its name, and by the address it is connected to
    monkeypatch.setattr("sendeturm.web.network.is_public_address", lambda _ip: next(seen, False))
    assert code_of(f"{server}/moved") == "web.leads-elsewhere"


def test_private_addresses_can_be_refused_from_the_first_step_on(server):
    with pytest.raises(SendeturmError) as caught:
        fetch(f"{server}/plain", limits=SMALL, allow_private=False)
    assert caught.value.problems[0].code == "web.private"


def test_private_addresses_can_be_allowed_all_along(server):
    assert fetch(f"{server}/moved", limits=SMALL, allow_private=True).status == 200


def test_a_form_is_posted_and_its_redirect_not_followed():
    with serving() as (base, asked):
        found = fetch(f"{base}/noted", form={"hub.url": "https://ä.de/?a=1&b"}, limits=SMALL)
        assert found.status == 204
        with pytest.raises(SendeturmError):
            fetch(f"{base}/moved", form={"a": "b"}, limits=SMALL)
    assert asked == [
        ("POST", "/noted", b"hub.url=https%3A%2F%2F%C3%A4.de%2F%3Fa%3D1%26b"),
        ("POST", "/moved", b"a=b"),
    ]
