"""What undo needs: each publication's name, and the records before and after it."""

from __future__ import annotations

import json
import secrets
from datetime import UTC, datetime

from sendeturm.model import FORMAT, Record, ShowRecord
from sendeturm.publish.keys import history_key
from sendeturm.publish.records import JSON_META
from sendeturm.store.protocol import Store


def new_publication(now: datetime) -> str:
    """Return a publication's id: its time and a random part, so that ids sort by time."""
    return f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}"


def put_history(
    store: Store, before: Record | ShowRecord | None, after: Record | ShowRecord
) -> None:
    """Put the history entry of one record; it goes before the record itself."""
    guid = after.guid if isinstance(after, Record) else ""
    entry = {
        "format": FORMAT,
        "publication": after.publication,
        "guid": guid,
        "before": before.model_dump(mode="json") if before else None,
        "after": after.model_dump(mode="json"),
    }
    body = json.dumps(entry, ensure_ascii=False, sort_keys=True).encode()
    store.put(history_key(after.publication, guid), body, JSON_META)
