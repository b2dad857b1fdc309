"""The recipe of a rendition: a hash of everything that shapes it."""

from __future__ import annotations

import hashlib
import json

from sendeturm.model import Recipe, SoundSettings

Plain = str | int | float | bool | None

VERSIONS = {"decode": 1, "limiter": 1, "mp3": 1}
"""A stage's number grows when the same input would sound otherwise than before."""


def recipe(recording_sha256: str, settings: SoundSettings) -> Recipe:
    """Return the recipe for a recording (sha256 in hex) mastered with `settings`."""
    values = {name: _plain(value) for name, value in settings.model_dump(mode="json").items()}
    whole = {"recording": recording_sha256, "settings": values, "versions": VERSIONS}
    canonical = json.dumps(whole, sort_keys=True, separators=(",", ":"))
    return Recipe(
        recording_sha256=recording_sha256,
        settings=values,
        versions=dict(VERSIONS),
        digest=hashlib.sha256(canonical.encode()).hexdigest(),
    )


def _plain(value: Plain | list[str]) -> Plain:
    """Return a setting as a recipe holds it: a list as one string."""
    return ", ".join(value) if isinstance(value, list) else value
