"""The recipe of a rendition: a hash of everything that shapes it."""

from __future__ import annotations

import hashlib
import json

from sendeturm.model import AS_IS, Material, Recipe, SoundSettings

Plain = str | int | float | bool | None

VERSIONS = {"decode": 3, "edit": 1, "level": 2, "limiter": 1, "mp3": 2}
"""A stage's number grows when the same input would sound otherwise than before."""

ALTERNATE_VERSIONS = {"alternate": 1}

_ELSEWHERE = frozenset({"intro", "outro", "recordings", "alternates"})
"""Settings that shape other files, and names of files whose digests count instead."""
_OF_JINGLES = frozenset({"jingles", "overlap_ms"})


def recipe(material: Material, settings: SoundSettings) -> Recipe:
    """Return the recipe for `material` mastered with `settings`, or taken as it is."""
    if material.is_finished:
        return _made(material, {"sound": AS_IS, "loudness_lufs": settings.loudness_lufs}, {})
    jingles = {
        f"{name}_sha256": file.sha256
        for name, file in (("intro", material.intro), ("outro", material.outro))
        if file
    }
    left_out = _ELSEWHERE if jingles else _ELSEWHERE | _OF_JINGLES
    plain = settings.model_dump(mode="json", exclude=set(left_out))
    values = {name: _plain(value) for name, value in plain.items()} | jingles
    return _made(material, values, VERSIONS)


def alternate_recipe(main: Recipe, kind: str) -> Recipe:
    """Return the recipe for the alternate of a `kind` beside what `main` makes."""
    values: dict[str, Plain] = dict(main.settings) | {"alternate": kind}
    return _hashed(main.recording_sha256, values, dict(main.versions) | ALTERNATE_VERSIONS)


def _made(material: Material, values: dict[str, Plain], versions: dict[str, int]) -> Recipe:
    return _hashed(material.sha256, values, versions)


def _hashed(recording: str, values: dict[str, Plain], versions: dict[str, int]) -> Recipe:
    whole = {"recording": recording, "settings": values, "versions": versions}
    canonical = json.dumps(whole, sort_keys=True, separators=(",", ":"))
    return Recipe(
        recording_sha256=recording,
        settings=values,
        versions=dict(versions),
        digest=hashlib.sha256(canonical.encode()).hexdigest(),
    )


def _plain(value: Plain | list[str]) -> Plain:
    """Return a setting as a recipe holds it: a list as one string."""
    return ", ".join(value) if isinstance(value, list) else value
