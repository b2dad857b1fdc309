"""An HTTP proxy before a real store that does what a test wants at a chosen request."""

from __future__ import annotations

import http.client
import os
import socket
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

Hook = Callable[[str, str], bool]
"""Called with `before` or `after` and `METHOD key`; False cuts the connection there."""


class Proxy(ThreadingHTTPServer):
    """Hands requests on as they are, so that their signatures stay valid."""

    daemon_threads = True

    def __init__(self, target: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.target = urlsplit(target)
        self.hook: Hook = lambda _when, _request: True
        self.requests: list[str] = []
        self.resets = False
        """Whether a connection that is cut is reset; else it is closed as if all were said."""
        self.clock_off = timedelta()
        """How far the store's clock, as its answers show it, is ahead."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else each answer's body waits 40 ms for its headers
    server: Proxy

    def _pass_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        request = f"{self.command} {self.path}"
        self.server.requests.append(request)
        if not self.server.hook("before", request):
            self._cut()
            return
        target = self.server.target
        connection = http.client.HTTPConnection(target.hostname or "", target.port, timeout=60)
        try:
            connection.putrequest(
                self.command, self.path, skip_host=True, skip_accept_encoding=True
            )
            for name, value in self.headers.items():
                if name.lower() != "expect":
                    connection.putheader(name, value)
            connection.endheaders(body)
            answer = connection.getresponse()
            got = answer.read()
        finally:
            connection.close()
        if not self.server.hook("after", request):
            self._cut()
            return
        self.send_response_only(answer.status, answer.reason)
        kept = [(n, v) for n, v in answer.getheaders() if n.lower() != "transfer-encoding"]
        for name, value in kept:
            self.send_header(name, self._dated(value) if name.lower() == "date" else value)
        if not any(name.lower() == "content-length" for name, _ in kept):
            self.send_header("Content-Length", str(len(got)))
        self.end_headers()
        self.wfile.write(got)

    def _cut(self) -> None:
        self.close_connection = True
        if self.server.resets:
            at_once = struct.pack("ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, at_once)
            os.close(self.connection.detach())

    def _dated(self, value: str) -> str:
        return format_datetime(parsedate_to_datetime(value) + self.server.clock_off, usegmt=True)

    # http.server looks for these names
    do_GET = do_PUT = do_HEAD = do_POST = do_DELETE = _pass_on  # noqa: N815  # see above

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def proxy(target: str) -> Iterator[Proxy]:
    """Run a proxy before the store at `target`."""
    server = Proxy(target)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
