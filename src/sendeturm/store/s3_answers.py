"""What a bucket's answers say, as the protocol's values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC
from typing import Any
from urllib.parse import unquote

from sendeturm.errors import fail
from sendeturm.store.protocol import Head, Listed, ObjectMeta


def contents_in(page: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the objects on a listing's page; raises SendeturmError if it is none."""
    if "IsTruncated" not in page:
        raise fail("store.not-s3")
    found: list[dict[str, Any]] = page.get("Contents", [])
    return found


def listed_in(item: Mapping[str, Any], prefix: str) -> Listed:
    """Return an object as a listing names it, its key without `prefix`."""
    key = item["Key"].removeprefix(prefix)
    return Listed(key, item["Size"], etag_in(item), item["LastModified"].astimezone(UTC))


def head_in(key: str, answer: Mapping[str, Any]) -> Head:
    """Return an object's facts from the answer to a HEAD or GET; raises SendeturmError."""
    if "LastModified" not in answer:
        raise fail("store.not-s3")
    metadata = {k.lower(): unquote(v) for k, v in answer.get("Metadata", {}).items()}
    meta = ObjectMeta(
        answer.get("ContentType", "application/octet-stream"),
        answer.get("CacheControl", ""),
        metadata,
    )
    return Head(
        key, answer["ContentLength"], etag_in(answer), answer["LastModified"].astimezone(UTC), meta
    )


def etag_in(answer: Mapping[str, Any]) -> str:
    """Return an answer's ETag without quotes; raises SendeturmError if there is none."""
    if "ETag" not in answer:
        raise fail("store.not-s3")
    etag: str = answer["ETag"]
    return etag.removeprefix("W/").strip('"')
