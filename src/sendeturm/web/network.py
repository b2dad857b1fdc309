"""What is on the public network, and connections that reach nothing else.

An address is looked up once and checked, and exactly that one is connected to: a name that
answers differently the second time it is asked for leads nowhere.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from typing import Final
from urllib import request
from urllib.parse import urlsplit

_EMBEDDING: Final = ipaddress.ip_network("64:ff9b::/96")
"""IPv6 addresses that a translator turns into the IPv4 address in their last four bytes."""


class PrivateAddressError(OSError):
    """A connection would have led into a private network."""


def opener(*, only_public: bool) -> request.OpenerDirector:
    """Return an opener that knows the web alone: no files, no FTP, no redirects of its own.

    Answers come back as they are, whatever their status. With `only_public` connections into
    private networks raise PrivateAddressError.
    """
    web = request.OpenerDirector()
    for handler in (request.ProxyHandler(), _Handler(only_public), _TLSHandler(only_public)):
        web.add_handler(handler)
    return web


def is_public(host: str) -> bool:
    """Say whether a host is on the public network, as far as its name can be looked up."""
    try:
        found = {str(entry[4][0]) for entry in socket.getaddrinfo(host, None)}
        return all(map(is_public_address, found))
    except (OSError, UnicodeError):
        return True  # who is not found is not reached either


def is_public_address(address: str) -> bool:
    """Say whether an IP address is one of the public network's, not loopback, private or local."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        within = ip.ipv4_mapped or ip.sixtofour
        if ip in _EMBEDDING:
            within = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if within is not None:
            return is_public_address(str(within))
    return ip.is_global and not ip.is_multicast


class _PublicConnection(HTTPConnection):
    def connect(self) -> None:
        """Connect to an address that was looked at, not to a name that is looked up again."""
        found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        addresses = list(dict.fromkeys((str(one[4][0]), int(one[4][1])) for one in found))
        if not all(is_public_address(address) for address, _ in addresses):
            raise PrivateAddressError
        self.sock = _first_socket(addresses, self.timeout)


def _first_socket(addresses: list[tuple[str, int]], timeout_s: float | None) -> socket.socket:
    trouble: OSError = OSError("no address")
    for address in addresses:
        try:
            return socket.create_connection(address, timeout_s)
        except OSError as error:
            trouble = error
    raise trouble


class _PublicTLSConnection(HTTPSConnection, _PublicConnection):
    """HTTPSConnection wraps whatever socket the next class in line has connected."""


class _Handler(request.HTTPHandler):
    def __init__(self, only_public: bool) -> None:  # noqa: FBT001  # its one setting
        super().__init__()
        self._only_public = only_public

    def http_open(self, req: request.Request) -> HTTPResponse:
        """Open over a connection that is guarded where it should be."""
        is_guarded = self._only_public and _goes_direct(req)
        return self.do_open(_PublicConnection if is_guarded else HTTPConnection, req)


class _TLSHandler(request.AbstractHTTPHandler):
    https_request = request.AbstractHTTPHandler.do_request_

    def __init__(self, only_public: bool) -> None:  # noqa: FBT001  # its one setting
        super().__init__()
        self._only_public = only_public

    def https_open(self, req: request.Request) -> HTTPResponse:
        """Open over a connection that is guarded where it should be."""
        is_guarded = self._only_public and _goes_direct(req)
        connection = _PublicTLSConnection if is_guarded else HTTPSConnection
        # Reading all authorities takes longer than asking: only where somebody must show papers.
        return self.do_open(connection, req, context=ssl.create_default_context())


def _goes_direct(req: request.Request) -> bool:
    """Say whether a request goes to its host itself; one to a proxy is looked at by its name."""
    parts = urlsplit(req.full_url)
    if req.host == parts.netloc:
        return True
    if not is_public(parts.hostname or ""):
        raise PrivateAddressError
    return False
