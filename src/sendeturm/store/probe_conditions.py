"""Which conditions on writes a bucket keeps: asked one by one, then raced from several threads.

A store that keeps a condition for one writer may still let several through at once, and one that
knows nothing of conditions says yes to all of them. So nothing is taken from its word alone.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal

from botocore.exceptions import ClientError

from sendeturm.store.s3_answers import etag_in
from sendeturm.store.s3_conditions import Refusal, refusal

if TYPE_CHECKING:
    from sendeturm.store.s3 import S3Store
    from sendeturm.store.scratch import Scratch

RACERS = 8
NOBODYS_ETAG = "0123456789abcdef0123456789abcdef"
STYLES: tuple[Literal["quoted", "unquoted"], ...] = ("quoted", "unquoted")


class Kept(StrEnum):
    """How a store deals with a condition."""

    KEPT = "kept"
    UNSUPPORTED = "unsupported"
    IGNORED = "ignored"
    RACED = "raced"


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a bucket was shown to do with conditions."""

    create_only: Kept
    swap: Kept
    style: Literal["none", "quoted", "unquoted"]
    delete: bool
    complete: bool


@dataclass(frozen=True, slots=True)
class Ground:
    """Scratch objects of a bucket, asked for without the store's own safeguards."""

    store: S3Store
    room: Scratch

    def address(self, name: str) -> Any:
        """Return what names a scratch object in requests."""
        return {"Bucket": self.store.bucket, "Key": self.store.name(self.room.key(name))}

    def put(self, name: str, body: bytes, **condition: str) -> str:
        """Put an object and return its ETag; raises ClientError."""
        request: Any = {**self.address(name), "Body": body, **condition}
        return etag_in(self.store.client.put_object(**request))

    def is_done(self, name: str, body: bytes, **condition: str) -> bool:
        """Tell whether a conditional put was done; a refusal of any kind is none."""
        return _is_done(lambda: self.put(name, body, **condition))

    def body(self, name: str) -> bytes | None:
        """Return what is there now."""
        with suppress(ClientError):
            answer = self.store.client.get_object(**self.address(name))
            return bytes(answer["Body"].read())
        return None

    def upload(self, name: str, body: bytes) -> Any:
        """Send an object in one part, not put together yet; return what names the upload."""
        client, where = self.store.client, self.address(name)
        upload = {"UploadId": client.create_multipart_upload(**where)["UploadId"], **where}
        part: Any = {**upload, "PartNumber": 1, "Body": body}
        etag = client.upload_part(**part)["ETag"]
        return {**upload, "MultipartUpload": {"Parts": [{"PartNumber": 1, "ETag": etag}]}}


def probe_conditions(ground: Ground) -> Conditions:
    """Return what the bucket does with conditions; raises botocore's errors."""
    with ThreadPoolExecutor(2) as pool:  # some stores take their time over a race
        creating, swapping = pool.submit(_create_only, ground), pool.submit(_swaps, ground)
        create, (swap, style) = creating.result(), swapping.result()
    if style is None:
        return Conditions(create, swap, "none", delete=False, complete=False)
    return Conditions(
        create,
        swap,
        style,
        delete=_keeps_for_delete(ground, style),
        complete=create is Kept.KEPT and _keeps_for_complete(ground, style),
    )


def written(etag: str, style: str) -> str:
    """Return an ETag as a condition has it."""
    return f'"{etag}"' if style == "quoted" else etag


def _is_done(ask: Callable[[], object]) -> bool:
    try:
        ask()
    except ClientError as error:
        if refusal(error) is Refusal.OTHER and _is_trouble(error):
            raise
        return False
    return True


def _is_trouble(error: ClientError) -> bool:
    """Tell a refusal of the whole request from one of its condition."""
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode")
    return status not in (400, 409, 412, 429, 501, 503)


def _create_only(ground: Ground) -> Kept:
    if not ground.is_done("once", b"first", IfNoneMatch="*"):
        return Kept.UNSUPPORTED
    if ground.is_done("once", b"second", IfNoneMatch="*") or ground.body("once") != b"first":
        return Kept.IGNORED
    return Kept.KEPT if _winners(ground, "race", IfNoneMatch="*") <= 1 else Kept.RACED


def _swaps(ground: Ground) -> tuple[Kept, Literal["quoted", "unquoted"] | None]:
    """Return what becomes of writes that replace one version only, and how to ask for them."""
    worst = Kept.UNSUPPORTED
    for style in STYLES:
        found = _swap(ground, style)
        if found is Kept.KEPT:
            return found, style
        worst = found if found is not Kept.UNSUPPORTED else worst
    return worst, None


def _swap(ground: Ground, style: str) -> Kept:
    name = f"swap-{style}"
    etag = ground.put(name, b"first")
    if ground.is_done(name, b"second", IfMatch=written(NOBODYS_ETAG, style)):
        return Kept.IGNORED
    if not ground.is_done(name, b"third", IfMatch=written(etag, style)):
        return Kept.UNSUPPORTED
    etag = ground.put(name, b"before the race")
    winners = _winners(ground, name, IfMatch=written(etag, style))
    return Kept.KEPT if winners <= 1 else Kept.RACED


def _winners(ground: Ground, name: str, **condition: str) -> int:
    """Return how many of several writers at the same moment were told that they succeeded."""
    start = threading.Barrier(RACERS)

    def race(number: int) -> bool:
        start.wait()
        return ground.is_done(name, f"racer {number}".encode(), **condition)

    with ThreadPoolExecutor(RACERS) as pool:
        return sum(pool.map(race, range(RACERS)))


def _keeps_for_delete(ground: Ground, style: str) -> bool:
    etag = ground.put("gone", b"first")
    _is_done(lambda: _delete(ground, "gone", written(NOBODYS_ETAG, style)))
    if ground.body("gone") is None:
        return False
    _is_done(lambda: _delete(ground, "gone", written(etag, style)))
    return ground.body("gone") is None


def _delete(ground: Ground, name: str, etag: str) -> object:
    return ground.store.client.delete_object(**ground.address(name), IfMatch=etag)


def _keeps_for_complete(ground: Ground, style: str) -> bool:
    wrong = ({"IfNoneMatch": "*"}, {"IfMatch": written(NOBODYS_ETAG, style)})
    with suppress(ClientError):  # a store that takes no parts has nothing to complete
        etag = ground.put("whole", b"first")
        if any(_is_completed(ground, condition) for condition in wrong):
            return False
        is_kept = ground.body("whole") == b"first"
        return is_kept and _is_completed(ground, {"IfMatch": written(etag, style)})
    return False


def _is_completed(ground: Ground, condition: dict[str, str]) -> bool:
    client, upload = ground.store.client, ground.upload("whole", b"second")
    request: Any = {**upload, **condition}
    done = _is_done(lambda: client.complete_multipart_upload(**request))
    if not done:
        upload.pop("MultipartUpload")
        with suppress(ClientError):
            client.abort_multipart_upload(**upload)
    return done
