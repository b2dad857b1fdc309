"""How much a download may take, and how slow it may be."""

from __future__ import annotations

import time
from dataclasses import dataclass

from sendeturm.errors import fail
from sendeturm.web.asking import shown


@dataclass(frozen=True, slots=True)
class DownloadLimits:
    """How much a download may take: there is none of whole time for a file that keeps coming.

    `opening_s` is for the way through the redirects to the first byte, `silence_s` between two
    pieces; on average over `patience_s`, `least_bytes_per_s` must come. `attempts` are those in
    a row that bring next to nothing, `pause_s` is before the second one and doubles.
    """

    size_bytes: int = 4_000_000_000
    opening_s: float = 60
    silence_s: float = 30
    redirects: int = 10
    least_bytes_per_s: int = 1000
    patience_s: float = 60
    attempts: int = 5
    pause_s: float = 1


class Speed:
    """Sees that enough comes: a server that drips would hold everything up for ever."""

    def __init__(self, limits: DownloadLimits, url: str) -> None:
        """Begin to count now."""
        self._limits = limits
        self._url = url
        self._begin(time.monotonic())

    def _begin(self, now_s: float) -> None:
        self._since_s = now_s
        self._bytes = 0

    def check(self, size_bytes: int) -> None:
        """Count what came; raise `web.too-slow` if it was too little for too long."""
        self._bytes += size_bytes
        now_s = time.monotonic()
        passed_s = now_s - self._since_s
        if passed_s < self._limits.patience_s:
            return
        if self._bytes < passed_s * self._limits.least_bytes_per_s:
            raise fail("web.too-slow", file=shown(self._url), seconds=passed_s)
        self._begin(now_s)
