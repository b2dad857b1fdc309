"""Sending a file to a bucket: in one piece, or in parts above a size."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path
from threading import Lock
from typing import IO, TYPE_CHECKING, cast

from boto3.s3.transfer import TransferConfig
from s3transfer.utils import ReadFileChunk

from sendeturm.store.bodies import Digests
from sendeturm.store.protocol import BytesDone

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client
    from types_boto3_s3.type_defs import PutObjectOutputTypeDef, PutObjectRequestTypeDef

PART_BYTES = 16 << 20
PARTS_AT_ONCE = 2


class Tally:
    """Adds up what several threads send; what is sent again counts once."""

    def __init__(self, progress: BytesDone | None) -> None:
        self._progress = progress
        self._done = 0
        self._lock = Lock()

    def add(self, bytes_transferred: int) -> None:
        """Count some more bytes, fewer than none when a piece starts again."""
        with self._lock:
            self._done += bytes_transferred
            if self._progress is not None:
                self._progress(self._done)


def send_body(
    client: S3Client, body: bytes | IO[bytes], digests: Digests, fields: PutObjectRequestTypeDef
) -> PutObjectOutputTypeDef:
    """Put a body in one request, by which the store can notice damage on the way."""
    content_md5 = b64encode(digests.md5).decode("ascii")
    request: PutObjectRequestTypeDef = {**fields, "Body": body, "ContentMD5": content_md5}
    return client.put_object(**request)


def send_file(
    client: S3Client,
    path: Path,
    digests: Digests,
    fields: PutObjectRequestTypeDef,
    progress: BytesDone | None,
) -> None:
    """Upload `path` under the bucket, key and headers in `fields`; nothing is there if it fails.

    Raises botocore's and boto3's errors, OSError if the file cannot be read.
    """
    if digests.size_bytes < PART_BYTES:
        _send_whole(client, path, digests, fields, progress)
    else:
        _send_parts(client, path, fields, progress)


def _send_whole(
    client: S3Client,
    path: Path,
    digests: Digests,
    fields: PutObjectRequestTypeDef,
    progress: BytesDone | None,
) -> None:
    tally = Tally(progress)
    with ReadFileChunk.from_filename(
        str(path), 0, digests.size_bytes, callbacks=[tally.add]
    ) as body:
        send_body(client, cast("IO[bytes]", body), digests, fields)


def _send_parts(
    client: S3Client, path: Path, fields: PutObjectRequestTypeDef, progress: BytesDone | None
) -> None:
    headers = {name: value for name, value in fields.items() if name not in ("Bucket", "Key")}
    client.upload_file(
        str(path),
        fields["Bucket"],
        fields["Key"],
        ExtraArgs=headers,
        Callback=Tally(progress).add,
        Config=TransferConfig(
            multipart_threshold=PART_BYTES,
            multipart_chunksize=PART_BYTES,
            max_concurrency=PARTS_AT_ONCE,
            preferred_transfer_client="classic",  # the other one fails on many endpoints
        ),
    )
