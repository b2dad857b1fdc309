"""Asking as anyone does: over HTTP, without keys, with limits on time, size and redirects."""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import urllib3
from urllib3.exceptions import HTTPError, SSLError
from urllib3.util import Timeout

from sendeturm.store.s3_errors import endpoint_of

CONNECT_TIMEOUT_S = 10
READ_TIMEOUT_S = 20
WHOLE_S = 40
"""An answer that drips in is not waited for any longer."""
MOST_BYTES = 1 << 18
MOST_REDIRECTS = 5
REDIRECTS = frozenset({301, 302, 303, 307, 308})


class UnreadableError(Exception):
    """Nobody gets an answer; `code` says why, `host` where."""

    def __init__(self, code: str, host: str) -> None:
        self.code = code
        self.host = host
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Heard:
    """The answer at the end of a chain of addresses, the first of which was asked for."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    chain: tuple[str, ...]

    @property
    def address(self) -> str:
        """Return where the answer came from."""
        return self.chain[-1]


def ask_anyone(
    address: str, method: str = "GET", headers: Mapping[str, str] | None = None
) -> Heard:
    """Return what anyone gets at `address`; header names are lower-case.

    At most MOST_BYTES are read. Redirects are followed, MOST_REDIRECTS at most, and never from a
    public address to one inside somebody's network. Raises UnreadableError.
    """
    pool = urllib3.PoolManager(timeout=Timeout(CONNECT_TIMEOUT_S, READ_TIMEOUT_S), retries=False)
    until = time.monotonic() + WHOLE_S
    chain = [address]
    with pool:
        while True:
            found, body = _once(pool, chain[-1], method, dict(headers or {}), until)
            location = found.headers.get("location")
            if found.status not in REDIRECTS or not location:
                lower = {name.lower(): value for name, value in found.headers.items()}
                return Heard(found.status, lower, body, tuple(chain))
            chain.append(_next(chain, location))


def is_private(address: str) -> bool:
    """Tell whether an address leads to this computer or into somebody's own network.

    One that leads nowhere is not private.
    """
    parts = urlsplit(address)
    try:
        found = socket.getaddrinfo(parts.hostname or "", parts.port or 443, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError, ValueError):
        return False
    return any(not ipaddress.ip_address(str(a[4][0]).partition("%")[0]).is_global for a in found)


def _once(
    pool: urllib3.PoolManager, address: str, method: str, headers: dict[str, str], until: float
) -> tuple[urllib3.BaseHTTPResponse, bytes]:
    host = endpoint_of(address)
    asked = {"Accept-Encoding": "identity", "User-Agent": "sendeturm", **headers}
    try:
        found = pool.request(method, address, headers=asked, redirect=False, preload_content=False)
        try:
            return found, _body(found, until, host)
        finally:
            found.close()
    except SSLError:
        raise UnreadableError("probe.untrusted", host) from None
    except (HTTPError, OSError, ValueError) as error:
        raise UnreadableError(_reason(error), host) from None


def _reason(error: Exception) -> str:
    if isinstance(error, urllib3.exceptions.NameResolutionError):
        return "probe.no-host"
    return "probe.untrusted" if "CERTIFICATE" in str(error) else "probe.silent"


def _body(found: urllib3.BaseHTTPResponse, until: float, host: str) -> bytes:
    body = bytearray()
    for chunk in found.stream(1 << 14, decode_content=False):
        body += chunk
        if len(body) >= MOST_BYTES:
            break
        if time.monotonic() > until:
            raise UnreadableError("probe.silent", host)
    return bytes(body)


def _next(chain: list[str], location: str) -> str:
    """Return the next address of a chain, if it may be asked."""
    try:
        address = urljoin(chain[-1], location)
        scheme = urlsplit(address).scheme
    except ValueError:
        scheme = ""
    host = endpoint_of(chain[-1])
    if scheme not in ("http", "https"):
        raise UnreadableError("probe.odd-redirect", host)
    if len(chain) > MOST_REDIRECTS or address in chain:
        raise UnreadableError("probe.redirects-endless", host)
    if is_private(address) and not is_private(chain[0]):
        raise UnreadableError("probe.redirect-inside", host)
    return address
