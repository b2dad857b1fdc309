"""The recipe of a rendition: a hash of everything that shapes it."""

from __future__ import annotations

import hashlib
import json

from sendeturm.model import Recipe, SoundSettings

VERSIONS = {"decode": 1, "limiter": 1, "mp3": 1}
"""A stage's number grows when the same input would sound otherwise than before."""


def recipe(recording_sha256: str, settings: SoundSettings) -> Recipe:
    """Return the recipe for a recording (sha256 in hex) mastered with `settings`."""
    values = settings.model_dump(mode="json")
    whole = {"recording": recording_sha256, "settings": values, "versions": VERSIONS}
    canonical = json.dumps(whole, sort_keys=True, separators=(",", ":"))
    return Recipe(
        recording_sha256=recording_sha256,
        settings=values,
        versions=dict(VERSIONS),
        digest=hashlib.sha256(canonical.encode()).hexdigest(),
    )
