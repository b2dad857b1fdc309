"""Former versions of objects, which some buckets keep: removed where something is forgotten."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from botocore.exceptions import ClientError

from sendeturm.store.protocol import Store
from sendeturm.store.s3 import S3Store


def erase_versions(store: Store, gone: Collection[str], former: Collection[str]) -> bool:
    """Remove every version of the keys `gone`, and all but the newest of the keys `former`.

    Returns whether the store could be asked for versions; a folder keeps none. Raises
    SendeturmError.
    """
    if not isinstance(store, S3Store):
        return True
    names = {store.name(key): False for key in gone} | {store.name(key): True for key in former}
    with store.told():
        try:
            pages = store.client.get_paginator("list_object_versions").paginate(
                Bucket=store.bucket, Prefix=store.name("")
            )
            found = [version for page in pages for version in _versions(page)]
        except ClientError:
            return False  # not known, or not allowed to ask
        for version in found:
            keeps_newest = names.get(version["Key"])
            if keeps_newest is None or (keeps_newest and version["IsLatest"]):
                continue
            identity = {"Key": version["Key"], "VersionId": version["VersionId"]}
            store.client.delete_object(Bucket=store.bucket, **identity)
    return True


def _versions(page: Any) -> list[dict[str, Any]]:
    return [*page.get("Versions", []), *page.get("DeleteMarkers", [])]
