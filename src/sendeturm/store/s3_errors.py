"""What a bucket's refusals mean, in plain words.

Nothing that botocore says is passed on but the store's own short code: its messages may hold
addresses, headers and parts of keys.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from boto3.exceptions import Boto3Error
from botocore import exceptions as boto
from botocore.parsers import ResponseParserError

from sendeturm.errors import Param, Problem, SendeturmError, fail

NO_BUCKET = frozenset({"NoSuchBucket"})

_BY_CODE = {
    "NoSuchBucket": "store.no-bucket",
    "InvalidBucketName": "store.bad-bucket-name",
    "InvalidAccessKeyId": "store.wrong-access-key",
    "InvalidAccessKey": "store.wrong-access-key",
    "SignatureDoesNotMatch": "store.wrong-secret",
    "ExpiredToken": "store.expired-keys",
    "InvalidToken": "store.expired-keys",
    "TokenRefreshRequired": "store.expired-keys",
    "AccessDenied": "store.not-allowed",
    "AllAccessDisabled": "store.not-allowed",
    "AccountProblem": "store.not-allowed",
    "Forbidden": "store.not-allowed",
    "401": "store.not-allowed",
    "403": "store.not-allowed",
    "301": "store.wrong-region",
    "PermanentRedirect": "store.wrong-region",
    "AuthorizationHeaderMalformed": "store.wrong-region",
    "IllegalLocationConstraintException": "store.wrong-region",
    "RequestTimeTooSkewed": "store.clock-wrong",
    "RequestExpired": "store.clock-wrong",
    "QuotaExceeded": "store.bucket-full",
    "ServiceQuotaExceededException": "store.bucket-full",
    "InsufficientStorage": "store.bucket-full",
    "NotEnoughSpace": "store.bucket-full",
    "XMinioStorageFull": "store.bucket-full",
    "XMinioAdminBucketQuotaExceeded": "store.bucket-full",
    "507": "store.bucket-full",
    "BadDigest": "store.damaged-on-the-way",
    "XAmzContentSHA256Mismatch": "store.damaged-on-the-way",
    "SlowDown": "store.busy",
    "ServiceUnavailable": "store.busy",
    "InternalError": "store.busy",
    "RequestTimeout": "store.busy",
    "ConditionalRequestConflict": "store.busy",
    "OperationAborted": "store.busy",
    "TooManyRequests": "store.busy",
    "429": "store.busy",
    "500": "store.busy",
    "502": "store.busy",
    "503": "store.busy",
    "504": "store.busy",
}
_BY_CLASS: tuple[tuple[type[Exception], str], ...] = (
    (boto.PartialCredentialsError, "store.half-credentials"),
    (boto.NoCredentialsError, "store.no-credentials"),
    (boto.ProfileNotFound, "store.no-profile"),
    (boto.CredentialRetrievalError, "store.expired-keys"),
    (boto.TokenRetrievalError, "store.expired-keys"),
    (boto.SSOError, "store.expired-keys"),
    (boto.ConfigParseError, "store.broken-aws-file"),
    (boto.ConfigNotFound, "store.broken-aws-file"),
    (boto.InvalidConfigError, "store.broken-aws-file"),
    (boto.InvalidRegionError, "store.bad-region"),
    (boto.ProxyConnectionError, "store.proxy-silent"),
    (boto.ConnectTimeoutError, "store.endpoint-silent"),
    (boto.ReadTimeoutError, "store.endpoint-stalled"),
    (boto.IncompleteReadError, "store.endpoint-stalled"),
    (boto.ResponseStreamingError, "store.endpoint-stalled"),
    (boto.ConnectionClosedError, "store.endpoint-stalled"),
    (ResponseParserError, "store.not-s3"),
)
_FULL = re.compile(r"\b(quota|storage cap|cap exceeded|no space|disk full)\b", re.IGNORECASE)
_REGION = re.compile(r"[a-z0-9-]{2,40}", re.ASCII)
_SHORT_CODE = re.compile(r"[A-Za-z0-9_.-]{1,60}", re.ASCII)


@contextmanager
def s3_told(label: str, bucket: str, key: str) -> Iterator[None]:
    """Turn boto3's errors into a SendeturmError about the place `label`.

    The original is not chained: its words may hold what nobody else should read.
    """
    try:
        yield
    except (boto.BotoCoreError, boto.ClientError, Boto3Error, ResponseParserError) as error:
        raise _explained(_inner(error), label, bucket, key) from None
    except ValueError as error:
        if not str(error).startswith("Invalid endpoint"):
            raise
        raise fail("store.bad-endpoint") from None


def code_of(error: boto.ClientError) -> str:
    """Return the store's own short code for an error, its HTTP status if it gave none."""
    code = str(error.response.get("Error", {}).get("Code") or status_of(error))
    return code if _SHORT_CODE.fullmatch(code) else status_of(error)


def _inner(error: BaseException) -> BaseException:
    """Return what boto3's upload wrapped into words of its own."""
    while isinstance(error, Boto3Error) and error.__context__ is not None:
        error = error.__context__
    return error


def _explained(error: BaseException, label: str, bucket: str, key: str) -> SendeturmError:
    about: dict[str, Param] = {"place": label, "bucket": bucket, "name": key}
    if isinstance(error, boto.ClientError):
        return _error(_meaning(error), about | _details(error))
    about |= {"endpoint": _endpoint(error), "reason": type(error).__name__}
    about |= {"profile": str(getattr(error, "kwargs", {}).get("profile", ""))}
    for kind, code in _BY_CLASS:
        if isinstance(error, kind):
            return _error(code, about)
    if isinstance(error, boto.SSLError):
        return _error(_tls_meaning(error), about)
    return _error(_connection_meaning(error), about)


def _error(code: str, params: dict[str, Param]) -> SendeturmError:
    return SendeturmError(Problem(code, params))


def _meaning(error: boto.ClientError) -> str:
    words = str(error.response.get("Error", {}).get("Message", ""))
    if _FULL.search(words):
        return "store.bucket-full"
    if _is_web_page(error):
        return "store.not-s3"
    code = code_of(error)
    return _BY_CODE.get(code) or _BY_CODE.get(status_of(error)) or "store.refused"


def _is_web_page(error: boto.ClientError) -> bool:
    """Tell a website from a store; gateways in front of real stores show pages when busy."""
    kind = _headers(error).get("content-type", "")
    return kind.startswith("text/html") and status_of(error) not in ("502", "503", "504")


def _headers(error: boto.ClientError) -> Mapping[str, str]:
    return error.response.get("ResponseMetadata", {}).get("HTTPHeaders", {})


def _details(error: boto.ClientError) -> dict[str, Param]:
    headers = _headers(error)
    region = str(
        error.response.get("Error", {}).get("Region") or headers.get("x-amz-bucket-region") or ""
    )
    return {
        "code": code_of(error),
        "region": region if _REGION.fullmatch(region) else "?",
        "minutes": _minutes_apart(headers.get("date")),
    }


def _minutes_apart(date: str | None) -> int:
    try:
        theirs = parsedate_to_datetime(date or "").astimezone(UTC)
    except ValueError:
        return 15  # the least that a store complains about
    return round(abs((_now() - theirs).total_seconds()) / 60)


def _now() -> datetime:
    return datetime.now(UTC)


def status_of(error: boto.ClientError) -> str:
    """Return the HTTP status of an error's answer, `?` if there is none."""
    return str(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", "?"))


def _endpoint(error: BaseException) -> str:
    return endpoint_of(str(getattr(error, "kwargs", {}).get("endpoint_url") or "")) or "AWS"


def endpoint_of(address: str) -> str:
    """Return scheme, host and port of an address, without anything secret."""
    parts = urlsplit(address)
    host = parts.netloc.rpartition("@")[2]
    return f"{parts.scheme}://{host}" if host else ""


def _tls_meaning(error: boto.SSLError) -> str:
    return (
        "store.untrusted-certificate"
        if "CERTIFICATE_VERIFY_FAILED" in str(error)
        else "store.no-https"
    )


def _connection_meaning(error: BaseException) -> str:
    cause = getattr(error, "kwargs", {}).get("error")
    if isinstance(error, boto.EndpointConnectionError):
        named = "resolve" in str(cause) or "Name or service" in str(cause)
        return "store.unknown-endpoint" if named else "store.endpoint-silent"
    if isinstance(error, boto.HTTPClientError) and isinstance(cause, ValueError):
        return "store.odd-keys"
    return "store.connection-failed"
