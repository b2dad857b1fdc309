"""One HTTP request, with limits of size, time and redirects; nothing that comes back is trusted."""

from __future__ import annotations

import gzip
import ipaddress
import socket
import ssl
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.client import HTTPException
from io import BytesIO
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, Final, TypeVar
from urllib import request
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urljoin, urlsplit

from sendeturm import __version__
from sendeturm.errors import SendeturmError, fail
from sendeturm.model.addresses import ascii_url

AGENT: Final = f"sendeturm/{__version__}"
_PIECE = 1 << 16
_CUT_OFF = "cut off"
_SCHEMES: Final = ("http", "https")
_REDIRECTS: Final = (301, 302, 303, 307, 308)
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much an answer may take: `whole_s` for all of it, `silence_s` between two pieces."""

    size_bytes: int = 50_000_000
    whole_s: float = 60
    silence_s: float = 15
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: the address that gave it in the end, its status, and its body, unpacked."""

    url: str
    status: int
    type: str
    body: bytes


def fetch(
    url: str, *, form: Mapping[str, str] | None = None, limits: Limits | None = None
) -> Fetched:
    """Return what `url` answers to a GET, or to a POST of `form`.

    Redirects are followed for GET only, never from the public network into a private one. Raises
    SendeturmError (`web.…`), and nothing else, for addresses that are none, servers that are not
    there, slow, refuse, or answer with more than `limits` allow.
    """
    limits = limits or Limits()
    asked = _request(url, form)
    return _within(limits.whole_s, lambda: _answer(asked, url, limits), url)


def _request(url: str, form: Mapping[str, str] | None) -> request.Request:
    plain = ascii_url(url.strip())
    try:
        parts = urlsplit(plain)
        is_good = parts.scheme in _SCHEMES and bool(parts.hostname) and "@" not in parts.netloc
        is_good = is_good and (parts.port is None or parts.port > 0)
    except ValueError:
        is_good = False
    if not is_good:
        raise fail("web.no-address", file=shown(url))
    headers = {"User-Agent": AGENT, "Accept": "*/*", "Accept-Encoding": "gzip"}
    data = urlencode(form).encode() if form is not None else None
    return request.Request(plain, data, headers)  # noqa: S310  # the scheme is looked at above


def _within(seconds: float, make: Callable[[], Made], url: str) -> Made:
    """Return what `make` gives, or raise `web.too-slow`: a server may drip for ever."""
    given: SimpleQueue[tuple[Made | None, SendeturmError | None]] = SimpleQueue()

    def work() -> None:
        try:
            given.put((make(), None))
        except SendeturmError as error:
            given.put((None, error))
        except Exception as error:  # noqa: BLE001  # whatever a server provokes is its answer
            given.put((None, fail("web.bad-answer", file=shown(url), reason=type(error).__name__)))

    Thread(target=work, daemon=True).start()
    try:
        made, error = given.get(timeout=seconds)
    except Empty:
        raise fail("web.too-slow", file=shown(url), seconds=seconds) from None
    if error is not None:
        raise error
    assert made is not None, "one of both is given"
    return made


def _answer(asked: request.Request, url: str, limits: Limits) -> Fetched:
    begins_public = _is_public(urlsplit(asked.full_url).hostname or "")
    for _ in range(limits.redirects + 1):
        try:
            return _one_answer(asked, url, limits)
        except HTTPError as error:
            with error:
                target = _target(error, asked)
            if target is None:
                raise fail("web.refused", file=shown(url), status=error.code) from None
        except (URLError, HTTPException, OSError, ValueError) as error:
            raise _unreachable(error, url) from None
        if begins_public and not _is_public(urlsplit(target).hostname or ""):
            raise fail("web.leads-elsewhere", file=shown(url), to=shown(target))
        asked = _request(target, None)
    raise fail("web.leads-round", file=shown(url))


def _one_answer(asked: request.Request, url: str, limits: Limits) -> Fetched:
    with _opener().open(asked, timeout=limits.silence_s) as response:
        body = _limited(response, limits, url)
        if response.length:
            raise fail("web.bad-answer", file=shown(url), reason=_CUT_OFF)
        packed = str(response.headers.get("Content-Encoding", "")).strip().lower()
        if packed == "gzip":
            body = _unpacked(body, limits, url)
        kind = response.headers.get_content_type()
        return Fetched(response.geturl(), response.status, kind, body)


def _opener() -> request.OpenerDirector:
    """Return an opener that knows the web alone: no files, no FTP, no redirects of its own."""
    opener = request.OpenerDirector()
    for handler in (
        request.ProxyHandler(),
        request.HTTPHandler(),
        request.HTTPSHandler(context=ssl.create_default_context()),
        request.HTTPDefaultErrorHandler(),
        request.HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    return opener


def _target(error: HTTPError, asked: request.Request) -> str | None:
    """Return where a redirect leads, None for any other answer."""
    location = error.headers.get("Location", "")
    if error.code not in _REDIRECTS or asked.data is not None or not location:
        return None
    target = urljoin(asked.full_url, str(location))
    if urlsplit(target).scheme not in _SCHEMES:
        raise fail("web.leads-elsewhere", file=shown(asked.full_url), to=shown(target))
    return target


def _is_public(host: str) -> bool:
    """Say whether a host is on the public network, as far as its name can be looked up."""
    try:
        found = {str(entry[4][0]) for entry in socket.getaddrinfo(host, None)}
        return all(ipaddress.ip_address(one.partition("%")[0]).is_global for one in found)
    except (OSError, ValueError, UnicodeError):
        return True  # who is not found is not reached either


def _limited(stream: Any, limits: Limits, url: str) -> bytes:
    """Return what a stream holds, or raise `web.too-large`."""
    pieces, size_bytes = [], 0
    while piece := stream.read(_PIECE):
        size_bytes += len(piece)
        if size_bytes > limits.size_bytes:
            most_mb = max(1, limits.size_bytes // 1_000_000)
            raise fail("web.too-large", file=shown(url), most_mb=most_mb)
        pieces.append(piece)
    return b"".join(pieces)


def _unpacked(body: bytes, limits: Limits, url: str) -> bytes:
    try:
        with gzip.open(BytesIO(body)) as packed:
            return _limited(packed, limits, url)
    except (OSError, EOFError, zlib.error):
        raise fail("web.bad-answer", file=shown(url), reason="gzip") from None


def _unreachable(error: Exception, url: str) -> SendeturmError:
    cause = error.reason if isinstance(error, URLError) else error
    if isinstance(cause, ssl.SSLError):
        return fail("web.no-trust", file=shown(url))
    if isinstance(cause, TimeoutError):
        return fail("web.too-slow", file=shown(url), seconds=0)
    if isinstance(cause, OSError):
        return fail("web.unreachable", file=shown(url))
    return fail("web.bad-answer", file=shown(url), reason=type(cause).__name__)


def shown(url: str) -> str:
    """Return an address for messages, without a user and password in it."""
    head, sign, rest = url.strip().partition("://")
    host, slash, path = rest.partition("/")
    return f"{head}{sign}{host.rpartition('@')[2]}{slash}{path}" if sign else head
