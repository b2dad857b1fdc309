"""What an examination of a store found, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from sendeturm.errors import Param, Problem, Severity
from sendeturm.store.capabilities import NOTHING_SHOWN, Capabilities

Topic = Literal[
    "place", "keys", "region", "addressing", "clock", "writing", "checksums", "conditions",
    "multipart", "ranges", "scratch", "address", "https", "redirects", "reading", "folders",
    "cors", "listing", "records",
]  # fmt: skip
"""What a finding is about, in the order of the report."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: a note says that it is well, an error that it must be mended.

    `settings` are those of `[storage]` that would mend it.
    """

    topic: Topic
    problem: Problem
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_error(self) -> bool:
        """Tell whether the show cannot be published or heard like this."""
        return self.problem.severity is Severity.ERROR


@dataclass(frozen=True, slots=True)
class Examination:
    """All that was found about a store; `capabilities` are what it was shown to be able to do."""

    findings: tuple[Finding, ...] = ()
    capabilities: Capabilities = NOTHING_SHOWN

    @property
    def settings(self) -> dict[str, str]:
        """Return the settings of `[storage]` that would work better."""
        return {key: value for found in self.findings for key, value in found.settings.items()}

    @property
    def has_errors(self) -> bool:
        """Tell whether something must be mended."""
        return any(found.is_error for found in self.findings)


def well(topic: Topic, code: str, **params: Param) -> Finding:
    """Return the finding that something is as it should be."""
    return Finding(topic, Problem(code, params, severity=Severity.NOTE))


def odd(topic: Topic, code: str, **params: Param) -> Finding:
    """Return the finding that something works, but less well than it could."""
    return Finding(topic, Problem(code, params, severity=Severity.WARNING))


def bad(topic: Topic, code: str, **params: Param) -> Finding:
    """Return the finding that something must be mended."""
    return Finding(topic, Problem(code, params))


def better(found: Finding, **settings: str) -> Finding:
    """Return the finding with the settings that would mend it."""
    return replace(found, settings=settings)
