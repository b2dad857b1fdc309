"""Everything a plan is made from, read once: sources, records, the live feed's head, the time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sendeturm.errors import Problem
from sendeturm.model import Config, Episode, Record, ShowFacts
from sendeturm.model.pictures import Pixels
from sendeturm.publish.records import LiveRecord, LiveShow
from sendeturm.publish.wanted import Wanted


@dataclass(frozen=True, slots=True)
class LiveFeed:
    """What the feed object's metadata says about how it was rendered."""

    fingerprint: str
    rendered_at: datetime | None
    next_due: datetime | None
    renderer: int
    pause_ends: datetime | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """Sources beside what is published. `waiting` are bare recordings nobody has decided on.

    `fingerprint` is what the feed must be rendered from to be up to date, `is_unfinished` tells
    that somebody began to put pages and has not come to an end. `site_files` are the own
    stylesheet and templates by key.
    """

    folder: Path
    config: Config
    show_facts: ShowFacts
    cover: Pixels | None
    cover_sha256: str | None
    site_files: Mapping[str, str]
    wanted: tuple[Wanted, ...]
    waiting: tuple[Episode, ...]
    drafts: tuple[Episode, ...]
    problems: tuple[Problem, ...]
    show: LiveShow | None
    records: Mapping[str, LiveRecord]
    feed: LiveFeed | None
    fingerprint: str
    is_unfinished: bool
    now: datetime

    @property
    def published(self) -> dict[str, Record]:
        """Return the records by GUID, tombstones included."""
        return {guid: live.record for guid, live in self.records.items()}
