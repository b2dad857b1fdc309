"""A show and its records, made in memory, for tests of feed, checks and rss."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

from sendeturm.model import (
    AlternateFile,
    AudioFacts,
    Chapter,
    EpisodeFacts,
    ImageFacts,
    Loudness,
    Record,
    ShowFacts,
    ShowRecord,
    StoredFile,
    TranscriptFile,
)
from sendeturm.model.common import Credit

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
BERLIN = timezone(timedelta(hours=1))
LOUDNESS = Loudness(integrated_lufs=-16, true_peak_dbtp=-1.2, lra_lu=5)


def stored(key: str, content_type: str, size_bytes: int = 4_321_987) -> StoredFile:
    return StoredFile(key=key, size_bytes=size_bytes, type=content_type, sha256="ab" * 32)


def cover(key: str = "covers/show-abc.jpg") -> ImageFacts:
    return ImageFacts(
        key=key,
        size_bytes=200_000,
        type="image/jpeg",
        sha256="cd" * 32,
        width_px=3000,
        height_px=3000,
        source_sha256="ef" * 32,
    )


def audio(duration_ms: int = 1_830_400) -> AudioFacts:
    return AudioFacts(
        duration_ms=duration_ms,
        channels=2,
        sample_rate_hz=44_100,
        bitrate_kbps=128,
        before=LOUDNESS,
        after=LOUDNESS,
        gain_db=3.0,
    )


def a_show(**changes: Any) -> ShowRecord:
    """A public show; keywords replace fields of the record or of its facts."""
    facts: dict[str, Any] = {
        "id": UUID("6f1b9a3e-0d6b-4a57-8f52-3d3f2b7f6c11"),
        "title": "Über Türme & <Tore>",
        "description": "Gespräche vom Turm.",
        "language": "de",
        "author": "Änne Öhler",
        "email": "turm@example.org",
        "categories": ("Society & Culture > Personal Journals", "Arts > Books", "Arts > Design"),
        "copyright": "© 2026 Änne Öhler",
        "people": (Credit(name="Änne Öhler", role="host", url="https://example.org/änne"),),
    }
    record: dict[str, Any] = {
        "address": "https://cdn.example.org/show",
        "is_public": True,
        "podcast_guid": UUID("917393e3-1b1e-5cef-ace4-edaa54e1f810"),
        "cover": cover(),
        "changed_at": datetime(2026, 1, 1, tzinfo=UTC),
    }
    for key, value in changes.items():
        (facts if key in ShowFacts.model_fields else record)[key] = value
    return ShowRecord(facts=ShowFacts(**facts), **record)


def a_record(nth: int = 1, /, **changes: Any) -> Record:
    """A published episode, the first is the oldest; keywords replace fields of record or facts."""
    date = datetime(2026, 3, 1, 6, 30, tzinfo=BERLIN) + timedelta(days=nth)
    facts: dict[str, Any] = {
        "title": f"Der Turm, Teil {nth}",
        "published_at": date,
        "slug": f"turm-{nth}",
        "number": nth,
        "summary": "Kurz gesagt: hoch.",
        "notes_html": "<p>Notizen mit <a href='https://example.org/?a=1&amp;b=2'>Verweis</a></p>",
        "notes_text": "Notizen mit Verweis",
        "author": "Änne Öhler",
        "language": "de",
    }
    record: dict[str, Any] = {
        "guid": f"00000000-0000-5000-8000-{nth:012}",
        "enclosure": stored(f"media/turm-{nth}-abcdef.mp3", "audio/mpeg"),
        "audio": audio(),
        "changed_at": date,
    }
    for key, value in changes.items():
        (facts if key in EpisodeFacts.model_fields and key != "chapters" else record)[key] = value
    return Record(facts=EpisodeFacts(**facts), **record)


def with_chapters(record: Record, *starts_ms: int) -> Record:
    chapters = tuple(Chapter(start_ms=ms, title=f"Teil {n}") for n, ms in enumerate(starts_ms, 1))
    return record.model_copy(
        update={"facts": record.facts.model_copy(update={"chapters": chapters})}
    )


def alternates() -> tuple[AlternateFile, ...]:
    """Opus and M4A beside the MP3 of the first episode."""
    forms = (("Opus", "opus", "audio/ogg", 64), ("M4A", "mp4a.40.2", "audio/x-m4a", 80))
    return tuple(
        AlternateFile(
            key=f"media/turm-7-{n}.{name.lower()}",
            size_bytes=1_000_000 + n,
            type=kind,
            sha256=f"{n}f" * 32,
            name=name,
            codecs=codecs,
            bitrate_kbps=kbps,
            loudness=LOUDNESS,
        )
        for n, (name, codecs, kind, kbps) in enumerate(forms, 1)
    )


def transcript(key: str, content_type: str, language: str = "de") -> TranscriptFile:
    return TranscriptFile(
        key=key, size_bytes=5_000, type=content_type, sha256="aa" * 32, language=language
    )
