"""The small objects of an episode: picture, chapters, transcript."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from sendeturm.model import Cue, Cut, ImageFacts, StoredFile, TranscriptFile
from sendeturm.model.addresses import picture_url
from sendeturm.publish.chapter_pictures import put_pictures
from sendeturm.publish.keys import content_key
from sendeturm.publish.transcripts import (
    HTML,
    PLAIN,
    SRT,
    VTT,
    refuse_late,
    transcript_bodies,
    within,
)
from sendeturm.publish.wanted import Wanted
from sendeturm.publish.workshop import Workshop, put_verified
from sendeturm.sources import read_cues, transcript_maker

if TYPE_CHECKING:
    from sendeturm.pictures import Picture

SIDECAR_CACHE = "max-age=31536000, immutable"
CHAPTERS = "application/json+chapters"
PLACES = {
    CHAPTERS: ("chapters", "json"),
    VTT: ("transcripts", "vtt"),
    SRT: ("transcripts", "srt"),
    HTML: ("transcripts", "html"),
    PLAIN: ("transcripts", "txt"),
}


def put_cover(shop: Workshop, path: Path, label: str, slug: str, source_sha256: str) -> ImageFacts:
    """Put a picture in the form podcast apps accept and return its facts."""
    from sendeturm.pictures import prepare_cover  # noqa: PLC0415  # Pillow is heavy

    return put_picture(shop, "covers", slug, prepare_cover(path, label), source_sha256)


def put_picture(
    shop: Workshop, folder: str, name: str, picture: Picture, source_sha256: str
) -> ImageFacts:
    """Put a picture under a key that names its content and return its facts."""
    sha256 = hashlib.sha256(picture.body).hexdigest()
    facts = ImageFacts(
        key=content_key(folder, name, sha256, picture.extension.lstrip(".")),
        size_bytes=len(picture.body),
        type=picture.type,
        sha256=sha256,
        width_px=picture.width_px,
        height_px=picture.height_px,
        source_sha256=source_sha256,
    )
    put_verified(shop, facts, picture.body, SIDECAR_CACHE)
    return facts


def put_episode_cover(item: Wanted, shop: Workshop) -> ImageFacts | None:
    """Put the episode's own cover, if there is one."""
    path = item.episode.cover
    if path is None:
        return item.record.cover if item.record else None
    return put_cover(shop, path, item.beside(path), item.key_stem, item.digests.cover or "")


def put_chapters(item: Wanted, shop: Workshop) -> StoredFile | None:
    """Put the chapters as JSON (podcast:chapters), and their pictures."""
    from sendeturm.text import chapters_json  # noqa: PLC0415  # few episodes have chapters

    chapters = item.facts.chapters
    if not chapters:
        return None
    there = item.record.object_keys if item.record else ()
    new = {key: path for key, path in item.pictures.items() if key not in there}
    put_pictures(new, shop, item.episode.stem)
    body = chapters_json(chapters, lambda image: picture_url(shop.show, image))
    return _put_text(item, shop, body, CHAPTERS)


def put_transcripts(
    item: Wanted, shop: Workshop, timeline: tuple[Cut, ...], duration_ms: int
) -> tuple[TranscriptFile, ...]:
    """Put the transcript as WebVTT, SubRip and HTML, in the time of the rendition.

    One without times goes out as HTML and plain text. Source: podcast:transcript. Raises
    `publish.transcript-too-late`.
    """
    if item.episode.transcript is None:
        return item.record.transcripts if item.record else ()
    language = item.facts.language or shop.show.facts.language
    cues = _spoken(item, shop, timeline, duration_ms)
    maker = transcript_maker(item.episode.transcript)
    bodies = transcript_bodies(cues, item.facts.title, language, maker)
    stored = [_put_text(item, shop, body, kind) for kind, body in bodies.items()]
    return tuple(
        TranscriptFile(**one.model_dump(), language=language, made_by=maker) for one in stored
    )


def _spoken(
    item: Wanted, shop: Workshop, timeline: tuple[Cut, ...], duration_ms: int
) -> tuple[Cue, ...]:
    """Return who says what when, the names tied to the people of the show and the episode."""
    from sendeturm.text import latest_ms, shifted_cues, tied_cues  # noqa: PLC0415  # few have a transcript

    path = item.episode.transcript
    assert path is not None, "asked only where there is a transcript"
    # Known transcripts are not parsed at every run; here the words are needed.
    cues = item.episode.cues or read_cues(path)[0]
    people = [person.name for person in (*item.facts.people, *shop.show.facts.people)]
    front = item.episode.front
    tied = tied_cues(cues, people, front.speakers if front else {})
    file = item.beside(path)
    if timeline:
        refuse_late(tied, latest_ms(timeline), file)
    return within(shifted_cues(tied, timeline), duration_ms, file)


def _put_text(item: Wanted, shop: Workshop, body: bytes, kind: str) -> StoredFile:
    folder, extension = PLACES[kind]
    sha256 = hashlib.sha256(body).hexdigest()
    key = content_key(folder, item.key_stem, sha256, extension)
    stored = StoredFile(key=key, size_bytes=len(body), type=kind, sha256=sha256)
    put_verified(shop, stored, body, SIDECAR_CACHE, subject=item.episode.stem, charset="utf-8")
    return stored
