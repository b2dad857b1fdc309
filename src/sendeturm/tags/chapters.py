"""Chapters as ID3 frames (id3.org/id3v2-chapters-1.0)."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise

from sendeturm.model import Chapter
from sendeturm.tags.frames import Frame, ascii_url, encoding_of, id3, text_frame
from sendeturm.tags.values import Tags

_UNUSED = 0xFFFFFFFF
"""Says that a chapter is given in milliseconds, not in bytes."""

_MOST_LISTED = 255
"""A table of contents counts its entries in one byte."""

_OWNER = "sendeturm.padding"


def chapter_frames(tags: Tags) -> list[Frame]:
    """Return a CHAP frame for each chapter, in time order, and the CTOC that lists them.

    mutagen writes CHAP frames by size, then by name, and FFmpeg lists them as they come
    (quodlibet/mutagen#506): so all get the same size by a PRIV frame, and names that sort.
    The CTOC has a title because some readers pass over one without.
    """
    chapters = [c for c in tags.chapters if c.start_ms < tags.duration_ms and not c.is_hidden]
    if not chapters:
        return []
    chapters.sort(key=lambda chapter: chapter.start_ms)
    ends_ms = [*(after.start_ms for _, after in pairwise(chapters)), tags.duration_ms]
    frames = [
        _chapter(f"chp{i:05}", chapter, end_ms, tags.pictures.get(chapter.image or ""))
        for i, (chapter, end_ms) in enumerate(zip(chapters, ends_ms, strict=True))
    ]
    _make_equal(frames)
    return [*frames, _contents(frames, tags.title)]


def kept_frames(tag: Frame, title: str) -> list[Frame]:
    """Return the CHAP frames of a `tag` with all that is in them, and the CTOC that lists them.

    They get names that sort and equal sizes, as above: in the order that they had, they were
    listed by few readers.
    """
    frames = sorted(tag.getall("CHAP"), key=lambda frame: (frame.start_time, frame.element_id))
    if not frames:
        return []
    for i, frame in enumerate(frames):
        frame.element_id = f"chp{i:05}"
        _drop_padding(frame)
    _make_equal(frames)
    return [*frames, _contents(frames, title)]


def _drop_padding(frame: Frame) -> None:
    """Take away what a former run of sendeturm made frames equal with."""
    for key, inner in list(frame.sub_frames.items()):
        if inner.FrameID == "PRIV" and inner.owner == _OWNER:
            del frame.sub_frames[key]


def chapters_of(tag: Frame) -> tuple[Chapter, ...]:
    """Return the chapters of a tag in time order."""
    frames = sorted(tag.getall("CHAP"), key=lambda frame: (frame.start_time, frame.element_id))
    return tuple(
        Chapter(
            start_ms=frame.start_time,
            title="".join(str(text) for text in frame.sub_frames.getall("TIT2")),
            url=next((link.url for link in frame.sub_frames.getall("WXXX")), None),
        )
        for frame in frames
    )


def pictures_of(tag: Frame) -> dict[int, bytes]:
    """Return the first picture of each chapter of a tag that has one, by its time in ms."""
    pictures = ((f.start_time, f.sub_frames.getall("APIC")) for f in tag.getall("CHAP"))
    return {start_ms: bytes(found[0].data) for start_ms, found in pictures if found}


def _chapter(name: str, chapter: Chapter, end_ms: int, picture: bytes | None) -> Frame:
    frames = [text_frame("TIT2", chapter.title)]
    if picture:
        kind = id3.PictureType.OTHER
        frames.append(id3.APIC(encoding=0, mime="image/jpeg", type=kind, desc="", data=picture))
    if chapter.url:
        frames.append(id3.WXXX(encoding=encoding_of(""), desc="", url=ascii_url(chapter.url)))
    return id3.CHAP(
        element_id=name,
        start_time=chapter.start_ms,
        end_time=end_ms,
        start_offset=_UNUSED,
        end_offset=_UNUSED,
        sub_frames=frames,
    )


def _contents(chapters: list[Frame], title: str) -> Frame:
    return id3.CTOC(
        element_id="toc",
        flags=id3.CTOCFlags.TOP_LEVEL | id3.CTOCFlags.ORDERED,
        child_element_ids=[frame.element_id for frame in chapters[:_MOST_LISTED]],
        sub_frames=[text_frame("TIT2", title)],
    )


def _make_equal(chapters: list[Frame]) -> None:
    sizes = [_size_bytes(frame) for frame in chapters]
    for frame, size_bytes in zip(chapters, sizes, strict=True):
        padding = bytes(max(sizes) - size_bytes)
        frame.sub_frames.add(id3.PRIV(owner=_OWNER, data=padding))


def _size_bytes(frame: Frame) -> int:
    alone, written = id3.ID3(), BytesIO()
    alone.add(frame)
    alone.save(written, v2_version=3, padding=lambda _: 0)
    return len(written.getvalue())
