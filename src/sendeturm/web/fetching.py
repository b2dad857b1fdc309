"""One HTTP request, with limits of size, time and redirects; nothing that comes back is trusted."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from http.client import HTTPResponse
from io import BytesIO
from typing import Any, Final

from sendeturm.errors import fail
from sendeturm.web.asking import ask, shown, told, within

_PIECE = 1 << 16
_CUT_OFF = "cut off"
_GOOD: Final = range(200, 300)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much an answer may take: `whole_s` for all of it, `silence_s` between two pieces."""

    size_bytes: int = 50_000_000
    whole_s: float = 60
    silence_s: float = 15
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: the address that gave it in the end, its status, and its body, unpacked.

    `ways` are all addresses that were asked, redirects being followed; the last one gave it.
    """

    url: str
    status: int
    type: str
    body: bytes
    ways: tuple[str, ...] = ()


def fetch(
    url: str,
    *,
    form: Mapping[str, str] | None = None,
    limits: Limits | None = None,
    allow_private: bool | None = None,
) -> Fetched:
    """Return what `url` answers to a GET, or to a POST of `form`.

    Redirects are followed for GET only. `allow_private` says whether addresses of private
    networks are asked, at the first step or later; None: only if `url` itself is one. Raises
    SendeturmError (`web.…`), and nothing else, for addresses that are none, servers that are not
    there, slow, refuse, or answer with more than `limits` allow.
    """
    limits = limits or Limits()
    ways: list[str] = []

    def answer() -> Fetched:
        response = ask(
            url,
            form=form,
            headers={"Accept-Encoding": "gzip"},
            silence_s=limits.silence_s,
            redirects=limits.redirects,
            allow_private=allow_private,
            ways=ways,
        )
        return replace(_fetched(response, url, limits), ways=tuple(ways))

    return within(limits.whole_s, answer, url)


def _fetched(response: HTTPResponse, url: str, limits: Limits) -> Fetched:
    with response, told(url):
        if response.status not in _GOOD:
            raise fail("web.refused", file=shown(url), status=response.status)
        body = _body(response, limits, url)
        kind = response.headers.get_content_type()
        return Fetched(response.geturl(), response.status, kind, body)


def _body(response: HTTPResponse, limits: Limits, url: str) -> bytes:
    body = _limited(response, limits, url)
    if response.length:
        raise fail("web.bad-answer", file=shown(url), reason=_CUT_OFF)
    packed = str(response.headers.get("Content-Encoding", "")).strip().lower()
    return _unpacked(body, limits, url) if packed == "gzip" else body


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
