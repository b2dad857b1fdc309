"""What time it is for a publication."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from sendeturm.errors import fail

NOW_VARIABLE = "SENDETURM_NOW"


def now_of(store_time: datetime | None, rendered_at: datetime | None) -> datetime:
    """Return the present, in UTC and whole seconds.

    The store's own time counts before this computer's, and time never runs back behind the live
    feed's `rendered_at`. `SENDETURM_NOW` (ISO 8601 with zone) sets it, for tests of the program.
    """
    now = _given_now() or store_time or datetime.now(UTC)
    if rendered_at is not None and rendered_at > now:
        now = rendered_at
    return now.astimezone(UTC).replace(microsecond=0)


def _given_now() -> datetime | None:
    text = os.environ.get(NOW_VARIABLE)
    if not text:
        return None
    try:
        given = datetime.fromisoformat(text)
    except ValueError:
        raise fail("publish.bad-now", value=text) from None
    if given.tzinfo is None:
        raise fail("publish.bad-now", value=text)
    return given
