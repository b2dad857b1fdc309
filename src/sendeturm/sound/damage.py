"""What was met while a recording was decoded: how much sound came, and how much is missing."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sendeturm.sound.extent import Extent
from sendeturm.units import MS_PER_SECOND


@dataclass(slots=True)
class Tally:
    """Counts packets, sound and damage; `time_base` is the length of the stream's ticks."""

    time_base: Fraction
    decoded_s: float = 0.0
    good_bytes: int = 0
    bad_bytes: int = 0
    bad_packets: int = 0
    senseless_samples: int = 0
    _first_tick: int | None = None
    _end_tick: int = 0

    def note_time(self, packet: Any) -> None:
        """Take a packet's place in time, if it has one."""
        if packet.pts is None or not packet.size:
            return
        if self._first_tick is None:
            self._first_tick = packet.pts
        self._end_tick = packet.pts + (packet.duration or 0)

    @property
    def span_s(self) -> float:
        """Return the time from the first packet's beginning to the last one's end."""
        return float((self._end_tick - (self._first_tick or 0)) * self.time_base)

    @property
    def is_clean(self) -> bool:
        """Say whether nothing odd was met so far."""
        return not (self.bad_packets or self.senseless_samples)

    def lost_ms(self, declared_s: float, extent: Extent, *, is_guessed: bool) -> int:
        """Return how much sound is missing.

        `declared_s` is the length that the file tells, 0.0 where it tells none; `is_guessed` says
        that its packets tell nothing either.
        """
        expected_s = max(declared_s, self.span_s)
        if is_guessed and self.good_bytes:
            # A damaged stretch reaches the decoder as packets of junk: their bytes tell its length.
            junk_s = self.bad_bytes * self.decoded_s / self.good_bytes
            expected_s = max(declared_s, self.decoded_s + junk_s)
        expected_s = max(expected_s, self.decoded_s * (1 + extent.missing_part))
        return round(max(0.0, expected_s - self.decoded_s) * MS_PER_SECOND)
