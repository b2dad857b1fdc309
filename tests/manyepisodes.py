"""A show with very many published episodes, without mastering them one by one."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

import shows
from sendeturm.publish.keys import record_key
from sendeturm.publish.records import JSON_META, Live, json_bytes, read_live
from sendeturm.store import S3Store, Store


def publish_many(folder: shows.Folder, store: Store, count: int) -> None:
    """Publish `count` episodes: the first in earnest, the others as records like it.

    The feed, which names the first alone, is behind them.
    """
    front = 'title = "Folge 1"\npublished_at = 2020-01-01T06:00:00+00:00'
    folder.write_episode("0001-folge", front, seed="one")
    shows.published(folder, store)
    first = next(iter(read(store).records.values())).record

    def publish(number: int) -> None:
        guid = str(UUID(int=number))
        when = first.facts.published_at + timedelta(days=number)
        stem, slug = f"{number:04}-folge", f"folge-{number}"
        seed = f"number {number}"
        written = f'title = "Folge {number}"\npublished_at = {when.isoformat()}\nguid = "{guid}"'
        folder.write_episode(stem, f'{written}\nslug = "{slug}"', seed=seed)
        facts = {"title": f"Folge {number}", "slug": slug, "published_at": when}
        recording = sha256(shows.recording_of(seed)).hexdigest()
        changes = {
            "guid": guid,
            "facts": first.facts.model_copy(update=facts),
            "digests": first.digests.model_copy(update={"recording": recording}),
        }
        store.put(record_key(guid), json_bytes(first.model_copy(update=changes)), JSON_META)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(publish, range(2, count + 1)))


def read(store: Store) -> Live:
    """Return what is published."""
    return read_live(store, None)


def count_requests(store: S3Store) -> Counter[str]:
    """Return what counts the requests to a bucket from now on, by operation."""
    counted: Counter[str] = Counter()

    def count(model, **_):
        counted[model.name] += 1

    store.client.meta.events.register("before-call.s3", count)
    return counted
