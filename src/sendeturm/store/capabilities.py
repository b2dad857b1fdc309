"""What a store was shown to be able to do; it counts for a while, at one endpoint."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

KNOWN_FOR = timedelta(days=90)
"""Providers change what runs behind an endpoint."""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a probe has shown; what nobody has shown is not there.

    `compare_and_swap` says how a store wants the ETag written in a condition, `none` that it
    cannot, or that it says yes to conditions that do not hold. `conditional_complete` is about
    objects sent in parts, `checks_md5` about damage on the way. `endpoint` is where it was shown.
    """

    create_only: bool = False
    compare_and_swap: Literal["none", "quoted", "unquoted"] = "none"
    conditional_delete: bool = False
    conditional_complete: bool = False
    checks_md5: bool = False
    multipart: bool = False
    ranges: bool = False
    endpoint: str = ""
    probed_at: datetime | None = None

    @property
    def may_send_parts(self) -> bool:
        """Tell whether sending in parts is worth a try: not where it was shown to fail."""
        return self.multipart or self.probed_at is None

    def hold(self, endpoint: str, now: datetime) -> bool:
        """Tell whether this still counts at `endpoint`."""
        if self.probed_at is None or self.probed_at.tzinfo is None or self.endpoint != endpoint:
            return False
        return abs(now - self.probed_at) < KNOWN_FOR


NOTHING_SHOWN = Capabilities()
FOLDER = Capabilities(
    create_only=True, compare_and_swap="unquoted", conditional_delete=True, ranges=True
)
