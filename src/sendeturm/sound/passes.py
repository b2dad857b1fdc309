"""Several programs measured as one stage that moves on from start to end."""

from __future__ import annotations

from sendeturm.sound.program import Program
from sendeturm.sound.survey import Reached, Survey, survey


class Passes:
    """Measures one program after the other, counting through all of them."""

    def __init__(self, reached: Reached) -> None:
        """Begin with nothing expected and nothing done."""
        self._reached = reached
        self._expected_ms = 0
        self._done_ms = 0

    def expect(self, duration_ms: int) -> None:
        """Count with so much more sound; what turns out longer moves the end on."""
        self._expected_ms += duration_ms

    def look(self, program: Program) -> Survey:
        """Measure a program."""
        before_ms = self._done_ms

        def reached(done_ms: int, total_ms: int) -> None:
            self._done_ms = before_ms + done_ms
            self._reached(self._done_ms, max(self._expected_ms, before_ms + total_ms))

        return survey(program, reached)

    def finish(self) -> None:
        """Tell that nothing more comes."""
        self._reached(self._done_ms, self._done_ms)
