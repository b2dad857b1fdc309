"""Tags of M4A files: the atoms that iTunes made the custom.

Chapters are no tags there but a track and a list of their own, made when the file is put together.
Atoms: mutagen.readthedocs.io/en/latest/api/mp4.html; `stik` 21 and `pcst` say podcast.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import mutagen.mp4

from sendeturm.tags.frames import clean
from sendeturm.tags.values import Tags

mp4: Any = mutagen.mp4
"""mutagen is typed in part only: the edge to it is marked here."""

_PODCAST = 21
_MOST_CHARS = 255
# Says which samples are the encoder's and not the sound's: without it a player hears too much.
_KEPT = "----:com.apple.iTunes:iTunSMPB"
_PICTURES = {"image/jpeg": 13, "image/png": 14}
_TYPES = {code: kind for kind, code in _PICTURES.items()}


def write(path: Path, tags: Tags, *, keeps_chapters: bool = False) -> None:
    """Write `tags` as the file's only tags, without room to grow; chapters are left as they are."""
    del keeps_chapters
    opened = mp4.MP4(path)
    if opened.tags is None:
        opened.add_tags()
    kept = {key: value for key, value in opened.tags.items() if key == _KEPT}
    opened.tags.clear()
    opened.tags.update(kept | _atoms(tags))
    opened.save(padding=lambda _: 0)


def read(path: Path) -> Tags:
    """Return what the file's atoms say; its chapters are not among them."""
    opened = mp4.MP4(path)
    atoms = opened.tags or {}
    cover = next(iter(atoms.get("covr", ())), None)
    return Tags(
        title=_first(atoms, "\xa9nam"),
        show=_first(atoms, "\xa9alb"),
        author=_first(atoms, "\xa9ART"),
        number=atoms.get("trkn", [(0, 0)])[0][0] or None,
        season=atoms.get("disk", [(0, 0)])[0][0] or None,
        published_at=_moment(_first(atoms, "\xa9day")),
        notes=_first(atoms, "ldes") or _first(atoms, "\xa9cmt"),
        page_url=_first(atoms, "purl") or None,
        copyright=_first(atoms, "cprt") or None,
        duration_ms=round(opened.info.length * 1000),
        cover=bytes(cover) if cover else None,
        cover_type=_TYPES.get(getattr(cover, "imageformat", 0), "image/jpeg"),
    )


def _atoms(tags: Tags) -> dict[str, Any]:
    notes = clean(tags.notes)
    texts = {
        "\xa9nam": _line(tags.title),
        "\xa9alb": _line(tags.show),
        "\xa9ART": _line(tags.author),
        "aART": _line(tags.author),
        "\xa9gen": "Podcast",
        "\xa9day": f"{tags.published_at:%Y-%m-%dT%H:%M:%S}" if tags.published_at else "",
        "desc": _line(notes)[:_MOST_CHARS],
        "ldes": notes,
        "\xa9cmt": notes,
        "cprt": _line(tags.copyright or ""),
        "purl": _line(tags.page_url or ""),
    }
    atoms: dict[str, Any] = {name: [text] for name, text in texts.items() if text}
    atoms |= {"pcst": True, "stik": [_PODCAST]}
    counts = {"trkn": tags.number, "disk": tags.season}
    atoms |= {name: [(count, 0)] for name, count in counts.items() if count}
    if tags.cover:
        form = _PICTURES.get(tags.cover_type, _PICTURES["image/jpeg"])
        atoms["covr"] = [mp4.MP4Cover(tags.cover, imageformat=form)]
    return atoms


def _line(text: str) -> str:
    return " ".join(clean(text).split())


def _first(atoms: Any, name: str) -> str:
    return str(next(iter(atoms.get(name, ())), ""))


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None
