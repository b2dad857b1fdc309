"""From a recording to the episode's media object: mastered, tagged, put, verified."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sendeturm.errors import fail
from sendeturm.events import Progress, Stage
from sendeturm.model import (
    AlternateFile,
    AudioFacts,
    Chapter,
    ImageFacts,
    Material,
    Record,
    Rendition,
    StoredFile,
)
from sendeturm.model.addresses import page_url
from sendeturm.publish.chapter_pictures import pictures_for_tags
from sendeturm.publish.inside import PICTURES_CACHE, recorded_chapters
from sendeturm.publish.keys import content_key
from sendeturm.publish.sound import MEDIA_CACHE, keep_aside
from sendeturm.publish.sweeping import sweep
from sendeturm.publish.wanted import Wanted, has_chapter_file
from sendeturm.publish.workshop import Workshop, put_verified
from sendeturm.tags import Tags
from sendeturm.text.timeline import latest_ms

EXTENSIONS = {"audio/mpeg": "mp3", "audio/x-m4a": "m4a", "audio/ogg": "opus"}
FORMS = {"audio/x-m4a": ("M4A", "mp4a.40.2"), "audio/ogg": ("Opus", "opus")}
"""What people and RFC 6381 call the forms beside the MP3."""
_M4A = "audio/x-m4a"
_BITS = 8


def material_of(item: Wanted) -> Material:
    """Return what an episode's sound is made of, or raise `publish.no-recording`."""
    if item.material is None:
        raise fail("publish.no-recording", file=item.file)
    return item.material


def make_rendition(item: Wanted, shop: Workshop) -> Rendition:
    """Return the mastered episode, from the cache if it is there."""
    material, stem = material_of(item), item.episode.stem
    rendition = shop.master(material, shop.sound, shop.cache, stem, shop.listen)
    rendition = _with_own_chapters(item, material, rendition, shop.cache)
    audio = rendition.audio
    _refuse_late_chapters(item.with_sound(rendition), audio)
    return rendition


def _with_own_chapters(
    item: Wanted, material: Material, rendition: Rendition, cache: Path
) -> Rendition:
    """Take the chapters of a finished file, unless some stand in a file beside it."""
    if not material.is_finished or has_chapter_file(item.episode):
        return rendition
    chapters = _chapters_in_sound(item, material, rendition, cache)
    heard = tuple(c for c in chapters if c.start_ms < rendition.audio.duration_ms)
    audio = rendition.audio.model_copy(update={"has_own_chapters": bool(heard)})
    return rendition.model_copy(update={"chapters": heard, "audio": audio})


def _chapters_in_sound(
    item: Wanted, material: Material, rendition: Rendition, cache: Path
) -> tuple[Chapter, ...]:
    """Return a finished file's chapters; their pictures are known if the plan already read them."""
    if item.episode.chapters_from == material.file:
        return item.episode.chapters
    file = material.files[0].model_copy(update={"path": rendition.path})
    chapters, _ = recorded_chapters(file, cache / PICTURES_CACHE)
    return tuple(chapter.model_copy(update={"image": None}) for chapter in chapters)


def put_media(
    item: Wanted, rendition: Rendition, cover: ImageFacts | None, shop: Workshop
) -> tuple[StoredFile, tuple[str, ...]]:
    """Put the tagged rendition; return it and the former keys that serve the same bytes.

    Some apps keep the first address of an episode: there, too, is the corrected sound.
    """
    with _tagged(item, rendition, cover, shop) as path:
        stored = _stored(path, item, rendition)
        former = _former_keys(item.record, stored.key)
        if former and item.record and item.record.enclosure:
            keep_aside(shop.store, item.record.enclosure, path.parent)
        _put(shop, item, stored, path, former)
    return stored, former


def put_alternates(
    item: Wanted, rendition: Rendition, cover: ImageFacts | None, shop: Workshop
) -> tuple[AlternateFile, ...]:
    """Put the same sound in the other forms that were made of it, tagged like the first.

    The former addresses of each form serve the corrected sound too.
    """
    put = []
    for other in rendition.alternates:
        with _tagged(item, other, cover, shop) as path:
            stored = _stored(path, item, other)
            name, codecs = FORMS[other.type]
            keys = _former_keys_of(name, item.record, stored.key)
            for one in item.record.alternates if item.record else ():
                if one.key in keys:
                    keep_aside(shop.store, one, path.parent)
            _put(shop, item, stored, path, keys)
        audio = other.audio
        about = {"name": name, "codecs": codecs, "former_keys": keys, "loudness": audio.after}
        bits = other.path.stat().st_size * _BITS  # of the sound, without tags and cover
        about |= {"bitrate_kbps": round(bits / audio.duration_ms)}
        put.append(AlternateFile.model_validate(stored.model_dump() | about))
    return tuple(put)


def _former_keys_of(name: str, record: Record | None, key: str) -> tuple[str, ...]:
    """Return the addresses that the form called `name` had before."""
    before = [one for one in record.alternates if one.name == name] if record else []
    known = [former for one in before for former in (*one.former_keys, one.key)]
    return tuple(former for former in dict.fromkeys(known) if former != key)


def _stored(path: Path, item: Wanted, rendition: Rendition) -> StoredFile:
    """Return how a tagged file is named in the store, by its content."""
    with path.open("rb") as body:
        sha256 = hashlib.file_digest(body, "sha256").hexdigest()
    key = content_key("media", item.key_stem, sha256, EXTENSIONS[rendition.type])
    size_bytes = path.stat().st_size
    return StoredFile(key=key, size_bytes=size_bytes, type=rendition.type, sha256=sha256)


def _put(
    shop: Workshop, item: Wanted, stored: StoredFile, path: Path, former: tuple[str, ...]
) -> None:
    for place in (stored.key, *former):
        there = stored.model_copy(update={"key": place})
        put_verified(shop, there, path, MEDIA_CACHE, subject=item.episode.stem)


def _refuse_late_chapters(item: Wanted, audio: AudioFacts) -> None:
    """Raise `publish.chapter-too-late` for one that begins after the sound has ended."""
    written, timeline = item.episode.chapters, audio.timeline
    late = [c for c in item.facts.chapters if c.start_ms >= audio.duration_ms]
    late += [c for c in written if timeline and c.start_ms >= latest_ms(timeline)]
    if late:
        raise fail(
            "publish.chapter-too-late",
            file=item.episode.chapters_from or item.file,
            title=late[0].title,
            duration_s=audio.duration_ms // 1000,
        )


def _former_keys(record: Record | None, key: str) -> tuple[str, ...]:
    if record is None or record.enclosure is None:
        return ()
    keys = dict.fromkeys((*record.former_keys, record.enclosure.key))
    return tuple(former for former in keys if former != key)


@contextmanager
def _tagged(
    item: Wanted, rendition: Rendition, cover: ImageFacts | None, shop: Workshop
) -> Iterator[Path]:
    """Give a tagged copy of the rendition; the cached one stays as it is.

    An untouched one keeps the tags it has: its bytes are those that listeners have already.
    """
    stem = item.episode.stem
    shop.listen(Progress(stem, Stage.TAG, 0, 1))
    sweep(shop.cache)
    with tempfile.TemporaryDirectory(dir=shop.cache, prefix="tagging-") as folder:
        path = Path(folder) / f"episode.{EXTENSIONS[rendition.type]}"
        try:
            _write(item, rendition, cover, shop, path)
        except OSError as error:
            reason = error.strerror or str(error)
            raise fail("publish.cannot-write", file=path, reason=reason) from None
        shop.listen(Progress(stem, Stage.TAG, 1, 1))
        yield path


def _write(
    item: Wanted, rendition: Rendition, cover: ImageFacts | None, shop: Workshop, path: Path
) -> None:
    if material_of(item).is_untouched:
        shutil.copyfile(rendition.path, path)
        return
    from sendeturm.tags import write_tags  # noqa: PLC0415  # mutagen is needed for audio only

    tags = tags_of(item, rendition, shop, _small_cover(cover, shop))
    _copy(rendition, path, tags)
    write_tags(path, tags, keeps_chapters=rendition.audio.has_own_chapters)


def _copy(rendition: Rendition, path: Path, tags: Tags) -> None:
    """Copy a rendition, with the chapters that are no tags but part of how it is put together."""
    audio = rendition.audio
    if rendition.type != _M4A or audio.has_own_chapters or not tags.chapters:
        shutil.copyfile(rendition.path, path)
        return
    from sendeturm.sound import put_chapters_in  # noqa: PLC0415  # the signal's libraries

    put_chapters_in(rendition.path, path, tags.chapters, audio.duration_ms)


def tags_of(item: Wanted, rendition: Rendition, shop: Workshop, cover: bytes | None) -> Tags:
    """Return what the file itself says about the episode."""
    facts, show = item.facts, shop.show.facts
    return Tags(
        title=facts.title,
        show=show.title,
        author=facts.author or show.author,
        number=facts.number,
        season=facts.season,
        published_at=facts.published_at,
        language=facts.language or show.language,
        notes=facts.notes_text or facts.summary,
        page_url=page_url(shop.show, facts.slug)
        if shop.show.is_public and not facts.private
        else None,
        copyright=show.copyright,
        duration_ms=rendition.audio.duration_ms,
        chapters=facts.chapters,
        pictures=pictures_for_tags(facts.chapters, shop),
        cover=cover,
    )


def _small_cover(cover: ImageFacts | None, shop: Workshop) -> bytes | None:
    """Return a small copy of the episode's cover, or the show's, as it lies in the store."""
    chosen = cover or shop.show.cover
    body = shop.cover(chosen) if chosen else b""
    if not body:
        return None
    from sendeturm.pictures import small_cover  # noqa: PLC0415  # Pillow is heavy

    return small_cover(body)
