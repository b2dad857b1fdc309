"""One attempt at a download: what lacks is asked for, checked and written beside."""

from __future__ import annotations

import errno
import gzip
import os
import shutil
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPResponse
from pathlib import Path
from typing import Final

from sendeturm.errors import SendeturmError, fail
from sendeturm.events import Listener, Progress, Stage
from sendeturm.renaming import take_name
from sendeturm.web.asking import ask, shown, told, within
from sendeturm.web.limits import DownloadLimits, Speed
from sendeturm.web.parts import Origin, Part

HEAD_BYTES: Final = 512
_PIECE = 1 << 17
_OK, _PARTIAL, _PAST_THE_END = 200, 206, 416
_GONE: Final = (404, 410)
_BUSY: Final = (408, 425, 429, 500, 502, 503, 504)
_NO_ROOM: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass(frozen=True, slots=True)
class Downloaded:
    """A file that came whole: the address that gave it in the end, and what it was said to be.

    `type` is the server's word in lower case, `head` the file's first 512 bytes: web pages come
    with errors that are none, and with the type of sound.
    """

    url: str
    type: str
    size_bytes: int
    head: bytes


class BusyError(SendeturmError):
    """A server that asks to come again; `pause_s` is when."""

    pause_s = 0.0


def broken_off(url: str) -> SendeturmError:
    """Return the error of a line that broke."""
    return fail("web.broken-off", file=shown(url))


@dataclass(kw_only=True)
class Receiver:
    """Brings one file, attempt by attempt."""

    url: str
    path: Path
    limits: DownloadLimits
    allow_private: bool
    listen: Listener
    subject: str
    most_bytes: int = 0
    """How much was there at most."""
    trusts_ranges: bool = True

    def __post_init__(self) -> None:
        """Know where the part lies."""
        self._part = Part(self.path)

    def attempt(self) -> Origin:
        """Return what the part now holds the whole of; raise SendeturmError if not the whole."""
        with self._disk_told():
            origin = self._part.origin(self.url)
            offset = self._part.size_bytes if origin else 0
        if origin is None or offset == 0 or offset != origin.total:
            origin = self._brought(origin, offset)
        return origin

    def finished(self, origin: Origin) -> Downloaded:
        """Give the whole part its name."""
        with self._disk_told():
            whole = self._unpacked() if origin.is_packed else self._part.path
            with whole.open("rb") as file:
                head = file.read(HEAD_BYTES)
            size_bytes = whole.stat().st_size
            take_name(whole, self.path)
        self.forget()
        return Downloaded(origin.reached, origin.type, size_bytes, head)

    def forget(self) -> None:
        """Remove what has come."""
        with self._disk_told():
            self._part.drop()

    def _brought(self, origin: Origin | None, offset: int) -> Origin:
        """Bring what lacks; return whose bytes the part now holds."""
        headers = origin.headers_from(offset) if origin and self.trusts_ranges else {}
        with self._answer(headers) as response:
            if not (origin and headers and response.status == _PARTIAL):
                origin, offset = self._from_the_beginning(response), 0
            elif not origin.goes_on_with(response, offset):
                self.trusts_ranges = False
                raise broken_off(self.url)
            self._receive(response, origin, offset)
        return origin

    def _answer(self, headers: dict[str, str]) -> HTTPResponse:
        response = within(self.limits.opening_s, lambda: self._asked(headers), self.url)
        if response.status in (_OK, _PARTIAL):
            return response
        with response:
            if response.status == _PAST_THE_END and headers:
                self.trusts_ranges = False
                raise broken_off(self.url)
            raise self._refusal(response)

    def _asked(self, headers: dict[str, str]) -> HTTPResponse:
        return ask(
            self.url,
            headers={"Accept-Encoding": "identity", **headers},
            silence_s=self.limits.silence_s,
            redirects=self.limits.redirects,
            allow_private=self.allow_private,
        )

    def _refusal(self, response: HTTPResponse) -> SendeturmError:
        code = "web.gone" if response.status in _GONE else "web.refused"
        error = fail(code, file=shown(self.url), status=response.status)
        if response.status not in _BUSY:
            return error
        busy = BusyError(error.problems)
        asked = str(response.headers.get("Retry-After", "")).strip()
        busy.pause_s = float(asked) if asked.isascii() and asked.isdigit() else 0.0
        return busy

    def _from_the_beginning(self, response: HTTPResponse) -> Origin:
        origin = Origin.of(self.url, response)
        if response.status != _OK or not origin.is_known:
            reason = origin.encoding or str(response.status)
            raise fail("web.bad-answer", file=shown(self.url), reason=reason)
        self._check_size(origin.total or 0)
        with self._disk_told():
            self._part.begin(origin)
        return origin

    def _receive(self, response: HTTPResponse, origin: Origin, offset: int) -> None:
        speed = Speed(self.limits, self.url)
        self._check_room((origin.total or 0) - offset)
        with self._disk_told(), self._part.path.open("r+b") as file:
            file.truncate(offset)
            file.seek(offset)
            for piece in self._pieces(response):
                offset += len(piece)
                self._check_size(offset)
                file.write(piece)
                self._tell(offset, origin.total)
                speed.check(len(piece))
            file.flush()
            os.fsync(file.fileno())
        if response.length or (origin.total is not None and offset != origin.total):
            raise broken_off(self.url)

    def _pieces(self, response: HTTPResponse) -> Iterator[bytes]:
        with told(self.url):
            while piece := response.read1(_PIECE):
                yield piece

    def _check_size(self, size_bytes: int) -> None:
        if size_bytes > self.limits.size_bytes:
            most_mb = max(1, self.limits.size_bytes // 1_000_000)
            raise fail("web.file-too-large", file=shown(self.url), most_mb=most_mb)

    def _check_room(self, size_bytes: int) -> None:
        """Refuse what would fill the disk to the brim: everything else on it would stop too."""
        with self._disk_told():
            if size_bytes > shutil.disk_usage(self.path.parent).free:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def _tell(self, done: int, total: int | None) -> None:
        self.most_bytes = max(self.most_bytes, done)
        if total:
            self.listen(Progress(self.subject, Stage.DOWNLOAD, done, total))

    def _unpacked(self) -> Path:
        """Return the file as it was before the server packed it, unasked."""
        target = self.path.with_name(f"{self.path.name}.unpacked.part")
        try:
            with gzip.open(self._part.path) as packed, target.open("wb") as file:
                size_bytes = 0
                while piece := packed.read(_PIECE):
                    size_bytes += len(piece)
                    self._check_size(size_bytes)
                    file.write(piece)
        except (gzip.BadGzipFile, EOFError, zlib.error):
            target.unlink()
            self._part.drop()
            raise fail("web.bad-answer", file=shown(self.url), reason="gzip") from None
        except SendeturmError:
            target.unlink()
            self._part.drop()
            raise
        return target

    @contextmanager
    def _disk_told(self) -> Iterator[None]:
        try:
            yield
        except ConnectionError:
            raise  # no disk does this: somebody who listens to the progress hung up
        except OSError as error:
            code = "web.disk-full" if error.errno in _NO_ROOM else "web.unwritable"
            reason = error.strerror or type(error).__name__
            raise fail(code, file=self.path, reason=reason) from None
