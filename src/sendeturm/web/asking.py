"""A request and where its redirects lead; whatever goes wrong becomes a SendeturmError."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPException, HTTPResponse
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Final, TypeVar
from urllib import request
from urllib.error import URLError
from urllib.parse import urlencode, urljoin, urlsplit

from sendeturm import __version__
from sendeturm.errors import SendeturmError, fail
from sendeturm.model.addresses import ascii_url
from sendeturm.web.network import PrivateAddressError, is_public, opener

AGENT: Final = f"sendeturm/{__version__}"
_SCHEMES: Final = ("http", "https")
_REDIRECTS: Final = (301, 302, 303, 307, 308)
_CUT_OFF: Final = (ssl.SSLEOFError, ssl.SSLZeroReturnError, ssl.SSLSyscallError)
Made = TypeVar("Made")


def ask(
    url: str,
    *,
    form: Mapping[str, str] | None = None,
    headers: Mapping[str, str],
    silence_s: float,
    redirects: int,
    allow_private: bool | None,
    ways: list[str] | None = None,
) -> HTTPResponse:
    """Return what answers in the end, whatever its status; the caller reads and closes it.

    Redirects are followed for GET only; `ways` gets every address that was asked. `allow_private`
    says whether addresses of private networks are asked; None: only if `url` itself is one. Raises
    SendeturmError (`web.…`).
    """
    ways = [] if ways is None else ways
    asked = _request(url, form, headers)
    if allow_private is None:
        allow_private = not is_public(urlsplit(asked.full_url).hostname or "")
    web = opener(only_public=not allow_private)
    for _ in range(redirects + 1):
        ways.append(asked.full_url)
        with told(url, asked.full_url):
            response: HTTPResponse = web.open(asked, timeout=silence_s)
        target = _target(response, asked)
        if target is None:
            return response
        response.close()
        asked = _request(target, None, headers)
    raise fail("web.leads-round", file=shown(url))


def _request(
    url: str, form: Mapping[str, str] | None, headers: Mapping[str, str]
) -> request.Request:
    plain = ascii_url(url.strip())
    try:
        parts = urlsplit(plain)
        is_good = parts.scheme in _SCHEMES and bool(parts.hostname)
        # urllib takes escapes in a host apart only after it was looked at
        is_good = is_good and not {"@", "%"} & set(parts.netloc)
        is_good = is_good and (parts.port is None or parts.port > 0)
    except ValueError:
        is_good = False
    if not is_good:
        raise fail("web.no-address", file=shown(url))
    told_headers = {"User-Agent": AGENT, "Accept": "*/*", **headers}
    body = urlencode(form).encode() if form is not None else None
    return request.Request(plain, body, told_headers)  # noqa: S310  # the scheme is looked at above


def _target(response: HTTPResponse, asked: request.Request) -> str | None:
    """Return where a redirect leads, None for any other answer."""
    location = response.headers.get("Location", "")
    if response.status not in _REDIRECTS or asked.data is not None or not location:
        return None
    with told(asked.full_url):
        target = urljoin(asked.full_url, str(location))
        if urlsplit(target).scheme in _SCHEMES:
            return target
    response.close()
    raise fail("web.leads-elsewhere", file=shown(asked.full_url), to=shown(target))


@contextmanager
def told(url: str, reached: str = "") -> Iterator[None]:
    """Turn whatever a server provokes into a SendeturmError; `reached` is where a redirect led."""
    try:
        yield
    except (HTTPException, OSError, ValueError) as error:
        raise _unreachable(error, url, reached) from None


def _unreachable(error: Exception, url: str, reached: str) -> SendeturmError:
    cause = error.reason if isinstance(error, URLError) else error
    if isinstance(cause, PrivateAddressError):
        if reached in {"", ascii_url(url.strip())}:
            return fail("web.private", file=shown(url))
        return fail("web.leads-elsewhere", file=shown(url), to=shown(reached))
    if isinstance(cause, ssl.SSLError) and not isinstance(cause, _CUT_OFF):
        return fail("web.no-trust", file=shown(url))
    if isinstance(cause, TimeoutError):
        return fail("web.too-slow", file=shown(url), seconds=0)
    if isinstance(cause, OSError):
        return fail("web.unreachable", file=shown(url))
    return fail("web.bad-answer", file=shown(url), reason=type(cause).__name__)


def within(seconds: float, make: Callable[[], Made], url: str) -> Made:
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


def shown(url: str) -> str:
    """Return an address for messages, without a user and password in it."""
    head, sign, rest = url.strip().partition("://")
    host, slash, path = rest.partition("/")
    return f"{head}{sign}{host.rpartition('@')[2]}{slash}{path}" if sign else head


def ask_once(url: str, *, silence_s: float, allow_private: bool) -> tuple[int, str | None]:
    """Return the status with which `url` answers a GET, and where it leads on to; raises as `ask`.

    No redirect is followed, and nothing of the body is read.
    """
    asked = _request(url, None, {})
    with told(url):
        response: HTTPResponse = opener(only_public=not allow_private).open(
            asked, timeout=silence_s
        )
    with response:
        return response.status, _target(response, asked)
