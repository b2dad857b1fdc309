"""A request to end, from cron, systemd or a closed terminal, is heard as Ctrl-C is."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread
from typing import NoReturn

_NAMES = ("SIGTERM", "SIGHUP", "SIGBREAK")
"""The second is unknown to Windows, and ignored under nohup: then it stays so; Windows alone has
the third."""


@contextmanager
def stoppable() -> Iterator[None]:
    """Raise KeyboardInterrupt where the system would end the program without a word."""
    wished = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]
    taken = []
    if current_thread() is main_thread():  # no other thread may ask for signals
        taken = [number for number in wished if signal.getsignal(number) is signal.SIG_DFL]
    for number in taken:
        signal.signal(number, _interrupt)
    try:
        yield
    finally:
        for number in taken:
            signal.signal(number, signal.SIG_DFL)


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt
