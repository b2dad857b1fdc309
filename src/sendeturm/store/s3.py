"""A store in an S3 bucket, at any provider."""

from __future__ import annotations

from contextlib import AbstractContextManager, closing
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from botocore.exceptions import ClientError

from sendeturm.errors import Severity, problem
from sendeturm.store.bodies import CHUNK_BYTES, Digests, digests
from sendeturm.store.capabilities import NOTHING_SHOWN
from sendeturm.store.disk import disk_told
from sendeturm.store.keys import checked_key, checked_meta, is_key, kept_metadata, signed_meta
from sendeturm.store.protocol import (
    BytesDone,
    Condition,
    ConditionUnsupportedError,
    Head,
    Listed,
    Notify,
    ObjectMeta,
    Stored,
    ignore,
)
from sendeturm.store.s3_answers import contents_in, head_in, listed_in
from sendeturm.store.s3_client import AddressingStyle, new_client
from sendeturm.store.s3_conditions import decided, written_etag
from sendeturm.store.s3_errors import NO_BUCKET, code_of, endpoint_of, s3_told
from sendeturm.store.s3_put import Parcel, send, unchanged

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client
    from types_boto3_s3.type_defs import PutObjectRequestTypeDef

    from sendeturm.store.s3_conditions import ConditionFields

HTTP_OK_BELOW = 300
HEADER_SAFE = "!\"#$&'()*+,-./:;<=>?@[\\]^_`{|}~"
"""What metadata carries as it is; everything else (and `%`) is percent-encoded UTF-8."""


class S3Store:
    """Objects below `prefix` in `bucket`; settings that are None come from the AWS chain.

    Nothing is asked of the bucket before the first call. May be used from several threads.
    """

    def __init__(
        self,
        bucket: str,
        prefix: str = "",
        *,
        endpoint: str | None = None,
        region: str | None = None,
        profile: str | None = None,
        addressing_style: AddressingStyle = "path",
        label: str | None = None,
    ) -> None:
        self.bucket = bucket
        self.prefix = prefix
        self.capabilities = NOTHING_SHOWN
        self.notify: Notify = ignore
        self._settings = (endpoint, region, profile, addressing_style)
        self._label = label or f"s3://{bucket}/{prefix}".rstrip("/")
        self._client: S3Client | None = None
        self._lock = Lock()
        self._clock: datetime | None = None
        self._bucket_seen = False

    def __repr__(self) -> str:
        """Name the place; no credentials are kept here."""
        return f"S3Store({self._label!r})"

    @property
    def label(self) -> str:
        """Return the place as a person wrote it."""
        return self._label

    @property
    def endpoint(self) -> str:
        """Return scheme, host and port that requests go to."""
        with self.told():
            return endpoint_of(self.client.meta.endpoint_url)

    @property
    def client(self) -> S3Client:
        """Return boto3's client, made when it is first asked for."""
        with self._lock:
            if self._client is None:
                self._client = new_client(
                    *self._settings, on_answer=self._answered, on_retry=self._tries_again
                )
            return self._client

    def name(self, key: str) -> str:
        """Return how the bucket as a whole names a key."""
        return f"{self.prefix}/{key}" if self.prefix else key

    def told(self, key: str = "") -> AbstractContextManager[None]:
        """Return what turns botocore's errors into a SendeturmError about this place."""
        return s3_told(self._label, self.bucket, key)

    def list_objects(self, prefix: str = "") -> list[Listed]:
        """Return all objects whose key starts with `prefix`, ordered by key."""
        with self.told():
            pages = self.client.get_paginator("list_objects_v2").paginate(
                Bucket=self.bucket, Prefix=self.name(prefix)
            )
            found = [listed_in(item, self.name("")) for page in pages for item in contents_in(page)]
        return sorted((f for f in found if is_key(f.key)), key=lambda listed: listed.key)

    def head(self, key: str) -> Head | None:
        """Return an object's facts, None if there is no such object."""
        name = self.name(checked_key(key))
        with self.told(key):
            try:
                return head_in(key, self.client.head_object(Bucket=self.bucket, Key=name))
            except ClientError as error:
                self._raise_reason(error)
        return None

    def get(self, key: str) -> Stored | None:
        """Return an object, None if there is none."""
        with self.told(key):
            answer = self._asked_for(key)
            if answer is None:
                return None
            with answer["Body"] as body:
                return Stored(head_in(key, answer), body.read())

    def download(self, key: str, path: Path) -> Head | None:
        """Write an object's body to the new file `path`, None if there is no such object."""
        with self.told(key):
            answer = self._asked_for(key)
            if answer is None:
                return None
            here = disk_told(str(path.parent), path.name)
            body = answer["Body"]
            with closing(body), here, path.open("xb") as copy:
                for chunk in body.iter_chunks(CHUNK_BYTES):
                    copy.write(chunk)
            return head_in(key, answer)

    def _asked_for(self, key: str) -> Any:
        """Return the answer to a GET, None if there is no such object."""
        name = self.name(checked_key(key))
        try:
            return self.client.get_object(Bucket=self.bucket, Key=name)
        except ClientError as error:
            self._raise_reason(error)
            return None

    def put(
        self,
        key: str,
        body: bytes | Path,
        meta: ObjectMeta,
        progress: BytesDone | None = None,
        *,
        only_if: Condition | None = None,
    ) -> str:
        """Store an object whole or not at all and return its ETag.

        A file is looked at again when it is there: raises SendeturmError (`store.upload-differs`)
        if size or sha256 are not those of what was sent.
        """
        checked_key(key)
        checked_meta(meta)
        if only_if is not None:
            meta = signed_meta(meta)
        if isinstance(body, bytes):
            return self._send(key, body, meta, progress, only_if)
        with unchanged(body):
            return self._send(key, body, meta, progress, only_if)

    def delete(self, key: str, *, only_if: Condition | None = None) -> None:
        """Remove an object; one that is not there is no error."""
        checked_key(key)
        with self.told(key):
            if only_if is None:
                self._delete(key)
            else:
                self._delete_if(key, only_if)

    def clock(self) -> datetime | None:
        """Return the Date of the last answer, in UTC."""
        return self._clock

    def _send(
        self,
        key: str,
        body: bytes | Path,
        meta: ObjectMeta,
        progress: BytesDone | None,
        only_if: Condition | None,
    ) -> str:
        with self.told(key):
            found = digests(body, in_parts=self.capabilities.may_send_parts)
            fields = self._fields(key, meta, found)
            return send(self, Parcel(key, body, meta, found, fields, progress, only_if))

    def _fields(self, key: str, meta: ObjectMeta, found: Digests) -> PutObjectRequestTypeDef:
        metadata = kept_metadata(meta, found.sha256)
        return {
            "Bucket": self.bucket,
            "Key": self.name(key),
            "ContentType": meta.content_type,
            "CacheControl": meta.cache_control,
            "Metadata": {name: quote(value, HEADER_SAFE) for name, value in metadata.items()},
        }

    def _delete(self, key: str, condition: ConditionFields | None = None) -> None:
        request: Any = {"Bucket": self.bucket, "Key": self.name(key), **(condition or {})}
        try:
            self.client.delete_object(**request)
        except self.client.exceptions.NoSuchKey:
            return

    def _delete_if(self, key: str, only_if: Condition) -> None:
        """Remove an object if it has the ETag; that it has gone already counts as done."""
        if only_if.etag is None or not self.capabilities.conditional_delete:
            raise ConditionUnsupportedError(key)
        etag = written_etag(only_if.etag, self.capabilities, key)

        def remove() -> bool:
            self._delete(key, {"IfMatch": etag})
            return True

        decided(key, only_if, remove, lambda: self.head(key), lambda there: there is None or None)

    def _raise_reason(self, error: ClientError) -> None:
        """Return if there is just no such key, else raise why a request failed.

        The answer to a HEAD has no body to say so: then a listing is asked instead, unless an
        answer has already shown that the bucket is there.
        """
        code = code_of(error)
        missing = code in ("404", "NotFound")
        if code == "NoSuchKey" or (missing and self._bucket_seen):
            return
        if not code.isdigit() and not missing:
            raise error
        try:
            self.client.list_objects_v2(Bucket=self.bucket, Prefix=self.name(""), MaxKeys=1)
        except ClientError as reason:
            if not missing or code_of(reason) in NO_BUCKET:
                raise reason from None
        if not missing:
            raise error

    def _answered(self, status: int, date: str | None) -> None:
        self._bucket_seen = self._bucket_seen or status < HTTP_OK_BELOW
        try:
            self._clock = parsedate_to_datetime(date or "").astimezone(UTC)
        except ValueError:
            return  # no Date, or none that can be read: the clock stays as it was seen last

    def _tries_again(self, attempt: int, of: int) -> None:
        code, severity = "store.trying-again", Severity.WARNING
        self.notify(problem(code, severity=severity, place=self._label, attempt=attempt, of=of))
