"""What some providers do otherwise, shown on a server that does it right.

Conditions are changed on their way to the server, or answered in its place: by botocore's own
hooks, so that everything before and after them is the real thing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from botocore.awsrequest import AWSResponse

RACERS = 8


class _Raw:
    """A body as botocore reads it."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def stream(self, *_: Any, **__: Any):
        yield self._body

    def read(self, *_: Any) -> bytes:
        body, self._body = self._body, b""
        return body


def answer(status: int, code: str) -> AWSResponse:
    """Return an S3 error as a server sends it."""
    body = f"<?xml version='1.0'?><Error><Code>{code}</Code><Message>no</Message></Error>"
    headers = {"Content-Type": "application/xml", "Date": "Fri, 20 Nov 2026 12:00:00 GMT"}
    return AWSResponse("", status, headers, _Raw(body.encode()))


def like_ceph(client: Any) -> None:
    """Let a client's server behave as Ceph and DigitalOcean do.

    If-Match holds only with an ETag without quotes; completing an upload and deleting ignore
    conditions.
    """

    def put(params: Any, **_: Any) -> tuple[AWSResponse, Any] | None:
        etag = params["headers"].pop("If-Match", None)
        if etag is None:
            return None
        if etag.startswith('"'):
            error = {"Code": "PreconditionFailed", "Message": "no"}
            metadata = {"HTTPStatusCode": 412, "HTTPHeaders": {}}
            return answer(412, error["Code"]), {"Error": error, "ResponseMetadata": metadata}
        params["headers"]["If-Match"] = f'"{etag}"'
        return None

    def ignored(params: Any, **_: Any) -> None:
        params["headers"].pop("If-Match", None)
        params["headers"].pop("If-None-Match", None)

    client.meta.events.register("before-call.s3.PutObject", put)
    client.meta.events.register("before-call.s3.CompleteMultipartUpload", ignored)
    client.meta.events.register("before-call.s3.DeleteObject", ignored)


def like_swift(client: Any, meet: Callable[[str], threading.Barrier | None]) -> None:
    """Let a client's server behave as Swift does.

    If-Match is not implemented; If-None-Match is looked at first and forgotten before the body is
    in its place, so that all who look at the same moment succeed. `meet` gives the barrier at which
    the writers of a key wait after having looked.
    """

    def refuse(request: Any, **_: Any) -> AWSResponse | None:
        return answer(501, "NotImplemented") if request.headers.get("If-Match") else None

    def race(request: Any, **_: Any) -> AWSResponse | None:
        if request.headers.get("If-Match"):
            return answer(501, "NotImplemented")
        if _taken(request, "If-None-Match") is None:
            return None
        bucket, _, key = request.url.split("/", 3)[3].partition("/")
        listed = client.list_objects_v2(Bucket=bucket, Prefix=key, MaxKeys=1).get("KeyCount")
        barrier = meet(key)
        if barrier is not None:
            barrier.wait(20)
        return answer(412, "PreconditionFailed") if listed else None

    client.meta.events.register("before-send.s3.PutObject", race)
    client.meta.events.register("before-send.s3.CompleteMultipartUpload", race)
    client.meta.events.register("before-send.s3.DeleteObject", refuse)


def _taken(request: Any, header: str) -> str | None:
    """Take a header away from a request; the server that does it right does not miss it."""
    found = request.headers.get(header)
    if found is None:
        return None
    del request.headers[header]
    return found.decode() if isinstance(found, bytes) else found
