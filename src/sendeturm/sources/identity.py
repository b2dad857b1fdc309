"""Where an episode's identity comes from."""

from __future__ import annotations

from uuid import UUID, uuid5


def first_guid(show_id: UUID, recording_sha256: str) -> str:
    """Return the GUID of an episode published for the first time.

    It is UUIDv5 of the show's id and the recording's sha256 (hex): two machines mint the same,
    and so does a run after a crash.
    """
    return str(uuid5(show_id, recording_sha256))


def next_guid(show_id: UUID, former: str, recording_sha256: str) -> str:
    """Return the GUID of an episode that is published as new with another recording.

    It follows from the `former` one too: a recording that comes back is new again. Two machines
    mint the same, and so does a run after a crash.
    """
    return str(uuid5(show_id, f"{former} {recording_sha256}"))
