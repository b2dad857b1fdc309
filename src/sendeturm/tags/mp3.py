"""Tags of MP3 files: ID3v2.3, the version that everything reads.

Version 2.3 and not 2.4: Windows before 2017, many car radios and older players read no 2.4, and
its frame sizes are the ones that widespread programs got wrong (plain instead of synchsafe
integers), which costs covers and chapters. Nothing that a podcast needs is missing from 2.3.
Frames: id3.org/id3v2.3.0; chapters: id3.org/id3v2-chapters-1.0.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sendeturm.tags.chapters import chapter_frames, chapters_of, kept_frames, pictures_of
from sendeturm.tags.frames import Frame, ascii_url, clean, encoding_of, id3, text_frame
from sendeturm.tags.languages import UNKNOWN, long_code, short_code
from sendeturm.tags.values import Tags

_MOST_DIGITS = 9


def write(path: Path, tags: Tags, *, keeps_chapters: bool = False) -> None:
    """Write `tags` as the file's only tag, without padding and without ID3v1.

    `keeps_chapters` leaves the chapters that stand there, with their links and pictures.
    """
    frames = id3.ID3()
    chapters = kept_frames(_read(path), tags.title) if keeps_chapters else chapter_frames(tags)
    for frame in (*_text_frames(tags), *_other_frames(tags), *chapters):
        frames.add(frame)
    frames.save(path, v1=id3.ID3v1SaveOptions.REMOVE, v2_version=3, padding=lambda _: 0)


def read(path: Path) -> Tags:
    """Return what the file's ID3 tag says, of version 2.2, 2.3 or 2.4."""
    frames = _read(path)
    cover = next(iter(frames.getall("APIC")), None)
    return Tags(
        title=_text(frames, "TIT2"),
        show=_text(frames, "TALB"),
        author=_text(frames, "TPE1"),
        number=_count(frames, "TRCK"),
        season=_count(frames, "TPOS"),
        published_at=_moment(_text(frames, "TDRC")),  # what mutagen makes of the three
        language=short_code(_text(frames, "TLAN")),
        notes=next((str(frame) for frame in frames.getall("COMM") if not frame.desc), ""),
        page_url=next((frame.url for frame in frames.getall("WOAF")), None),
        copyright=_text(frames, "TCOP") or None,
        duration_ms=_count(frames, "TLEN") or 0,
        chapters=chapters_of(frames),
        cover=cover.data if cover else None,
        cover_type=cover.mime if cover else "image/jpeg",
    )


def _read(path: Path) -> Frame:
    try:
        return id3.ID3(path)
    except id3.ID3NoHeaderError:
        return id3.ID3()


def read_chapter_pictures(path: Path) -> dict[int, bytes]:
    """Return the pictures of the file's chapters, by their times in ms."""
    try:
        return pictures_of(id3.ID3(path))
    except id3.ID3NoHeaderError:
        return {}


def _text_frames(tags: Tags) -> list[Frame]:
    texts = {
        "TIT2": tags.title,
        "TALB": tags.show,
        "TPE1": tags.author,
        "TRCK": str(tags.number or ""),
        "TPOS": str(tags.season or ""),
        "TCON": "Podcast",
        "TCOP": tags.copyright or "",
        "TLEN": str(tags.duration_ms or ""),
        "TYER": f"{tags.published_at:%Y}" if tags.published_at else "",
        "TDAT": f"{tags.published_at:%d%m}" if tags.published_at else "",
        "TIME": f"{tags.published_at:%H%M}" if tags.published_at else "",
        "TLAN": long_code(tags.language).replace(UNKNOWN, ""),
    }
    return [text_frame(name, text) for name, text in texts.items() if text]


def _other_frames(tags: Tags) -> list[Frame]:
    # PCST is Apple's mark of a podcast: players file it under podcasts, not under music.
    frames: list[Frame] = [id3.PCST(value=0)]
    if notes := clean(tags.notes):
        language = long_code(tags.language)
        frames.append(id3.COMM(encoding=encoding_of(notes), lang=language, desc="", text=notes))
    if tags.page_url:
        frames.append(id3.WOAF(url=ascii_url(tags.page_url)))
    if tags.cover:
        front = id3.PictureType.COVER_FRONT
        frames.append(
            id3.APIC(encoding=0, mime=tags.cover_type, type=front, desc="", data=tags.cover)
        )
    return frames


def _text(frames: Frame, name: str) -> str:
    return "; ".join(str(text) for text in frames[name].text) if name in frames else ""


def _count(frames: Frame, name: str) -> int | None:
    first = _text(frames, name).split("/")[0].strip()
    is_count = first.isascii() and first.isdecimal() and len(first) <= _MOST_DIGITS
    return int(first) if is_count else None


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
