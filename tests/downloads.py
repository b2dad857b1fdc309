"""A host of files on loopback that breaks off, lies about ranges, changes files and drips."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread


@dataclass
class HostedFile:
    """A file as it is sent now; `etag` and `modified` are left out if empty."""

    body: bytes
    etag: str = '"one"'
    modified: str = ""
    type: str = "audio/mpeg"
    takes_ranges: bool = True
    says_length: bool = True
    headers: Mapping[str, str] = field(default_factory=dict)


class Host(ThreadingHTTPServer):
    """Serves `files` by path; `moved` redirects; `cuts` say after how many bytes each breaks."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.over = Event()
        self.begin_again()

    def begin_again(self) -> None:
        """Forget all files and tricks."""
        self.files: dict[str, HostedFile] = {}
        self.moved: dict[str, str] = {}
        self.moved_as: dict[str, int] = {}
        """How the `moved` redirect, if not for the moment (302)."""
        self.statuses: list[int] = []
        """What the next requests get instead of a file."""
        self.cuts: list[int] = []
        self.asked: list[tuple[str, str]] = []
        """Path and Range of every request."""
        self.before: Callable[[], None] = lambda: None
        self.lie: Callable[[int, int], str] | None = None
        """What Content-Range says, of offset and total."""
        self.compares = True
        """Whether it looks at If-Range."""

    def handle_error(self, *_: object) -> None:
        """Say nothing: that somebody hangs up is meant."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: Host

    def do_GET(self) -> None:
        host = self.server
        host.before()
        host.asked.append((self.path, self.headers.get("Range", "")))
        if self.path in host.moved:
            status = host.moved_as.get(self.path, 302)
            self._say(status, {"Location": host.moved[self.path]})
        elif host.statuses:
            self._say(host.statuses.pop(0), {"Retry-After": "0"})
        elif self.path == "/drip":
            self._drip()
        elif self.path not in host.files:
            self._say(404, {})
        else:
            self._send(host.files[self.path])

    def _say(self, status: int, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def _send(self, file: HostedFile) -> None:
        offset, total = self._offset(file), len(file.body)
        headers = {"Content-Type": file.type, **file.headers}
        if file.etag:
            headers["ETag"] = file.etag
        if file.modified:
            headers["Last-Modified"] = file.modified
        if offset is None:
            self._say(416, headers | {"Content-Range": f"bytes */{total}"})
            return
        body = file.body[offset:]
        if file.says_length:
            headers["Content-Length"] = str(len(body))
        if offset:
            lie = self.server.lie
            plain = f"bytes {offset}-{total - 1}/{total}"
            headers["Content-Range"] = lie(offset, total) if lie else plain
        self._say(206 if offset else 200, headers)
        cuts = self.server.cuts
        self.wfile.write(body[: cuts.pop(0)] if cuts else body)

    def _offset(self, file: HostedFile) -> int | None:
        """Return where to begin, None past the end."""
        found = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        proof = self.headers.get("If-Range", "")
        is_same = proof in {file.etag, file.modified} or not self.server.compares
        if not found or not file.takes_ranges or not is_same:
            return 0
        return int(found[1]) if int(found[1]) < len(file.body) else None

    def _drip(self) -> None:
        self._say(200, {"Content-Type": "audio/mpeg"})
        while not self.server.over.wait(0.02):
            try:
                self.wfile.write(b"x")
            except OSError:
                return

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def host() -> Iterator[Host]:
    """Run a host without files."""
    server = Host()
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        server.server_close()
