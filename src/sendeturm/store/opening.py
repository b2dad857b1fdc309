"""From the storage's settings to its store."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from sendeturm.errors import Param, Place, Problem, SendeturmError
from sendeturm.model import StorageSettings
from sendeturm.store.folder import FolderStore
from sendeturm.store.keys import is_key
from sendeturm.store.protocol import Store

SETTINGS_FILE = "sendeturm.toml"
PREFIX_MAX_CHARS = 200
CARRIED = Path(".sendeturm") / "carried"
"""What the webspace was sent last, in the show's cache."""

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):/+")  # one letter alone is a Windows drive
_BUCKET = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]", re.ASCII)
_OWN_FOLDERS = ("episodes", ".sendeturm")


def open_store(settings: StorageSettings, folder: Path) -> Store:
    """Return the store that `settings` name, without touching it yet.

    A place is `s3://bucket/prefix`, or a folder, relative to the podcaster's `folder`. Raises
    SendeturmError with all problems of `place_problems`.
    """
    problems = place_problems(settings, folder)
    if problems:
        raise SendeturmError(problems)
    store, command = _open_place(settings, folder), settings.webspace_command
    if settings.webspace is None and not command:
        return store
    from sendeturm.store.split import Carrier, SplitStore  # noqa: PLC0415  # few shows have one

    carrier = Carrier(command, folder, folder / CARRIED) if command else None
    # Without a folder for feed and pages the place itself is carried to the webspace.
    return SplitStore(store, _open_folder(settings.webspace or settings.place, folder), carrier)


def open_media(settings: StorageSettings, folder: Path) -> Store:
    """Return the place of everything but the pages; raises as `open_store`."""
    alone = {"webspace": None, "webspace_address": None, "webspace_command": ()}
    return open_store(settings.model_copy(update=alone), folder)


def _open_folder(place: str, folder: Path) -> FolderStore:
    return FolderStore(_root(place, folder), place.rstrip("/") + "/")


def _open_place(settings: StorageSettings, folder: Path) -> Store:
    if not settings.is_bucket:
        return _open_folder(settings.place, folder)
    from sendeturm.store.s3 import S3Store  # noqa: PLC0415  # boto3 is for buckets only

    bucket, prefix = bucket_and_prefix(settings.place)
    return S3Store(
        bucket,
        prefix,
        endpoint=settings.endpoint,
        region=settings.region,
        profile=settings.profile,
        addressing_style=settings.addressing_style,
        label=f"s3://{bucket}/{prefix}".rstrip("/"),
    )


def place_problems(settings: StorageSettings, folder: Path) -> list[Problem]:
    """Return what is wrong with the place and the endpoint, as far as can be told from here."""
    check = _bucket_problems if settings.is_bucket else _folder_problems
    return [
        *check(settings.place, folder),
        *_endpoint_problems(settings.endpoint),
        *_webspace_problems(settings, folder),
    ]


def bucket_and_prefix(place: str) -> tuple[str, str]:
    """Return the two parts of an `s3://bucket/prefix`."""
    bucket, _, prefix = place[len("s3://") :].partition("/")
    return bucket, prefix.strip("/")


def _root(place: str, folder: Path) -> Path:
    return folder / Path(place).expanduser()


def _bucket_problems(place: str, _folder: Path) -> Iterator[Problem]:
    bucket, prefix = bucket_and_prefix(place)
    if "@" in bucket:
        yield _about("place", "store.secret-in-place")  # not repeated: it may hold a password
    elif _BUCKET.fullmatch(bucket) is None:
        yield _about("place", "store.bad-bucket-name", bucket=bucket)
    elif prefix and (not is_key(prefix) or len(prefix) > PREFIX_MAX_CHARS):
        yield _about("place", "store.bad-prefix", prefix=prefix)


def _folder_problems(place: str, folder: Path) -> Iterator[Problem]:
    scheme = _SCHEME.match(place)
    if scheme:
        yield _about("place", "store.unknown-place", scheme=scheme[1])
        return
    root, home = _root(place, folder).resolve(), folder.resolve()
    if root == home or root in home.parents:
        yield _about("place", "store.place-holds-show", place=place)
    for own in _OWN_FOLDERS:
        if (home / own) in (root, *root.parents):
            yield _about("place", "store.place-in-sources", place=place, folder=f"{own}/")
    if root.exists() and not root.is_dir():
        yield _about("place", "store.place-is-file", place=place)


def _webspace_problems(settings: StorageSettings, folder: Path) -> Iterator[Problem]:
    if settings.webspace is None:
        if settings.webspace_address or (settings.webspace_command and settings.is_bucket):
            yield _about("webspace", "store.no-webspace")
        return
    for found in _folder_problems(settings.webspace, folder):
        yield replace(found, place=Place(SETTINGS_FILE, key="storage.webspace"))
    if settings.address and not settings.webspace_address:
        yield _about("webspace_address", "store.no-webspace-address")
    if not settings.is_bucket:
        root, pages = _root(settings.place, folder).resolve(), _root(settings.webspace, folder)
        if pages.resolve() in (root, *root.parents) or root in pages.resolve().parents:
            yield _about("webspace", "store.webspace-in-place", place=settings.place)


def _endpoint_problems(endpoint: str | None) -> Iterator[Problem]:
    if endpoint is None:
        return
    try:
        parts = urlsplit(endpoint)
        sound = bool(parts.hostname) and parts.port != 0
    except ValueError:
        yield _about("endpoint", "store.bad-endpoint")
        return
    if "@" in parts.netloc:
        yield _about("endpoint", "store.secret-in-place")
    elif not sound or parts.scheme not in ("http", "https") or parts.query or parts.fragment:
        yield _about("endpoint", "store.bad-endpoint")


def _about(key: str, code: str, **params: Param) -> Problem:
    return Problem(code, params, Place(SETTINGS_FILE, key=f"storage.{key}"))
