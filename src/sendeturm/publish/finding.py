"""An episode found by what a person calls it: by its files, its page, its sound, its identity."""

from __future__ import annotations

import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from sendeturm.errors import fail
from sendeturm.model import LOCAL_ADDRESS, Config, Episode, Record
from sendeturm.publish.gather import gather
from sendeturm.publish.places import cache_folder
from sendeturm.publish.sweeping import sweep
from sendeturm.store.protocol import Store

FETCHED = "fetched-"


@dataclass(frozen=True, slots=True)
class Found:
    """An episode by name: as it lies in the folder, and as it is published, or one of both."""

    episode: Episode | None
    record: Record | None


def find_episode(name: str, folder: Path, config: Config, store: Store) -> Found | None:
    """Return the episode whose stem, slug, GUID or media file is called `name`, None without one.

    Addresses of its page or its sound will do as well. Raises SendeturmError if the store does not
    answer.
    """
    plain = unicodedata.normalize("NFC", name)
    situation = gather(folder, config, store, with_drafts=True)
    on_air = [record for record in situation.published.values() if record.is_on_air]
    found = {episode.stem: Found(episode, None) for episode in situation.waiting}
    found |= {each: Found(None, record) for record in on_air for each in _names_of(record)}
    for item in situation.wanted:
        record = item.record if item.record in on_air else None
        names = _names_of(record) if record else (item.facts.slug,)
        found |= dict.fromkeys((*names, item.episode.stem), Found(item.episode, record))
    return found.get(plain) or found.get(_without_address(plain, config))


def _without_address(name: str, config: Config) -> str:
    """Return the key or slug that an address of the show stands for; other names as they are."""
    for address in (config.storage.address, LOCAL_ADDRESS):
        base = f"{address.rstrip('/')}/" if address else ""
        if base and name.startswith(base):
            key = unquote(name.removeprefix(base)).partition("#")[0].partition("?")[0]
            return key.removesuffix("index.html").rstrip("/")
    return name


def _names_of(record: Record) -> tuple[str, ...]:
    others = [key for file in record.alternates for key in (file.key, *file.former_keys)]
    keys = (record.enclosure.key, *record.former_keys, *others) if record.enclosure else ()
    files = [key.rpartition("/")[2] for key in keys]
    plain = [file.rpartition(".")[0] for file in files]
    return (record.facts.slug, *record.guids, *keys, *files, *plain)


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
