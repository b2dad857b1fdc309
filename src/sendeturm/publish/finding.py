"""An episode found by what a person calls it: its files' name, its page's, its media file's."""

from __future__ import annotations

import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sendeturm.errors import fail
from sendeturm.model import Config, Episode, Record
from sendeturm.publish.gather import cache_folder, gather
from sendeturm.publish.sweeping import sweep
from sendeturm.store.protocol import Store

FETCHED = "fetched-"


@dataclass(frozen=True, slots=True)
class Found:
    """An episode by name: as it lies in the folder, and as it is published, or one of both."""

    episode: Episode | None
    record: Record | None


def find_episode(name: str, folder: Path, config: Config, store: Store) -> Found | None:
    """Return the episode whose stem, slug or media file is called `name`, None if there is none.

    Raises SendeturmError if the store does not answer.
    """
    wished = unicodedata.normalize("NFC", name)
    situation = gather(folder, config, store, with_drafts=True)
    records = [record for record in situation.published.values() if record.is_on_air]
    for item in situation.wanted:
        if wished in (item.episode.stem, item.facts.slug):
            record = item.record if item.record in records else None
            return Found(item.episode, record)
    waiting = {episode.stem: Found(episode, None) for episode in situation.waiting}
    published = {name: Found(None, record) for record in records for name in _names_of(record)}
    return (published | waiting).get(wished)


def _names_of(record: Record) -> tuple[str, ...]:
    key = record.enclosure.key if record.enclosure else ""
    file = key.rpartition("/")[2]
    return (record.facts.slug, key, file, file.rpartition(".")[0])


@contextmanager
def fetched_media(record: Record, folder: Path, store: Store) -> Iterator[Path]:
    """Give a copy of an episode's published sound, for as long as it is looked at.

    Raises `publish.not-there` where the store has no such file, and what the store raises.
    """
    assert record.enclosure is not None, "what is on the air has a sound"
    cache = cache_folder(folder)
    key = record.enclosure.key
    try:
        cache.mkdir(parents=True, exist_ok=True)
        sweep(cache)
        with tempfile.TemporaryDirectory(dir=cache, prefix=FETCHED) as place:
            path = Path(place) / key.rpartition("/")[2]
            if store.download(key, path) is None:
                raise fail("publish.not-there", file=key, place=store.label)
            yield path
    except OSError as error:
        reason = error.strerror or str(error)
        raise fail("publish.cannot-write", file=cache, reason=reason) from None
