"""The one boto3 client per store, with the settings that every S3 store was seen to accept."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

from boto3.session import Session
from botocore.config import Config
from s3transfer.utils import signal_not_transferring, signal_transferring

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

AddressingStyle = Literal["path", "virtual", "auto"]
OnAnswer = Callable[[int, str | None], None]
"""Called after each answer with its status and its Date header."""
OnRetry = Callable[[int, int], None]
"""Called before the pause before a request is made again: which time, and of how many."""

ATTEMPTS = 5
CONNECT_TIMEOUT_S = 10
READ_TIMEOUT_S = 60
CONNECTIONS = 16
PASSING = frozenset({429, 500, 502, 503, 504})
"""What a store answers that is tried again."""
FALLBACK_REGION = "us-east-1"
"""What stores without regions are signed for; AWS redirects from there."""


def new_client(
    endpoint: str | None,
    region: str | None,
    profile: str | None,
    addressing_style: AddressingStyle,
    *,
    on_answer: OnAnswer,
    on_retry: OnRetry,
) -> S3Client:
    """Return a client; what is None comes from the standard AWS chain (environment, files).

    boto3's checksums beyond the asked-for ones are off: other stores keep them as part of the
    object's encoding. Raises botocore's errors, ValueError for an impossible endpoint.
    """
    session = Session(profile_name=profile)
    client = session.client(
        "s3",
        endpoint_url=endpoint,
        region_name=region or session.region_name or FALLBACK_REGION,
        config=_config(addressing_style),
    )
    _count_only_what_is_sent(client)

    def answered(http_response: Any, **_: Any) -> None:
        on_answer(http_response.status_code, http_response.headers.get("date"))

    def failed(response: Any, caught_exception: Any, attempts: int, **_: Any) -> None:
        if attempts < ATTEMPTS and (caught_exception or response[0].status_code in PASSING):
            on_retry(attempts + 1, ATTEMPTS)

    client.meta.events.register("after-call.s3", answered)
    client.meta.events.register_first("needs-retry.s3", failed)
    return client


def _config(addressing_style: AddressingStyle) -> Config:
    return Config(
        signature_version="s3v4",
        s3={"addressing_style": addressing_style},
        retries={"mode": "standard", "total_max_attempts": ATTEMPTS},
        connect_timeout=CONNECT_TIMEOUT_S,
        read_timeout=READ_TIMEOUT_S,
        max_pool_connections=CONNECTIONS,
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )


def _count_only_what_is_sent(client: S3Client) -> None:
    """Keep a body's progress silent while it is read for signing only."""
    events = client.meta.events
    events.register_first("request-created.s3", signal_not_transferring)
    events.register_last("request-created.s3", signal_transferring)
