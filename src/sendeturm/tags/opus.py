"""Tags of Opus files: Vorbis comments, the cover as a METADATA_BLOCK_PICTURE among them.

Comments: RFC 7845, 5.2; wiki.xiph.org/VorbisComment and wiki.xiph.org/Chapter_Extension.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import mutagen
import mutagen.flac
import mutagen.oggopus

from sendeturm.model import Chapter
from sendeturm.tags.frames import ascii_url, clean
from sendeturm.tags.values import Tags
from sendeturm.units import MS_PER_SECOND, timecode_from_ms

oggopus: Any = mutagen.oggopus
flac: Any = mutagen.flac
"""mutagen is typed in part only: the edge to it is marked here."""

_FRONT = 3
_MOST_CHAPTERS = 1000
_CHAPTER = re.compile(r"chapter\d{3}(name|url)?")
_GAIN = re.compile(r"r128_(track|album)_gain")
_CLOCK = re.compile(r"(\d+):(\d\d):(\d\d)(?:\.(\d{1,3}))?")


def write(path: Path, tags: Tags, *, keeps_chapters: bool = False) -> None:
    """Write `tags` as the file's only comments; what is said there of the gain stays.

    `keeps_chapters` leaves the chapters that stand there as well.
    """
    opened = oggopus.OggOpus(path)
    chapters = [pair for pair in opened.tags if _CHAPTER.fullmatch(pair[0].lower())]
    kept = [pair for pair in opened.tags if _GAIN.fullmatch(pair[0].lower())]
    opened.tags.clear()
    kept += chapters if keeps_chapters else _chapter_comments(tags)
    opened.tags.extend([*_comments(tags), *kept])
    opened.save(padding=lambda _: 0)


def read(path: Path) -> Tags:
    """Return what the file's comments say."""
    opened = oggopus.OggOpus(path)
    comments = {name.lower(): value for name, value in reversed(opened.tags)}
    cover = _picture(comments.get("metadata_block_picture", ""))
    return Tags(
        title=comments.get("title", ""),
        show=comments.get("album", ""),
        author=comments.get("artist", ""),
        number=_count(comments.get("tracknumber", "")),
        season=_count(comments.get("discnumber", "")),
        published_at=_moment(comments.get("date", "")),
        language=comments.get("language", ""),
        notes=comments.get("description", ""),
        page_url=comments.get("contact") or None,
        copyright=comments.get("copyright") or None,
        duration_ms=round(opened.info.length * MS_PER_SECOND),
        chapters=tuple(_chapters(comments)),
        cover=cover.data if cover else None,
        cover_type=cover.mime if cover else "image/jpeg",
    )


def _comments(tags: Tags) -> list[tuple[str, str]]:
    texts = {
        "TITLE": _line(tags.title),
        "ALBUM": _line(tags.show),
        "ARTIST": _line(tags.author),
        "TRACKNUMBER": str(tags.number or ""),
        "DISCNUMBER": str(tags.season or ""),
        "GENRE": "Podcast",
        "DATE": f"{tags.published_at:%Y-%m-%dT%H:%M:%S}" if tags.published_at else "",
        "LANGUAGE": _line(tags.language),
        "DESCRIPTION": clean(tags.notes),
        "COPYRIGHT": _line(tags.copyright or ""),
        "CONTACT": ascii_url(tags.page_url or ""),
        "METADATA_BLOCK_PICTURE": _block(tags),
    }
    return [(name, text) for name, text in texts.items() if text]


def _block(tags: Tags) -> str:
    """Return the cover as FLAC's picture block in base64."""
    if not tags.cover:
        return ""
    picture = flac.Picture()
    picture.type, picture.mime, picture.data = _FRONT, tags.cover_type, tags.cover
    return base64.b64encode(picture.write()).decode()


def _chapter_comments(tags: Tags) -> list[tuple[str, str]]:
    heard = [c for c in tags.chapters if c.start_ms < tags.duration_ms and not c.is_hidden]
    heard.sort(key=lambda chapter: chapter.start_ms)
    comments = []
    for number, chapter in enumerate(heard[:_MOST_CHAPTERS]):
        name = f"CHAPTER{number:03}"
        comments.append((name, timecode_from_ms(chapter.start_ms)))
        comments.append((f"{name}NAME", _line(chapter.title)))
        if chapter.url:
            comments.append((f"{name}URL", ascii_url(chapter.url)))
    return comments


def _chapters(comments: dict[str, str]) -> Iterator[Chapter]:
    for number in range(_MOST_CHAPTERS):
        name = f"chapter{number:03}"
        clock = _CLOCK.fullmatch(comments.get(name, "").strip())
        if clock:
            hours, minutes, seconds = map(int, clock.group(1, 2, 3))
            start_ms = ((hours * 60 + minutes) * 60 + seconds) * MS_PER_SECOND
            start_ms += int((clock[4] or "").ljust(3, "0"))
            url = comments.get(f"{name}url") or None
            yield Chapter(start_ms=start_ms, title=comments.get(f"{name}name", ""), url=url)


def _picture(block: str) -> Any:
    try:
        return flac.Picture(base64.b64decode(block)) if block else None
    except (binascii.Error, ValueError, mutagen.MutagenError):
        return None


def _line(text: str) -> str:
    return " ".join(clean(text).split())


def _count(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and text != "0" else None


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None
