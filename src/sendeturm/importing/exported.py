"""A show in a folder that `sendeturm export` made: more is known there than a feed can say.

Notes are there as they were written, and episodes that no public feed names: planned ones, and
those for friends alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from sendeturm.importing.values import FoundEpisode, FoundShow, FoundTranscript, Sound
from sendeturm.model import EpisodeFacts, FrontMatter, Record, ShowRecord, StoredFile
from sendeturm.model.addresses import media_url
from sendeturm.publish.keys import SHOW_KEY
from sendeturm.publish.records import read_live
from sendeturm.store import FolderStore

_LEFT: Final = frozenset({"id", "cover", "former_feeds", "locked", "new_feed_url"})
"""Settings that hang on the old address, or are made anew."""
_FIRST: Final = ("published_at", "guid", "number", "season", "type")
_OWN: Final = frozenset({"title", *_FIRST})
_FROM_FACTS: Final = (FrontMatter.model_fields.keys() & EpisodeFacts.model_fields.keys()) - _OWN


def is_exported(folder: Path | None) -> bool:
    """Say whether sendeturm made this folder."""
    return folder is not None and (folder / SHOW_KEY).is_file()


def complete_from_export(show: FoundShow, folder: Path) -> None:
    """Take settings and episodes from the export in `folder`, in place of what its feed says.

    Raises SendeturmError if it cannot be read.
    """
    live = read_live(FolderStore(folder, f"{folder}/"), None)
    if live.show is None:
        return
    own = live.show.record
    show.lock_owner = None
    settings: Mapping[str, Any] = own.settings.get("show", {})
    show.settings |= {name: value for name, value in settings.items() if name not in _LEFT}
    if own.cover is not None:
        show.cover_url = media_url(own, own.cover.key)
    records = [one.record for one in live.records.values() if one.record.is_on_air]
    records.sort(key=lambda record: record.facts.published_at, reverse=True)
    show.episodes = [_episode(record, own) for record in records]


def _episode(record: Record, show: ShowRecord) -> FoundEpisode:
    facts, sound = record.facts, record.enclosure
    assert sound is not None, "what is on the air has a sound"
    return FoundEpisode(
        facts.title,
        record.item_guid,
        Sound(media_url(show, sound.key), sound.type, sound.size_bytes),
        published_at=facts.published_at,
        number=facts.number,
        season=facts.season,
        type=facts.type,
        front=_front(record),
        notes=record.notes_markdown,
        cover_url=_url(record.cover, show),
        chapters_url=_url(record.chapters, show),
        transcripts=tuple(
            FoundTranscript(media_url(show, one.key), one.type, one.language)
            for one in record.transcripts
        ),
    )


def _front(record: Record) -> dict[str, object]:
    """Return the front matter, the most important first; times are those of the published sound."""
    facts = record.facts
    first = {name: getattr(facts, name, record.item_guid) for name in _FIRST}
    said = facts.model_dump(
        mode="json", include=set(_FROM_FACTS), exclude_defaults=True, exclude_none=True
    )
    defaults = {"type": "full"}
    kept = {name: v for name, v in first.items() if v is not None and defaults.get(name) != v}
    return kept | said


def _url(file: StoredFile | None, show: ShowRecord) -> str:
    return media_url(show, file.key) if file else ""
