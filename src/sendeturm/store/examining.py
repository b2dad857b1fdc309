"""Everything that can be told about a show's storage, from its keys to its public address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from sendeturm.errors import Problem, SendeturmError, fail
from sendeturm.model import StorageSettings
from sendeturm.store.capabilities import NOTHING_SHOWN, Capabilities
from sendeturm.store.findings import Examination, Finding, Topic, bad, better, odd, well
from sendeturm.store.memory import remember
from sendeturm.store.opening import bucket_and_prefix, open_media
from sendeturm.store.protocol import ObjectMeta, Store
from sendeturm.store.reading import look, reading_of, reads
from sendeturm.store.scratch import OWN, Scratch, scratch, sweep_forgotten

if TYPE_CHECKING:
    from sendeturm.store.s3 import S3Store

FEED = "feed.xml"
TEXT = ObjectMeta("text/plain; charset=utf-8")
CLOCK_ODD_S = 60
"""Stores refuse requests from a quarter of an hour on."""

_TOPICS: dict[str, Topic] = {
    "store.no-credentials": "keys",
    "store.half-credentials": "keys",
    "store.no-profile": "keys",
    "store.broken-aws-file": "keys",
    "store.odd-keys": "keys",
    "store.wrong-access-key": "keys",
    "store.wrong-secret": "keys",
    "store.expired-keys": "keys",
    "store.not-allowed": "keys",
    "store.wrong-region": "region",
    "store.bad-region": "region",
    "store.clock-wrong": "clock",
}
_STYLES = ("path", "virtual")
_PERHAPS_STYLE = ("store.no-bucket", "store.not-s3", "store.unknown-endpoint", "store.refused")
"""What may mean that requests must name the bucket in the other way."""


def examine(settings: StorageSettings, folder: Path, now: datetime) -> Examination:
    """Return what was found about a storage; what it can do is kept there.

    Scratch objects are put and removed again. What stops the examination is a finding too. Raises
    SendeturmError only for settings that name no place.
    """
    store = open_media(settings, folder)
    findings: list[Finding] = []
    try:
        if settings.is_bucket:
            store, reached = _reach(settings, folder)
            findings += _about_settings(settings, reached)
            findings += _about_clock(store)
        sweep_forgotten(store)
        can = _with_scratch(store, settings, now, findings)
    except SendeturmError as error:
        findings += [_stopped(found) for found in error.problems]
        return Examination(tuple(findings))
    return Examination(tuple(findings), can)


def _reach(settings: StorageSettings, folder: Path) -> tuple[S3Store, StorageSettings]:
    """Return the bucket, opened with the given settings or with the first ones that work."""
    waiting, errors = [settings], list[SendeturmError]()
    for attempt in waiting:  # grows while it is gone through
        store = cast("S3Store", open_media(attempt, folder))
        try:
            store.list_objects(OWN)
        except SendeturmError as error:
            errors.append(error)
            waiting += [other for other in _others(attempt, error) if other not in waiting]
        else:
            return store, attempt
    raise errors[0]


def _others(attempt: StorageSettings, error: SendeturmError) -> Iterator[StorageSettings]:
    """Yield settings that may work where these did not."""
    (found,) = error.problems
    region = str(found.params.get("region", "?"))
    if found.code == "store.wrong-region" and region != "?":
        yield attempt.model_copy(update={"region": region})
    if found.code in _PERHAPS_STYLE:
        for style in _STYLES:
            yield attempt.model_copy(update={"addressing_style": style})


def _about_settings(given: StorageSettings, works: StorageSettings) -> Iterator[Finding]:
    yield well("keys", "probe.keys")
    if works.region == given.region:
        yield well("region", "probe.region", region=given.region or "-")
    else:
        region = works.region or ""
        yield better(bad("region", "probe.other-region", region=region), region=region)
    style = works.addressing_style
    if style == given.addressing_style:
        yield well("addressing", "probe.addressing", style=style)
    else:
        yield better(
            bad("addressing", "probe.other-addressing", style=style), addressing_style=style
        )


def _about_clock(store: Store) -> Iterator[Finding]:
    theirs = store.clock()
    if theirs is None:
        return
    seconds = round(abs((datetime.now(UTC) - theirs).total_seconds()))
    if seconds < CLOCK_ODD_S:
        yield well("clock", "probe.clock")
    else:
        yield odd("clock", "probe.clock-off", minutes=max(1, round(seconds / 60)))


def _with_scratch(
    store: Store, settings: StorageSettings, now: datetime, findings: list[Finding]
) -> Capabilities:
    """Find out what needs scratch objects, adding to `findings` as it goes; remove them."""
    can = NOTHING_SHOWN
    with scratch(store) as room:
        try:
            can = _abilities(store, room, now, findings)
            findings += _about_reading(store, settings, room)
        except SendeturmError as error:
            findings += [_stopped(found) for found in error.problems]
    if room.left:
        findings.append(bad("scratch", "probe.left", count=len(room.left), name=room.left[0]))
    else:
        findings.append(well("scratch", "probe.clean"))
    return can


def _abilities(store: Store, room: Scratch, now: datetime, findings: list[Finding]) -> Capabilities:
    if not store.endpoint:
        _try_folder(store, room)
        findings.append(well("writing", "probe.folder"))
        return store.capabilities
    from sendeturm.store.probe import findings_of, probe_in  # noqa: PLC0415  # boto3

    found = probe_in(cast("S3Store", store), room)
    findings += findings_of(found)
    can = found.capabilities(store.endpoint, now)
    remember(store, can)
    return can


def _try_folder(store: Store, room: Scratch) -> None:
    key = room.put("kept.txt", b"kept", TEXT)
    there = store.get(key)
    if there is None or there.body != b"kept" or there.head.meta.content_type != TEXT.content_type:
        raise fail("store.upload-differs", place=store.label, name=key)


def _about_reading(store: Store, settings: StorageSettings, room: Scratch) -> Iterator[Finding]:
    """Yield what anyone can read, at the given address or at one that is found to lead there."""
    own = _own_addresses(store, settings)
    reading = reading_of(settings.address or "", room)
    bucket = f"{store.endpoint}/{bucket_and_prefix(settings.place)[0]}" if own else ""
    if settings.address is not None:
        is_live = store.head(FEED) is not None
        for found in look(reading, bucket):
            yield replace(found, settings={}) if is_live else found
        return
    found_at = next((a for a in own if reads(replace(reading, address=a))), None)
    if found_at is None:
        yield odd("address", "probe.no-address")
        return
    yield better(odd("address", "probe.address-found", address=found_at), address=found_at)
    yield from look(replace(reading, address=found_at), bucket)


def _own_addresses(store: Store, settings: StorageSettings) -> list[str]:
    """Return where a bucket can be read at its endpoint, if it is public at all."""
    if not store.endpoint:
        return []
    parts = urlsplit(store.endpoint)
    bucket, prefix = bucket_and_prefix(settings.place)
    roots = [f"{parts.scheme}://{bucket}.{parts.netloc}", f"{store.endpoint}/{bucket}"]
    return [f"{root}/{prefix}".rstrip("/") for root in roots]


def _stopped(found: Problem) -> Finding:
    return Finding(_TOPICS.get(found.code, "place"), found)
