"""A small web server for a folder, on this computer only: what `sendeturm preview` shows."""

from __future__ import annotations

import errno
import ipaddress
import os
import re
import socketserver
import sys
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BufferedReader
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from sendeturm.errors import SendeturmError, fail
from sendeturm.store.disk import etag_of, modified_at
from sendeturm.store.folder import FolderStore
from sendeturm.store.http_ranges import (
    UnsatisfiableRangeError,
    asked_range,
    is_unchanged,
    last_modified,
)
from sendeturm.store.keys import is_key
from sendeturm.store.protocol import Head, ObjectMeta

HIDDEN = ".sendeturm"
INDEX = "index.html"
_HOST = re.compile(r"([A-Za-z0-9.-]+)(?::\d{1,5})?", re.ASCII)
IDLE_S = 30
_PAGES = (".html", ".xml", ".txt")
"""How the keys end that nobody comes for from another page."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A file that is served though no store holds it, read only; `type` is its Content-Type."""

    path: Path
    type: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What is served: a store's objects, and further files by the keys they are served under.

    What a page loads and `store` no longer has is looked for in the `former` one: somebody may
    have come for the page just before.
    """

    store: FolderStore
    beside: dict[str, Beside] = field(default_factory=dict)
    former: FolderStore | None = None

    def open(self, key: str) -> tuple[Head, BufferedReader] | None:
        """Return an object's facts and its file, None if there is none."""
        if beside := self.beside.get(key):
            return _open_beside(key, beside)
        opened = self.store.open(key)
        if opened is None and self.former is not None and not key.endswith(_PAGES):
            return self.former.open(key)
        return opened


class PreviewServer(ThreadingHTTPServer):
    """Serves a store's objects as a bucket would; `serve_forever()` runs it, `shutdown()` ends it.

    `server_address` holds host and port. `shown` may be replaced at any time: each request is
    answered from one state alone.
    """

    daemon_threads = True
    allow_reuse_address = os.name != "nt"
    """Windows would give two servers the same port."""

    def __init__(self, store: FolderStore, host: str, port: int) -> None:
        self.shown = Shown(store)
        super().__init__((host, port), _Answer)

    @property
    def beside(self) -> dict[str, Beside]:
        """Return the files that are served beside the store; they may be added to."""
        return self.shown.beside

    def server_bind(self) -> None:
        """Bind without asking the network for this computer's name."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), self.server_address[1]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing about players that hang up in the middle."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


def serve(root: Path | FolderStore, host: str = "127.0.0.1", port: int = 4242) -> PreviewServer:
    """Return a server for the folder `root`, listening on loopback; port 0 takes a free one.

    Raises SendeturmError if `host` is not this computer alone or the port cannot be had.
    """
    store = root if isinstance(root, FolderStore) else FolderStore(root, f"{root.name}/")
    try:
        return PreviewServer(store, _loopback(host), port)
    except OverflowError:
        raise fail("store.port-refused", port=port, reason="0–65535") from None
    except OSError as error:
        code = "store.port-taken" if error.errno == errno.EADDRINUSE else "store.port-refused"
        raise fail(code, port=port, reason=error.strerror) from error


def _loopback(host: str) -> str:
    if host == "localhost":
        return "127.0.0.1"
    try:
        address = ipaddress.IPv4Address(host)
    except ValueError:
        raise fail("store.not-loopback", host=host) from None
    if not address.is_loopback:
        raise fail("store.not-loopback", host=host)
    return host


class _Answer(BaseHTTPRequestHandler):
    """Answers one connection's requests."""

    server: PreviewServer
    server_version = "sendeturm"
    sys_version = ""
    protocol_version = "HTTP/1.1"
    timeout = IDLE_S

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # http.server's name
        """Keep quiet: only `cli` prints."""

    def _answer(self) -> None:
        if "Content-Length" in self.headers or "Transfer-Encoding" in self.headers:
            self.close_connection = True  # a body nobody reads must not pass for a request
        if not self._is_local():
            self._refuse(HTTPStatus.MISDIRECTED_REQUEST)
            return
        try:
            self._serve(re.split("[?#]", self.path, maxsplit=1)[0])
        except SendeturmError:
            self._refuse(HTTPStatus.INTERNAL_SERVER_ERROR)

    def _serve(self, path: str) -> None:
        key, shown = _key(path), self.server.shown
        opened = shown.open(key) if key else None
        if opened is None:
            self._miss(path, shown)
            return
        with opened[1] as file:
            self._send(opened[0], file)

    def _is_local(self) -> bool:
        """Tell a page of this computer from a foreign one that found a name for this address."""
        hosts = self.headers.get_all("Host", [])
        match = _HOST.fullmatch(hosts[0]) if len(hosts) == 1 else None
        return match is not None and match[1].lower() in ("localhost", self.server.server_name)

    def _send(self, head: Head, file: BufferedReader) -> None:
        if is_unchanged(head, self.headers):
            self._head(HTTPStatus.NOT_MODIFIED, head, {})
            return
        try:
            part = asked_range(head, self.headers) if self.command == "GET" else None
        except UnsatisfiableRangeError:
            self._refuse(
                HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
                {"Content-Range": f"bytes */{head.size_bytes}"},
            )
            return
        first, last = part or (0, head.size_bytes - 1)
        fields = {"Content-Type": head.meta.content_type, "Content-Length": str(last - first + 1)}
        if part:
            fields["Content-Range"] = f"bytes {first}-{last}/{head.size_bytes}"
        self._head(HTTPStatus.PARTIAL_CONTENT if part else HTTPStatus.OK, head, fields)
        if self.command == "GET" and last >= first:
            self.connection.sendfile(file, first, last - first + 1)

    def _head(self, status: HTTPStatus, head: Head, fields: dict[str, str]) -> None:
        """Send status and header; an object's own facts go with every answer about it."""
        own = {
            "ETag": f'"{head.etag}"',
            "Last-Modified": last_modified(head),
            "Cache-Control": head.meta.cache_control,
            "Accept-Ranges": "bytes",
            "X-Content-Type-Options": "nosniff",
        }
        self._fields(status, own | fields)

    def _fields(self, status: HTTPStatus, fields: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in fields.items():
            if value:
                self.send_header(name, value)
        self.end_headers()

    def _miss(self, path: str, shown: Shown) -> None:
        """Answer for a path without an object: perhaps a folder that has a page."""
        key = _key(path + "/")
        if not path.endswith("/") and key and shown.store.head(key):
            self._refuse(HTTPStatus.MOVED_PERMANENTLY, {"Location": f"/{key.removesuffix(INDEX)}"})
        else:
            self._refuse(HTTPStatus.NOT_FOUND)

    def _refuse(self, status: HTTPStatus, fields: dict[str, str] | None = None) -> None:
        text = f"{status.value} {status.phrase}\n".encode()
        own = {"Content-Type": "text/plain; charset=utf-8", "Content-Length": str(len(text))}
        self._fields(status, own | (fields or {}))
        if self.command != "HEAD":
            self.wfile.write(text)


def _open_beside(key: str, beside: Beside) -> tuple[Head, BufferedReader] | None:
    """Open a file from outside the store; None if it is gone or may not be read."""
    try:
        file = beside.path.open("rb")
    except OSError:
        return None
    stat = os.fstat(file.fileno())
    meta = ObjectMeta(beside.type, "no-cache")
    return Head(key, stat.st_size, etag_of(stat), modified_at(stat), meta), file


def _key(path: str) -> str | None:
    """Return the key that a URL's path names, None if it can name none that is served."""
    key = unquote(path.removeprefix("/"))
    if key == "" or key.endswith("/"):
        key += INDEX
    return key if is_key(key) and key.split("/")[0].lower() != HIDDEN else None
