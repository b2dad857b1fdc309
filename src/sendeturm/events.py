"""What the core tells while it works; only `cli` turns it into bars, tables or JSON lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from sendeturm.errors import Problem


class Stage(StrEnum):
    """The stages that take time, in the order a recording goes through them."""

    DOWNLOAD = "download"
    READ = "read"
    MEASURE = "measure"
    ENCODE = "encode"
    VERIFY = "verify"
    TAG = "tag"
    UPLOAD = "upload"
    RENDER = "render"
    TRANSCRIBE = "transcribe"
    COPY = "copy"


@dataclass(frozen=True, slots=True)
class Event:
    """Anything that happens; `subject` is an episode's stem, or empty for the show."""

    subject: str


@dataclass(frozen=True, slots=True)
class Progress(Event):
    """A stage is `done` of `total`, both in the stage's own unit (ms of sound, bytes, pages)."""

    stage: Stage
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Notice(Event):
    """Something worth telling that stopped nothing."""

    problem: Problem


@dataclass(frozen=True, slots=True)
class Finished(Event):
    """The subject is through, `reused` if its rendition came from the cache."""

    reused: bool = False


@dataclass(frozen=True, slots=True)
class Failed(Event):
    """The subject could not be finished; the others go on."""

    problems: tuple[Problem, ...]


Listener = Callable[[Event], None]


def silence(event: Event) -> None:
    """Listen to nothing."""
    del event
