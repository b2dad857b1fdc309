"""What a bucket can do, found out with scratch objects; what nobody has shown is not there."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from sendeturm.store.capabilities import Capabilities
from sendeturm.store.findings import Finding, bad, odd, well
from sendeturm.store.probe_conditions import Conditions, Ground, Kept, probe_conditions
from sendeturm.store.protocol import ObjectMeta
from sendeturm.store.s3_answers import etag_in, head_in
from sendeturm.store.scratch import scratch

if TYPE_CHECKING:
    from sendeturm.store.s3 import S3Store
    from sendeturm.store.scratch import Scratch

META = ObjectMeta("text/x-probe; charset=utf-8", "max-age=17", {"probe": "Grüße"})
BODY = bytes(range(256)) * 4


@dataclass(frozen=True, slots=True)
class Probe:
    """What a bucket was shown to do, beyond its answers to conditions."""

    conditions: Conditions
    checks_md5: bool
    multipart: bool
    resumes: bool
    ranges: bool
    changed: tuple[str, ...]

    def capabilities(self, endpoint: str, now: datetime) -> Capabilities:
        """Return it as what decides how the bucket is written to."""
        return Capabilities(
            create_only=self.conditions.create_only is Kept.KEPT,
            compare_and_swap=self.conditions.style,
            conditional_delete=self.conditions.delete,
            conditional_complete=self.conditions.complete and self.multipart,
            checks_md5=self.checks_md5,
            multipart=self.multipart,
            ranges=self.ranges,
            endpoint=endpoint,
            probed_at=now.astimezone(UTC).replace(microsecond=0),
        )


def probe(store: S3Store) -> Probe:
    """Find out what a bucket can do, with scratch objects; raises SendeturmError if it refuses."""
    with scratch(store) as room:
        return probe_in(store, room)


def probe_in(store: S3Store, room: Scratch) -> Probe:
    """Find out what a bucket can do, with the scratch objects of `room`."""
    ground = Ground(store, room)
    with store.told():
        changed = tuple(_changed(ground))
        can_parts, can_resume = _parts(ground)
        return Probe(
            conditions=probe_conditions(ground),
            checks_md5=_checks_md5(ground),
            multipart=can_parts,
            resumes=can_resume,
            ranges=_ranges(ground),
            changed=changed,
        )


def findings_of(found: Probe) -> Iterator[Finding]:
    """Yield what a person should know of a probe."""
    yield from _kept(found)
    yield _about_conditions(found.conditions)
    yield (
        well("checksums", "probe.md5-checked")
        if found.checks_md5
        else odd("checksums", "probe.md5-ignored")
    )
    if not found.multipart:
        yield odd("multipart", "probe.no-parts")
    else:
        yield (
            well("multipart", "probe.parts")
            if found.resumes
            else odd("multipart", "probe.no-resuming")
        )
    yield well("ranges", "probe.ranges") if found.ranges else odd("ranges", "probe.no-ranges")


def _kept(found: Probe) -> Iterator[Finding]:
    for what in found.changed:
        severe = what in ("body", "content-type", "content-encoding")
        yield (bad if severe else odd)("writing", "probe.changed", what=what)
    if not found.changed:
        yield well("writing", "probe.kept")


def _about_conditions(found: Conditions) -> Finding:
    if found.style != "none" and found.create_only is Kept.KEPT:
        return well("conditions", f"probe.conditions-{found.style}")
    if found.style != "none":
        return well("conditions", "probe.conditions-swap-only")
    answers = (found.create_only, found.swap)
    if Kept.IGNORED in answers:
        return odd("conditions", "probe.conditions-ignored")
    if Kept.RACED in answers:
        return odd("conditions", "probe.conditions-raced")
    return odd("conditions", "probe.conditions-none")


def _changed(ground: Ground) -> Iterator[str]:
    """Yield what comes back otherwise than it was put."""
    key = ground.room.put("kept.txt", BODY, META)
    where = ground.address("kept.txt")
    answer = ground.store.client.get_object(**where)
    with answer["Body"] as body:
        content = body.read()
    there = head_in(key, answer).meta
    came: dict[str, tuple[object, object]] = {
        "body": (content, BODY),
        "content-type": (there.content_type, META.content_type),
        "cache-control": (there.cache_control, META.cache_control),
        "metadata": (there.metadata.get("probe"), META.metadata["probe"]),
        "content-encoding": (answer.get("ContentEncoding", ""), ""),
    }
    yield from (what for what, (got, sent) in came.items() if got != sent)


def _checks_md5(ground: Ground) -> bool:
    """Tell whether damage on the way would be noticed."""
    wrong = b64encode(hashlib.md5(b"other", usedforsecurity=False).digest()).decode()
    try:
        ground.put("md5", b"this", ContentMD5=wrong)
    except ClientError:
        return True
    return False


def _parts(ground: Ground) -> tuple[bool, bool]:
    """Tell whether objects can be sent in parts, and whether a later run can take them up."""
    client, is_known = ground.store.client, False
    try:
        upload = ground.upload("parts", BODY)
        address = {name: upload[name] for name in ("Bucket", "Key", "UploadId")}
        with suppress(ClientError):
            is_known = _is_listed(client, address)
        client.complete_multipart_upload(**upload)
    except ClientError:
        return False, False
    return ground.body("parts") == BODY, is_known


def _is_listed(client: Any, address: dict[str, str]) -> bool:
    """Tell whether an unfinished upload and the digests of its parts can be looked up."""
    where = {"Bucket": address["Bucket"], "Prefix": address["Key"]}
    uploads = client.list_multipart_uploads(**where).get("Uploads", [])
    parts = client.list_parts(**address).get("Parts", [])
    md5 = hashlib.md5(BODY, usedforsecurity=False).hexdigest()
    named = address["UploadId"] in [found["UploadId"] for found in uploads]
    return named and [etag_in(part) for part in parts] == [md5]


def _ranges(ground: Ground) -> bool:
    with suppress(ClientError):
        answer = ground.store.client.get_object(**ground.address("kept.txt"), Range="bytes=10-19")
        with answer["Body"] as body:
            status = answer["ResponseMetadata"]["HTTPStatusCode"]
            return status == 206 and body.read() == BODY[10:20]  # noqa: PLR2004  # partial content
    return False
