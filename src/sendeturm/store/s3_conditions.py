"""Writes that only happen if something holds: how S3 stores are asked, and what they answer."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from enum import Enum, auto
from typing import TYPE_CHECKING, TypeVar

from botocore.exceptions import ClientError

from sendeturm.store.protocol import (
    Condition,
    ConditionFailedError,
    ConditionUnsupportedError,
    Head,
)
from sendeturm.store.s3_errors import code_of, status_of

if TYPE_CHECKING:
    from typing import TypedDict

    from sendeturm.store.capabilities import Capabilities

    class ConditionFields(TypedDict, total=False):
        """What a conditional request carries."""

        IfMatch: str
        IfNoneMatch: str


TRIES = 6
PAUSE_S = 0.2
"""Before the second try; doubled before each one after it."""

T = TypeVar("T")


class Refusal(Enum):
    """What an error says about a condition."""

    AGAIN = auto()
    FAILED = auto()
    UNSUPPORTED = auto()
    OTHER = auto()


_BY_STATUS = {"409": Refusal.AGAIN, "412": Refusal.FAILED, "501": Refusal.UNSUPPORTED}
_BY_CODE = {
    "ConditionalRequestConflict": Refusal.AGAIN,
    "OperationAborted": Refusal.AGAIN,
    "PreconditionFailed": Refusal.FAILED,
    "NoSuchKey": Refusal.FAILED,  # what was to be replaced has gone
    "NotImplemented": Refusal.UNSUPPORTED,
}


def refusal(error: ClientError) -> Refusal:
    """Return what the answer to a conditional write means."""
    found = _BY_CODE.get(code_of(error)) or _BY_STATUS.get(status_of(error))
    return found or Refusal.OTHER


def fields_of(
    only_if: Condition | None, shown: Capabilities, key: str, *, in_parts: bool = False
) -> ConditionFields:
    """Return a put's condition as request fields, in the form that the store was shown to keep.

    Raises ConditionUnsupportedError if no such form is known.
    """
    if only_if is None:
        return {}
    if in_parts and not shown.conditional_complete:
        raise ConditionUnsupportedError(key)
    if only_if.etag is not None:
        return {"IfMatch": written_etag(only_if.etag, shown, key)}
    if not shown.create_only:
        raise ConditionUnsupportedError(key)
    return {"IfNoneMatch": "*"}


def written_etag(etag: str, shown: Capabilities, key: str) -> str:
    """Return an ETag as the store wants it in a condition, else ConditionUnsupportedError."""
    if shown.compare_and_swap == "none":
        raise ConditionUnsupportedError(key)
    return f'"{etag}"' if shown.compare_and_swap == "quoted" else etag


def decided(
    key: str,
    only_if: Condition | None,
    ask: Callable[[], T],
    look: Callable[[], Head | None],
    own: Callable[[Head | None], T | None],
) -> T:
    """Return the answer to `ask`, a write that happens only if a condition holds.

    A store that decides between two writers may say "again". If it says no, `look` shows what is
    there now: `own` tells whether it is what was to be written, by an earlier try whose answer was
    lost. If the ETag still is the one that was asked for, the store does not understand the
    condition. Raises ConditionFailedError, ConditionUnsupportedError and ClientError.
    """
    try:
        return _asked_again(ask)
    except ClientError as error:
        meaning = refusal(error) if only_if is not None else Refusal.OTHER
        if meaning is Refusal.UNSUPPORTED:
            raise ConditionUnsupportedError(key) from None
        if meaning is not Refusal.FAILED:
            raise
    there = look()
    found = own(there)
    if found is not None:
        return found
    if there is not None and only_if is not None and there.etag == only_if.etag:
        raise ConditionUnsupportedError(key)
    raise ConditionFailedError(key)


def _asked_again(ask: Callable[[], T]) -> T:
    for before in range(TRIES - 1):
        try:
            return ask()
        except ClientError as error:
            if refusal(error) is not Refusal.AGAIN:
                raise
            time.sleep(PAUSE_S * 2**before * random.uniform(0.5, 1))  # noqa: S311  # no secret
    return ask()
