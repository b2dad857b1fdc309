"""The cues of a transcript as a file has them, one after the other, and what is wrong."""

from __future__ import annotations

from dataclasses import dataclass, field

from sendeturm.errors import Param, Problem, Severity, problem
from sendeturm.model import Cue
from sendeturm.text.lines import told


@dataclass
class Cues:
    """What has been read of one file so far; `file` is its name in problems."""

    file: str
    cues: list[Cue] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    _overlaps: list[tuple[int | None, str | None]] = field(default_factory=list)

    def wrong(self, code: str, line: int | None, key: str | None = None, **params: Param) -> None:
        """Note something that must be mended, at a 1-based line or a key."""
        severity = Severity.ERROR
        self.problems.append(
            problem(code, file=self.file, line=line, key=key, severity=severity, **params)
        )

    def look_at(
        self, start_ms: int, end_ms: int, line: int | None = None, key: str | None = None
    ) -> None:
        """Note what is odd about the times of a cue that is about to be added."""
        if end_ms <= start_ms:
            self.wrong("text.cue-ends-early", line, key)
        elif self.cues:
            last = self.cues[-1]
            if start_ms < last.start_ms:
                self.wrong("text.cue-goes-back", line, key)
            elif start_ms < last.end_ms and (start_ms, end_ms) != (last.start_ms, last.end_ms):
                self._overlaps.append((line, key))

    def take(self, start_ms: int, end_ms: int, text: str, speaker: str | None) -> None:
        """Take a cue whose times have been looked at."""
        # Built without validation: an hour of speech has a thousand cues, all of them ours.
        self.cues.append(
            Cue.model_construct(start_ms=start_ms, end_ms=end_ms, text=text, speaker=speaker)
        )

    def add(
        self,
        start_ms: int,
        end_ms: int,
        text: str,
        speaker: str | None,
        *,
        line: int | None = None,
        key: str | None = None,
    ) -> None:
        """Look at the times of a cue and take it."""
        self.look_at(start_ms, end_ms, line, key)
        self.take(start_ms, end_ms, text, speaker)

    def finished(self) -> tuple[tuple[Cue, ...], list[Problem]]:
        """Return the cues and what is wrong; all overlaps are one warning: people do so."""
        if not self.cues and not self.problems:
            self.wrong("text.empty-transcript", 1)
        return tuple(self.cues), [*told(self.problems, self.file), *self._overlapping()]

    def _overlapping(self) -> list[Problem]:
        if not self._overlaps:
            return []
        (line, key), count = self._overlaps[0], len(self._overlaps)
        code, severity = "text.cues-overlap", Severity.WARNING
        return [problem(code, file=self.file, line=line, key=key, severity=severity, count=count)]
