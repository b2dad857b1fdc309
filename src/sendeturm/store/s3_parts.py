"""Sending a large file in parts, some at once; what a killed run has sent is not sent again.

The store itself remembers an unfinished upload: its parts are compared with the file by size and
MD5. Nothing is there under the key until all parts are, and the store puts them together.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from sendeturm.store.bodies import Digests
from sendeturm.store.protocol import BytesDone
from sendeturm.store.s3_answers import etag_in
from sendeturm.store.s3_errors import code_of
from sendeturm.store.s3_upload import Tally, content_md5, piece

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client
    from types_boto3_s3.type_defs import PutObjectRequestTypeDef

    from sendeturm.store.s3_conditions import ConditionFields

PARTS_AT_ONCE = 2
MOST_UPLOADS = 5
"""So many unfinished uploads of one key are looked through, the newest first."""
KEPT_FOR = timedelta(hours=24)
"""After that, nobody is going to finish an upload."""

Etags = dict[int, str]
"""The parts that are there, by number from 1."""


class UploadGoneError(Exception):
    """Somebody else finished or removed the upload meanwhile."""


@dataclass(frozen=True, slots=True)
class Upload:
    """An upload that is not finished: bucket, key, id, and the parts that are there already."""

    bucket: str
    key: str
    id: str
    there: Etags

    @property
    def address(self) -> Any:
        """Return what names it in requests."""
        return {"Bucket": self.bucket, "Key": self.key, "UploadId": self.id}


def begun(client: S3Client, fields: PutObjectRequestTypeDef, found: Digests) -> Upload | None:
    """Return the unfinished upload of this very content that has come farthest, if there is one."""
    bucket, key = fields["Bucket"], fields["Key"]
    with suppress(ClientError):  # a store that does not tell starts anew
        uploads = [u for u in _unfinished(client, bucket, key) if u["Key"] == key]
        uploads.sort(key=lambda u: u["Initiated"], reverse=True)
        ids = [u["UploadId"] for u in uploads[:MOST_UPLOADS]]
        begun_ones = [Upload(bucket, key, i, _parts(client, bucket, key, i, found)) for i in ids]
        return max((u for u in begun_ones if u.there), key=lambda u: len(u.there), default=None)
    return None


def new_upload(client: S3Client, fields: PutObjectRequestTypeDef) -> Upload:
    """Begin an upload of an object with these headers."""
    headers: Any = fields
    created = client.create_multipart_upload(**headers)
    return Upload(fields["Bucket"], fields["Key"], created["UploadId"], {})


def send_missing(
    client: S3Client, path: Path, found: Digests, upload: Upload, progress: BytesDone | None
) -> Etags:
    """Send what `upload` lacks of a file; return all its parts.

    What is there stays there if something fails, for the next try. Raises UploadGoneError,
    botocore's errors, OSError if the file cannot be read.
    """
    tally = Tally(progress, sum(_size(found, number) for number in upload.there))
    tally.add(0)
    sending = _Sending(client, path, found, upload, tally)
    missing = [n for n in range(1, len(found.md5s) + 1) if n not in upload.there]
    with _gone_told(), ThreadPoolExecutor(PARTS_AT_ONCE, "upload") as pool:
        running = {number: pool.submit(sending.send, number) for number in missing}
        try:
            _wait_for(list(running.values()))
        except BaseException:
            tally.stop()
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return upload.there | {number: sent.result() for number, sent in running.items()}


def complete(client: S3Client, upload: Upload, etags: Etags, only_if: ConditionFields) -> str:
    """Have the parts put together, return the ETag; raises UploadGoneError, botocore's errors."""
    parts: Any = [{"PartNumber": number, "ETag": etags[number]} for number in sorted(etags)]
    request: Any = {**upload.address, "MultipartUpload": {"Parts": parts}, **only_if}
    with _gone_told():
        return etag_in(client.complete_multipart_upload(**request))


def forget(client: S3Client, upload: Upload) -> None:
    """Have an upload and its parts removed; one that has gone is no error."""
    with suppress(ClientError):
        client.abort_multipart_upload(**upload.address)


def sweep(client: S3Client, bucket: str, prefix: str, now: datetime) -> None:
    """Have uploads below `prefix` removed that nobody has finished for long."""
    with suppress(ClientError):  # it is a courtesy
        for found in list(_unfinished(client, bucket, prefix)):
            if now - found["Initiated"] > KEPT_FOR:
                forget(client, Upload(bucket, found["Key"], found["UploadId"], {}))


@contextmanager
def _gone_told() -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        if code_of(error) == "NoSuchUpload":
            raise UploadGoneError from None
        raise


def _unfinished(client: S3Client, bucket: str, prefix: str) -> Iterator[Any]:
    pages = client.get_paginator("list_multipart_uploads").paginate(Bucket=bucket, Prefix=prefix)
    for page in pages:
        yield from page.get("Uploads", [])


def _parts(client: S3Client, bucket: str, key: str, upload_id: str, found: Digests) -> Etags:
    """Return the parts of an upload, none of them if one is not a part of this content."""
    pages = client.get_paginator("list_parts").paginate(Bucket=bucket, Key=key, UploadId=upload_id)
    there: Etags = {}
    for part in (part for page in pages for part in page.get("Parts", [])):
        number, etag = part["PartNumber"], part["ETag"]
        if not _is_part(found, number, part["Size"], etag.strip('"')):
            return {}
        there[number] = etag
    return there


def _is_part(found: Digests, number: int, size_bytes: int, md5: str) -> bool:
    if not 1 <= number <= len(found.md5s):
        return False
    return found.md5s[number - 1].hex() == md5 and size_bytes == _size(found, number)


def _first(found: Digests, number: int) -> int:
    return (number - 1) * found.part_bytes


def _size(found: Digests, number: int) -> int:
    return min(found.part_bytes, found.size_bytes - _first(found, number))


@dataclass(frozen=True, slots=True)
class _Sending:
    """What every part of one upload needs to be sent."""

    client: S3Client
    path: Path
    found: Digests
    upload: Upload
    tally: Tally

    def send(self, number: int) -> str:
        """Send one part and return its ETag."""
        first, size_bytes = _first(self.found, number), _size(self.found, number)
        with piece(self.path, first, size_bytes, self.tally) as body:
            request: Any = {
                **self.upload.address,
                "PartNumber": number,
                "Body": body,
                "ContentMD5": content_md5(self.found.md5s[number - 1]),
            }
            return self.client.upload_part(**request)["ETag"]


def _wait_for(running: list[Future[str]]) -> None:
    """Return when all are through; raise the first error at once."""
    done, _ = wait(running, return_when=FIRST_EXCEPTION)
    for sent in done:
        sent.result()
