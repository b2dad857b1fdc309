"""A body's whole way into a bucket: sent, looked at, and known again after a lost answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from sendeturm.errors import SendeturmError, fail
from sendeturm.store.bodies import Digests
from sendeturm.store.keys import WRITE_ID
from sendeturm.store.protocol import (
    BytesDone,
    Condition,
    ConditionFailedError,
    ConditionUnsupportedError,
    Head,
    ObjectMeta,
)
from sendeturm.store.s3_answers import etag_in
from sendeturm.store.s3_conditions import decided, fields_of
from sendeturm.store.s3_parts import (
    UploadGoneError,
    begun,
    complete,
    forget,
    new_upload,
    send_missing,
    sweep,
)
from sendeturm.store.s3_upload import send_whole

if TYPE_CHECKING:
    from datetime import datetime

    from types_boto3_s3 import S3Client
    from types_boto3_s3.type_defs import PutObjectRequestTypeDef

    from sendeturm.store.capabilities import Capabilities


class Bucket(Protocol):
    """What sending needs of a store."""

    capabilities: Capabilities

    @property
    def label(self) -> str:
        """Return the place as a person wrote it."""

    @property
    def client(self) -> S3Client:
        """Return boto3's client."""

    def head(self, key: str) -> Head | None:
        """Return an object's facts."""

    def clock(self) -> datetime | None:
        """Return the store's time."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A body that goes to a key, with the request's other fields."""

    key: str
    body: bytes | Path
    meta: ObjectMeta
    digests: Digests
    fields: PutObjectRequestTypeDef
    progress: BytesDone | None
    only_if: Condition | None

    def own_etag(self, there: Head | None) -> str | None:
        """Return an object's ETag if it is this one: by size, sha256 and the mark of the write."""
        if there is None or there.size_bytes != self.digests.size_bytes:
            return None
        sent = {**self.meta.metadata, "sha256": self.digests.sha256}
        found = there.meta.metadata
        is_own = all(found.get(name) == sent.get(name) for name in ("sha256", WRITE_ID))
        return there.etag if is_own else None


def send(bucket: Bucket, parcel: Parcel) -> str:
    """Put a body and return its ETag; there is nothing new under the key if it fails.

    Raises SendeturmError (`store.upload-differs`) if after a file something else is there,
    ConditionFailedError, ConditionUnsupportedError, botocore's errors.
    """
    if isinstance(parcel.body, bytes):
        return _put(bucket, parcel)
    if len(parcel.digests.md5s) == 1:
        etag = _put(bucket, parcel)
        return etag if parcel.only_if else _looked_at(bucket, parcel)
    return _put_in_parts(bucket, parcel, parcel.body)


@contextmanager
def unchanged(path: Path) -> Iterator[None]:
    """Raise SendeturmError if a file cannot be read, or changes while it is sent."""
    try:
        before = path.stat()
        try:
            yield
        except SendeturmError:
            _refuse_change(path, before.st_size, before.st_mtime_ns)
            raise
        _refuse_change(path, before.st_size, before.st_mtime_ns)
    except ConnectionError:
        raise  # no file does this: somebody who listens to the progress hung up
    except OSError as error:
        raise fail("store.unreadable-file", file=path, reason=error.strerror) from None


def _refuse_change(path: Path, size_bytes: int, changed_ns: int) -> None:
    now = path.stat()
    if (now.st_size, now.st_mtime_ns) != (size_bytes, changed_ns):
        raise fail("store.file-changed", file=path) from None


def _put(bucket: Bucket, parcel: Parcel) -> str:
    condition = fields_of(parcel.only_if, bucket.capabilities, parcel.key)
    fields: PutObjectRequestTypeDef = {**parcel.fields, **condition}

    def put() -> str:
        answer = send_whole(bucket.client, parcel.body, parcel.digests, fields, parcel.progress)
        return etag_in(answer)

    return _decided(bucket, parcel, put)


def _put_in_parts(bucket: Bucket, parcel: Parcel, path: Path) -> str:
    """Put a large file; what another run had begun is taken up, if it may be.

    Its headers may turn out to be others than these, then all is sent anew. A condition's mark
    surely is not among them.
    """
    for resumes in (True, False) if parcel.only_if is None else (False,):
        with suppress(UploadGoneError):
            etag = _send_parts(bucket, parcel, path, resumes=resumes)
            if parcel.only_if is not None:
                return etag
        found = parcel.own_etag(bucket.head(parcel.key))
        if found is not None:
            _sweep(bucket, parcel)
            return found
    return _looked_at(bucket, parcel)


def _send_parts(bucket: Bucket, parcel: Parcel, path: Path, *, resumes: bool) -> str:
    condition = fields_of(parcel.only_if, bucket.capabilities, parcel.key, in_parts=True)
    client = bucket.client
    upload = begun(client, parcel.fields, parcel.digests) if resumes else None
    upload = upload or new_upload(client, parcel.fields)
    etags = send_missing(client, path, parcel.digests, upload, parcel.progress)
    try:
        return _decided(bucket, parcel, lambda: complete(client, upload, etags, condition))
    except (ConditionFailedError, ConditionUnsupportedError):
        forget(client, upload)
        raise


def _looked_at(bucket: Bucket, parcel: Parcel) -> str:
    etag = parcel.own_etag(bucket.head(parcel.key))
    if etag is None:
        raise fail("store.upload-differs", place=bucket.label, name=parcel.key)
    return etag


def _sweep(bucket: Bucket, parcel: Parcel) -> None:
    """Tidy up after others in the same folder of the bucket; never in all of it."""
    folder = parcel.fields["Key"].rpartition("/")[0]
    now = bucket.clock()
    if folder and now:
        sweep(bucket.client, parcel.fields["Bucket"], f"{folder}/", now)


def _decided(bucket: Bucket, parcel: Parcel, ask: Callable[[], str]) -> str:
    def look() -> Head | None:
        return bucket.head(parcel.key)

    return decided(parcel.key, parcel.only_if, ask, look, parcel.own_etag)
