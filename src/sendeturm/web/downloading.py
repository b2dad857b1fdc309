"""A file from the web onto the disk: in pieces, within limits, going on where it broke off."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

from sendeturm.errors import SendeturmError
from sendeturm.events import Listener, silence
from sendeturm.web.limits import DownloadLimits
from sendeturm.web.parts import Origin
from sendeturm.web.receiving import BusyError, Downloaded, Receiver, broken_off

_WORTH_BYTES = 1 << 18
"""An attempt that brought this much was none in vain."""
_LONGEST_PAUSE_S = 60.0
_PASSING: Final = ("web.unreachable", "web.too-slow", "web.bad-answer", "web.broken-off")
_BROKEN: Final = ("web.unreachable", "web.bad-answer")
_NEVER_WHOLE: Final = ("web.gone", "web.file-too-large")


def download(
    url: str,
    path: Path,
    *,
    limits: DownloadLimits | None = None,
    allow_private: bool = False,
    listen: Listener = silence,
    subject: str = "",
) -> Downloaded:
    """Bring the file at `url` to `path`, whose folder must exist; an old file there is replaced.

    It grows in `<path>.part`. After a break, in this call or a later one, only the rest is asked
    for, and all of it again where the file has changed meanwhile. Addresses of private networks
    are asked, at the first step or later, only with `allow_private`. Tells `listen` the bytes
    that are there, of `subject`. Not for two at once with one `path`.

    Raises SendeturmError (`web.…`), and nothing else; what has come by then is kept.
    """
    limits = limits or DownloadLimits()
    receiver = Receiver(
        url=url,
        path=path,
        limits=limits,
        allow_private=allow_private,
        listen=listen,
        subject=subject,
    )
    return receiver.finished(_whole(receiver))


def _whole(receiver: Receiver) -> Origin:
    """Try until the part is whole, or nothing comes any more."""
    failures = 0
    while True:
        before = receiver.most_bytes
        try:
            return receiver.attempt()
        except SendeturmError as error:
            gained = receiver.most_bytes - before
            failures = 1 if gained >= _WORTH_BYTES else failures + 1
            if not _is_worth_another(error, receiver, failures):
                raise _final(error, receiver) from None
            _pause(error, receiver.limits, failures)


def _is_worth_another(error: SendeturmError, receiver: Receiver, failures: int) -> bool:
    most = receiver.limits.attempts
    if isinstance(error, BusyError):
        return failures < most
    code = error.problems[0].code
    if code == "web.unreachable" and not receiver.most_bytes:
        most = min(most, 2)  # a host that is gone would hold up each of its hundred files
    return code in _PASSING and failures < most


def _pause(error: SendeturmError, limits: DownloadLimits, failures: int) -> None:
    pause_s = limits.pause_s * 2 ** (failures - 1)
    if isinstance(error, BusyError):
        pause_s = max(pause_s, error.pause_s)
    time.sleep(min(pause_s, _LONGEST_PAUSE_S))


def _final(error: SendeturmError, receiver: Receiver) -> SendeturmError:
    """Return what is told in the end: where bytes came, it can go on another time."""
    code = error.problems[0].code
    if code in _NEVER_WHOLE:
        receiver.forget()
    if receiver.most_bytes and code in _BROKEN:
        return broken_off(receiver.url)
    return error
