"""The cache of renditions: `<cache>/renditions/<digest>.mp3` (.m4a, .opus) and a `.json`."""

from __future__ import annotations

import errno
import hashlib
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ValidationError

from sendeturm.errors import Place, Problem, Severity, fail
from sendeturm.model import AudioFacts, Recipe, Rendition
from sendeturm.sound.kinds import KINDS, MP3, Kind

_FOLDER = "renditions"
_PART = ".part"
_PART_AGE_S = 86_400  # a part this old was left by a run that was killed
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class _KeptNotice(BaseModel):
    """A problem as JSON keeps it."""

    code: str
    params: dict[str, str | int | float | None]
    file: str | None
    severity: Severity


class _Kept(BaseModel):
    """What stands beside a rendition; the checksum tells a damaged one."""

    recipe: Recipe
    audio: AudioFacts
    notices: tuple[_KeptNotice, ...]
    sha256: str
    suffix: Literal[".mp3", ".m4a", ".opus"] = ".mp3"


def cached(recipe: Recipe, cache: Path) -> Rendition | None:
    """Return the rendition of a recipe if it is in the cache, whole and undamaged."""
    facts = _facts_path(recipe, cache)
    try:
        kept = _Kept.model_validate_json(facts.read_bytes())
        if kept.recipe != recipe or kept.sha256 != _sha256(facts.with_suffix(kept.suffix)):
            return None
    except (OSError, ValidationError):
        return None
    return _rendition(kept, facts, reused=True)


def keep(
    part: Path,
    recipe: Recipe,
    cache: Path,
    audio: AudioFacts,
    notices: tuple[Problem, ...],
    *,
    kind: Kind = MP3,
) -> Rendition:
    """Move a finished file into the cache and write beside it what is known of it."""
    kept = _Kept(
        recipe=recipe,
        audio=audio,
        notices=tuple(
            _KeptNotice(code=n.code, params=dict(n.params), file=n.place.file, severity=n.severity)
            for n in notices
        ),
        sha256=_sha256(part),
        suffix=kind.suffix,
    )
    path = _facts_path(recipe, cache)
    with writing(cache) as facts:
        facts.write_text(kept.model_dump_json(indent=1), encoding="utf-8")
        part.replace(path.with_suffix(kind.suffix))
        facts.replace(path)
    return _rendition(kept, path, reused=False)


@contextmanager
def writing(cache: Path) -> Iterator[Path]:
    """Give the name of a new file beside the renditions; what is left of it goes away at the end.

    Raises SendeturmError (`sound.no-room`, `sound.no-cache`) for a full disk or a folder that
    cannot be written to.
    """
    folder = cache / _FOLDER
    part = folder / (secrets.token_hex(8) + _PART)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _sweep(folder)
        yield part
    except OSError as error:
        code = "sound.no-room" if error.errno in _NO_ROOM else "sound.no-cache"
        reason = error.strerror or str(error)
        raise fail(code, file=folder, reason=reason) from error
    finally:
        with suppress(OSError):
            part.unlink()


def _facts_path(recipe: Recipe, cache: Path) -> Path:
    return cache / _FOLDER / f"{recipe.digest}.json"


def _rendition(kept: _Kept, facts: Path, *, reused: bool) -> Rendition:
    return Rendition(
        path=facts.with_suffix(kept.suffix),
        type=next(kind.type for kind in KINDS if kind.suffix == kept.suffix),
        audio=kept.audio,
        recipe=kept.recipe,
        notices=tuple(Problem(n.code, n.params, Place(n.file), n.severity) for n in kept.notices),
        reused=reused,
    )


def _sweep(folder: Path) -> None:
    """Remove what killed runs left behind."""
    oldest_s = time.time() - _PART_AGE_S
    for part in folder.glob(f"*{_PART}"):
        if part.stat().st_mtime < oldest_s:
            part.unlink(missing_ok=True)


def _sha256(path: Path) -> str:
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
