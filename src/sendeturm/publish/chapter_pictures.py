"""Pictures of chapters: files beside the sidecar, or inside the recording, become objects."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from sendeturm.errors import Problem, Severity, problem
from sendeturm.model import Chapter, Episode, StoredFile
from sendeturm.publish.keys import content_key
from sendeturm.publish.workshop import Workshop, put_verified

JPEG = "image/jpeg"
CACHE = "max-age=31536000, immutable"
SHOWN_PX = 1400
TAGGED_PX = 320
"""In the file itself a picture is small: every listener loads all of them."""

Digest = Callable[[Path], str | None]


def with_pictures(
    episode: Episode, folder: Path, digest: Digest
) -> tuple[Episode, dict[str, Path], list[Problem]]:
    """Return the episode with pictures' keys in its chapters, and which file each key is made of.

    `folder` is where files lie that chapters name. One that is not there is left out with a
    warning.
    """
    paths: dict[str, Path] = {}
    problems: list[Problem] = []
    chapters = []
    for chapter in episode.chapters:
        image = chapter.image
        if chapter.own_picture:
            path = _found(folder, chapter.own_picture)
            sha256 = digest(path) if path else None
            image = content_key("covers", "chapter", sha256, "jpg") if sha256 else None
            if path is None or image is None:
                problems.append(_missing(episode, chapter))
            else:
                paths[image] = path
        chapters.append(chapter.model_copy(update={"image": image}))
    return episode.model_copy(update={"chapters": tuple(chapters)}), paths, problems


def _found(folder: Path, name: str) -> Path | None:
    forms = (unicodedata.normalize(form, name) for form in ("NFC", "NFD"))
    return next((path for form in forms if (path := folder / form).is_file()), None)


def _missing(episode: Episode, chapter: Chapter) -> Problem:
    code, severity = "publish.no-chapter-picture", Severity.WARNING
    file, value = episode.chapters_from, chapter.image or ""
    return problem(code, file=file, severity=severity, value=value, title=chapter.title)


def put_pictures(pictures: Mapping[str, Path], shop: Workshop, subject: str) -> None:
    """Put each picture under its key, as a JPEG without metadata.

    Raises SendeturmError for one that is broken.
    """
    from sendeturm.pictures import read_picture, small_cover  # noqa: PLC0415  # Pillow is heavy

    for key, path in pictures.items():
        body = small_cover(read_picture(path, path.name), SHOWN_PX, path.name)
        sha256 = hashlib.sha256(body).hexdigest()
        stored = StoredFile(key=key, size_bytes=len(body), type=JPEG, sha256=sha256)
        put_verified(shop, stored, body, CACHE, subject=subject)


def pictures_for_tags(chapters: Iterable[Chapter], shop: Workshop) -> dict[str, bytes]:
    """Return a small copy of each picture that lies in the store, by its key."""
    keys = dict.fromkeys(key for c in chapters if (key := c.own_picture))
    if not keys:
        return {}
    from sendeturm.pictures import small_cover  # noqa: PLC0415  # Pillow is heavy

    found = {key: shop.store.get(key) for key in keys}
    return {key: small_cover(one.body, TAGGED_PX) for key, one in found.items() if one}
