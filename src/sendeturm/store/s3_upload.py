"""Sending a body in one request, with an MD5 by which the store can notice damage on the way."""

from __future__ import annotations

import io
from base64 import b64encode
from pathlib import Path
from threading import Lock
from typing import IO, TYPE_CHECKING, cast

from s3transfer.utils import ReadFileChunk

from sendeturm.store.bodies import Digests
from sendeturm.store.protocol import BytesDone

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client
    from types_boto3_s3.type_defs import PutObjectOutputTypeDef, PutObjectRequestTypeDef

AT_ONCE_BYTES = 1 << 18
"""Longer ones are sent bit by bit: a time-out is for each bit, and some lines are slow."""


class StoppedError(Exception):
    """Another part has failed: this one need not go on."""


class Tally:
    """Adds up what several threads send; what is sent again counts once."""

    def __init__(self, progress: BytesDone | None, done: int = 0) -> None:
        self._progress = progress
        self._done = done
        self._lock = Lock()
        self._is_stopped = False

    def add(self, bytes_transferred: int) -> None:
        """Count some more bytes, fewer than none when a piece starts again.

        Raises StoppedError after `stop`.
        """
        if self._is_stopped:
            raise StoppedError
        with self._lock:
            self._done += bytes_transferred
            if self._progress is not None:
                self._progress(self._done)

    def stop(self) -> None:
        """Let whoever sends give up."""
        self._is_stopped = True


def content_md5(md5: bytes) -> str:
    """Return an MD5 as the header has it."""
    return b64encode(md5).decode("ascii")


def send_whole(
    client: S3Client,
    body: bytes | Path,
    digests: Digests,
    fields: PutObjectRequestTypeDef,
    progress: BytesDone | None,
) -> PutObjectOutputTypeDef:
    """Put a body in one request; raises botocore's errors, OSError for a file that has gone."""
    md5 = content_md5(digests.md5s[0])
    if isinstance(body, Path):
        with piece(body, 0, digests.size_bytes, Tally(progress)) as content:
            request: PutObjectRequestTypeDef = {**fields, "ContentMD5": md5, "Body": content}
            return client.put_object(**request)
    whole = body if len(body) <= AT_ONCE_BYTES else io.BytesIO(body)
    request = {**fields, "ContentMD5": md5, "Body": whole}
    answer = client.put_object(**request)
    if progress is not None:
        progress(len(body))
    return answer


def piece(path: Path, first: int, size_bytes: int, tally: Tally) -> IO[bytes]:
    """Return `size_bytes` of a file from byte `first` as a body that `tally` hears of."""
    found = ReadFileChunk.from_filename(str(path), first, size_bytes, callbacks=[tally.add])
    return cast("IO[bytes]", found)
