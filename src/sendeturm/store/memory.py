"""What a store was shown to be able to do, kept in the store itself."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from pydantic import TypeAdapter, ValidationError

from sendeturm.errors import SendeturmError
from sendeturm.store.capabilities import NOTHING_SHOWN, Capabilities
from sendeturm.store.protocol import ObjectMeta, Store

STORE_KEY = ".sendeturm/store.json"
_JSON = TypeAdapter(Capabilities)


def recall(store: Store, now: datetime) -> bool:
    """Let the store do what was shown earlier at its endpoint; tell whether anything was.

    Sets `store.capabilities`. A folder needs no memory. Raises SendeturmError.
    """
    if not store.endpoint:
        return True
    stored = store.get(STORE_KEY)
    return recall_from(store, stored.body if stored else b"", now)


def recall_from(store: Store, body: bytes, now: datetime) -> bool:
    """Do as `recall` with what was read from the store already; empty if there was nothing."""
    if not store.endpoint:
        return True
    try:
        found = _JSON.validate_json(body)
    except ValidationError:
        found = NOTHING_SHOWN  # not there, or damaged
    is_known = found.hold(store.endpoint, now)
    store.capabilities = found if is_known else NOTHING_SHOWN
    return is_known


def remember(store: Store, capabilities: Capabilities) -> None:
    """Let the store do what was shown, and keep it there for later runs; raises SendeturmError."""
    store.capabilities = capabilities
    body = _JSON.dump_json(capabilities, indent=1) + b"\n"
    store.put(STORE_KEY, body, ObjectMeta("application/json; charset=utf-8", "no-cache"))


def learn(store: Store, now: datetime) -> Capabilities:
    """Return what the store can do: as it was shown earlier, or found out now and kept.

    To be called before the first conditional write of a run; what is known costs nothing. Raises
    SendeturmError.
    """
    if not store.endpoint or store.capabilities.hold(store.endpoint, now):
        return store.capabilities
    if not recall(store, now):
        from sendeturm.store.probe import probe  # noqa: PLC0415  # boto3, and rarely needed
        from sendeturm.store.s3 import S3Store  # noqa: PLC0415  # the same
        from sendeturm.store.split import SplitStore  # noqa: PLC0415  # the same

        bucket = store.bucket if isinstance(store, SplitStore) else store
        if isinstance(bucket, S3Store):
            with suppress(SendeturmError):  # what cannot be shown is not there
                remember(store, probe(bucket).capabilities(store.endpoint, now))
    return store.capabilities
