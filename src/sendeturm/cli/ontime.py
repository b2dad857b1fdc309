"""Whether what is scheduled will come by itself: when `sendeturm feed` last ran from anywhere."""

from __future__ import annotations

from datetime import datetime, timedelta

from sendeturm.cli.moments import days_ago
from sendeturm.errors import Problem, Severity, problem

CRON_EXPECTED = timedelta(days=2)
"""A feed run longer ago than this, with something scheduled, is worth a word."""


def is_cron_missing(last_run: datetime | None, now: datetime) -> bool:
    """Say whether nobody puts on the air what falls due, as far as one can see."""
    return last_run is None or now - last_run > CRON_EXPECTED


def about_cron(last_run: datetime | None, now: datetime) -> Problem | None:
    """Return the warning that what was scheduled will not come by itself, None if it will."""
    if not is_cron_missing(last_run, now):
        return None
    if last_run is None:
        return problem("cli.cron-never", severity=Severity.WARNING)
    ago = days_ago(last_run, now)
    return problem("cli.cron-stopped", severity=Severity.WARNING, ago=ago)
