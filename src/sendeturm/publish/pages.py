"""The pages in the store: which of them lie there as they should, and putting the others."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime

from sendeturm.events import Listener, Progress, Stage
from sendeturm.publish.keys import SITE_KEY, STARTED_PREFIX
from sendeturm.publish.records import JSON_META
from sendeturm.store.protocol import ObjectMeta, Store

Bodies = Mapping[str, tuple[bytes, ObjectMeta]]
Known = Mapping[str, list[str]]


def known_pages(store: Store) -> dict[str, list[str]]:
    """Return digest and ETag of each page as last put; a wrong memory only costs a put."""
    stored = store.get(SITE_KEY)
    try:
        return dict(json.loads(stored.body)) if stored else {}
    except (ValueError, TypeError):
        return {}


def put_pages(store: Store, bodies: Bodies, known: Known, now: datetime, listen: Listener) -> int:
    """Put the pages that differ from what lies there and return how many.

    While they are put a mark lies beside: the next run sees that somebody did not come to an end.
    """
    listed = {o.key: o.etag for o in store.list_objects() if o.key in bodies}
    digests = {key: hashlib.sha256(body).hexdigest() for key, (body, _) in bodies.items()}
    present = {
        key: [digests[key], etag]
        for key, etag in listed.items()
        if known.get(key) == [digests[key], etag]
    }
    missing = [key for key in _assets_first(bodies) if key not in present]
    if not missing and present == known:
        return 0
    mark = f"{STARTED_PREFIX}{now.astimezone(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}.json"
    store.put(mark, b"{}\n", JSON_META)
    for done, key in enumerate(missing, start=1):
        present[key] = [digests[key], store.put(key, *bodies[key])]
        listen(Progress("", Stage.RENDER, done, len(missing)))
    store.put(SITE_KEY, json.dumps(present, sort_keys=True).encode(), JSON_META)
    store.delete(mark)
    return len(missing)


def delete_former_pages(store: Store, bodies: Mapping[str, object], former: Known) -> None:
    """Remove pages nobody is led to any more; old assets stay for readers of cached pages."""
    for key in former:
        if key not in bodies and not key.startswith("assets/"):
            store.delete(key)


def _assets_first(keys: Mapping[str, object]) -> list[str]:
    """Order keys so that no page is ever ahead of its assets, and the index comes last."""
    return sorted(keys, key=lambda key: (not key.startswith("assets/"), key == "index.html", key))
