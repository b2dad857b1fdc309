"""What anyone gets over a public address: a web server with each fault there may be."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from sendeturm.model import StorageSettings
from sendeturm.store import FolderStore, anyone, serve
from sendeturm.store.anyone import UnreadableError, ask_anyone
from sendeturm.store.reading import look, reading_of
from sendeturm.store.scratch import scratch

CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Headers": "Range",
    "Access-Control-Expose-Headers": "Content-Length, Content-Range",
}


class Faulty(BaseHTTPRequestHandler):
    """A web server for a folder, with `faults`."""

    root: Path
    faults: frozenset[str] = frozenset()
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_OPTIONS(self):
        self._send(204, b"", CORS if "cors" in self.faults else {})

    def do_HEAD(self):
        if "no-head" in self.faults:
            self._send(405, b"", {})
        elif "head-length" in self.faults:
            self._send(200, b"12345", {})
        else:
            self._answer()

    def do_GET(self):
        self._answer()

    def _answer(self):
        path = self.path.partition("?")[0]
        if (moved := self._moved(path)) is not None:
            self._send(302, b"", {"Location": moved})
            return
        file = self.root / path.lstrip("/").removeprefix("end/")
        if path.endswith("/"):
            self._folder(file)
        elif "forbidden" in self.faults:
            self._send(403, b"no", {})
        elif not file.is_file():
            self._send(404, b"none", {})
        elif "something-else" in self.faults:
            self._send(200, b"<html>parked</html>", {"Content-Type": "text/html"})
        elif "hidden" in self.faults and "/.sendeturm/" in path:
            self._send(403, b"no", {})
        else:
            self._file(file.read_bytes())

    def _moved(self, path: str) -> str | None:
        if path.startswith("/end/"):
            return None
        if "redirected" in self.faults:
            return f"/end{path}"
        if "endless" in self.faults:
            return f"{path}x"
        if "circle" in self.faults:
            return path
        return "ftp://example.org/x" if "odd-redirect" in self.faults else None

    def _folder(self, file: Path):
        if "listed" in self.faults and "list-type" in self.path:
            self._send(200, b"<?xml?><ListBucketResult></ListBucketResult>", {})
        elif "index-of" in self.faults and file.is_dir():
            names = " ".join(p.name for p in file.iterdir())
            self._send(200, f"Index of {names}".encode(), {})
        elif "folders" in self.faults and (file / "index.html").is_file():
            self._send(200, (file / "index.html").read_bytes(), {"Content-Type": "text/html"})
        else:
            self._send(404, b"none", {})

    def _file(self, body: bytes):
        kind = "text/plain" if "wrong-type" in self.faults else "audio/mpeg"
        fields = {"Content-Type": kind, "ETag": '"x"'}
        if "no-etag" in self.faults:
            del fields["ETag"]
        if "encoded" in self.faults:
            fields["Content-Encoding"] = "aws-chunked"
        if self.faults & {"cors", "half-cors"}:
            fields |= CORS if "cors" in self.faults else dict([next(iter(CORS.items()))])
        asked = self.headers.get("Range")
        if asked and "no-ranges" not in self.faults:
            first, last = map(int, asked.removeprefix("bytes=").split("-"))
            fields["Content-Range"] = f"bytes {first}-{last}/{len(body)}"
            self._send(206, body[first : last + 1], fields)
        else:
            self._send(200, body, fields)

    def _send(self, status: int, body: bytes, fields: dict[str, str]):
        self.send_response(status)
        if "no-length" in self.faults and status == 200:
            fields, chunked = {**fields, "Transfer-Encoding": "chunked"}, True
            body = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
        else:
            chunked = False
        for name, value in fields.items():
            self.send_header(name, value)
        if not chunked:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


@contextmanager
def faulty(root: Path, *faults: str) -> Iterator[str]:
    """Run the server and give its address."""
    handler = type("Handler", (Faulty,), {"root": root, "faults": frozenset(faults)})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def looked(root: Path, address: str) -> set[str]:
    """Return the codes of all that is found at an address, without their room."""
    with scratch(FolderStore(root, "public/")) as room:
        found = list(look(reading_of(address, room)))
    return {finding.problem.code.removeprefix("probe.") for finding in found}


SOUND = {"readable", "no-redirects"}
REST = {"only-here", "no-folders", "no-cors", "not-listed", "records-open"}


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ("", SOUND | REST),
        ("wrong-type", {"wrong-type", "no-redirects"} | REST),
        ("encoded", {"encoded", "no-redirects"} | REST),
        ("no-etag", {"no-etag", "no-redirects"} | REST),
        ("no-length", {"no-length", "head-length", "no-redirects"} | REST),
        ("no-head", {"no-head", "no-redirects"} | REST),
        ("head-length", {"head-length", "no-redirects"} | REST),
        ("no-ranges", {"no-public-ranges", "no-redirects"} | REST),
        ("folders", SOUND | REST - {"no-folders"} | {"folders"}),
        ("cors", SOUND | REST - {"no-cors"} | {"cors"}),
        ("half-cors", SOUND | REST - {"no-cors"} | {"half-cors"}),
        ("listed", SOUND | REST - {"not-listed"} | {"listed"}),
        ("index-of", SOUND | REST - {"not-listed"} | {"listed"}),
        ("hidden", SOUND | REST - {"records-open"} | {"records-hidden"}),
        ("redirected", {"readable", "redirected"} | REST),
        ("forbidden", {"only-here", "not-public", "not-listed", "records-hidden"}),
        ("something-else", {"only-here", "something-else", "not-listed", "records-open"}),
        ("endless", {"redirects-endless"}),
        ("circle", {"redirects-endless"}),
        ("odd-redirect", {"odd-redirect"}),
    ],
)
def test_every_fault_is_named(tmp_path, fault, expected):
    with faulty(tmp_path, *filter(None, [fault])) as address:
        assert looked(tmp_path, address) == expected
    assert not [p for p in tmp_path.rglob("*") if "probe-" in p.name]


def test_the_end_of_a_chain_is_offered_as_the_address(tmp_path):
    with faulty(tmp_path, "redirected") as address, scratch(FolderStore(tmp_path, "")) as room:
        found = {f.problem.code: f for f in look(reading_of(f"{address}/", room))}
        assert found["probe.redirected"].settings == {"address": f"{address}/end"}


def test_an_address_that_leads_to_another_place_is_not_found(tmp_path):
    (tmp_path / "other").mkdir()
    with faulty(tmp_path / "other") as address:
        assert looked(tmp_path / "mine", address) >= {"not-found", "not-listed"}


def test_nobody_there_and_no_such_name():
    with pytest.raises(UnreadableError, match="silent"):
        ask_anyone("http://127.0.0.1:1/x")
    with pytest.raises(UnreadableError, match="no-host"):
        ask_anyone("http://nobody.invalid/x")


def test_a_public_address_leads_nobody_into_a_private_network(tmp_path, monkeypatch):
    real = anyone.is_private
    with faulty(tmp_path, "redirected") as address:
        monkeypatch.setattr(anyone, "is_private", lambda a: real(a) and "/end/" in a)
        with pytest.raises(UnreadableError, match="redirect-inside"):
            ask_anyone(f"{address}/x")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("http://127.0.0.1:80/", True),
        ("http://[::1]/", True),
        ("http://10.1.2.3/", True),
        ("http://169.254.169.254/latest", True),
        ("http://192.168.0.1", True),
        ("http://8.8.8.8/", False),
        ("https://nobody.invalid/", False),
        ("https://", False),
    ],
)
def test_private_addresses_are_known(address, expected):
    assert anyone.is_private(address) is expected


def test_an_answer_is_read_up_to_a_limit_only(tmp_path, monkeypatch):
    (tmp_path / "big").write_bytes(bytes(1 << 21))
    with faulty(tmp_path) as address:
        assert len(ask_anyone(f"{address}/big").body) < 1 << 19
        monkeypatch.setattr(anyone, "WHOLE_S", -1)
        with pytest.raises(UnreadableError, match="silent"):
            ask_anyone(f"{address}/big")


def test_the_previews_own_server_is_a_good_one(tmp_path):
    server = serve(tmp_path, port=0)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        codes = looked(tmp_path, f"http://127.0.0.1:{server.server_port}")
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    assert codes == SOUND | REST - {"records-open", "no-folders"} | {"records-hidden", "folders"}
    assert StorageSettings(place="public").is_bucket is False
